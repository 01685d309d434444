import type { Stored, World } from '../kernel/types.ts'
import { durationOf } from '../kernel/durations.ts'
import { poolsSharing, supplyOf, type ProviderError } from './capacity.ts'
import { imageProblem } from './images.ts'
import { leaveTimes } from './leaving.ts'
import { durationMs } from './time.ts'
import { STOP_MS, type Cut, type DeallocationOption, type PoolFacts, type ResizeErrorFact } from './pool-facts.ts'
import type { ResizeFact, Target } from './pool-facts.ts'
import { addNodes, imageReferenceOf, poolProperties } from './pool-nodes.ts'
import { allocationAt, countAt, factsOf, nodesAt, regionOf } from './pool-record.ts'
import { quotaRoom } from './quota.ts'

/** A resize is never shorter, even with nothing to do: recorded 0.2 to 1.5 s. */
const LEAST_RESIZE_MS = 1_500
/** Until the first node is there; recorded 31 to 100 s from the request to steady for one or two nodes. */
const FIRST_NODE_MS = 30_000
/** From node to node: Batch's documents reckon with 15 minutes for each 1,000. */
const NEXT_NODE_MS = 900
const AFTER_LAST_NODE_MS = 1_000
const DISABLE_MS = 100

export type ResizeOrder = { target: Target; option: DeallocationOption; resizeTimeout: string; removeIds?: string[] }

/** Begins a resize: writes down now what it will do, node by node, as far as can be foreseen. */
export function startResize(world: World, pool: Stored, order: ResizeOrder & { now: number }): void {
  const { target, option, resizeTimeout, removeIds, now } = order
  const facts = factsOf(pool)
  keepWaiting(facts, now)
  facts.resize = {
    target,
    option,
    resizeTimeout,
    startedAt: now,
    endsAt: now + LEAST_RESIZE_MS,
    errors: [],
    staying: { dedicated: 0, lowPriority: 0 }
  }
  leaveTimes({ world, pool, now, removeIds })
  planAdditions(world, pool, now)
  replanOthers(world, pool, now)
}

/** Nodes that this pool frees, or takes, change what resizes under way elsewhere in the region can get. */
export function replanOthers(world: World, pool: Stored, now: number): void {
  for (const other of poolsSharing(world, pool, now)) {
    const resize = factsOf(other).resize
    if (resize !== undefined && resize.cut === undefined && now < resize.endsAt) planAdditions(world, other, now)
  }
}

/** Plans the nodes still to come of a pool's resize, from `now` on, and with them its end and errors. */
function planAdditions(world: World, pool: Stored, now: number): void {
  const facts = factsOf(pool)
  const resize = facts.resize
  if (resize === undefined) return
  dropFuture(facts, now)
  const deadline = resize.startedAt + (durationMs(resize.resizeTimeout) ?? 0)
  const problem = imageProblem({
    world,
    reference: imageReferenceOf(poolProperties(pool)),
    region: regionOf(world, pool.id),
    now
  })
  const errors: ResizeErrorFact[] = []
  let late = false
  for (const isDedicated of [true, false]) {
    const short = planKind({ world, pool, resize, isDedicated, now, deadline, problem })
    if (short === undefined) continue
    errors.push(short.error)
    late ||= short.timedOut
  }
  const { staying } = resize
  if (staying.dedicated > 0) errors.push(timedOut(true))
  if (staying.lowPriority > 0) errors.push(timedOut(false))
  resize.errors = errors
  resize.endsAt = late || staying.dedicated + staying.lowPriority > 0 ? deadline : lastEvent(facts, resize)
}

type KindPlan = {
  world: World
  pool: Stored
  resize: ResizeFact
  isDedicated: boolean
  now: number
  deadline: number
  problem: ResizeErrorFact | undefined
}
type Shortfall = { error: ResizeErrorFact; timedOut: boolean }

function planKind(plan: KindPlan): Shortfall | undefined {
  const { world, pool, resize, isDedicated, now, deadline, problem } = plan
  const facts = factsOf(pool)
  const staying = nodesAt(facts, now).filter(
    node => node.isDedicated === isDedicated && node.leavingAt === undefined
  ).length
  const wanted = (isDedicated ? resize.target.dedicated : resize.target.lowPriority) - staying
  if (wanted <= 0) return undefined
  if (problem !== undefined) return { error: inWordsOf(problem, isDedicated), timedOut: false }
  const room = quotaRoom({ world, pool, now, isDedicated })
  const supply = supplyOf(world, pool, now)
  const step = durationOf(world, 'pool.nextNode', NEXT_NODE_MS)
  let at = Math.max(now, resize.startedAt + durationOf(world, 'pool.firstNode', FIRST_NODE_MS))
  for (let made = 0; made < Math.min(wanted, room.nodes); made++) {
    const next = supply.next(at)
    const refused = next === at ? undefined : supply.refuses(at)
    if (refused !== undefined) return { error: noCapacity(isDedicated, refused.relays), timedOut: false }
    if (next === undefined || next > deadline) return { error: timedOut(isDedicated), timedOut: true }
    addNodes(pool, facts, { isDedicated, count: 1, at: next })
    supply.take()
    at = next + step
  }
  return room.nodes < wanted && room.error !== undefined ? { error: room.error, timedOut: false } : undefined
}

