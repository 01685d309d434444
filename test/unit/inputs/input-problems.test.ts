import { expect, test } from '@jest/globals'
import { INPUT_NAMES } from '../../../src/inputs/action-defaults.ts'
import { USED_BY } from '../../../src/inputs/action-defaults.ts'
import {
  accountId,
  definitionId,
  ELSEWHERE,
  HERE,
  IMAGE,
  managedId,
  POOL,
  poolId,
  poolWith,
  problemsOf,
  RELEASE,
  ROLLOUT,
  versionId,
  vmId,
  type Given
} from './support.ts'

const RETIRED =
  'Microsoft announced that Batch takes custom images only from an Azure Compute Gallery since 31 March 2026; make a ' +
  'gallery version of it, or set allow-retired to "true" to try all the same'
const GALLERY_ONLY = 'is for gallery versions only, and publish-to is a managed image; leave it out'
const COUNT = (min: number): string => `is not a whole number of at least ${min}`
const PIN = `pin one, such as ${definitionId()}/versions/1.0.0, as otherwise nodes of one pool get different images with each version that is published`
const MANAGED = { ...RELEASE, 'publish-to': managedId(), 'allow-retired': 'true' }
const longName = 'n'.repeat(513)
const AS_IT_IS = { ...ROLLOUT, 'pool-spec-inline': '', pool: 'render' }
const manyTags = Array.from({ length: 41 }, (_, index) => `t${index}=1`).join(',')

type Row = [rule: string, given: Given, problem: string]

