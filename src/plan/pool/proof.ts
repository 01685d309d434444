/** An image proves itself on a temporary pool before a pool that has nodes is emptied for it. */
import { childId, nameOf } from '../../model/arm-id.ts'
import type { JsonObject } from '../../model/json.ts'
import type { Pool } from '../../model/observed.ts'
import type { Finding, NodeTargets, PoolAddress, Undo } from '../../model/plan.ts'
import { holding } from '../../rules/lease.ts'
import { describeTargets, nodesOf, totalOf } from '../../rules/node-targets.ts'
import { carriedByLike } from '../../rules/pool-body.ts'
import { NO_CHANGE, runItem } from '../../rules/pool-metadata.ts'
import { isLeftProof, proofItem, proofPoolName } from '../../rules/proof-pool.ts'
import { fixedScale } from '../../rules/scale-body.ts'
import { addressOf, type Situation, type WantedPool } from '../situation.ts'
import { hasOnlyFailedNodes } from './failed-nodes.ts'
import { roomFor } from './proof-room.ts'
import { resizeTimeoutMs } from './resize-timeout.ts'
import { smokeSteps } from './smoke-test.ts'
import { scaleStep, type StepDraft } from './steps.ts'
import { held } from './undo.ts'

export type PoolProof = {
  /** One after the other, save for what only cleans up; the pool is changed when the last of the others is done. */
  steps: StepDraft[]
  undo: Undo[]
}

type ProofAnswer = { proof?: PoolProof; findings: Finding[] }

const NO_PROOF: ProofAnswer = { findings: [] }

/** For a change that empties the pool. */
export function planProof(situation: Situation, wanted: WantedPool, pool: Pool): ProofAnswer {
  const { spec } = wanted
  const isInUse = totalOf(nodesOf(pool)) > 0 || pool.allocationState !== 'Steady'
  const isDue = spec.prove === 'auto' && isInUse && !hasOnlyFailedNodes(situation, pool)
  if (!isDue && spec.prove !== 'temporary-pool') return NO_PROOF
  const body = writtenBody(wanted)
  const room = roomFor(situation, wanted, { pool, nodes: Math.max(1, spec.canaryNodes), body })
  return 'why' in room
    ? { findings: [noRoom(wanted, room.why)] }
    : { proof: proofOn(situation, wanted, { pool, body, nodes: room.nodes }), findings: [] }
}

function noRoom({ spec }: WantedPool, why: string): Finding {
  const canary =
    spec.canaryNodes === 0
      ? 'nothing proves the image before the pool is emptied, and canary-nodes is 0'
      : 'the image proves itself on the pool’s own first wave, after it was emptied'
  const isAsked = spec.prove === 'temporary-pool' || spec.stopAfter !== undefined
  return {
    rule: 'proof-room',
    severity: isAsked ? 'error' : 'warning',
    message: `pool "${spec.poolName}": no temporary pool can be made: ${why}${isAsked ? '' : `; ${canary}`}`,
    wayOut: `make room for one node more in a pool of its own; or ${without(spec, isAsked)}`,
    source: 'learn.microsoft.com/azure/batch/batch-quota-limit'
  }
}

function without({ stopAfter }: WantedPool['spec'], isAsked: boolean): string {
  const canary = isAsked
    ? 'say prove: canary, which proves the image on the pool’s own first wave'
    : 'say prove: canary, to be rid of this warning'
  return stopAfter === undefined ? canary : `leave stop-after out, and ${canary}`
}

type ProofOf = { pool: Pool; body: JsonObject; nodes: NodeTargets }

/** What the spec writes, with the image; all else is as the pool has it. */
function writtenBody({ spec, properties }: WantedPool): JsonObject {
  const { properties: _written, ...beside } = spec.pool
  return { ...beside, properties }
}

function proofOn(situation: Situation, wanted: WantedPool, { pool, body, nodes }: ProofOf): PoolProof {
  const { context } = situation
  const { spec } = wanted
  const name = proofPoolName(spec.poolName, wanted.imageId, context, spec.stopAfter)
  const poolId = childId(spec.batchAccountId, 'pools', name)
  const address: PoolAddress = { ...addressOf(wanted), poolId }
  const temporary: WantedPool = {
    ...wanted,
    poolId,
    spec: { ...spec, poolName: name, canaryNodes: 0, waveSize: 'all' },
    scale: { kind: 'fixed', goal: nodes, from: 'spec' },
    nodes: totalOf(nodes)
  }
  const timeoutMs = resizeTimeoutMs(spec.resizeTimeoutMs, spec.pool.properties, totalOf(nodes))
  const metadata = [runItem(context), proofItem(spec.poolName), ...holding(NO_CHANGE, context).set]
  const waiting = scaleStep(temporary, nodes, { alreadyAsked: nodes })
  const smoke = smokeSteps(situation, wanted, { address, proofOf: spec.poolName })
  return {
    steps: [
      {
        id: 'create-proof-pool',
        kind: 'create-proof-pool',
        title: `create temporary pool ${name} with ${describeTargets(nodes)}`,
        reason: `a copy of pool ${spec.poolName} with the change: what fails there leaves ${spec.poolName} untouched`,
        ...address,
        like: addressOf(wanted),
        proofOf: spec.poolName,
        body: withScaleAndMetadata(body, fixedScale(nodes, timeoutMs), metadata),
        carries: carriedByLike(body, pool)
      },
      {
        ...waiting,
        id: 'scale-proof-pool',
        title: `prove the change on pool ${name}`,
        proofOf: spec.poolName,
        // Renewed for as long as its nodes are awaited.
        metadata: holding(waiting.metadata, context)
      },
      ...smoke.steps.map(step => held(step, context)),
      {
        ...deletion(address, {
          id: 'delete-proof-pool',
          proofOf: spec.poolName,
          reason: 'the image has proved itself'
        }),
        housekeeping: true
      }
    ],
    undo: [
      ...smoke.undo,
      {
        after: 'create-proof-pool',
        until: 'delete-proof-pool',
        on: ['failed', 'cancelled', 'killed'],
        atOnce: true,
        step: {
          ...deletion(address, { id: 'drop-proof-pool', proofOf: spec.poolName, reason: 'nobody needs it any more' }),
          after: []
        }
      }
    ]
  }
}

function withScaleAndMetadata(body: JsonObject, scale: JsonObject, metadata: JsonObject[]): JsonObject {
  const properties = body.properties as JsonObject
  return { ...body, properties: { ...properties, scaleSettings: { fixedScale: scale }, metadata } }
}

type DeleteStep = Extract<StepDraft, { kind: 'delete-proof-pool' }>

function deletion(
  address: PoolAddress,
  { id, proofOf, reason }: { id: string; proofOf: string; reason: string }
): DeleteStep {
  return {
    id,
    kind: 'delete-proof-pool',
    title: `delete temporary pool ${nameOf(address.poolId)}`,
    reason,
    ...address,
    proofOf
  }
}

/** Temporary pools for this one, of runs that were killed with nobody to clean up after them. */
export function leftProofPools({ observed, context }: Situation, wanted: WantedPool): DeleteStep[] {
  const now = observed.account?.readAt ?? observed.at
  return observed.otherPools
    .filter(pool => isLeftProof(pool, wanted.spec.poolName, { context, now }))
    .map((pool, index) => ({
      ...deletion(
        { ...addressOf(wanted), poolId: pool.poolId },
        { id: `delete-left-pool-${index + 1}`, proofOf: wanted.spec.poolName, reason: 'an earlier run left it' }
      ),
      housekeeping: true
    }))
}
