import { expect, test } from '@jest/globals'
import { parsePoolSpec, type PoolSpecContext } from '../../../src/inputs/pool-spec.ts'
import { accountId, definitionId, managedId, POOL, poolWith, versionId } from './support.ts'

const CONTEXT: PoolSpecContext = { allowRetired: false, managedImage: false, env: {}, secretsNeeded: true }
const problemsIn = (text: string, context: Partial<PoolSpecContext> = {}): string[] =>
  parsePoolSpec(text, { ...CONTEXT, ...context }).problems

const VM = 'properties.deploymentConfiguration.virtualMachineConfiguration'
const MARKETPLACE =
  'names a marketplace image, and this action gives the pool a custom one: leave imageReference out, or give the id of a ' +
  'pinned gallery version'
const LATER = 'is not known to api-version 2019-08-01, the last that takes a managed image;'
const NAT = 'properties.networkConfiguration.endpointConfiguration.inboundNatPools'
const A = { name: 'a', protocol: 'TCP', backendPort: 1, frontendPortRangeStart: 1, frontendPortRangeEnd: 100 }
const B = { name: 'b', protocol: 'TCP', backendPort: 2, frontendPortRangeStart: 101, frontendPortRangeEnd: 200 }
const rules = (...priorities: number[]): object => ({
  networkSecurityGroupRules: priorities.map(priority => ({ priority, access: 'Allow', sourceAddressPrefix: '*' }))
})
const opening = (...inboundNatPools: object[]): string =>
  `networkConfiguration: ${JSON.stringify({ endpointConfiguration: { inboundNatPools } })}`
const OTHER_API = 'is the form of the Batch service’s own API; a pool spec has Resource Manager’s: use'
const IDENTITY = '/subscriptions/s/resourceGroups/r/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i'

test('YAML and JSON say the same; name, properties, identity and tags arrive verbatim', () => {
  const identity = '/subscriptions/s/resourceGroups/r/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i'
  const pool = {
    name: 'render',
    properties: { vmSize: 'STANDARD_D4S_V5', metadata: [{ name: 'a', value: '1' }] },
    identity: { type: 'UserAssigned', userAssignedIdentities: { [identity]: {} } },
    tags: { team: 'light' }
  }
  const yaml = `# yaml-language-server: $schema=x
name: render
properties:
  vmSize: STANDARD_D4S_V5
  metadata:
    - { name: a, value: "1" }
identity:
  type: UserAssigned
  userAssignedIdentities:
    ${identity}: {}
tags: { team: light }
`
  const { name, ...body } = pool
  const spec = { name, body }
  expect(parsePoolSpec(yaml, CONTEXT)).toEqual({ spec, problems: [] })
  expect(parsePoolSpec(JSON.stringify(pool, undefined, '\t'), CONTEXT)).toEqual({ spec, problems: [] })
  expect(parsePoolSpec(JSON.stringify({ $schema: 'x', ...pool }), CONTEXT)).toEqual({ spec, problems: [] })
})

test('a pinned gallery version is told apart, and stays in the body', () => {
  const { spec } = parsePoolSpec(poolWith(versionId()), CONTEXT)
  expect(spec?.pinnedImageId).toBe(versionId())
  expect(spec?.body.properties['deploymentConfiguration']).toEqual({
    virtualMachineConfiguration: { imageReference: { id: versionId() } }
  })
})

test.each([
  ['', 'is empty; a pool spec is expected'],
  ['# nothing', 'is empty; a pool spec is expected'],
  ['3', 'is a number; an object with name and properties is expected'],
  ['- name: a', 'is a list; an object with name and properties is expected'],
  ['pool', 'is a string; an object with name and properties is expected; the path of a file goes to pool-spec'],
  [`${POOL}---\n${POOL}`, 'holds 2 documents; one pool spec is expected'],
  ['name: a\nname: b\n', 'line 2, column 1: map keys must be unique'],
  ['{"name": "a", "name": "b"}', 'line 1, column 15: map keys must be unique'],
  ['name: !secret a', 'line 1, column 7: unresolved tag: !secret'],
  ['a: *b', 'unresolved alias (the anchor must be set before the alias): b'],
  ['a: &a [*a]', 'line 1, column 8: alias *a stands inside of what it names; write it out'],
  ['a: &a { b: { c: [1, *a] } }', 'line 1, column 21: alias *a stands inside of what it names; write it out'],
  ['? [a]\n: 1', 'line 1, column 3: a key is a map, a list or an alias; a name is expected'],
  ['1: a\n"1": b', 'line 2, column 1: map keys must be unique']
])('%j is no pool spec', (text, problem) => {
  expect(problemsIn(text)).toEqual([problem])
})