const VALUES: Row[] = [
  ['a command', { command: 'relase' }, 'command: "relase" is not release, image or rollout; did you mean "release"?'],
  ['a boolean', { 'dry-run': 'True' }, 'dry-run: "True" is not true or false; did you mean "true"?'],
  ['a boolean', { 'keep-snapshots': 'yes' }, 'keep-snapshots: "yes" is not true or false'],
  ['a boolean', { 'allow-retired': '1' }, 'allow-retired: "1" is not true or false'],
  [
    'a GUID',
    { 'subscription-id': 'prod' },
    'subscription-id: "prod" is not a GUID; 32 hexadecimal digits in five groups, as the Azure portal shows it'
  ],
  [
    'a GUID',
    { 'tenant-id': 'x' },
    'tenant-id: "x" is not a GUID; 32 hexadecimal digits in five groups, as the Azure portal shows it'
  ],
  [
    'a GUID',
    { 'client-id': 'x', 'tenant-id': HERE },
    'client-id: "x" is not a GUID; 32 hexadecimal digits in five groups, as the Azure portal shows it'
  ],
  ['client-id with tenant-id', { 'client-id': HERE }, 'tenant-id: is missing; client-id needs it'],
  ['audience with client-id', { audience: 'api://x' }, 'audience: is only used with client-id; give both or neither'],
  [
    'an audience',
    { audience: 'a b', 'client-id': HERE, 'tenant-id': HERE },
    'audience: "a b" is not an audience; such as "api://AzureADTokenExchange"'
  ],
  [
    'a cloud',
    { cloud: 'AzureChina' },
    'cloud: "AzureChina" is neither AzureCloud, AzureUSGovernment, AzureChinaCloud nor an https URL'
  ],
  [
    'a cloud',
    { cloud: 'azurecloud' },
    'cloud: "azurecloud" is neither AzureCloud, AzureUSGovernment, AzureChinaCloud nor an https URL; did you mean "AzureCloud"?'
  ],
  ['https', { cloud: 'http://x' }, 'cloud: "http://x" is not an https URL; tokens are sent over https only'],
  [
    'a bare URL',
    { cloud: 'https://u:p@x/?a' },
    'cloud: "https://x…" has more than host and path; a Resource Manager’s URL alone is expected'
  ],
  ['LUNs', { 'data-disks': '0,64' }, 'data-disks: "64" is not a LUN; a whole number from 0 to 63'],
  ['LUNs once', { 'data-disks': '0,1,0' }, 'data-disks: LUN "0" is there twice; once is enough'],
  [
    'a word for disks',
    { 'data-disks': 'nome' },
    'data-disks: "nome" is not "all", "none" or a list of LUNs such as 0,2; did you mean "none"?'
  ],
  ['generalize', { generalize: 'Done' }, 'generalize: "Done" is not done; did you mean "done"?'],
  ['generalize', { generalize: 'linux' }, 'generalize: "linux" is not done'],
  [
    'an image version',
    { 'image-version': '1.0' },
    'image-version: "1.0" is not an image version; "auto", or Major.Minor.Patch, three integers from 0 to 2147483647 without leading zeros, such as 1.0.12'
  ],
  [
    '32 bits',
    { 'image-version': '1.0.2147483648' },
    'image-version: "1.0.2147483648" is not an image version; "auto", or Major.Minor.Patch, three integers from 0 to 2147483647 without leading zeros, such as 1.0.12'
  ],
  [
    'replicas',
    { 'target-regions': 'eastus=101' },
    'target-regions: "eastus=101" asks for "101" replicas; from 1 to 100'
  ],
  [
    'a region',
    { 'target-regions': 'eastus:2' },
    'target-regions: "eastus:2" is not a region with its replicas; such as eastus2, or eastus2=2'
  ],
  [
    'regions once',
    { 'target-regions': 'eastus2, East US 2=3' },
    'target-regions: region "eastus2" is there twice; once is enough'
  ],
  [
    'a replication mode',
    { 'replication-mode': 'full' },
    'replication-mode: "full" is not Full or Shallow; did you mean "Full"?'
  ],
  [
    'promotion',
    { promote: 'when-proven' },
    'promote: "when-proven" is not when-proved, now or never; did you mean "when-proved"?'
  ],
  [
    'an image change',
    { 'image-change': 'inplace' },
    'image-change: "inplace" is not auto, in-place or refuse; did you mean "in-place"?'
  ],
  ['what a failure leads to', { 'on-failure': 'undo' }, 'on-failure: "undo" is not auto, rollback or keep'],
  ['a refresh', { 'refresh-nodes': 'restart' }, 'refresh-nodes: "restart" is not none, reboot or reimage'],
  ['a proof', { prove: 'temporary' }, 'prove: "temporary" is not auto, temporary-pool, canary or none'],
  [
    'a canary of no node',
    { prove: 'canary', 'canary-nodes': '0' },
    'prove: is "canary", and canary-nodes is 0; ask for at least one node, or say prove: none'
  ],
  [
    'a smoke test without a command',
    { 'smoke-test': '{ "environmentSettings": [] }' },
    'smoke-test: commandLine: is missing; a string is expected'
  ],
  [
    'a smoke test that says its node',
    { 'smoke-test': '{ "commandLine": "probe", "affinityInfo": {} }' },
    'smoke-test: affinityInfo: is set by the action; leave it out'
  ],
  [
    'a smoke test with a property that no task has',
    { 'smoke-test': '{ "commandLine": "probe", "enviromentSettings": [] }' },
    'smoke-test: enviromentSettings: is not taken in a smoke test; did you mean "environmentSettings"?; known here: environmentSettings, commandLine, resourceFiles, userIdentity, containerSettings'
  ],
  [
    'a smoke test with a secret that isn’t there',
    { 'smoke-test': 'probe ${env:NO_SUCH_KEY}' },
    'smoke-test: environment variable NO_SUCH_KEY is not set; set it in the step’s env, from a secret'
  ],
  [
    'a smoke test for no node',
    { 'smoke-test': 'probe', prove: 'none' },
    'smoke-test: has no node to run on: prove is "none"; let nodes prove the image first, or leave it out'
  ],
  [
    'a smoke test for a pool without a first wave',
    { 'smoke-test': 'probe', 'canary-nodes': '0' },
    'smoke-test: has no node to run on: canary-nodes is 0, so that a new pool has no first wave; let nodes prove the image first, or leave it out'
  ],
  ['canary nodes', { 'canary-nodes': '-1' }, `canary-nodes: "-1" ${COUNT(0)}`],
  ['a wave size', { 'wave-size': '0' }, 'wave-size: "0" is not a wave size; "all", or a whole number of at least 1'],
  ['a wave size', { 'wave-size': '2O' }, 'wave-size: "2O" is not a wave size; "all", or a whole number of at least 1'],
  ['attempts', { 'resize-attempts': '0' }, `resize-attempts: "0" ${COUNT(1)}`],
  ['a resize timeout from 5m', { 'resize-timeout': '4m' }, 'resize-timeout: "4m" is out of bounds; from 5m to 5d'],
  ['a short duration', { 'resize-timeout': 'PT30M' }, 'resize-timeout: "PT30M" is not a duration; did you mean "30m"?'],
  ['a drain timeout from 5m', { 'drain-timeout': '299s' }, 'drain-timeout: "299s" is out of bounds; from 5m to 5d'],
  ['a poll interval up to 10m', { 'poll-interval': '11m' }, 'poll-interval: "11m" is out of bounds; from 1s to 10m'],
  ['a poll interval from 1s', { 'poll-interval': '0s' }, 'poll-interval: "0s" is out of bounds; from 1s to 10m'],
  ['where to stop', { 'stop-after': 'image' }, 'stop-after: "image" is not proof'],
  [
    'a stop after no proof',
    { 'stop-after': 'proof', prove: 'canary' },
    'stop-after: is "proof", and prove is "canary", so that nothing is proved before the pool is changed; say prove: temporary-pool, or leave stop-after out'
  ],
  [
    'a stop with an image that everybody sees',
    { 'stop-after': 'proof', promote: 'now' },
    'stop-after: is "proof", which keeps the image hidden, and promote is "now"; say promote: when-proved, or leave stop-after out'
  ],
  ['a bake from 1m', { bake: '59s' }, 'bake: "59s" is out of bounds; from 1m to 1d'],
  ['a bake up to 1d', { bake: '25h', deadline: '5d' }, 'bake: "25h" is out of bounds; from 1m to 1d'],
  [
    'a bake that is over before the deadline',
    { bake: '5h' },
    'bake: "5h" doesn’t fit in deadline "5h"; give the run a longer deadline, or a shorter bake'
  ],
  ['a deadline up to 5d', { deadline: '121h' }, 'deadline: "121h" is out of bounds; from 1m to 5d'],
  ['a deadline from 1m', { deadline: '59s' }, 'deadline: "59s" is out of bounds; from 1m to 5d'],
  [
    'a share',
    { 'max-unhealthy': '101%' },
    'max-unhealthy: "101%" is neither a number of nodes nor a share; such as 3, or 5% (at most 100%)'
  ],
  [
    'nodes',
    { 'max-unhealthy': '0.5' },
    'max-unhealthy: "0.5" is neither a number of nodes nor a share; such as 3, or 5% (at most 100%)'
  ],
  ['a drain', { drain: 'retaineddata' }, 'drain: "retaineddata" is not task-completion, requeue or terminate'],
  [
    'a resource group',
    { 'work-resource-group': 'a/b' },
    'work-resource-group: "a/b" is not the name of a resource group; 1 to 90 letters, digits and -_.(), and no period at the end'
  ],
  ['a tag', { tags: 'team' }, 'tags: "team" is not a tag; name=value is expected'],
  [
    'tags that are no JSON',
    { tags: '["a=b"]' },
    'tags: "["a=b"]" is a list of JSON or YAML; name=value pairs, one a line or separated by commas, such as team=render without brackets, quotes and hyphens is expected'
  ],
  [
    'tags that are no YAML',
    { tags: '- a=b\n- c=d' },
    'tags: "- a=b - c=d" is a list of JSON or YAML; name=value pairs, one a line or separated by commas, such as team=render without brackets, quotes and hyphens is expected'
  ],
  [
    'a tag',
    { tags: ',' },
    'tags: "," has no entry; name=value pairs, one a line or separated by commas, such as team=render, or leave it out'
  ],
  [
    'a region',
    { 'target-regions': ',' },
    'target-regions: "," has no entry; regions separated by commas, such as eastus2=2, westus3, or leave it out'
  ],
  [
    'regions that are no JSON',
    { 'target-regions': '["eastus2"]' },
    'target-regions: "["eastus2"]" is a list of JSON or YAML; regions separated by commas, such as eastus2=2, westus3 without brackets, quotes and hyphens is expected'
  ],
  [
    'a LUN',
    { 'data-disks': ' , ,' },
    'data-disks: ", ," has no entry; "all", "none", or LUNs separated by commas, such as 0,2, or leave it out'
  ],
  [
    'LUNs that are no JSON',
    { 'data-disks': '[0, 1]' },
    'data-disks: "[0, 1]" is a list of JSON or YAML; "all", "none", or LUNs separated by commas, such as 0,2 without brackets, quotes and hyphens is expected'
  ],
  ['tags once', { tags: 'a=1,A=2' }, 'tags: tag "a" is there twice; once is enough'],
  [
    '40 tags',
    { tags: manyTags },
    'tags: 41 tags are too many; 40 at most, as ten of Azure’s 50 are for the action’s own'
  ],
  [
    '512 characters',
    { tags: `${longName}=1` },
    `tags: tag name "${longName.slice(0, 40)}…" has 513 characters; 512 at most`
  ],
  [
    '256 characters',
    { tags: `a=${longName.slice(0, 257)}` },
    'tags: the value of tag "a" has 257 characters; 256 at most'
  ],
  ['tag names', { tags: 'a/b=1' }, 'tags: tag name "a/b" has one of <>%&\\?/ in it, which Azure refuses'],
  [
    'other tags than ours',
    { tags: 'batch-image-rollout-key=1' },
    'tags: tag name "batch-image-rollout-key" begins with "batch-image-rollout-", which is kept for this action’s own tags'
  ]
]

