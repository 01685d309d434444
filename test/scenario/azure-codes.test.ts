/** What Azure refuses, told as what it means: reason, way out, and whether a run with the same inputs can go well. */
import { expect, test } from '@jest/globals'
import type { Emulator } from '../../emulator/index.ts'
import { somebodyElse } from '../support/somebody-else.ts'
import { defaultWorld, IDS, onAzure, RELEASE_INPUTS, type Told, type World } from '../support/story.ts'

const flat = (told: Told): string => told.summary.replaceAll(/\s+/g, ' ')
const AGAIN = 'nother run with the same inputs resumes where this one stopped'
const FAILS_AGAIN = 'before, it would fail in the same way'

const inEastus2 = (behaviour: Partial<World['behaviour']>): World => {
  const world = defaultWorld()
  return { ...world, behaviour: { ...world.behaviour, ...behaviour } }
}

const POLICY = {
  error: {
    code: 'RequestDisallowedByPolicy',
    target: 'render-node-1.0.0-os',
    message:
      "Resource 'render-node-1.0.0-os' was disallowed by policy. Reasons: 'a cost centre is needed'. See error details for policy resource IDs.",
    additionalInfo: [
      {
        type: 'PolicyViolation',
        info: {
          policyDefinitionDisplayName: 'Require a tag on resources',
          policyDefinitionName: '871b6d14-10aa-478d-b590-94f262ecfa99',
          policyDefinitionEffect: 'Deny',
          policyAssignmentDisplayName: 'Cost centre on all resources',
          policyAssignmentName: 'cost-centre',
          policyAssignmentScope: '/subscriptions/6f1b2c3d-0000-4000-8000-000000000001'
        }
      }
    ]
  }
}

test('a policy that refuses a snapshot is told as that, with assignment, definition, and what helps', async () => {
  const faults = [{ operation: 'Snapshots_CreateOrUpdate', times: 3, respond: { status: 403, body: POLICY } }]
  await onAzure({ faults }, async ({ story }) => {
    const told = await story({ inputs: RELEASE_INPUTS })
    expect(told.outputs['failure-reason']).toBe('policy-denied')
    expect(flat(told)).toContain('the policy assignment "Cost centre on all resources (cost-centre)"')
    expect(flat(told)).toContain('"Require a tag on resources (871b6d14-10aa-478d-b590-94f262ecfa99)"')
    expect(flat(told)).toContain('tags that it asks for go into "tags"')
    expect(flat(told)).toContain('"work-resource-group"')
    expect(flat(told)).not.toContain('permission')
    expect(flat(told)).not.toContain(AGAIN)
  })
})

const refusing = (operation: string, code: string, message: string, times: number) => [
  { operation, times, respond: { status: 409, code, message } }
]

test.each([
  [
    'a gallery that is full',
    refusing(
      'GalleryImageVersions_CreateOrUpdate',
      'OperationNotAllowed',
      'Operation could not be completed as it results in exceeding the limit of 10000 gallery image versions.',
      1
    ),
    '10,000 versions'
  ],
  [
    'a disk with its 500 snapshots',
    refusing(
      'Snapshots_CreateOrUpdate',
      'OperationNotAllowed',
      'The disk render-source already has 500 incremental snapshots.',
      3
    ),
    'az snapshot list'
  ],
  [
    'a quota of snapshots',
    refusing('Snapshots_CreateOrUpdate', 'QuotaExceeded', 'The quota of 75000 snapshots is used up.', 3),
    'more quota of the subscription'
  ]
])('%s is a quota of Azure, with the way out, and no advice to run again as it is', async (_, faults, wayOut) => {
  await onAzure({ faults }, async ({ story }) => {
    const told = await story({ inputs: RELEASE_INPUTS })
    expect(told.outputs['failure-reason']).toBe('azure-quota-reached')
    expect(flat(told)).toContain(wayOut)
    expect(flat(told)).not.toContain(AGAIN)
  })
})

test('a code that nobody here knows is said whole, with its request, and nothing is promised', async () => {
  const faults = refusing('Snapshots_CreateOrUpdate', 'NobodyKnowsThis', 'the moon is full', 3)
  await onAzure({ faults }, async ({ story }) => {
    const told = await story({ inputs: RELEASE_INPUTS })
    expect(told.outputs['failure-reason']).toBe('snapshot-failed')
    expect(flat(told)).toContain('failed with 409 NobodyKnowsThis: the moon is full')
    expect(flat(told)).toContain('This action doesn’t know "NobodyKnowsThis" of Snapshots_CreateOrUpdate')
    expect(flat(told)).toContain('isn’t known')
  })
})

test('a pool that Batch refuses for something else than its image is not advised another image', async () => {
  const message = 'The value of parameter taskSlotsPerNode is invalid.'
  const respond = { status: 400, code: 'InvalidPropertyValue', message }
  await onAzure({ faults: [{ operation: 'Pool_Create', times: 1, respond }] }, async ({ story }) => {
    const told = await story({ inputs: RELEASE_INPUTS })
    expect(told.outputs['failure-reason']).toBe('pool-refused')
    expect(flat(told)).toContain(message)
    expect(flat(told)).not.toContain('custom images only from')
  })
})

test('an operation that Azure has fumbled is advised again, and the same inputs then go well', async () => {
  const fumbled = { outcome: 'Failed' as const, code: 'InternalOperationError', message: 'interrupted' }
  const faults = [{ operation: 'Snapshots_CreateOrUpdate', times: 1, ...fumbled }]
  await onAzure({ faults }, async ({ story }) => {
    const told = await story({ inputs: RELEASE_INPUTS })
    expect(told.outputs['failure-reason']).toBe('snapshot-failed')
    expect(flat(told)).toContain('Run again with the same inputs; a failed snapshot is made again')
    expect((await story({ inputs: RELEASE_INPUTS, context: { runAttempt: 2 } })).ok).toBe(true)
  })
})

