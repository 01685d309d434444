/** What each way to change a pool owes it: its lease, and how it is undone. */
import { expect, test } from '@jest/globals'
import type { JsonObject } from '../../../src/model/json.ts'
import type { MetadataChange, MetadataItem, Plan, Step, Undo } from '../../../src/model/plan.ts'
import { takesLease } from '../../../src/rules/lease.ts'
import * as m from '../../support/mixed-pool.ts'
import * as f from '../../support/observed-fixtures.ts'

const { FORMULA, FULL, NEW, OLD } = m
const LEASE_ITEM = 'batch-image-rollout-lease'
const AUTO = { autoScale: { formula: FORMULA.kind === 'auto' ? FORMULA.formula : '' } }
const OTHER_TASK = { startTask: { commandLine: 'mount -a -o ro' } }
const MORE = { scaleSettings: { fixedScale: { targetDedicatedNodes: 30, targetLowPriorityNodes: 8 } } }
const asWanted = { seen: { pool: m.mixedPool({ imageId: NEW }) } }
const leased = withItem(LEASE_ITEM, JSON.stringify({ ...f.OTHER_RUN, until: '2026-11-01T00:00:00Z' }))

function withItem(name: string, value: string) {
  return { seen: { pool: m.mixedPool({ imageId: NEW, metadata: [{ name, value }] }) } }
}

/** `stop-resize: create-pool..finish-pool`. */
const owed = ({ undo }: Plan): string[] => undo.map(({ step, after, until }) => `${step.id}: ${after}..${until}`)

/** What a step on a pool writes of the lease. */
function leaseOf(step: Step): 'takes' | 'releases' | 'leaves' | 'reads' {
  if (step.kind === 'create-pool') return takesLease(itemsOf(step.body)) ? 'takes' : 'leaves'
  if (!('metadata' in step)) return 'reads'
  const { set, remove }: MetadataChange = step.metadata
  return takesLease(set) ? 'takes' : remove.includes(LEASE_ITEM) ? 'releases' : 'leaves'
}

const itemsOf = ({ properties }: JsonObject): MetadataItem[] => (properties as { metadata: MetadataItem[] }).metadata

type Case = { name: string; plan: Plan; steps: string[]; undo: string[] }

const grows = (first: string): string[] => [`stop-resize: ${first}..finish-pool`, `release-pool: ${first}..finish-pool`]

const CASES: Case[] = [
  {
    name: 'a new pool',
    plan: m.newPoolPlan(),
    steps: ['create-pool takes', 'scale-pool takes', 'finish-pool releases'],
    undo: grows('create-pool')
  },
  {
    name: 'a new pool that is handed to its formula',
    plan: m.newPoolPlan({ pool: { scaleSettings: AUTO } }),
    steps: ['create-pool takes', 'scale-pool takes', 'finish-pool releases', 'verify-nodes reads'],
    undo: grows('create-pool')
  },
  {
    name: 'a new pool without nodes, which one request makes',
    plan: m.newPoolPlan({ pool: { scaleSettings: undefined } }),
    steps: ['create-pool leaves'],
    undo: []
  },
  {
    name: 'a pool that is emptied for its image',
    plan: m.rolloutPlan(),
    steps: ['drain-pool takes', 'change-pool-image takes', 'scale-pool takes', 'finish-pool releases'],
    undo: [
      'stop-resize: drain-pool..finish-pool',
      'restore-pool: drain-pool..change-pool-image',
      'release-pool: change-pool-image..finish-pool'
    ]
  },
  {
    name: 'a pool that rests at zero nodes',
    plan: m.rolloutPlan({ seen: { pool: m.atZero(), activeWork: { jobs: [], tasks: 0 } } }),
    steps: ['change-pool-image takes', 'scale-pool takes', 'finish-pool releases'],
    undo: grows('change-pool-image')
  },
  {
    name: 'another size',
    plan: m.rolloutPlan({ ...asWanted, pool: MORE }),
    steps: ['scale-pool takes', 'finish-pool releases'],
    undo: grows('scale-pool')
  },
  {
    name: 'another property, and another size',
    plan: m.rolloutPlan({ ...asWanted, pool: { ...OTHER_TASK, ...MORE } }),
    steps: ['patch-pool takes', 'scale-pool takes', 'finish-pool releases'],
    undo: grows('patch-pool')
  },
  {
    name: 'another property alone, which one request writes',
    plan: m.rolloutPlan({ ...asWanted, pool: OTHER_TASK }),
    steps: ['patch-pool releases', 'verify-nodes reads'],
    undo: []
  },
  {
    name: 'the lease that an earlier run has left',
    plan: m.rolloutPlan(leased),
    steps: ['verify-nodes reads', 'finish-pool releases'],
    undo: []
  },
  {
    name: 'another formula, which one request writes',
    plan: m.rolloutPlan({
      seen: { pool: m.mixedPool({ imageId: NEW, scale: FORMULA }) },
      pool: { scaleSettings: { autoScale: { formula: '$TargetDedicatedNodes=1' } } }
    }),
    steps: ['finish-pool releases', 'verify-nodes reads'],
    undo: []
  },
  { name: 'a pool that is as wanted', plan: m.rolloutPlan(asWanted), steps: ['verify-nodes reads'], undo: [] }
]