test.each(VALUES)('%s is asked for: %j', (_, given, problem) => {
  expect(problemsOf({ ...RELEASE, ...given })).toEqual([problem])
})

const IDS: Row[] = [
  [
    'a malformed id',
    { ...RELEASE, 'source-vm': 'golden' },
    'source-vm: "golden" is not an ARM resource id; expected /subscriptions/{id}/resourceGroups/{name}/providers/Microsoft.Compute/virtualMachines/{name}'
  ],
  [
    'an id of another type',
    { ...RELEASE, 'source-vm': managedId() },
    `source-vm: "${managedId()}" is the id of a Microsoft.Compute/images; expected /subscriptions/{id}/resourceGroups/{name}/providers/Microsoft.Compute/virtualMachines/{name}`
  ],
  [
    'a subscription’s name',
    { ...RELEASE, 'source-vm': vmId('prod') },
    `source-vm: "${vmId('prod')}" has subscription "prod", which is not a GUID`
  ],
  [
    'a name with blanks',
    { ...RELEASE, 'batch-account': `${accountId()} 2` },
    `batch-account: "${accountId()} 2" has "farm 2" in it, which is not a name; letters, digits and -_.() are allowed`
  ],
  [
    'a pool’s id',
    { ...RELEASE, 'batch-account': poolId() },
    `batch-account: "${poolId()}" is the id of a Microsoft.Batch/batchAccounts/pools; expected /subscriptions/{id}/resourceGroups/{name}/providers/Microsoft.Batch/batchAccounts/{name}`
  ],
  [
    'an account for a pool',
    { ...AS_IT_IS, pool: accountId() },
    `pool: "${accountId()}" is the id of a Microsoft.Batch/batchAccounts; expected /subscriptions/{id}/resourceGroups/{name}/providers/Microsoft.Batch/batchAccounts/{name}/pools/{name}`
  ],
  [
    'a pool’s id whose name is none',
    { ...AS_IT_IS, pool: `${poolId()}.2` },
    `pool: "${poolId()}.2" has "render.2", which is not the name of a Microsoft.Batch/batchAccounts/pools; 1 to 64 letters, digits, hyphens and underscores`
  ],
  [
    'a pool’s name with a blank',
    { ...AS_IT_IS, pool: 'render farm' },
    'pool: "render farm" is neither the ARM id of a pool nor a pool name; 1 to 64 letters, digits, hyphens and underscores'
  ],
  [
    'a pool’s id that is none, and no account beside it',
    { ...AS_IT_IS, pool: 'farm/render', 'batch-account': '' },
    'pool: "farm/render" is not an ARM resource id; expected /subscriptions/{id}/resourceGroups/{name}/providers/Microsoft.Batch/batchAccounts/{name}/pools/{name}'
  ],
  [
    'a gallery version to publish to',
    { ...RELEASE, 'publish-to': versionId() },
    `publish-to: "${versionId()}" is the id of a version; use ${definitionId()}, and image-version for the version`
  ],
  [
    'a VM to publish to',
    { ...RELEASE, 'publish-to': vmId() },
    `publish-to: "${vmId()}" is the id of a Microsoft.Compute/virtualMachines; expected /subscriptions/{id}/resourceGroups/{name}/providers/Microsoft.Compute/galleries/{name}/images/{name}, or …/providers/Microsoft.Compute/images/{name}`
  ],
  [
    'a definition to roll out',
    { ...ROLLOUT, 'image-id': definitionId() },
    `image-id: "${definitionId()}" names no version; ${PIN}`
  ],
  [
    '"latest" to roll out',
    { ...ROLLOUT, 'image-id': versionId('latest') },
    `image-id: "${versionId('latest')}" is not pinned; ${PIN}`
  ],
  [
    'the latest that is proved, among versions',
    { ...ROLLOUT, 'image-id': versionId('latest-proved') },
    `image-id: "${versionId('latest-proved')}" has "versions" before "latest-proved"; write ${definitionId()}/latest-proved`
  ],
  [
    'the latest that is proved, of a version',
    { ...ROLLOUT, 'image-id': `${versionId()}/latest-proved` },
    `image-id: "${versionId()}" is the id of a Microsoft.Compute/galleries/images/versions; expected /subscriptions/{id}/resourceGroups/{name}/providers/Microsoft.Compute/galleries/{name}/images/{name}`
  ],
  [
    'a version that is none',
    { ...ROLLOUT, 'image-id': versionId('1.0') },
    `image-id: "${versionId('1.0')}" has version "1.0", which is not Major.Minor.Patch of 32-bit integers`
  ],
  [
    'a managed image to roll out',
    { ...ROLLOUT, 'image-id': managedId() },
    `image-id: "${managedId()}" is a managed image; ${RETIRED}`
  ],
  [
    'a managed image to release',
    { ...RELEASE, 'publish-to': managedId() },
    `publish-to: "${managedId()}" is a managed image; ${RETIRED}`
  ]
]

