/** When a change proves itself on a temporary pool, on which nodes, and what is done where there is no room for one. */
import { expect, test } from '@jest/globals'
import type { JsonObject } from '../../../src/model/json.ts'
import type { Observed, Pool } from '../../../src/model/observed.ts'
import type { Plan } from '../../../src/model/plan.ts'
import type { RolloutSpec } from '../../../src/model/spec.ts'
import { leaseOf } from '../../../src/rules/lease.ts'
import { proofPoolName } from '../../../src/rules/proof-pool.ts'
import * as m from '../../support/mixed-pool.ts'
import * as f from '../../support/observed-fixtures.ts'

const NAME = proofPoolName('render', m.NEW, f.CONTEXT)
const LIMITED = { vmSizes: [{ name: 'Standard_D4s_v5', familyName: 'standardDSv5Family', vCpus: 4 }] }
/** The pool has 12 dedicated and 8 low-priority nodes of 4 cores. */
const FULL_DEDICATED = 48

type Case = { seen?: Partial<Observed>; rollout?: Partial<RolloutSpec>; pool?: JsonObject }

function planned({ seen, rollout, pool }: Case = {}): Plan {
  const spec = f.rolloutSpec({
    imageChange: 'in-place',
    prove: 'auto',
    pool: { scaleSettings: { fixedScale: { targetDedicatedNodes: 12, targetLowPriorityNodes: 8 } }, ...pool },
    ...rollout
  })
  const observed = f.rolloutObserved({ pool: m.mixedPool(), activeWork: { jobs: [], tasks: 0 }, ...LIMITED, ...seen })
  return f.planOne(f.rolloutOnlySpec(spec), observed, f.CONTEXT)
}

const account = (change: Parameters<typeof f.account>[0]) => ({ account: f.account(change) })
const named = (name: string, change: Partial<Pool> = {}): Pool =>
  f.pool({ ...change, poolId: f.POOL.replace(/render$/, name) as never })

const isProved = (plan: Plan): boolean => plan.steps.some(({ kind }) => kind === 'create-proof-pool')

test.each<[string, Case, boolean]>([
  ['auto, a pool with nodes', {}, true],
  ['auto, a pool with low-priority nodes alone', { seen: { pool: m.mixedPool({ currentDedicatedNodes: 0 }) } }, true],
  ['auto, a pool without nodes', { seen: { pool: m.atZero() } }, false],
  ['auto, a pool without nodes that resizes', { seen: { pool: m.atZero({ allocationState: 'Resizing' }) } }, true],
  ['temporary-pool, a pool without nodes', { seen: { pool: m.atZero() }, rollout: { prove: 'temporary-pool' } }, true],
  ['canary, a pool with nodes', { rollout: { prove: 'canary' } }, false],
  ['none, a pool with nodes', { rollout: { prove: 'none' } }, false],
  [
    'auto, a change that Batch takes with nodes',
    { seen: { pool: m.mixedPool({ imageId: m.NEW }) }, pool: { startTask: { commandLine: 'true' } } },
    false
  ],
  ['auto, a pool that is as wanted', { seen: { pool: m.mixedPool({ imageId: m.NEW }) } }, false]
])('prove: %s', (_, given, expected) => {
  expect(isProved(planned(given))).toBe(expected)
})

test('the pool is emptied when the nodes of the temporary one are healthy, and that is deleted meanwhile', () => {
  expect(f.outline(planned())).toEqual([
    'create-proof-pool',
    'scale-proof-pool < create-proof-pool',
    'delete-proof-pool < scale-proof-pool',
    'drain-pool < scale-proof-pool',
    'change-pool-image < drain-pool',
    'scale-pool < change-pool-image',
    'finish-pool < scale-pool'
  ])
})

test('no deletion that fails holds the run up', () => {
  expect(f.stepOf(planned(), 'delete-proof-pool')).toMatchObject({ housekeeping: true, proofOf: 'render' })
})

test('however a run ends before it is deleted, it is deleted at once', () => {
  const { undo } = planned()
  expect(undo.filter(({ step }) => step.kind === 'delete-proof-pool')).toEqual([
    expect.objectContaining({
      after: 'create-proof-pool',
      until: 'delete-proof-pool',
      on: ['failed', 'cancelled', 'killed'],
      atOnce: true
    })
  ])
})

test('it says whose it is and what for, is held by this run, and names what it has of the pool in use', () => {
  const step = f.stepOf(
    planned({ seen: { pool: m.mixedPool({ properties: { displayName: 'Farm' } }) } }),
    'create-proof-pool'
  )
  const { metadata, scaleSettings, displayName } = step.body.properties as JsonObject
  expect(metadata).toContainEqual({ name: 'batch-image-rollout-proof-of', value: 'render' })
  // Its end is written with it.
  expect(JSON.stringify(metadata)).toContain(f.CONTEXT.nonce)
  expect(leaseOf(metadata as never)).toBeUndefined()
  expect(scaleSettings).toEqual({
    fixedScale: { targetDedicatedNodes: 1, targetLowPriorityNodes: 0, resizeTimeout: 'PT20M' }
  })
  expect([displayName, step.carries]).toEqual([undefined, ['displayName']])
  expect([step.poolId.split('/').at(-1), step.like.poolId]).toEqual([NAME, f.POOL])
})