test('a job read that is denied names the data action, which Owner lacks', async () => {
  const denied = ['Microsoft.Batch/batchAccounts/jobs/read']
  const world = inEastus2({ denied })
  await onAzure({ world }, async ({ story }) => {
    // The first run makes the pool, and needs no jobs; the second asks for those of the pool that is there.
    expect((await story({ inputs: RELEASE_INPUTS })).ok).toBe(true)
    const told = await story({ inputs: { ...RELEASE_INPUTS, 'image-version': '1.1.0' }, context: { runId: '4712' } })
    expect(told.outputs['failure-reason']).toBe('permission-denied')
    expect(flat(told)).toContain('a role with the data action "Microsoft.Batch/batchAccounts/jobs/read"')
    expect(flat(told)).toContain('Owner and Contributor lack')
  })
})

const short = (code: string, message: string): World =>
  inEastus2({
    capacity: [{ region: 'eastus2', family: '*', from: 0, cores: 28, refuses: true, relays: { code, message } }]
  })

const FULL = 'Subnet nodes with address prefix 10.0.0.0/28 does not have enough capacity for 20 IP addresses.'
const STORAGE = 'Deployment allocation failed because VM size does not support storage account type'

test.each([
  ['a subnet that is full', 'SubnetIsFull', FULL, 'allocation-failed', 'Enlarge the subnet'],
  ['a kind of disk that the size doesn’t take', 'BadRequest', STORAGE, 'allocation-failed', 'dataDisks'],
  ['a policy', 'RequestDisallowedByPolicy', "Resource 'x' was disallowed by policy.", 'policy-denied', 'exemption']
])('%s ends the waves at once, and is no region that is short', async (_, code, message, reason, wayOut) => {
  await onAzure({ world: short(code, message) }, async ({ story }) => {
    const told = await story({ inputs: RELEASE_INPUTS })
    expect(told.outputs).toMatchObject({ 'failure-reason': reason, 'current-dedicated-nodes': '7' })
    expect(told.log.join('\n')).not.toContain('attempt 2')
    expect(flat(told)).toContain(message.replaceAll('_', '\\_'))
    expect(flat(told)).toContain(wayOut)
    expect(flat(told)).toContain(FAILS_AGAIN)
  })
})

test('what a resize says and nobody here knows is printed whole, and not retried', async () => {
  const secret = 'sig=abcdefghijklmnopqrstuvwxyz'
  const message = `The flux is inverted. See https://x.blob.core.windows.net/a?${secret}`
  await onAzure({ world: short('FluxInverted', message) }, async ({ story }) => {
    const told = await story({ inputs: RELEASE_INPUTS })
    expect(told.outputs['failure-reason']).toBe('allocation-failed')
    expect(flat(told)).toContain('The flux is inverted')
    expect(told.log.join('\n')).not.toContain('attempt 2')
    expect(JSON.stringify([told.log, told.summary, told.outputs])).not.toContain(secret)
  })
})

/** Deletes it with the first resize after the pool was made. */
const deletedDuringWaves = (emulator: Emulator, id: string) => {
  let isGone = false
  return (_count: number, { url, method }: { url: string; method: string }): void => {
    if (isGone || method !== 'PATCH' || !url.includes('/pools/')) return
    isGone = true
    const { resourceManagerUrl } = emulator.connection
    somebodyElse(emulator, 'DELETE', `${resourceManagerUrl}${id}?api-version=2025-12-03`)
  }
}

test('a version that is deleted during the waves is found and said, and the same inputs make it again', async () => {
  const world = inEastus2({ durationsMs: { 'galleryImageVersion.delete': 1_000 } })
  await onAzure({ world }, async ({ emulator, story }) => {
    const onExchange = deletedDuringWaves(emulator, `${IDS.definition}/versions/1.0.0`)
    const told = await story({ inputs: RELEASE_INPUTS, onExchange })
    expect(told.outputs).toMatchObject({ 'failure-reason': 'allocation-failed', 'failed-step': 'scale-pool' })
    expect(flat(told)).toContain('image version 1.0.0 isn’t there any more')
    expect(flat(told)).toContain('Find out who deletes it; a run with the same inputs makes what is missing again')
  })
})

test('a version to roll out that is deleted during the waves is for its owner to mend', async () => {
  const world = inEastus2({ durationsMs: { 'galleryImageVersion.delete': 1_000 } })
  await onAzure({ world }, async ({ emulator, story }) => {
    const {
      'pool-spec-inline': spec = '',
      'batch-account': account = '',
      'wave-size': waves = '',
      ...image
    } = RELEASE_INPUTS
    expect((await story({ inputs: { ...image, command: 'image' } })).ok).toBe(true)
    const inputs = { command: 'rollout', 'pool-spec-inline': spec, 'batch-account': account, 'wave-size': waves }
    const id = `${IDS.definition}/versions/1.0.0`
    const told = await story({ inputs: { ...inputs, 'image-id': id }, onExchange: deletedDuringWaves(emulator, id) })
    expect(told.outputs['failure-reason']).toBe('allocation-failed')
    expect(flat(told)).toContain('roll out another image ("image-id")')
    expect(flat(told)).toContain(FAILS_AGAIN)
  })
})