test.each(IDS)('%s is refused', (_, given, problem) => {
  expect(problemsOf(given)).toEqual([problem])
})

const THERE = `is in subscription ${ELSEWHERE}, and`
const GUARD = `there, but subscription-id is ${HERE}; leave subscription-id out to work across subscriptions`
const SUBNET = `/subscriptions/${ELSEWHERE}/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/v/subnets/s`

const SUBSCRIPTIONS: Row[] = [
  [
    'snapshots',
    { ...RELEASE, 'subscription-id': HERE, 'source-vm': vmId(ELSEWHERE) },
    `source-vm: ${THERE} its snapshots would be made ${GUARD}`
  ],
  [
    'the image',
    { ...RELEASE, 'subscription-id': HERE, 'publish-to': definitionId(ELSEWHERE) },
    `publish-to: ${THERE} the image would be made ${GUARD}`
  ],
  [
    'the pool',
    { ...ROLLOUT, 'subscription-id': HERE, 'batch-account': accountId(ELSEWHERE) },
    `batch-account: ${THERE} the pool would be made or changed ${GUARD}`
  ],
  [
    'a managed image of the VM',
    { ...IMAGE, 'publish-to': managedId(ELSEWHERE) },
    `publish-to: is in subscription ${ELSEWHERE}; a managed image must be in that of source-vm, ${HERE}`
  ],
  [
    'a managed image for the pool',
    { ...MANAGED, 'batch-account': accountId(ELSEWHERE) },
    `publish-to: the managed image is in subscription ${HERE}; a pool’s must be in that of batch-account, ${ELSEWHERE}`
  ],
  [
    'a given managed image',
    { ...ROLLOUT, 'allow-retired': 'true', 'image-id': managedId(ELSEWHERE) },
    `image-id: the managed image is in subscription ${ELSEWHERE}; a pool’s must be in that of batch-account, ${HERE}`
  ],
  [
    'a pinned managed image',
    { ...ROLLOUT, 'allow-retired': 'true', 'image-id': '', 'pool-spec-inline': poolWith(managedId(ELSEWHERE)) },
    `pool-spec-inline: the managed image is in subscription ${ELSEWHERE}; a pool’s must be in that of batch-account, ${HERE}`
  ],
  [
    'a subnet',
    { ...ROLLOUT, 'pool-spec-inline': `${POOL}  networkConfiguration: { subnetId: ${SUBNET} }` },
    `pool-spec-inline: properties.networkConfiguration.subnetId: is in subscription ${ELSEWHERE}; a pool’s subnet must be in that of batch-account, ${HERE}`
  ]
]

