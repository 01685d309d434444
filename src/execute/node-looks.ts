/** Looks at the nodes of the run's pool, and at how long they have been in their states. */
import type { BatchServiceGateway } from '../azure/gateway.ts'
import { nameOf } from '../model/arm-id.ts'
import { RunError } from '../model/failure.ts'
import type { Node, ResizeError } from '../model/observed.ts'
import type { PoolAddress } from '../model/plan.ts'
import { describeNode } from '../rules/describe-nodes.ts'
import { bearingOf, type Aged } from '../model/node-state.ts'
import type { Verdict } from '../rules/node-health.ts'
import { poolKnown, type Execution } from './context.ts'
import { withImageLookedAt } from './image-still-there.ts'

export function serviceOf({ azure }: Execution, { accountEndpoint }: PoolAddress): BatchServiceGateway {
  return azure.batchService(accountEndpoint)
}

export async function readNodes(run: Execution, address: PoolAddress): Promise<Node[]> {
  const nodes = await serviceOf(run, address).listNodes(nameOf(address.poolId))
  const known = poolKnown(run, address)
  known.nodes = nodes
  const healthy = nodes.filter(node => bearingOf(node) === 'healthy')
  if (healthy.length > 0) known.healthyNodes = healthy
  return nodes
}

/** How long a node that was rebooted may go on to look as if it weren't: Azure's reads lag behind. */
const REBOOT_SHOWS_WITHIN_MS = 2 * 60_000

type NodeLook = { nodes: Aged[]; msShort: number }
export type NodeLooks = {
  /** `expected`: as many as the pool says that it has. */
  at(nodes: readonly Node[], expected: number): NodeLook
  /** Of these a reboot was asked for just now. */
  rebooted(nodeIds: readonly string[]): void
}

/** By Azure's own times where it tells them, and at least for as long as this run has seen a node so. */
export function nodeLooks(run: Execution): NodeLooks {
  let firstSeen = new Map<string, number>()
  let shortSince: number | undefined
  const rebooting = new Map<string, { looked: string; until: number }>()
  const looks = ({ nodeId, state, stateSince }: Node): string => [nodeId, state, stateSince].join(' ')
  let last = new Map<string, string>()
  const shownMs = ({ stateSince = '' }: Node): number => Math.max(0, run.azureNow() - Date.parse(stateSince)) || 0
  return {
    at(nodes, expected) {
      const now = run.clock.now()
      firstSeen = new Map(nodes.map(node => [looks(node), firstSeen.get(looks(node)) ?? now]))
      last = new Map(nodes.map(node => [node.nodeId, looks(node)]))
      if (nodes.length >= expected) shortSince = undefined
      else shortSince ??= now
      const isRebooting = (node: Node): boolean => {
        const asked = rebooting.get(node.nodeId)
        return asked !== undefined && asked.looked === looks(node) && now < asked.until
      }
      return {
        nodes: nodes.map(node =>
          isRebooting(node)
            ? { node: { ...node, state: 'rebooting' }, ms: 0 }
            : { node, ms: Math.max(now - (firstSeen.get(looks(node)) ?? now), shownMs(node)) }
        ),
        msShort: shortSince === undefined ? 0 : now - shortSince
      }
    },
    rebooted(nodeIds) {
      const until = run.clock.now() + REBOOT_SHOWS_WITHIN_MS
      for (const nodeId of nodeIds) rebooting.set(nodeId, { looked: last.get(nodeId) ?? '', until })
    }
  }
}

type Halted = {
  verdict: Verdict
  bad: readonly Aged[]
  output: ReadonlyMap<string, readonly string[]>
  /** The pool is gone when the run is reported. */
  isTemporary?: boolean
}

/** With a line for each node that is the reason, and what its start task wrote. */
export async function halted(
  run: Execution,
  address: PoolAddress,
  { verdict, bad, output, isTemporary = false }: Halted
): Promise<RunError> {
  const { failure, reason, wayOut, repetition } = await withImageLookedAt(run, address, verdict)
  const known = poolKnown(run, address)
  if (failure === 'nodes-unhealthy' || failure === 'nodes-stuck') known.hasFailedNodes = true
  // Nodes of which there is more to read come first.
  const aged = bad.toSorted((a, b) => Number(output.has(b.node.nodeId)) - Number(output.has(a.node.nodeId)))
  const details = aged.flatMap(one => [describeNode(one, known.pool), ...(output.get(one.node.nodeId) ?? [])])
  // The report shows those of a pool that stays.
  const resizeErrors = isTemporary ? (known.pool?.resize?.errors ?? []) : []
  return new RunError({
    reason: failure,
    message: reason,
    wayOut,
    details: [...resizeErrors.flatMap(resizeErrorLines), ...details],
    repetition,
    resizeErrors
  })
}

const resizeErrorLines = ({ code, message, details }: ResizeError): string[] => [
  `${code}: ${message}`,
  ...details.map(detail => `${code}, ${detail.code}: ${detail.message}`)
]