test('its name is of this attempt and this image alone, and never longer than Batch takes', () => {
  const other = [
    proofPoolName('render2', m.NEW, f.CONTEXT),
    proofPoolName('render', m.OLD, f.CONTEXT),
    proofPoolName('render', m.NEW, { ...f.CONTEXT, runAttempt: 2 }),
    proofPoolName('render', m.NEW, { ...f.CONTEXT, runId: '1' }),
    proofPoolName('render', m.NEW, { ...f.CONTEXT, repository: 'a/b' }),
    proofPoolName('render', m.NEW, f.CONTEXT, 'proof')
  ]
  expect(new Set([NAME, ...other]).size).toBe(7)
  expect(NAME).toMatch(/^render-proof-[0-9a-f]{8}$/)
  expect(proofPoolName('p'.repeat(64), m.NEW, f.CONTEXT)).toMatch(/^p{49}-proof-[0-9a-f]{8}$/)
})

const nodesOf = (plan: Plan) =>
  plan.steps.flatMap(step => (step.id === 'scale-proof-pool' && 'goal' in step ? [step.goal] : []))

test.each<[string, Case, { dedicated: number; lowPriority: number }]>([
  ['canary-nodes of the kind that the pool has', { rollout: { canaryNodes: 3 } }, { dedicated: 3, lowPriority: 0 }],
  ['at least one', { rollout: { canaryNodes: 0 } }, { dedicated: 1, lowPriority: 0 }],
  [
    'low-priority ones where the pool is to have no others',
    { pool: { scaleSettings: { fixedScale: { targetLowPriorityNodes: 8 } } }, seen: { pool: m.mixedPool() } },
    { dedicated: 0, lowPriority: 1 }
  ],
  [
    'those of the pool where a formula decides',
    { seen: { pool: m.mixedPool({ scale: m.FORMULA, currentDedicatedNodes: 0 }) }, pool: { scaleSettings: undefined } },
    { dedicated: 0, lowPriority: 1 }
  ],
  [
    'as many as there are cores for',
    { rollout: { canaryNodes: 3 }, seen: account({ dedicatedCoreQuota: FULL_DEDICATED + 11 }) },
    { dedicated: 2, lowPriority: 0 }
  ],
  [
    'the other kind where there is no core left of the first',
    { seen: account({ dedicatedCoreQuota: FULL_DEDICATED + 3 }) },
    { dedicated: 0, lowPriority: 1 }
  ]
])('it has %s', (_, given, expected) => {
  expect(nodesOf(planned(given))).toEqual([expected])
})

const NO_CORES = { dedicatedCoreQuota: FULL_DEDICATED + 3, lowPriorityCoreQuota: 35 }
const FAMILY = [{ name: 'standardDSv5Family', coreQuota: FULL_DEDICATED + 3 }]

test.each<[string, Case, string]>([
  [
    'pools',
    { seen: { ...account({ poolQuota: 2 }), otherPools: [named('other')] } },
    'account "farm" has 2 pools, and its quota is 2'
  ],
  [
    'cores of both kinds',
    { seen: account(NO_CORES) },
    'a node of Standard_D4s_v5 needs 4 dedicated cores, and of the account’s quota, 51, its pools have 48'
  ],
  [
    'cores of the family',
    {
      seen: account({
        ...NO_CORES,
        dedicatedCoreQuota: 900,
        dedicatedCoreQuotaPerVMFamily: FAMILY,
        dedicatedCoreQuotaPerVMFamilyEnforced: true
      })
    },
    'dedicated cores of standardDSv5Family, and of the account’s quota, 51'
  ],
  [
    'cores that another pool has asked for',
    {
      seen: {
        ...account({ dedicatedCoreQuota: FULL_DEDICATED + 8, lowPriorityCoreQuota: 35 }),
        otherPools: [
          named('other', {
            currentDedicatedNodes: 0,
            scale: { kind: 'fixed', targetDedicatedNodes: 2, targetLowPriorityNodes: 0 }
          })
        ]
      }
    },
    'its pools have 56'
  ],
  [
    'cores that the pool itself will need',
    {
      pool: { scaleSettings: { fixedScale: { targetDedicatedNodes: 14, targetLowPriorityNodes: 8 } } },
      seen: account({ dedicatedCoreQuota: FULL_DEDICATED + 8, lowPriorityCoreQuota: 35 })
    },
    'its pools have 56'
  ],
  [
    'addresses of its own',
    {
      seen: {
        pool: m.mixedPool({
          properties: {
            networkConfiguration: { publicIPAddressConfiguration: { provision: 'UserManaged', ipAddressIds: ['x'] } }
          }
        })
      }
    },
    'its public IP addresses are its own (UserManaged)'
  ],
  [
    'a password that no answer shows',
    { seen: { pool: m.mixedPool({ properties: { userAccounts: [{ name: 'artist', elevationLevel: 'Admin' }] } }) } },
    'no answer of Batch shows userAccounts[artist].password'
  ],
  [
    'a key of a file share',
    {
      seen: {
        pool: m.mixedPool({
          properties: {
            mountConfiguration: [{ azureFileShareConfiguration: { accountName: 'a', relativeMountPath: 'b' } }]
          }
        })
      }
    },
    'azureFileShareConfiguration.accountKey'
  ]
])(
  'without room for it, for want of %s, the plan warns, and the pool’s own first wave proves the image',
  (_, given, why) => {
    const plan = planned(given)
    expect(isProved(plan)).toBe(false)
    const [finding, ...more] = plan.findings.filter(({ rule }) => rule === 'proof-room')
    expect(more).toEqual([])
    expect(finding).toMatchObject({ severity: 'warning' })
    expect(finding?.message).toContain(why)
    expect(finding?.message).toContain('the image proves itself on the pool’s own first wave, after it was emptied')
    expect(f.stepOf(plan, 'scale-pool').canaryNodes).toBe(1)
    const asked = planned({ ...given, rollout: { prove: 'temporary-pool' } })
    const error = asked.findings.find(({ rule }) => rule === 'proof-room')
    expect(error).toMatchObject({ severity: 'error' })
    // The way out is by the inputs that were given.
    expect([finding?.wayOut, error?.wayOut].join()).not.toContain('stop-after')
    expect(asked.steps).toEqual([])
  }
)