test.each(CASES)('$name: each change takes the lease, the last one releases it, and what is owed follows', each => {
  const { plan, steps, undo } = each
  expect(plan.steps.map(step => `${step.id} ${leaseOf(step)}`)).toEqual(steps)
  expect(owed(plan)).toEqual(undo)
})

test('only a resize that nobody awaits any more is stopped; a failed run has seen the end of its own', () => {
  const on = (kind: Undo['step']['kind']) => f.undoOf(m.rolloutPlan(), kind as 'stop-resize').on
  expect(on('stop-resize')).toEqual(['cancelled', 'killed'])
  expect([on('restore-pool'), on('release-pool')]).toEqual([
    ['failed', 'killed'],
    ['failed', 'killed']
  ])
})

test('a pool is not left empty while the run goes on elsewhere; everything else waits for its end', () => {
  expect(m.rolloutPlan().undo.map(({ step, atOnce }) => [step.id, atOnce])).toEqual([
    ['stop-resize', undefined],
    ['restore-pool', true],
    ['release-pool', undefined]
  ])
})

test('each comes after those that it has to come after, and speaks to the pool at its own address', () => {
  const { undo, steps } = m.rolloutPlan()
  expect(undo.map(({ step }) => step.after)).toEqual([
    [],
    ['stop-resize'],
    ['stop-resize', 'mark-image-failed', 'restore-pool']
  ])
  for (const { step } of [...undo, ...steps.map(step => ({ step }))]) expect(step).toMatchObject(f.POOL_ADDRESS)
})

test('the former scale and image are given back as they were found, and all of ours goes', () => {
  const restored = f.undoOf(m.rolloutPlan(), 'restore-pool').step
  expect(restored.restorePoint).toEqual({ scale: FULL, imageId: OLD })
  expect(restored.metadata).toEqual({
    set: [],
    remove: ['batch-image-rollout', 'batch-image-rollout-former', LEASE_ITEM]
  })
  expect(f.undoOf(m.rolloutPlan(), 'release-pool').step.metadata).toEqual({ set: [], remove: [LEASE_ITEM] })
})

test('a pool is created with the lease in its body, whose end is known only when it is written', () => {
  const items = itemsOf(f.stepOf(m.newPoolPlan({ pool: { metadata: [m.FOREIGN] } }), 'create-pool').body)
  expect(items.map(({ name }) => name)).toEqual(['team', 'batch-image-rollout', LEASE_ITEM])
  const { repository, runId, runAttempt, nonce } = f.CONTEXT
  expect(JSON.parse(items.at(-1)!.value)).toEqual({ repository, runId, runAttempt, nonce })
})

test('a plan that must not be performed owes nothing', () => {
  const spec = f.rolloutOnlySpec(f.rolloutSpec({ imageChange: 'refuse' }))
  const plan = f.planOne(spec, f.rolloutObserved({ pool: m.mixedPool() }), f.CONTEXT)
  expect([plan.steps, plan.undo]).toEqual([[], []])
})