const TOO_DEEP = 'is nested too deeply; 100 levels at most'

test.each([
  ['null', 'null', 'is null; an object with name and properties is expected'],
  ['101 aliases', `a: &a 1\nb: [${'*a,'.repeat(101)}]`, 'line 1, column 1: 101 aliases; 100 at most'],
  [
    'aliases of aliases of aliases',
    [
      'a: &a [x, x, x, x, x, x]',
      'b: &b [*a, *a, *a, *a, *a, *a]',
      'c: [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b]'
    ].join('\n'),
    'has aliases that stand for too much; write out what they name'
  ],
  ['101 lists', `a: ${'['.repeat(101)}1${']'.repeat(101)}`, `line 1, column 104: ${TOO_DEEP}`],
  ['700 lists', `a: ${'['.repeat(700)}`, `line 1, column 104: ${TOO_DEEP}`],
  ['300,000 lists', '- '.repeat(300_000), `line 1, column 203: ${TOO_DEEP}`],
  ['200,000 objects', '{"a":'.repeat(200_000), `line 1, column 506: ${TOO_DEEP}`],
  [
    '1,000 indented objects',
    Array.from({ length: 1_000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
    `line 102, column 102: ${TOO_DEEP}`
  ],
  ['a megabyte', `name: ${'x'.repeat(1_048_576)}`, 'is 1048582 characters long; 1048576 at most, as no pool needs more']
])('a text of %s is no pool spec', (_, text, problem) => {
  expect(problemsIn(text)).toEqual([problem])
})

test('a variable that is missing is told once of each value, however often that names it', () => {
  const text = `${POOL}  displayName: "\${env:A}\${env:A}"\n`
  expect(problemsIn(text)).toEqual([expect.stringContaining('environment variable A is not set')])
})

test('a text of errors alone has each of them told', () => {
  expect(problemsIn(`{${','.repeat(262_144)}}`)).toHaveLength(262_144)
})

test('90 levels are read', () => {
  const [problem] = problemsIn(`${POOL}  a: ${'['.repeat(90)}1${']'.repeat(90)}`)
  expect(problem).toContain('properties.a (line 6): is not a property of a pool')
})

test('an alias stands for what it names, and an anchor may be set again', () => {
  const text = `${POOL}  metadata: [&a { name: a, value: "1" }, *a, &a { name: b, value: "2" }, *a]\n`
  const { spec } = parsePoolSpec(text, CONTEXT)
  expect(spec?.body.properties['metadata']).toEqual(
    ['a', 'a', 'b', 'b'].map((name, i) => ({ name, value: i < 2 ? '1' : '2' }))
  )
})

test('bytes that are no UTF-8 reach Batch neither in a value nor in a name', () => {
  const problems = problemsIn(
    `${POOL}  displayName: "caf\ufffd"\n  metadata: [{ name: a, value: b, "caf\ufffd": c }]\n`
  )
  expect(problems.filter(problem => problem.includes('write the spec as UTF-8'))).toHaveLength(2)
})

test('text that is not YAML is told with line and column', () => {
  const problems = problemsIn('name: a\nproperties: {vmSize: [1\n')
  expect(problems).not.toEqual([])
  for (const problem of problems) expect(problem).toMatch(/^line \d+, column \d+: [a-z]/)
})

/** Lines that stand under `properties`, from line 3 on. */
const PROPERTIES: [rule: string, lines: string, problem: string][] = [
  ['wrong case', 'vmsize: x', 'properties.vmsize (line 4): is not a property of a pool; did you mean "vmSize"?'],
  ['misspelt', 'metdata: []', 'properties.metdata (line 4): is not a property of a pool; did you mean "metadata"?'],
  ['a name that every object has', 'constructor: a', 'properties.constructor (line 4): is not a property of a pool'],
  ['unknown', 'colour: red', 'properties.colour (line 4): is not a property of a pool'],
  [
    'what stands beside',
    'identity: { type: None }',
    'properties.identity (line 4): belongs beside properties, not under it'
  ],
  ['tags below', 'tags: { a: b }', 'properties.tags (line 4): belongs beside properties, not under it'],
  ['the name below', 'name: render', 'properties.name (line 4): belongs beside properties, not under it'],
  ...Object.entries({
    enableAutoScale: 'properties.scaleSettings.autoScale',
    autoScaleFormula: 'properties.scaleSettings.autoScale.formula',
    autoScaleEvaluationInterval: 'properties.scaleSettings.autoScale.evaluationInterval',
    targetDedicatedNodes: 'properties.scaleSettings.fixedScale.targetDedicatedNodes',
    targetLowPriorityNodes: 'properties.scaleSettings.fixedScale.targetLowPriorityNodes',
    resizeTimeout: 'properties.scaleSettings.fixedScale.resizeTimeout',
    virtualMachineConfiguration: VM,
    nodeAgentSKUId: `${VM}.nodeAgentSkuId`,
    enableInterNodeCommunication: 'properties.interNodeCommunication',
    applicationPackageReferences: 'properties.applicationPackages'
  }).map(([name, home]): [string, string, string] => [
    'a name of the Batch service’s own API',
    `${name}: x`,
    `properties.${name} (line 4): ${OTHER_API} "${home}"`
  ]),
  [
    'gone',
    'targetNodeCommunicationMode: Simplified',
    'properties.targetNodeCommunicationMode (line 4): is no property of a pool since api-version 2025-06-01; leave it out'
  ],
  [
    'renamed',
    'maxTasksPerNode: 3',
    'properties.maxTasksPerNode (line 4): has another name since api-version 2020-09-01; use "taskSlotsPerNode"'
  ],
  [
    'a number for a string',
    'displayName: 3',
    'properties.displayName (line 4): is a number; a string is expected: quote it'
  ],
  [
    'a string for a number',
    'taskSlotsPerNode: "3"',
    'properties.taskSlotsPerNode (line 4): is a string; a number is expected'
  ],
  [
    'a fraction',
    'taskSlotsPerNode: 1.5',
    'properties.taskSlotsPerNode (line 4): is a fraction; a whole number is expected'
  ],
  ['nothing', 'startTask:', 'properties.startTask (line 4): is empty; an object is expected'],
  ['an object for a list', 'metadata: {}', 'properties.metadata (line 4): is an object; a list is expected'],
  ['too small', 'taskSlotsPerNode: 0', 'properties.taskSlotsPerNode (line 4): 0 is too small; 1 at least'],
  ['too big', 'taskSlotsPerNode: 257', 'properties.taskSlotsPerNode (line 4): 257 is too much; 256 at most'],
  [
    'too long',
    `displayName: ${'n'.repeat(1025)}`,
    'properties.displayName (line 4): a text of 1025 characters is too much; 1024 at most'
  ],
  [
    'too many',
    `applicationPackages: [${`{ id: ${accountId()}/applications/a },`.repeat(11)}]`,
    'properties.applicationPackages (line 4): a list of 11 is too much; 10 at most'
  ],
  [
    'an enum in wrong case',
    'interNodeCommunication: enabled',
    'properties.interNodeCommunication (line 4): "enabled" is none of Enabled, Disabled; did you mean "Enabled"?'
  ],
  [
    'both scales',
    'scaleSettings: { fixedScale: { targetDedicatedNodes: 1 }, autoScale: { formula: x } }',
    'properties.scaleSettings (line 4): has both fixedScale and autoScale; keep one'
  ],
  [
    'no scale',
    'scaleSettings: {}',
    'properties.scaleSettings (line 4): has neither fixedScale nor autoScale; give one, or leave it out'
  ],
  [
    'no target',
    'scaleSettings: { fixedScale: { resizeTimeout: PT20M } }',
    'properties.scaleSettings.fixedScale (line 4): has neither targetDedicatedNodes nor targetLowPriorityNodes; give one or both'
  ],
  [
    'RetainedData',
    'scaleSettings: { fixedScale: { targetDedicatedNodes: 1, nodeDeallocationOption: RetainedData } }',
    'properties.scaleSettings.fixedScale.nodeDeallocationOption (line 4): "RetainedData" is not taken, as api-versions after 2025-06-01 refuse it; one of Requeue, Terminate, TaskCompletion'
  ],
  [
    'a short resize',
    'scaleSettings: { fixedScale: { targetDedicatedNodes: 1, resizeTimeout: PT4M59S } }',
    'properties.scaleSettings.fixedScale.resizeTimeout (line 4): "PT4M59S" is out of bounds; PT5M at least'
  ],
  [
    'no duration',
    'scaleSettings: { fixedScale: { targetDedicatedNodes: 1, resizeTimeout: 20m } }',
    'properties.scaleSettings.fixedScale.resizeTimeout (line 4): "20m" is not an ISO 8601 duration; such as PT15M'
  ],
  [
    'no formula',
    'scaleSettings: { autoScale: { evaluationInterval: PT5M } }',
    'properties.scaleSettings.autoScale.formula (line 4): is missing; a string is expected'
  ],
  [
    'a rare evaluation',
    'scaleSettings: { autoScale: { formula: x, evaluationInterval: P7DT1S } }',
    'properties.scaleSettings.autoScale.evaluationInterval (line 4): "P7DT1S" is out of bounds; PT5M at least and PT168H at most'
  ],
  [
    'a frequent evaluation',
    'scaleSettings: { autoScale: { formula: x, evaluationInterval: PT299S } }',
    'properties.scaleSettings.autoScale.evaluationInterval (line 4): "PT299S" is out of bounds; PT5M at least and PT168H at most'
  ],
  [
    'two users',
    'startTask: { commandLine: a, userIdentity: { userName: a, autoUser: {} } }',
    'properties.startTask.userIdentity (line 4): has userName and autoUser of userName, autoUser; exactly one is needed'
  ],
  [
    'no source',
    'startTask: { commandLine: a, resourceFiles: [{ filePath: a }] }',
    'properties.startTask.resourceFiles[0] (line 4): has none of autoStorageContainerName, storageContainerUrl, httpUrl; exactly one is needed'
  ],
  [
    'no path',
    'startTask: { commandLine: a, resourceFiles: [{ httpUrl: a }] }',
    'properties.startTask.resourceFiles[0].filePath (line 4): is missing; a file from httpUrl needs it'
  ],
  [
    'half an owner',
    'userAccounts: [{ name: a, password: b, linuxUserConfiguration: { uid: 1 } }]',
    'properties.userAccounts[0].linuxUserConfiguration (line 4): has only one of uid and gid; give both or neither'
  ],
  [
    'an empty mount',
    'mountConfiguration: [{}]',
    'properties.mountConfiguration[0] (line 4): has none of azureBlobFileSystemConfiguration, nfsMountConfiguration, cifsMountConfiguration, azureFileShareConfiguration; exactly one is needed'
  ],
  [
    'a port that Batch keeps',
    opening({ ...A, backendPort: 29_877 }),
    `${NAT}[0].backendPort (line 4): 29877 is kept by Batch, which keeps 29876 and 29877; use another port`
  ],
  [
    'ports that Batch keeps in front',
    opening({ ...A, frontendPortRangeEnd: 50_000 }),
    `${NAT}[0].frontendPortRangeStart (line 4): 1 to 50000 has ports of 50000 to 55000, which Batch keeps; use others`
  ],
  [
    'a range backwards',
    opening({ ...A, frontendPortRangeStart: 101 }),
    `${NAT}[0].frontendPortRangeStart (line 4): 101 to 100 is no range; the end comes first`
  ],
  [
    'ranges that overlap',
    opening(A, { ...B, frontendPortRangeStart: 100 }),
    `${NAT}[1].frontendPortRangeStart (line 4): 100 to 200 overlaps the range of another NAT pool; each needs ports of its own`
  ],
  [
    'a NAT pool twice',
    opening(A, { ...B, name: 'a' }),
    `${NAT}[1].name (line 4): "a" is there twice; each NAT pool needs its own`
  ],
  [
    'a port twice',
    opening(A, { ...B, backendPort: 1 }),
    `${NAT}[1].backendPort (line 4): 1 is there twice; each NAT pool needs its own`
  ],
  [
    'a priority twice',
    opening({ ...A, ...rules(150) }, { ...B, ...rules(150) }),
    `${NAT}[1].networkSecurityGroupRules[0].priority (line 4): 150 is there twice; each rule of a pool needs its own`
  ],
  [
    '26 rules',
    opening({ ...A, ...rules(...Array.from({ length: 26 }, (_, index) => 150 + index)) }),
    `${NAT} (line 4): has 26 rules in all; 25 at most`
  ],
  [
    'ports and no addresses',
    opening(A).replace(/}$/, ',"publicIPAddressConfiguration":{"provision":"NoPublicIPAddresses"}}'),
    `${NAT} (line 4): is given, and NoPublicIPAddresses opens no port; leave one out`
  ],
  [
    'a password that a copy of a pool lacks',
    'userAccounts: [{ name: artist }]',
    'properties.userAccounts[0].password (line 4): is missing; a string is expected, and no GET shows it: write a reference such as ${env:NAME}'
  ],
  [
    'metadata of a name that is kept for ours',
    'metadata: [{ name: batch-image-rollout-mine, value: a }]',
    'properties.metadata[0].name (line 4): "batch-image-rollout-mine" begins with "batch-image-rollout", which is kept for this action’s own metadata; use another name'
  ],
  [
    'an unset secret',
    'displayName: a ${env:NO_SUCH}',
    'properties.displayName (line 4): environment variable NO_SUCH is not set; set it in the step’s env, from a secret'
  ],
  [
    'a token of the job',
    'displayName: a ${env:ACTIONS_ID_TOKEN_REQUEST_TOKEN}',
    'properties.displayName (line 4): environment variable ACTIONS_ID_TOKEN_REQUEST_TOKEN is the runner’s own, and never sent to Batch; use a variable of yours'
  ],
  [
    'an empty secret',
    'displayName: ${env:EMPTY}',
    'properties.displayName (line 4): environment variable EMPTY is empty; set it in the step’s env, from a secret'
  ],
  [
    'half a reference',
    'displayName: ${env:A',
    'properties.displayName (line 4): "${env:A" is not a reference; ${env:NAME} with a name of letters, digits and underscores'
  ],
  [
    'no number of JSON',
    'taskSlotsPerNode: 1\n  deploymentConfiguration: { virtualMachineConfiguration: { extensions: [{ name: a, publisher: b, type: c, settings: { x: .inf } }] } }',
    `${VM}.extensions[0].settings.x (line 5): Infinity is not a value of JSON`
  ]
]

test('ports that go together are taken, up to the ends of what Batch keeps', () => {
  const apart = { ...B, ...rules(151), frontendPortRangeStart: 55_001, frontendPortRangeEnd: 65_534 }
  const body = opening({ ...A, ...rules(150), frontendPortRangeEnd: 49_999 }, apart)
  expect(problemsIn(`name: render\nproperties:\n  vmSize: a\n  ${body}\n`)).toEqual([])
})

test.each(PROPERTIES)('%s: refused with path and line', (_, lines, problem) => {
  expect(problemsIn(`name: render\nproperties:\n  vmSize: a\n  ${lines}\n`, { env: { EMPTY: '' } })).toEqual([problem])
})

const CONFIGURATION: [rule: string, lines: string, problem: string][] = [
  ['the other casing', 'nodeAgentSKUId: a', `${VM}.nodeAgentSKUId (line 8): ${OTHER_API} "nodeAgentSkuId"`],
  [
    'the other image id',
    'imageReference: { virtualMachineImageId: a, id: REF }',
    `${VM}.imageReference.virtualMachineImageId (line 8): ${OTHER_API} "id"`
  ],
  [
    'a marketplace image',
    'imageReference: { publisher: canonical, offer: jammy, sku: 22_04-lts, version: latest }',
    `${VM}.imageReference (line 8): ${MARKETPLACE}`
  ],
  [
    'a marketplace image beside an id',
    'imageReference: { publisher: a, id: REF }',
    `${VM}.imageReference (line 8): ${MARKETPLACE}`
  ],
  [
    'a shared gallery',
    'imageReference: { sharedGalleryImageId: a, id: REF }',
    `${VM}.imageReference.sharedGalleryImageId (line 8): is not supported; give the id of a pinned gallery version`
  ],
  [
    'a community gallery',
    'imageReference: { communityGalleryImageId: a, id: REF }',
    `${VM}.imageReference.communityGalleryImageId (line 8): is not supported; give the id of a pinned gallery version`
  ],
  [
    'a LUN beyond 63',
    'dataDisks: [{ lun: 64, diskSizeGB: 1 }]',
    `${VM}.dataDisks[0].lun (line 8): 64 is too much; 63 at most`
  ],
  [
    'a LUN twice',
    'dataDisks: [{ lun: 1, diskSizeGB: 1 }, { lun: 1, diskSizeGB: 1 }]',
    `${VM}.dataDisks[1].lun (line 8): 1 is there twice; each disk needs its own`
  ],
  [
    'a disk as it was',
    'dataDisks: [{ lun: 1, diskSizeGB: 1, storageAccountType: Standard_LRS }]',
    `${VM}.dataDisks[0].storageAccountType (line 8): is no property of a pool since api-version 2025-06-01; use "managedDisk.storageAccountType"`
  ],
  [
    'a definition',
    `imageReference: { id: ${definitionId()} }`,
    `${VM}.imageReference.id (line 8): "${definitionId()}" names no version; pin one, such as ${definitionId()}/versions/1.0.0, as otherwise nodes of one pool get different images with each version that is published`
  ],
  [
    '"latest"',
    `imageReference: { id: ${versionId('latest')} }`,
    `${VM}.imageReference.id (line 8): "${versionId('latest')}" is not pinned; pin one, such as ${definitionId()}/versions/1.0.0, as otherwise nodes of one pool get different images with each version that is published`
  ]
]

test.each(CONFIGURATION)('%s: refused', (_, lines, problem) => {
  const head = `${POOL}  deploymentConfiguration:\n    virtualMachineConfiguration:\n`
  expect(problemsIn(`${head}      ${lines.replace('REF', versionId())}\n`)).toEqual([problem])
})

test.each([
  ['id: a', 'id (line 6): is set by Batch; leave it out, and give the pool’s name as "name"'],
  [`id: ${accountId()}/pools/other`, 'id (line 6): is that of pool "other", and name is "render"; leave id out'],
  [
    'type: Microsoft.Batch/batchAccounts',
    'type (line 6): is not that of a pool (Microsoft.Batch/batchAccounts/pools); leave it out, if this is one'
  ],
  ['location: eastus', 'location (line 6): is not taken; a pool lies where its Batch account does'],
  ['tags: { a: 1 }', 'tags.a (line 6): is a number; a string is expected: quote it'],
  ['tags: { "a/b": x }', 'tags.a/b (line 6): tag name "a/b" has one of <>%&\\?/ in it, which Azure refuses'],
  ['tags: { team: a, Team: b }', 'tags.Team (line 6): is there twice; names of tags are the same in any casing'],
  [
    `tags: { ${Array.from({ length: 51 }, (_, index) => `t${index}: x`).join(', ')} }`,
    'tags (line 6): has 51 tags; 50 at most'
  ],
  ['vmSize: a', 'vmSize (line 6): belongs under properties; use "properties.vmSize"'],
  ['parameters: {}', 'parameters (line 6): is the envelope of an example; the pool spec is what is in it'],
  [
    'targetDedicatedNodes: 1',
    `targetDedicatedNodes (line 6): ${OTHER_API} "properties.scaleSettings.fixedScale.targetDedicatedNodes"`
  ],
  ['virtualMachineConfiguration: {}', `virtualMachineConfiguration (line 6): ${OTHER_API} "${VM}"`],
  [
    'identity: { type: UserAssigned }',
    'identity.userAssignedIdentities (line 6): names no identity; type "UserAssigned" needs one or more'
  ],
  [
    'identity: { type: UserAssigned, userAssignedIdentities: { a: {} } }',
    'identity.userAssignedIdentities.a (line 6): is not the id of a Microsoft.ManagedIdentity/userAssignedIdentities'
  ]
])('at the root, %s is refused', (line, problem) => {
  expect(problemsIn(`${POOL}${line}\n`)).toEqual([problem])
})

const NETWORK = '/subscriptions/s/resourceGroups/r/providers/Microsoft.Network'
const SET = '/subscriptions/s/resourceGroups/r/providers/Microsoft.Compute/diskEncryptionSets/s'
const IPS = 'properties.networkConfiguration.publicIPAddressConfiguration.ipAddressIds'

test.each([
  [
    'networkConfiguration: { subnetId: nodes }',
    'properties.networkConfiguration.subnetId (line 6): is not the id of a Microsoft.Network/virtualNetworks/subnets'
  ],
  [
    `networkConfiguration: { subnetId: ${NETWORK}/virtualNetworks/farm }`,
    'properties.networkConfiguration.subnetId (line 6): is the id of a Microsoft.Network/virtualNetworks; that of a Microsoft.Network/virtualNetworks/subnets is expected'
  ],
  [
    `networkConfiguration: { publicIPAddressConfiguration: { ipAddressIds: [${NETWORK}/publicIPAddresses/a, 10.0.0.4] } }`,
    `${IPS}[1] (line 6): is not the id of a Microsoft.Network/publicIPAddresses`
  ],
  [
    'applicationPackages: [{ id: blender }]',
    'properties.applicationPackages[0].id (line 6): is not the id of a Microsoft.Batch/batchAccounts/applications'
  ],
  [
    `deploymentConfiguration: { virtualMachineConfiguration: { osDisk: { managedDisk: { diskEncryptionSet: { id: ${accountId()} } } } } }`,
    `${VM}.osDisk.managedDisk.diskEncryptionSet.id (line 6): is the id of a Microsoft.Batch/batchAccounts; that of a Microsoft.Compute/diskEncryptionSets is expected`
  ]
])('%s: refused, as the id is of another kind', (line, problem) => {
  expect(problemsIn(`${POOL}  ${line}\n`)).toEqual([problem])
})

test('ids of the right kind pass in any casing, with a version of a package, and as a secret', () => {
  const lines = [
    `networkConfiguration: { subnetId: ${NETWORK.toLowerCase()}/virtualnetworks/farm/subnets/nodes }`,
    `applicationPackages: [{ id: ${accountId()}/applications/a }, { id: ${accountId()}/applications/a/versions/1 }, { id: '\${env:APP}' }]`,
    `deploymentConfiguration: { virtualMachineConfiguration: { osDisk: { managedDisk: { securityProfile: { diskEncryptionSet: { id: ${SET} } } } } } }`
  ]
  expect(problemsIn(`${POOL}${lines.map(line => `  ${line}\n`).join('')}`, { env: { APP: 'x' } })).toEqual([])
})

test('name and properties are needed; a vmSize only by a new pool, which Azure alone knows', () => {
  expect(problemsIn('{}')).toEqual([
    'name: is missing; a string is expected',
    'properties: is missing; an object is expected'
  ])
  expect(problemsIn('name: a b\nproperties: {}')).toEqual([
    'name (line 1): "a b" is not a pool name; 1 to 64 letters, digits, hyphens and underscores'
  ])
})

test('a value of the wrong type is never repeated: it may be a secret', () => {
  const problems = problemsIn(`${POOL}  userAccounts: [{ name: a, password: 271828 }]\n`)
  expect(problems).toHaveLength(1)
  expect(problems.join()).not.toContain('271828')
})

const RETIRED_BODY = `  maxTasksPerNode: 2
  networkConfiguration: { publicIPs: [] }
  deploymentConfiguration:
    virtualMachineConfiguration:
      imageReference: { id: ${managedId()} }
      dataDisks: [{ lun: 0, diskSizeGB: 8, storageAccountType: Premium_LRS }]
`

test('a pinned managed image needs allow-retired; its body is that of api-version 2019-08-01', () => {
  expect(parsePoolSpec(`${POOL}${RETIRED_BODY}`, { ...CONTEXT, allowRetired: true })).toMatchObject({
    spec: { pinnedImageId: managedId() },
    problems: []
  })
  expect(problemsIn(`${POOL}${RETIRED_BODY}`)).toEqual([
    `${VM}.imageReference.id (line 10): "${managedId()}" is a managed image; Microsoft announced that Batch takes custom ` +
      'images only from an Azure Compute Gallery since 31 March 2026; make a gallery version of it, or set allow-retired ' +
      'to "true" to try all the same'
  ])
})

test.each([
  [
    '  taskSlotsPerNode: 2',
    `properties.taskSlotsPerNode (line 6): ${LATER} use "maxTasksPerNode", or use a gallery image`
  ],
  [
    '  upgradePolicy: { mode: manual }',
    `properties.upgradePolicy (line 6): ${LATER} leave it out, or use a gallery image`
  ],
  ['identity: { type: None }', `identity (line 6): ${LATER} leave it out, or use a gallery image`],
  ['  colour: red', 'properties.colour (line 6): is not a property of a pool']
])('with a managed image from another input, %s is refused by name', (line, problem) => {
  expect(problemsIn(`${POOL}${line}\n`, { managedImage: true, allowRetired: true })).toEqual([problem])
})

const GET = {
  id: `${accountId()}/pools/Render`,
  name: 'render',
  type: 'Microsoft.Batch/batchAccounts/pools',
  etag: 'W/"0x8DD"',
  properties: {
    lastModified: '2026-11-20T08:00:00.000Z',
    creationTime: '2026-11-20T08:00:00.000Z',
    provisioningState: 'Succeeded',
    provisioningStateTransitionTime: '2026-11-20T08:00:00.000Z',
    allocationState: 'Steady',
    allocationStateTransitionTime: '2026-11-20T08:00:00.000Z',
    vmSize: 'STANDARD_D4S_V5',
    currentDedicatedNodes: 4,
    currentLowPriorityNodes: 0,
    resizeOperationStatus: { targetDedicatedNodes: 4, resizeTimeout: 'PT15M', startTime: '2026-11-20T08:00:00.000Z' },
    autoScaleRun: { evaluationTime: '2026-11-20T08:00:00.000Z' },
    currentNodeCommunicationMode: 'Simplified',
    metadata: [
      { name: 'owner', value: 'lighting' },
      { name: 'batch-image-rollout', value: 'pixel/farm run 4711 commit c0ffee0' }
    ],
    scaleSettings: { fixedScale: { targetDedicatedNodes: 4, targetLowPriorityNodes: 0, resizeTimeout: 'PT15M' } }
  },
  identity: { type: 'UserAssigned', userAssignedIdentities: { [IDENTITY]: { principalId: 'p', clientId: 'c' } } }
}

test('what a GET shows is a pool spec: what only Batch, or this action, sets is left aside and named', () => {
  const { spec, problems } = parsePoolSpec(JSON.stringify(GET), CONTEXT)
  expect(problems).toEqual([])
  expect(spec?.body).toEqual({
    properties: {
      vmSize: 'STANDARD_D4S_V5',
      metadata: [{ name: 'owner', value: 'lighting' }],
      scaleSettings: GET.properties.scaleSettings
    },
    identity: { type: 'UserAssigned', userAssignedIdentities: { [IDENTITY]: {} } }
  })
  const underProperties = Object.keys(GET.properties).filter(
    name => !['vmSize', 'scaleSettings', 'metadata'].includes(name)
  )
  expect(spec?.leftAside?.toSorted()).toEqual(
    [
      ...['etag', 'id', 'type', 'properties.metadata[batch-image-rollout]'],
      ...['principalId', 'clientId'].map(name => `identity.userAssignedIdentities.*.${name}`),
      ...underProperties.map(name => `properties.${name}`)
    ].toSorted()
  )
})

test.each([
  ['TrustedLaunch', 'trustedLaunch'],
  ['ConfidentialVM', 'confidentialVM']
])('the security type %s, as a GET spells it, is sent as the contract does', (shown, written) => {
  const deployment = (securityType: string) => ({
    deploymentConfiguration: { virtualMachineConfiguration: { securityProfile: { securityType } } }
  })
  const { spec } = parsePoolSpec(JSON.stringify({ name: 'render', properties: deployment(shown) }), CONTEXT)
  expect(spec?.body.properties).toEqual(deployment(written))
})

test('what has no place in a pool is told of a copy of a GET too, with its own line', () => {
  const text = JSON.stringify({ ...GET, properties: { ...GET.properties, colour: 'red' } }, undefined, 1)
  const line = text.split('\n').findIndex(one => one.includes('colour')) + 1
  expect(problemsIn(text)).toEqual([`properties.colour (line ${line}): is not a property of a pool`])
})

const SERVICE =
  'is a pool in the form of the Batch service’s own API (az batch pool show), and a pool spec has Resource Manager’s: take what ' +
  'az rest --method get --url "{ARM id of the pool}?api-version=2025-06-01" shows, or name the pool in the input pool, in place of a spec'
const ALONE =
  'a pool spec is that pool alone: name (without the account’s), properties, identity and tags, with values in place of ' +
  'expressions'
const POOL_RESOURCE = `{ type: Microsoft.Batch/batchAccounts/pools, name: "[concat('farm', '/render')]", apiVersion: 2024-07-01 }`
const TEMPLATE = '$schema: https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#\n'

test.each([
  [
    'the output of az batch pool show',
    'id: render\nurl: x\nallocationState: steady\nvmSize: standard_d2s_v3\nvirtualMachineConfiguration: { nodeAgentSKUId: a }',
    SERVICE
  ],
  ['a pool of the Batch service without its size', 'name: render\nvirtualMachineConfiguration: {}', SERVICE],
  ['a size alone at the root', 'id: render\nvmSize: a', SERVICE],
  [
    'an ARM template',
    `${TEMPLATE}contentVersion: 1.0.0.0\nresources:\n  - { type: Microsoft.Batch/batchAccounts }\n  - ${POOL_RESOURCE}`,
    `resources[1] (line 5): is the pool of an ARM template; ${ALONE}`
  ],
  [
    'resources alone, the pool inside of its account',
    'resources:\n  - type: Microsoft.Batch/batchAccounts\n    resources:\n      - { type: Pools }',
    `resources[0].resources[0] (line 4): is the pool of an ARM template; ${ALONE}`
  ],
  [
    'a template with symbolic names and two pools',
    `${TEMPLATE}resources:\n  first: ${POOL_RESOURCE}\n  second: ${POOL_RESOURCE}`,
    `resources.first (line 3): is one of 2 pools of an ARM template; ${ALONE}`
  ],
  [
    'a template without a pool',
    `${TEMPLATE}resources: [{ type: Microsoft.Batch/batchAccounts }]`,
    `is an ARM template without a pool (Microsoft.Batch/batchAccounts/pools); ${ALONE}`
  ],
  [
    'a template of nothing',
    TEMPLATE,
    `is an ARM template without a pool (Microsoft.Batch/batchAccounts/pools); ${ALONE}`
  ]
])('%s is told as what it is, in one sentence', (_, text, problem) => {
  expect(problemsIn(text)).toEqual([problem])
})

test('a size that somebody forgot to indent is told with its place', () => {
  expect(problemsIn('name: render\nvmSize: a')).toEqual([
    'properties: is missing; an object is expected',
    'vmSize (line 2): belongs under properties; use "properties.vmSize"'
  ])
})