test('a password that the spec gives is no obstacle, and what Azure doesn’t tell is none either', () => {
  const users = [{ name: 'artist', elevationLevel: 'Admin' }]
  const pool = m.mixedPool({ properties: { userAccounts: users } })
  const given = { seen: { pool }, pool: { userAccounts: [{ ...users[0], password: '${env:PASSWORD}' }] } }
  expect(isProved(planned(given))).toBe(true)
  expect(isProved(planned({ seen: { ...account(NO_CORES), vmSizes: [] } }))).toBe(true)
  expect(isProved(planned({ seen: account({ ...NO_CORES, poolAllocationMode: 'UserSubscription' }) }))).toBe(true)
})

test('with no canary to fall back on the warning says that nothing proves the image', () => {
  const plan = planned({ rollout: { canaryNodes: 0 }, seen: account({ poolQuota: 1 }) })
  expect(plan.findings.find(({ rule }) => rule === 'proof-room')?.message).toContain('nothing proves the image before')
})

test('a proved pool comes back in whole waves, and one that nothing is to prove does, too', () => {
  const canaries = (prove: RolloutSpec['prove']): (number | undefined)[] =>
    planned({ rollout: { prove } }).steps.flatMap(step =>
      step.kind === 'scale-pool' && step.id === 'scale-pool' ? [step.canaryNodes] : []
    )
  expect([canaries('auto'), canaries('none'), canaries('canary')]).toEqual([[0], [0], [1]])
})

const OVER = { ...f.OTHER_RUN, until: new Date(f.AT - 1).toISOString() }
const ALIVE = { ...OVER, until: new Date(f.AT + 1).toISOString() }
const ours = (lease: object | undefined, of = 'render'): Pool['metadata'] => [
  { name: 'batch-image-rollout-proof-of', value: of },
  ...(lease === undefined ? [] : [{ name: 'batch-image-rollout-lease', value: JSON.stringify(lease) }])
]

test.each<[string, Partial<Pool>, boolean]>([
  ['whose run’s lease has run out', { metadata: ours(OVER) }, true],
  ['that was released', { metadata: ours(undefined, 'RENDER') }, true],
  [
    'of an earlier attempt of this run',
    { metadata: ours({ ...f.CONTEXT, nonce: 'former', runAttempt: 0, until: ALIVE.until }) },
    true
  ],
  ['of a run that may still be at work', { metadata: ours(ALIVE) }, false],
  ['for another pool', { metadata: ours(OVER, 'other') }, false],
  ['that is being deleted', { metadata: ours(OVER), provisioningState: 'Deleting' }, false],
  ['without our mark, whatever its name', { metadata: [] }, false]
])('a temporary pool %s', (_, change, isDeleted) => {
  const left = named('render-proof-00000000', change)
  const plan = planned({ seen: { pool: m.mixedPool({ imageId: m.NEW }), otherPools: [left] } })
  const deletions = plan.steps.filter(({ kind }) => kind === 'delete-proof-pool')
  expect(deletions.map(step => ('poolId' in step ? step.poolId : ''))).toEqual(isDeleted ? [left.poolId] : [])
  expect(deletions.every(({ housekeeping, after }) => housekeeping === true && after.length === 0)).toBe(true)
})
