/** Whether a pool that is emptied for another image has a way back, what it is, and what is said where there is none. */
import { expect, test } from '@jest/globals'
import type { JsonObject } from '../../../src/model/json.ts'
import type { GalleryImageVersion, Observed, Pool } from '../../../src/model/observed.ts'
import type { Finding, Plan, Step } from '../../../src/model/plan.ts'
import type { RolloutSpec } from '../../../src/model/spec.ts'
import { takesLease } from '../../../src/rules/lease.ts'
import { endingLines } from '../../../src/report/endings.ts'
import * as m from '../../support/mixed-pool.ts'
import * as f from '../../support/observed-fixtures.ts'

const FORMER = f.version('0.9.0')
const MINUTE = 60_000

type Case = { seen?: Partial<Observed>; rollout?: Partial<RolloutSpec>; pool?: JsonObject }

/** The pool as Batch shows it, with its former image in its body too. */
function oldPool({ properties, ...change }: Parameters<typeof f.pool>[0] = {}): Pool {
  const virtualMachineConfiguration = { imageReference: { id: m.OLD }, nodeAgentSKUId: 'batch.node.ubuntu 22.04' }
  return m.mixedPool({
    properties: { deploymentConfiguration: { virtualMachineConfiguration }, ...properties },
    ...change
  })
}

function planned({ seen, rollout, pool }: Case = {}): Plan {
  const scaleSettings = { fixedScale: { targetDedicatedNodes: 12, targetLowPriorityNodes: 8 } }
  const spec = f.rolloutSpec({
    imageChange: 'in-place',
    onFailure: 'auto',
    pool: { scaleSettings, ...pool },
    ...rollout
  })
  const given = { pool: oldPool(), formerVersion: { found: FORMER }, activeWork: { jobs: [], tasks: 0 }, ...seen }
  return f.planOne(f.rolloutOnlySpec(spec), f.rolloutObserved(given), f.CONTEXT)
}

const found = (change: Partial<GalleryImageVersion>): Case => ({
  seen: { formerVersion: { found: { ...FORMER, ...change } } }
})
const backOf = ({ rollbacks }: Plan): Step[] => rollbacks?.[0]?.steps ?? []
const findingOf = ({ findings }: Plan): Finding | undefined => findings.find(({ rule }) => rule === 'rollback-possible')

function stepOf<K extends Step['kind']>(plan: Plan, kind: K): Extract<Step, { kind: K }> {
  const step = backOf(plan).find((one): one is Extract<Step, { kind: K }> => one.kind === kind)
  if (step === undefined) throw new Error(`no step ${kind}: ${JSON.stringify(plan.findings)}`)
  return step
}

test('the way back is drained, changed, scaled and released, under the lease, within the steps that judge nodes', () => {
  const plan = planned()
  expect(f.outline({ steps: backOf(plan) })).toEqual([
    'rollback-drain',
    'rollback-image < rollback-drain',
    'rollback-scale < rollback-image',
    'rollback-finish < rollback-scale'
  ])
  expect(plan.rollbacks?.[0]).toMatchObject({
    poolId: f.POOL,
    after: 'change-pool-image',
    until: 'scale-pool',
    imageName: 'farm/node/0.9.0',
    needsMs: 20 * MINUTE
  })
  const leases = backOf(plan).map(step => 'metadata' in step && takesLease(step.metadata.set))
  expect(leases).toEqual([true, true, true, false])
  expect(findingOf(plan)).toBeUndefined()
})

test('each step rests on the image that the run gave the pool, the scale that it left, and what it wrote', () => {
  const plan = planned({
    pool: { taskSlotsPerNode: 2 },
    seen: { pool: oldPool({ properties: { taskSlotsPerNode: 4 } }) }
  })
  const expects = {
    scale: 'as-left',
    imageId: m.NEW,
    newImageId: m.OLD,
    mayBeAtZero: true,
    written: expect.objectContaining({ properties: expect.objectContaining({ taskSlotsPerNode: 2 }) })
  }
  expect(stepOf(plan, 'drain-pool')).toMatchObject({ drain: 'requeue', drainTimeoutMs: 10 * MINUTE, expects })
  expect(stepOf(plan, 'change-pool-image').expects).toEqual(expects)
})