test.each(SUBSCRIPTIONS)('%s in a subscription where that can’t work: refused', (_, given, problem) => {
  expect(problemsOf(given)).toEqual([problem])
})

test('without the guard VM, gallery and account may lie in three subscriptions; with it, an image that is only read', () => {
  const account = accountId('33333333-3333-4333-8333-333333333333')
  expect(problemsOf({ ...RELEASE, 'publish-to': definitionId(ELSEWHERE), 'batch-account': account })).toEqual([])
  const image = `${definitionId(ELSEWHERE)}/versions/1.0.0`
  expect(problemsOf({ ...ROLLOUT, 'subscription-id': HERE, 'image-id': image })).toEqual([])
})

const TOGETHER: Row[] = [
  ['a version', { ...MANAGED, 'image-version': '1.0.0' }, `image-version: ${GALLERY_ONLY}`],
  ['regions', { ...MANAGED, 'target-regions': 'eastus' }, `target-regions: ${GALLERY_ONLY}`],
  ['a replication mode', { ...MANAGED, 'replication-mode': 'Shallow' }, `replication-mode: ${GALLERY_ONLY}`],
  ['promotion', { ...MANAGED, promote: 'now' }, `promote: ${GALLERY_ONLY}`],
  ['snapshots to keep', { ...MANAGED, 'keep-snapshots': 'true' }, `keep-snapshots: ${GALLERY_ONLY}`],
  [
    'two pool specs',
    { ...RELEASE, 'pool-spec': 'a.yml' },
    'pool-spec: is given together with pool-spec-inline; give one of them'
  ],
  [
    'no pool spec',
    { ...RELEASE, 'pool-spec-inline': '' },
    'pool-spec: is missing; command "release" needs it, pool-spec-inline, or pool for a pool that exists'
  ],
  [
    'a pool beside its spec',
    { ...RELEASE, pool: 'render' },
    'pool: is given together with pool-spec-inline; give one of them'
  ],
  [
    'a pool beside two specs',
    { ...RELEASE, pool: 'render', 'pool-spec': 'a.yml' },
    'pool: is given together with pool-spec and pool-spec-inline; give one of them'
  ],
  [
    'a pool in another account than batch-account',
    { ...AS_IT_IS, pool: poolId(), 'batch-account': `${accountId()}2` },
    `batch-account: "${accountId()}2" is not "${accountId()}", the account of the pool in pool; leave it out`
  ],
  [
    'a pool’s name without its account',
    { ...AS_IT_IS, 'batch-account': '' },
    'batch-account: is missing; command "rollout" needs it, or pool as an ARM id'
  ],
  [
    'no image for a pool that is taken as it is',
    { ...AS_IT_IS, 'image-id': '' },
    'image-id: is missing; command "rollout" needs it'
  ],
  [
    'a pool of another subscription',
    { ...AS_IT_IS, pool: poolId(ELSEWHERE), 'batch-account': '', 'subscription-id': HERE },
    `pool: ${THERE} the pool would be made or changed ${GUARD}`
  ],
  [
    'a file that isn’t there',
    { ...RELEASE, 'pool-spec-inline': '', 'pool-spec': 'a.yml' },
    'pool-spec: "a.yml" could not be read: ENOENT: no such file; the path is taken from the checkout’s root'
  ],
  [
    'a glob of no file',
    { ...RELEASE, 'pool-spec-inline': '', 'pool-spec': 'pools/*.yml' },
    'pool-spec: "pools/*.yml" names no file; paths are taken from the checkout’s root'
  ],
  [
    'no image',
    { ...ROLLOUT, 'image-id': '' },
    'image-id: is missing; command "rollout" needs it, or a pool spec that pins an image'
  ],
  [
    'two images',
    { ...ROLLOUT, 'pool-spec-inline': poolWith(versionId('1.0.1')) },
    `image-id: "${versionId()}" is not the image "${versionId('1.0.1')}" that pool-spec-inline pins; leave one of them out`
  ],
  [
    'the latest that is proved of another definition than the spec’s',
    { ...ROLLOUT, 'image-id': `${definitionId()}2/latest-proved`, 'pool-spec-inline': poolWith(versionId()) },
    `image-id: "${definitionId()}2/latest-proved" is not the image "${versionId()}" that pool-spec-inline pins; leave one of them out`
  ],
  [
    'the latest that is proved, and a managed image',
    {
      ...ROLLOUT,
      'allow-retired': 'true',
      'image-id': `${definitionId()}/latest-proved`,
      'pool-spec-inline': poolWith(managedId())
    },
    `image-id: "${definitionId()}/latest-proved" is not the image "${managedId()}" that pool-spec-inline pins; leave one of them out`
  ],
  [
    'force for a release',
    { ...RELEASE, force: 'true' },
    'force: is not used by command "release", only by rollout; leave it out'
  ],
  [
    'a pinned image to release',
    { ...RELEASE, 'pool-spec-inline': poolWith(versionId()) },
    `pool-spec-inline: pins the image "${versionId()}", and command "release" makes another; leave imageReference out, or roll the pinned one out with command "rollout"`
  ],
  [
    'a later property with a managed image',
    { ...MANAGED, 'pool-spec-inline': `${POOL}  taskSlotsPerNode: 2` },
    'pool-spec-inline: properties.taskSlotsPerNode (line 6): is not known to api-version 2019-08-01, the last that takes a managed image; use "maxTasksPerNode", or use a gallery image'
  ]
]

