import type { Json, JsonObject, Stored } from '../kernel/types.ts'
import { listOf, numberOf, objectOf, textOf } from './json.ts'
import { STOP_MS, type DeallocationOption, type PoolFacts, type ResizeErrorFact } from './pool-facts.ts'
import type { ResizeFact } from './pool-facts.ts'
import { addNodes } from './pool-nodes.ts'
import { durationMs, ticksOf, ticksOfEtag } from './time.ts'

/** Nodes that a world begins with were made so long before it that they are through with starting. */
const LOADED_NODE_AGE_MS = 24 * 3_600_000
const LEAST_NODE_AGE_MS = 30 * 60_000

/** A day before, but not before the resize that brought them: they aren't older than the image that the pool got before it. */
function nodesMadeAt(properties: JsonObject, at: number): number {
  const resized = Date.parse(textOf(properties['allocationStateTransitionTime']) ?? '')
  const oldest = at - LOADED_NODE_AGE_MS
  return Number.isNaN(resized) ? oldest : Math.max(oldest, Math.min(resized, at - LEAST_NODE_AGE_MS))
}

/** The facts of a pool of a world, read off what its GET shows. */
export function factsFromBody(record: Stored): PoolFacts {
  const properties = objectOf(record.body['properties'])
  const at = record.createdAt
  const facts: PoolFacts = {
    ticks:
      ticksOfEtag(textOf(record.body['etag']) ?? '') ??
      ticksOf(Date.parse(textOf(properties['lastModified']) ?? '') || at),
    createdTicks: ticksOf(at),
    nodes: [],
    nextIndex: 0
  }
  addNodes(record, facts, {
    isDedicated: true,
    count: numberOf(properties['currentDedicatedNodes']) ?? 0,
    at: nodesMadeAt(properties, at)
  })
  addNodes(record, facts, {
    isDedicated: false,
    count: numberOf(properties['currentLowPriorityNodes']) ?? 0,
    at: nodesMadeAt(properties, at)
  })
  const resize = resizeFromBody(properties, at)
  if (resize !== undefined) facts.resize = resize
  if (resize !== undefined && resize.cut === undefined && resize.endsAt > at) finishResize(record, facts, resize)
  const run = objectOf(properties['autoScaleRun'])
  if (run['evaluationTime'] !== undefined) {
    facts.autoScaleRun = {
      at: Date.parse(textOf(run['evaluationTime']) ?? '') || at,
      results: textOf(run['results']) ?? ''
    }
  }
  return facts
}

function resizeFromBody(properties: JsonObject, at: number): ResizeFact | undefined {
  const status = objectOf(properties['resizeOperationStatus'])
  if (status['startTime'] === undefined) return undefined
  const resizeTimeout = textOf(status['resizeTimeout']) ?? 'PT15M'
  const startedAt = Date.parse(textOf(status['startTime']) ?? '') || at
  const state = properties['allocationState']
  const transition = Date.parse(textOf(properties['allocationStateTransitionTime']) ?? '') || startedAt
  const timeoutMs = durationMs(resizeTimeout) ?? 0
  return {
    target: {
      dedicated: numberOf(status['targetDedicatedNodes']) ?? 0,
      lowPriority: numberOf(status['targetLowPriorityNodes']) ?? 0
    },
    option: (textOf(status['nodeDeallocationOption']) ?? 'Requeue') as DeallocationOption,
    resizeTimeout,
    startedAt,
    endsAt: endOf(state, {
      steadySince: Math.min(transition, at),
      stopped: at + STOP_MS,
      timedOut: startedAt + timeoutMs
    }),
    errors: listOf(status['errors']) as unknown as ResizeErrorFact[],
    staying: { dedicated: 0, lowPriority: 0 },
    ...(state === 'Stopping' && { cut: { at: transition, by: 'stopResize' as const } })
  }
}

function endOf(
  state: Json | undefined,
  { steadySince, stopped, timedOut }: { steadySince: number; stopped: number; timedOut: number }
): number {
  if (state === 'Stopping') return stopped
  return state === 'Resizing' ? timedOut : steadySince
}

const NODE_STEP_MS = 1_000

/** A resize that the world begins in the midst of: its nodes come one a second, whatever capacity and quota say. */
function finishResize(record: Stored, facts: PoolFacts, resize: ResizeFact): void {
  let at = record.createdAt
  for (const isDedicated of [true, false]) {
    const present = facts.nodes.filter(node => node.isDedicated === isDedicated).length
    const wanted = isDedicated ? resize.target.dedicated : resize.target.lowPriority
    for (let made = present; made < wanted; made++)
      addNodes(record, facts, { isDedicated, count: 1, at: (at += NODE_STEP_MS) })
  }
  resize.endsAt = at + NODE_STEP_MS
}