test('the former image and what else was changed is restored whole, by its names: no value of the pool is in the plan', () => {
  const startTask = {
    commandLine: 'mount -a',
    maxTaskRetryCount: 0,
    environmentSettings: [{ name: 'A', value: '${env:A}' }]
  }
  const pool = oldPool({ properties: { taskSlotsPerNode: 4, startTask }, tags: { team: 'lighting', other: 'stays' } })
  const plan = planned({
    seen: { pool },
    pool: {
      taskSlotsPerNode: 2,
      startTask: { commandLine: 'mount --all' },
      metadata: [
        { name: 'team', value: 'fx' },
        { name: 'new', value: '1' }
      ],
      tags: { team: 'fx', added: 'yes' }
    }
  })
  const image = stepOf(plan, 'change-pool-image')
  expect(image.restores).toEqual({
    properties: ['startTask', 'taskSlotsPerNode', 'deploymentConfiguration'],
    metadata: ['team']
  })
  expect(image.body).toEqual({ tags: { team: 'lighting' }, properties: {} })
  expect(JSON.stringify(plan.rollbacks)).not.toContain('mount -a')
  expect(image.metadata.remove).toEqual(['new'])
  expect(image.metadata.set.find(({ name }) => name === 'batch-image-rollout-former')?.value).toContain(m.OLD)
})

test('no canary comes first, and a formula comes back as one, whatever the spec asks for', () => {
  expect(stepOf(planned(), 'scale-pool')).toMatchObject({ canaryNodes: 0, goal: { dedicated: 12, lowPriority: 8 } })
  const plan = planned({ seen: { pool: oldPool({ scale: m.FORMULA }) } })
  expect(backOf(plan).map(({ id }) => id)).toEqual([
    'rollback-drain',
    'rollback-image',
    'rollback-finish',
    'rollback-verify'
  ])
  expect(stepOf(plan, 'finish-pool').body).toMatchObject({
    properties: { scaleSettings: { autoScale: { formula: '$TargetLowPriorityNodes=8', evaluationInterval: 'PT5M' } } }
  })
})

test('a pool that had no nodes gets its image back, and none', () => {
  expect(
    backOf(planned({ seen: { pool: { ...oldPool(), ...m.atZero(), body: oldPool().body } } })).map(({ id }) => id)
  ).toEqual(['rollback-drain', 'rollback-image', 'rollback-finish'])
})

test('a shorter drain-timeout counts for the way back, and so is less of the deadline needed', () => {
  const plan = planned({ rollout: { drainTimeoutMs: 5 * MINUTE } })
  expect([stepOf(plan, 'drain-pool').drainTimeoutMs, plan.rollbacks?.[0]?.needsMs]).toEqual([5 * MINUTE, 15 * MINUTE])
})

const VM = 'deploymentConfiguration.virtualMachineConfiguration'
const registry = { containerImageNames: [], containerRegistries: [{ registryServer: 'r.io', username: 'u' }] }
const withRegistry = oldPool({
  properties: {
    deploymentConfiguration: {
      virtualMachineConfiguration: {
        imageReference: { id: m.OLD },
        nodeAgentSKUId: 'batch.node.ubuntu 22.04',
        containerConfiguration: { type: 'DockerCompatible', ...registry }
      }
    }
  }
})

const NO_WAY: [string, Case, string][] = [
  ['of the Marketplace', { seen: { pool: unnamed() } }, 'is of the Marketplace, which is no version of a gallery'],
  [
    'a definition, not a version',
    { seen: { pool: oldPool({ imageId: f.DEFINITION }) } },
    `is ${f.DEFINITION}, which is no version`
  ],
  ['a version that is gone', { seen: { formerVersion: { found: undefined } } }, 'isn’t there any more'],
  ['a version that failed', found({ provisioningState: 'Failed' }), 'is Failed'],
  ['a version that is being deleted', found({ provisioningState: 'Deleting' }), 'is Deleting'],
  ['a version past its end of life', found({ endOfLifeDate: '2020-01-01T00:00:00Z' }), 'has reached its end of life'],
  [
    'a version that nodes failed with',
    found({ tags: { 'batch-image-rollout-state': 'failed' } }),
    'is tagged as failed'
  ],
  [
    'a version of other regions',
    found({ targetRegions: [{ region: 'westus3', replicas: 1 }] }),
    'has no replica in eastus2'
  ],
  [
    'a version that isn’t replicated yet',
    found({
      replication: {
        aggregatedState: 'InProgress',
        regions: [{ region: 'eastus2', state: 'Replicating', progress: 4 }]
      }
    }),
    'is Replicating in eastus2'
  ],
  [
    'a version that may not be read',
    {
      seen: {
        formerVersion: { unread: { action: 'Microsoft.Compute/x/read', why: 'Azure answered "AuthorizationFailed"' } }
      }
    },
    'can’t be read: Azure answered "AuthorizationFailed"'
  ],
  [
    'a secret that no answer shows',
    {
      seen: { pool: withRegistry },
      pool: {
        deploymentConfiguration: {
          virtualMachineConfiguration: {
            containerConfiguration: {
              ...registry,
              containerRegistries: [{ registryServer: 'r.io', username: 'u', password: '${env:P}' }]
            }
          }
        }
      }
    },
    `it has ${VM}.containerConfiguration.containerRegistries[r.io].password, which no answer of Batch shows`
  ],
  [
    'a property that the pool hasn’t yet',
    { pool: { mountConfiguration: [{ nfsMountConfiguration: { source: 'nas:/a', relativeMountPath: 'a' } }] } },
    'it has no mountConfiguration yet'
  ]
]