test.each(TOGETHER)('%s where it can’t stand: refused', (_, given, problem) => {
  expect(problemsOf(given)).toEqual([problem])
})

const USELESS = (['release', 'image', 'rollout'] as const).flatMap(command =>
  INPUT_NAMES.filter(name => !USED_BY[name].includes(command)).map(name => [command, name] as const)
)

test.each(USELESS)('%s doesn’t use %s, and says so', (command, name) => {
  const given = { release: RELEASE, image: IMAGE, rollout: ROLLOUT }[command]
  const [problem, ...more] = problemsOf({ ...given, [name]: 'x' })
  expect(problem).toMatch(new RegExp(`^${name}: is not used by command "${command}", only by .*; leave it out$`))
  expect(more).toEqual([])
})

test.each([
  ['release', RELEASE, 'source-vm'],
  ['release', RELEASE, 'publish-to'],
  ['release', RELEASE, 'batch-account'],
  ['image', IMAGE, 'source-vm'],
  ['image', IMAGE, 'publish-to'],
  ['rollout', ROLLOUT, 'batch-account']
])('%s needs what it can’t do without', (command, given, name) => {
  expect(problemsOf({ ...given, [name]: '' })).toEqual([`${name}: is missing; command "${command}" needs it`])
})

const LONG = 'n'.repeat(81)
const COMPUTE_RULE =
  '1 to 80 letters, digits, underscores, periods and hyphens, the first a letter or digit, the last no period or hyphen'