/** Nodes that were only planned; their numbers are free again. */
function dropFuture(facts: PoolFacts, now: number): void {
  facts.nodes = facts.nodes.filter(node => node.createdAt <= now)
  facts.nextIndex = Math.max(-1, ...facts.nodes.map(node => node.index)) + 1
}

function lastEvent(facts: PoolFacts, resize: ResizeFact): number {
  const additions = facts.nodes
    .filter(node => node.createdAt > resize.startedAt)
    .map(node => node.createdAt + AFTER_LAST_NODE_MS)
  const removals = facts.nodes.map(node => node.goneAt ?? 0)
  return [...additions, ...removals].reduce((latest, at) => Math.max(latest, at), resize.startedAt + LEAST_RESIZE_MS)
}

/** Leaves a resize under way where it is. On a steady pool nothing happens (recorded). */
export function cutResize(world: World, pool: Stored, cut: Cut): void {
  const facts = factsOf(pool)
  const resize = facts.resize
  if (resize === undefined || allocationAt(pool, cut.at).state === 'Steady') return
  if (resize.cut !== undefined) return
  dropFuture(facts, cut.at)
  keepWaiting(facts, cut.at)
  resize.cut = cut
  const left = facts.nodes.reduce((latest, node) => Math.max(latest, node.goneAt ?? 0), 0)
  resize.endsAt = Math.max(
    cut.at + (cut.by === 'stopResize' ? durationOf(world, 'pool.stopResize', STOP_MS) : DISABLE_MS),
    left
  )
  resize.errors = stopErrors(resize.target, countAt(facts, resize.endsAt))
  replanOthers(world, pool, cut.at)
}

/** Nodes that a resize would have taken away later stay; those on their way out go. */
function keepWaiting({ nodes }: PoolFacts, now: number): void {
  for (const node of nodes) {
    if (node.leavingAt === undefined || node.leavingAt <= now) continue
    delete node.leavingAt
    delete node.goneAt
  }
}

/** A resize of a moment, to what is there: of a steady pool too (recorded 2019 and 2021, for a formula 2023). */
export function settleAtPresent(pool: Stored, now: number, by: 'disableAutoScale' | 'formula'): Target {
  const facts = factsOf(pool)
  const target = countAt(facts, now)
  const last = facts.resize
  const cut = { at: now, by }
  const none = { option: 'Requeue', resizeTimeout: 'PT15M', startedAt: now } as const
  const staying = { dedicated: 0, lowPriority: 0 }
  facts.resize = {
    ...none,
    errors: [],
    staying,
    ...last,
    target,
    cut,
    endsAt: Math.max(now + DISABLE_MS, last?.endsAt ?? 0)
  }
  return target
}

const kindName = (isDedicated: boolean): string => (isDedicated ? 'dedicated' : 'low priority')

function timedOut(isDedicated: boolean): ResizeErrorFact {
  const message = `Desired number of ${kindName(isDedicated)} nodes could not be allocated as the resize timeout was reached`
  return { code: 'AllocationTimedout', message }
}

/** "Azure Batch pool resizing failure"; the text of the reason is a guess. */
function noCapacity(isDedicated: boolean, relays?: ProviderError): ResizeErrorFact {
  const reason = 'Allocation failed due to insufficient capacity for the requested VM size in the region.'
  const message = `Desired number of ${kindName(isDedicated)} nodes could not be allocated`
  const details = relays === undefined ? [{ code: 'Reason', message: reason }] : relayed(relays)
  return { code: 'AllocationFailed', message, details }
}

/** As the page "Batch pool and node errors" shows it; that ARM has the parts as details is a guess. */
function relayed(error: ProviderError): { code: string; message: string }[] {
  return [
    { code: 'Provider Error Json', message: JSON.stringify({ error }, undefined, 2) },
    { code: 'Provider Error Json Truncated', message: 'False' }
  ]
}

function inWordsOf(error: ResizeErrorFact, isDedicated: boolean): ResizeErrorFact {
  return { ...error, message: error.message.replace('dedicated', kindName(isDedicated)) }
}

function stopErrors(target: Target, reached: Target): ResizeErrorFact[] {
  const stopped = (isDedicated: boolean): ResizeErrorFact => ({
    code: 'ResizeStopped',
    message: `Desired number of ${kindName(isDedicated)} nodes could not be allocated due to a stop resize operation`
  })
  return [
    ...(target.dedicated === reached.dedicated ? [] : [stopped(true)]),
    ...(target.lowPriority === reached.lowPriority ? [] : [stopped(false)])
  ]
}
