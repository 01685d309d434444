import { expect, test } from '@jest/globals'
import { expectGolden } from '../support/golden.ts'
import { IDS, onAzure, POOL_SPEC, RELEASE_INPUTS } from '../support/story.ts'

const OTHER = '/subscriptions/11111111-0000-4000-8000-000000000001/resourceGroups/g/providers/Microsoft.Compute'

/** A class of bad inputs: what is given beside what a release needs. */
const CASES: { name: string; inputs: Record<string, string> }[] = [
  { name: 'nothing at all', inputs: Object.fromEntries(Object.keys(RELEASE_INPUTS).map(input => [input, ''])) },
  { name: 'a malformed id', inputs: { 'source-vm': 'render-source' } },
  { name: 'an id of another type', inputs: { 'source-vm': IDS.account, 'batch-account': IDS.vm } },
  {
    name: 'ids in subscriptions that the guard excludes',
    inputs: { 'subscription-id': '11111111-0000-4000-8000-000000000001' }
  },
  {
    name: 'a managed image in another subscription than the VM',
    inputs: {
      'publish-to': `${OTHER}/images/i`,
      'allow-retired': 'true',
      'image-version': '',
      'pool-spec-inline': POOL_SPEC.replace('taskSlots', 'maxTasks')
    }
  },
  { name: 'two of exclusive inputs', inputs: { 'pool-spec': 'pool.yml' } },
  { name: 'none of exclusive inputs', inputs: { 'pool-spec-inline': '' } },
  { name: 'an input that the command does not use', inputs: { 'image-id': `${IDS.definition}/versions/1.0.0` } },
  { name: 'inputs that the command image does not use', inputs: { command: 'image' } },
  { name: 'a command that there is not', inputs: { command: 'realease' } },
  {
    name: 'durations out of range',
    inputs: { 'resize-timeout': '4m', 'drain-timeout': '60', deadline: '9d', 'poll-interval': '0s' }
  },
  {
    name: 'counts out of range',
    inputs: { 'canary-nodes': '-1', 'wave-size': '0', 'resize-attempts': 'three', 'max-unhealthy': '150%' }
  },
  {
    name: 'misspelt values',
    inputs: { drain: 'task-completed', 'image-change': 'inplace', promote: 'when-proven', 'dry-run': 'yes' }
  },
  { name: 'regions and versions', inputs: { 'target-regions': 'eastus2=0, East US 2', 'image-version': '1.0' } },
  { name: 'a pool spec that is not YAML', inputs: { 'pool-spec-inline': 'name: [render' } },
  {
    name: 'a pool spec with misspelt and unknown properties',
    inputs: {
      'pool-spec-inline': POOL_SPEC.replace('vmSize', 'vmsize').replace('taskSlotsPerNode', 'tasksPerNode')
    }
  },
  {
    name: 'a pool spec in the form of the Batch service',
    inputs: { 'pool-spec-inline': 'id: render\nvmSize: Standard_D4s_v5\ntargetDedicatedNodes: 20\n' }
  },
  {
    name: 'an ARM template as a pool spec',
    inputs: {
      'pool-spec-inline':
        'resources:\n- type: Microsoft.Batch/batchAccounts/pools\n  name: farm/render\n  properties: { vmSize: x }\n'
    }
  },
  {
    name: 'a pool that exists beside a spec, in another account',
    inputs: { pool: IDS.pool.replace('renderfarm', 'otherfarm') }
  },
  {
    name: 'a pool spec with both fixed and automatic scale',
    inputs: { 'pool-spec-inline': `${POOL_SPEC}    autoScale: { formula: "$TargetDedicatedNodes = 1;" }\n` }
  },
  {
    name: 'a pool spec that pins a managed image without allow-retired',
    inputs: {
      command: 'rollout',
      'source-vm': '',
      generalize: '',
      'publish-to': '',
      'image-version': '',
      'pool-spec-inline': `${POOL_SPEC}  deploymentConfiguration: { virtualMachineConfiguration: { imageReference: { id: ${IDS.managedImage} }, nodeAgentSkuId: batch.node.ubuntu 22.04 } }\n`
    }
  },
  {
    name: 'a managed image with inputs for galleries, without allow-retired',
    inputs: { 'publish-to': IDS.managedImage, promote: 'now' }
  },
  {
    name: 'a secret that is not there',
    inputs: { 'pool-spec-inline': POOL_SPEC.replace('mount -a', 'mount ${env:SHARE_KEY}') }
  },
  { name: 'a client without its tenant', inputs: { 'tenant-id': '', 'client-id': 'the-app' } },
  { name: 'a cloud that there is not', inputs: { cloud: 'http://management.local' } },
  { name: 'tags that are not ours to give', inputs: { tags: 'batch-image-rollout-key=1, owner' } }
]

test.each(CASES)('bad inputs are named before any call: $name', async ({ inputs }) => {
  await onAzure({}, async ({ story }) => {
    const told = await story({ inputs: { ...RELEASE_INPUTS, ...inputs } })
    expect(told.exchanges).toEqual([])
    expect(told.outputs).toMatchObject({ 'failure-reason': 'input-invalid', changed: 'false' })
  })
})

test('every class of bad inputs has its words', async () => {
  const chapters: string[] = []
  for (const { name, inputs } of CASES) {
    await onAzure({}, async ({ story }) => {
      const told = await story({ inputs: { ...RELEASE_INPUTS, ...inputs } })
      chapters.push(`=== ${name} ===\n${told.log.join('\n').trim()}\n`)
    })
  }
  expectGolden('bad-inputs', chapters.join('\n'))
})