const GALLERY = 'Microsoft.Compute/galleries'

test.each([
  ['a definition', definitionId().replace('/node', `/${LONG}`), LONG, `${GALLERY}/images`],
  ['a definition', definitionId().replace('/node', '/-node'), '-node', `${GALLERY}/images`],
  ['a definition', definitionId().replace('/node', '/node-'), 'node-', `${GALLERY}/images`],
  ['a definition', definitionId().replace('/node', '/no(de)'), 'no(de)', `${GALLERY}/images`],
  ['a gallery', definitionId().replace('/studio/', `/${LONG}/`), LONG, GALLERY],
  ['a managed image', managedId().replace('/node', `/${LONG}`), LONG, 'Microsoft.Compute/images']
])('a name that Azure gives no %s is refused: %s', (_, id, name, type) => {
  expect(problemsOf({ ...RELEASE, 'publish-to': id, 'allow-retired': 'true' })[0]).toBe(
    `publish-to: "${id}" has "${name}", which is not the name of a ${type}; ${COMPUTE_RULE}` +
      (type === GALLERY || type.startsWith(`${GALLERY}/`) ? ', or …/providers/Microsoft.Compute/images/{name}' : '')
  )
})

test.each(['a.b_c-d', '4', 'x'.repeat(80)])('a definition may be named %s', name => {
  expect(problemsOf({ ...RELEASE, 'publish-to': definitionId().replace('/node', `/${name}`) })).toEqual([])
})