function unnamed(): Pool {
  const { imageId: _imageId, ...pool } = oldPool()
  return pool
}

test.each(NO_WAY)(
  '%s: auto keeps the pool and says why, rollback is refused before anything is done',
  (_, given, why) => {
    const auto = planned(given)
    expect(auto.rollbacks).toBeUndefined()
    expect(findingOf(auto)).toMatchObject({ severity: 'note', message: expect.stringContaining(why) })
    expect(findingOf(auto)?.message).toContain('pool "render" stays as it is if its nodes fail')
    const explicit = planned({ ...given, rollout: { onFailure: 'rollback' } })
    expect(findingOf(explicit)).toMatchObject({
      severity: 'error',
      message: expect.stringContaining(why),
      wayOut: expect.stringContaining('or say on-failure: keep')
    })
    expect([explicit.steps, explicit.rollbacks, explicit.undo]).toEqual([[], undefined, []])
  }
)

test.each<[string, Case]>([
  ['a version that gets other regions', found({ provisioningState: 'Updating' })],
  ['a version that nobody says the end of', found({ endOfLifeDate: '2099-01-01T00:00:00Z' })],
  ['a version whose replication isn’t told', found({ targetRegions: FORMER.targetRegions })],
  [
    'a version with a replica elsewhere, too',
    found({ targetRegions: [{ region: 'westus3', replicas: 1 }, ...FORMER.targetRegions] })
  ]
])('%s is a way back', (_, given) => {
  expect([planned(given).rollbacks?.length, findingOf(planned(given))]).toEqual([1, undefined])
})

const CUT_OFF = {
  name: 'batch-image-rollout-former',
  value: JSON.stringify({ ...m.FULL, imageId: f.versionIdOf('0.8.0') })
}

test('where nothing that works is lost, an explicit rollback is no error', () => {
  const given = { seen: { pool: oldPool({ metadata: [CUT_OFF] }) }, rollout: { onFailure: 'rollback' as const } }
  expect(findingOf(planned(given))).toMatchObject({
    severity: 'note',
    message: expect.stringContaining('was cut off on it')
  })
  expect(planned(given).steps.length).toBeGreaterThan(0)
})

test.each<[string, Case]>([
  ['keep', { rollout: { onFailure: 'keep' } }],
  ['a pool that has the image', { seen: { pool: m.mixedPool({ imageId: m.NEW }) } }],
  ['another property alone', { seen: { pool: m.mixedPool({ imageId: m.NEW }) }, pool: { taskSlotsPerNode: 2 } }],
  [
    'no nodes to judge',
    { seen: { pool: m.atZero() }, pool: { scaleSettings: { fixedScale: { targetDedicatedNodes: 0 } } } }
  ]
])('%s: no way back is planned, and none is missed', (_, given) => {
  const plan = planned(given)
  expect([plan.rollbacks, findingOf(plan)]).toEqual([undefined, undefined])
})

test('from the first step of the way back on its own undoing is owed, and not that of the change', () => {
  const { undo } = planned()
  const own = undo.filter(({ after }) => after.startsWith('rollback-'))
  expect(own.map(({ step, after, until, on }) => `${step.id}: ${after}..${until} on ${on.join()}`)).toEqual([
    'rollback-stop: rollback-drain..rollback-finish on cancelled,killed',
    'rollback-restore: rollback-image..rollback-finish on failed,killed',
    'rollback-release: rollback-drain..rollback-finish on failed,killed'
  ])
  const others = undo.filter(({ after }) => !after.startsWith('rollback-'))
  expect(others.map(({ step, unless }) => `${step.id} ${unless}`)).toEqual([
    'stop-resize rollback-drain',
    'restore-pool rollback-drain',
    'release-pool rollback-drain'
  ])
  const restore = own.find(({ step }) => step.kind === 'restore-pool')?.step
  expect(restore).toMatchObject({ restorePoint: { scale: m.FULL, imageId: m.OLD }, notedImageId: m.OLD })
})

test('the plan says what happens where nodes fail, and what it costs', () => {
  const lines = endingLines(planned()).map(({ stretch, what }) => `${stretch}: ${what}`)
  expect(lines).toContain(
    'change-pool-image … scale-pool: where its nodes fail: roll pool render back to farm/node/0.9.0 (its tasks are queued ' +
      'again, it is at zero nodes for some minutes, and then gets 12 dedicated and 8 low-priority nodes again)'
  )
  expect(lines.slice(-2)).toEqual([
    'rollback-drain … rollback-finish: stop the resize of pool render; release pool render',
    'rollback-image … rollback-finish: give pool render its former scale back'
  ])
})
