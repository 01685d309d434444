/** What a run owes a pool while it is at work on it: the lease that its changes carry, and how it is undone. */
import type { JsonObject } from '../../model/json.ts'
import type { MetadataItem, Undo } from '../../model/plan.ts'
import type { RunContext } from '../../model/spec.ts'
import { holding } from '../../rules/lease.ts'
import { restoreStep } from './change-steps.ts'
import { NO_CHANGE, released } from '../../rules/pool-metadata.ts'
import type { StepDraft } from './steps.ts'
import { addressOf, type WantedPool, type Situation } from '../situation.ts'

/** With the lease in what it writes, where it writes metadata. */
export function held(step: StepDraft, context: RunContext): StepDraft {
  switch (step.kind) {
    case 'patch-pool':
    case 'change-pool-image':
    case 'drain-pool':
    case 'scale-pool':
    case 'refresh-nodes':
    case 'run-smoke-test':
      return { ...step, metadata: holding(step.metadata, context) }
    default:
      return step
  }
}

/** The lease is taken with the first change, renewed with each, and goes with the last. Whoever writes once needs none. */
export function withLease(steps: readonly StepDraft[], context: RunContext): StepDraft[] {
  const last = steps.findIndex(({ kind }) => kind === 'finish-pool')
  const isHeld = last !== -1
  return steps.map((step, index) => {
    switch (step.kind) {
      case 'create-pool':
        return isHeld ? { ...step, body: withItems(step.body, holding(NO_CHANGE, context).set) } : step
      case 'patch-pool':
      case 'change-pool-image':
      case 'drain-pool':
      case 'scale-pool':
        return isHeld ? held(step, context) : { ...step, metadata: released(step.metadata) }
      case 'refresh-nodes':
      case 'run-smoke-test':
        return held(step, context)
      // After the pool was let go of nobody would take it off again.
      case 'bake-nodes':
        return index < last ? { ...step, metadata: holding(NO_CHANGE, context) } : step
      case 'finish-pool':
        return { ...step, metadata: released(step.metadata) }
      default:
        return step
    }
  })
}

const isWithoutResize = ({ kind }: StepDraft): boolean =>
  kind === 'patch-pool' || kind === 'refresh-nodes' || kind === 'verify-nodes' || kind === 'finish-pool'

function withItems(body: JsonObject, items: readonly MetadataItem[]): JsonObject {
  const properties = body.properties as JsonObject
  return { ...body, properties: { ...properties, metadata: [...(properties.metadata as MetadataItem[]), ...items] } }
}

const onlyLooks = (step: StepDraft): boolean =>
  step.kind === 'verify-nodes' || (step.kind === 'bake-nodes' && step.metadata === undefined)

/** In the order in which it is done. Empty where the pool is changed by one request, or by none. */
export function poolUndo(situation: Situation, wanted: WantedPool, steps: readonly StepDraft[]): Undo[] {
  const idOf = (kind: StepDraft['kind']): string | undefined => steps.find(step => step.kind === kind)?.id
  const first = steps.find(step => !onlyLooks(step))?.id
  const last = idOf('finish-pool')
  if (first === undefined || last === undefined || first === last) return []
  const { pool } = situation.observed
  const drain = idOf('drain-pool')
  const change = idOf('change-pool-image')
  const restore: Undo[] =
    pool === undefined || drain === undefined || change === undefined
      ? []
      : [
          {
            after: drain,
            until: change,
            on: ['failed', 'killed'],
            atOnce: true,
            step: { ...restoreStep(situation, wanted, pool), after: ['stop-resize'] }
          }
        ]
  const name = wanted.spec.poolName
  const stop: Undo = {
    after: first,
    until: last,
    on: ['cancelled', 'killed'],
    step: {
      id: 'stop-resize',
      kind: 'stop-resize',
      after: [],
      title: `stop the resize of pool ${name}`,
      reason: 'the nodes that are there stay',
      ...addressOf(wanted)
    }
  }
  return [
    // Where this run asks for none, one that is under way is a formula’s.
    ...(steps.every(isWithoutResize) ? [] : [stop]),
    ...restore,
    {
      after: restore.length > 0 ? (change ?? first) : first,
      until: last,
      on: ['failed', 'killed'],
      step: {
        id: 'release-pool',
        kind: 'release-pool',
        // Where the journal can’t be read, both are owed: whoever is first takes the lease off.
        after: ['stop-resize', 'mark-image-failed', 'restore-pool'],
        title: `release pool ${name}`,
        reason: 'its nodes stay, and the next run goes on with it',
        ...addressOf(wanted),
        metadata: released(NO_CHANGE)
      }
    }
  ]
}