test('an account’s name has 3 to 24 letters and digits', () => {
  const id = accountId().replace('/farm', '/my-farm')
  expect(problemsOf({ ...RELEASE, 'batch-account': id })).toEqual([
    `batch-account: "${id}" has "my-farm", which is not the name of a Microsoft.Batch/batchAccounts; 3 to 24 letters and digits`
  ])
})

test.each([
  ['INPUT_DRY_RUN', 'dry_run', 'did you mean "dry-run"?'],
  ['INPUT_DRYRUN', 'dryrun', 'did you mean "dry-run"?'],
  ['INPUT_POOL_SPECS', 'pool_specs', 'did you mean "pool-spec"?'],
  ['INPUT_TARGET-REGION', 'target-region', 'did you mean "target-regions"?'],
  ['INPUT_COLOUR', 'colour', 'leave it out, under with as under env']
])('%s, which nobody declared, is refused', (variable, input, wayOut) => {
  expect(problemsOf(RELEASE, { [variable]: 'true' })).toEqual([
    `${input}: is not an input of this action, and ${variable} is set; ${wayOut}`
  ])
})

test('inputs as the runner hands them over are not taken for undeclared ones', () => {
  const variables = INPUT_NAMES.map(name => [`INPUT_${name.toUpperCase()}`, ''])
  expect(problemsOf(RELEASE, Object.fromEntries(variables))).toEqual([])
})

test.each([
  ['a value', { cloud: 'x'.repeat(5_000_000) }],
  ['an id', { 'source-vm': `/subscriptions/${'x'.repeat(5_000_000)}` }],
  ['a property', { 'pool-spec-inline': `${POOL}  ${'x'.repeat(500_000)}: 1` }],
  ['text that is no YAML', { 'pool-spec-inline': `${POOL}  a: !${'x'.repeat(500_000)} 1` }],
  ['many lines', { 'target-regions': 'a=b\n'.repeat(100_000) }]
])('%s is quoted in a line of bounded length, however long it is, and problems are bounded too', (_, given) => {
  const problems = problemsOf({ ...RELEASE, ...given })
  expect(problems).not.toEqual([])
  expect(problems.length).toBeLessThanOrEqual(101)
  for (const problem of problems) expect(problem.length).toBeLessThan(1_400)
})

test('of a long value the beginning is quoted, and what is wrong with it is told', () => {
  const [problem] = problemsOf({ ...RELEASE, 'batch-account': `/subscriptions/${'x'.repeat(5_000)}` })
  expect(problem).toMatch(/^batch-account: "\/subscriptions\/x+…" is not an ARM resource id; expected \/subscriptions/)
})

test('several problems of one list are all told', () => {
  expect(problemsOf({ ...RELEASE, 'data-disks': '70,x' })).toEqual([
    'data-disks: "70" is not a LUN; a whole number from 0 to 63',
    'data-disks: "x" is not a LUN; a whole number from 0 to 63'
  ])
})

test('a value of several lines is quoted on one', () => {
  expect(problemsOf({ ...RELEASE, cloud: 'Azure\n\n::error::x' })).toEqual([
    'cloud: "Azure ::error::x" is neither AzureCloud, AzureUSGovernment, AzureChinaCloud nor an https URL'
  ])
})
