/** Bodies of pools that Batch refuses before it makes or changes anything. */
import { expect, test } from '@jest/globals'
import type { Answer, JsonObject } from '../../emulator/kernel/types.ts'
import { ACCOUNT, batchWorld, deployment, fixedScale, patch, POOL, poolBody, steadyPool } from './batch-world.ts'

const errorOf = (answer: Answer): JsonObject => {
  const body = answer.body as JsonObject
  return (body['error'] ?? body) as JsonObject
}
const machine = (more: JsonObject): JsonObject => ({
  deploymentConfiguration: {
    virtualMachineConfiguration: { ...(deployment()['virtualMachineConfiguration'] as JsonObject), ...more }
  }
})
const disks = (...luns: number[]): JsonObject => machine({ dataDisks: luns.map(lun => ({ lun, diskSizeGB: 32 })) })
const network = (more: JsonObject): JsonObject => ({ networkConfiguration: more })
const SUBNET = `${ACCOUNT.split('/providers/')[0]}/providers/Microsoft.Network/virtualNetworks/v/subnets/nodes`
const natPool = (more: JsonObject = {}): JsonObject => ({
  ...{ name: 'ssh', protocol: 'TCP', backendPort: 8_022, frontendPortRangeStart: 1, frontendPortRangeEnd: 49_999 },
  ...more
})
const nat = (...pools: JsonObject[]): JsonObject => network({ endpointConfiguration: { inboundNatPools: pools } })
const rules = (...priorities: number[]): JsonObject =>
  natPool({
    networkSecurityGroupRules: priorities.map(priority => ({ priority, access: 'Allow', sourceAddressPrefix: '*' }))
  })
const several = (count: number): JsonObject[] =>
  Array.from({ length: count }, (_, index) =>
    natPool({
      ...{ name: `p${index}`, backendPort: 8_000 + index },
      ...{ frontendPortRangeStart: 100 * index + 1, frontendPortRangeEnd: 100 * index + 100 }
    })
  )
const addresses = (provision: string, ...ipAddressIds: string[]): JsonObject => ({
  publicIPAddressConfiguration: { provision, ...(ipAddressIds.length > 0 && { ipAddressIds }) }
})
const startTask = (more: JsonObject): JsonObject => ({ startTask: { commandLine: 'true', ...more } })
const account = (linux: JsonObject): JsonObject => ({
  userAccounts: [{ name: 'u', password: 'p', linuxUserConfiguration: linux }]
})
const packages = (count: number): JsonObject => ({
  applicationPackages: Array.from({ length: count }, () => ({ id: `${ACCOUNT}/applications/blender`, version: '1' }))
})
const BLENDER = [
  { id: `${ACCOUNT}/applications/blender`, type: 'Microsoft.Batch/batchAccounts/applications', properties: {} },
  {
    id: `${ACCOUNT}/applications/blender/versions/1`,
    type: 'Microsoft.Batch/batchAccounts/applications/versions',
    properties: { state: 'Active' }
  }
]

/** Bodies, and the path that Batch names, from `properties` on. */
const REFUSED: [string, JsonObject, string][] = [
  ['a display name of 1,025 characters', { displayName: 'x'.repeat(1_025) }, 'displayName'],
  ['11 application packages', packages(11), 'applicationPackages'],
  ['9 task slots on 2 cores', { taskSlotsPerNode: 9 }, 'taskSlotsPerNode'],
  ['no task slot', { taskSlotsPerNode: 0 }, 'taskSlotsPerNode'],
  ['LUN 64', disks(64), `${'deploymentConfiguration.virtualMachineConfiguration'}.dataDisks[0].lun`],
  ['a LUN twice', disks(3, 3), 'deploymentConfiguration.virtualMachineConfiguration.dataDisks[1].lun'],
  ['a uid without a gid', account({ uid: 1 }), 'userAccounts[0].linuxUserConfiguration.gid'],
  [
    'a file from two places',
    startTask({ resourceFiles: [{ httpUrl: 'https://x', storageContainerUrl: 'https://y', filePath: 'f' }] }),
    'startTask.resourceFiles[0]'
  ],
  [
    'a mount of two kinds',
    {
      mountConfiguration: [
        {
          nfsMountConfiguration: { source: 's', relativeMountPath: 'm' },
          cifsMountConfiguration: { userName: 'u', password: 'p', source: 's', relativeMountPath: 'm' }
        }
      ]
    },
    'mountConfiguration[0]'
  ],
  [
    'addresses of its own for a pool without any',
    network({ subnetId: SUBNET, ...addresses('NoPublicIPAddresses', '/x') }),
    'networkConfiguration.publicIPAddressConfiguration.ipAddressIds'
  ],
  ['an unknown word', { interNodeCommunication: 'Sometimes' }, 'interNodeCommunication'],
  [
    'an unknown word further down',
    machine({ osDisk: { caching: 'all' } }),
    'deploymentConfiguration.virtualMachineConfiguration.osDisk.caching'
  ],
  ...(
    [
      ['6 NAT pools', nat(...several(6)), ''],
      ['a name with an end that no name has', nat(natPool({ name: 'ssh-' })), '[0].name'],
      ['a name of 78 characters', nat(natPool({ name: 'a'.repeat(78) })), '[0].name'],
      ['a name twice', nat(...several(1), { ...several(2)[1]!, name: 'P0' }), '[1].name'],
      ['a reserved backend port', nat(natPool({ backendPort: 29_876 })), '[0].backendPort'],
      ['a backend port twice', nat(...several(1), { ...several(2)[1]!, backendPort: 8_000 }), '[1].backendPort'],
      ['reserved frontend ports', nat(natPool({ frontendPortRangeEnd: 50_000 })), '[0].frontendPortRangeStart'],
      [
        'frontend port 65535',
        nat(natPool({ frontendPortRangeStart: 55_001, frontendPortRangeEnd: 65_535 })),
        '[0].frontendPortRangeStart'
      ],
      [
        'ranges that overlap',
        nat(...several(1), { ...several(2)[1]!, frontendPortRangeStart: 100 }),
        '[1].frontendPortRangeStart'
      ],
      ['26 rules', nat(rules(...Array.from({ length: 26 }, (_, index) => 150 + index))), ''],
      ['a priority twice', nat(rules(150, 150)), '[0].networkSecurityGroupRules[1].priority'],
      ['a reserved priority', nat(rules(149)), '[0].networkSecurityGroupRules[0].priority'],
      [
        'NAT pools without public addresses',
        network({
          subnetId: SUBNET,
          ...addresses('NoPublicIPAddresses'),
          endpointConfiguration: { inboundNatPools: [natPool()] }
        }),
        ''
      ]
    ] as [string, JsonObject, string][]
  ).map(([name, body, path]): [string, JsonObject, string] => [
    name,
    body,
    `networkConfiguration.endpointConfiguration.inboundNatPools${path}`
  ])
]

test.each(REFUSED)('%s: 400, and no pool', (_, more, path) => {
  const { arm } = batchWorld({ resources: BLENDER })
  const answer = arm('PUT', POOL, { body: poolBody(more) })
  expect(answer.status).toBe(400)
  expect(errorOf(answer)).toMatchObject({
    code: 'InvalidPropertyValue',
    details: [
      { code: 'PropertyName', message: path.split('.').at(-1) },
      { code: 'PropertyPath', message: `properties.${path}` },
      { code: 'Reason' }
    ]
  })
  expect(arm('GET', POOL).status).toBe(404)
})

test.each<[string, JsonObject, string]>([
  ['a start task without a command', { startTask: { waitForSuccess: true } }, 'commandLine'],
  ['a file without a path', startTask({ resourceFiles: [{ httpUrl: 'https://x' }] }), 'filePath'],
  ['no subnet for a pool without public addresses', network(addresses('NoPublicIPAddresses')), 'subnetId'],
  ['no subnet for a scope of jobs', network({ dynamicVnetAssignmentScope: 'job' }), 'subnetId'],
  ['no address for a pool with addresses of its own', network(addresses('UserManaged')), 'ipAddressIds']
])('%s: 400 MissingRequiredProperty', (_, more, name) => {
  const answer = batchWorld().arm('PUT', POOL, { body: poolBody(more) })
  expect([answer.status, errorOf(answer)]).toMatchObject([
    400,
    { code: 'MissingRequiredProperty', details: [{ code: 'PropertyName', message: name }] }
  ])
})

test.each<[string, JsonObject]>([
  ['a display name of 1,024 characters', { displayName: 'x'.repeat(1_024) }],
  ['10 application packages', packages(10)],
  ['8 task slots on 2 cores', { taskSlotsPerNode: 8 }],
  ['LUNs 0 and 63', disks(0, 63)],
  ['a uid with its gid', account({ uid: 1, gid: 1 })],
  ['5 NAT pools', nat(...several(5))],
  [
    'ports up to the ends of what isn’t reserved',
    nat(natPool(), natPool({ name: 'b', backendPort: 1, frontendPortRangeStart: 55_001, frontendPortRangeEnd: 65_534 }))
  ],
  ['25 rules', nat(rules(...Array.from({ length: 25 }, (_, index) => 150 + index)))],
  [
    'a subnet of the account’s subscription',
    network({ subnetId: SUBNET.toUpperCase(), ...addresses('NoPublicIPAddresses') })
  ],
  [
    'an environment whose names are words of Batch',
    startTask({ environmentSettings: [{ name: 'caching', value: 'x' }] })
  ]
])('%s: taken', (_, more) => {
  expect(batchWorld({ resources: BLENDER }).arm('PUT', POOL, { body: poolBody(more) }).status).toBe(200)
})

test('a change is held to the same, and leaves the pool as it was', () => {
  const { arm, pool } = batchWorld({ pools: [steadyPool({ currentDedicatedNodes: 0, scaleSettings: fixedScale(0) })] })
  const before = pool()
  for (const more of [{ taskSlotsPerNode: 9 }, startTask({ userIdentity: { autoUser: { scope: 'All' } } })]) {
    expect(errorOf(arm('PATCH', POOL, patch(more)))).toMatchObject({ code: 'InvalidPropertyValue' })
  }
  expect(pool()).toEqual(before)
})

test('words come back as the contract spells them, however they were sent', () => {
  const { arm, pool } = batchWorld()
  const sent = {
    interNodeCommunication: 'enabled',
    ...machine({ osDisk: { caching: 'READONLY' } }),
    scaleSettings: fixedScale(0)
  }
  arm('PUT', POOL, { body: poolBody({ ...sent, taskSchedulingPolicy: { nodeFillType: 'pack' } }) })
  expect(pool()).toMatchObject({
    interNodeCommunication: 'Enabled',
    taskSchedulingPolicy: { nodeFillType: 'Pack' },
    deploymentConfiguration: { virtualMachineConfiguration: { osDisk: { caching: 'ReadOnly' } } }
  })
})

const OTHER_SUBNET = SUBNET.replace(/^\/subscriptions\/[^/]+/, '/subscriptions/00000000-0000-0000-0000-000000000000')
const REASON =
  'The specified subnetId is in a different subscription and cannot be used with the current Batch account in subscription 6f1b2c3d-0000-4000-8000-000000000001'

test('a subnet of another subscription is refused, over both hosts', () => {
  const { arm, service } = batchWorld()
  const over = {
    arm: arm('PUT', POOL, { body: poolBody(network({ subnetId: OTHER_SUBNET })) }),
    service: service('POST', '/pools', { body: servicePool({ networkConfiguration: { subnetId: OTHER_SUBNET } }) })
  }
  expect([over.arm.status, errorOf(over.arm)]).toMatchObject([
    400,
    {
      code: 'InvalidPropertyValue',
      details: [
        { code: 'PropertyName', message: 'subnetId' },
        { code: 'PropertyPath', message: 'properties.networkConfiguration.subnetId' },
        { code: 'Reason', message: REASON }
      ]
    }
  ])
  expect([over.service.status, errorOf(over.service)]).toMatchObject([
    400,
    {
      code: 'InvalidPropertyValue',
      values: [
        { key: 'PropertyName', value: 'subnetId' },
        { key: 'PropertyValue', value: OTHER_SUBNET },
        { key: 'Reason', value: REASON }
      ]
    }
  ])
})

const UBUNTU = { publisher: 'canonical', offer: 'jammy', sku: 'gen2', version: 'latest' }
const LISTED = {
  supportedImages: [{ imageReference: UBUNTU, nodeAgentSKUId: 'batch.node.ubuntu 22.04', osType: 'linux' }]
}
const image = (imageReference: JsonObject, nodeAgentSkuId = 'batch.node.ubuntu 22.04'): JsonObject =>
  machine({ imageReference, nodeAgentSkuId })
const servicePool = (more: JsonObject = {}): JsonObject => ({
  ...{ id: 'new', vmSize: 'standard_d2s_v3', targetDedicatedNodes: 0 },
  virtualMachineConfiguration: { imageReference: UBUNTU, nodeAgentSKUId: 'batch.node.ubuntu 22.04' },
  ...more
})
const { imageReference: GALLERY } = deployment()['virtualMachineConfiguration'] as { imageReference: JsonObject }

test.each<[string, JsonObject, string | undefined]>([
  ['a Marketplace image that Batch lists', image(UBUNTU), undefined],
  ['… in another casing', image({ ...UBUNTU, publisher: 'Canonical', version: '22.04.1' }), undefined],
  ['a Marketplace image that Batch doesn’t list', image({ ...UBUNTU, sku: 'gen3' }), 'imageReference'],
  ['a node agent of another image', image(UBUNTU, 'batch.node.el 9'), 'nodeAgentSkuId'],
  ['a gallery image and a node agent that Batch lists', image(GALLERY), undefined],
  [
    'a gallery image and a node agent that Batch lists nowhere',
    image(GALLERY, 'batch.node.ubunto 22.04'),
    'nodeAgentSkuId'
  ],
  ['a gallery image with a version of its own', image({ ...GALLERY, version: 'latest' }), 'version'],
  ['a gallery image and a Marketplace image', image({ ...GALLERY, ...UBUNTU }), 'id']
])('%s: what is refused is %s', (_, more, name) => {
  const answer = batchWorld({ behaviour: LISTED }).arm('PUT', POOL, { body: poolBody(more) })
  expect(answer.status).toBe(name === undefined ? 200 : 400)
  if (name === undefined) return
  expect(errorOf(answer)).toMatchObject({ code: 'InvalidPropertyValue', details: [{ message: name }, {}, {}] })
})

test('the Batch service names what it refuses in its own words', () => {
  const { service } = batchWorld({ behaviour: LISTED })
  const virtualMachineConfiguration = { imageReference: UBUNTU, nodeAgentSKUId: 'batch.node.el 9' }
  const answer = service('POST', '/pools', { body: servicePool({ virtualMachineConfiguration }) })
  expect([answer.status, errorOf(answer)]).toMatchObject([
    400,
    { code: 'InvalidPropertyValue', values: [{ value: 'nodeAgentSKUId' }, { value: 'batch.node.el 9' }, {}] }
  ])
  expect(service('POST', '/pools', { body: servicePool() }).status).toBe(201)
})

test('a package that isn’t there is named as recorded', () => {
  const references = [{ applicationId: 'apppackagedoesnotexist', version: '1' }]
  const answer = batchWorld().service('POST', '/pools', {
    body: servicePool({ applicationPackageReferences: references })
  })
  expect([answer.status, errorOf(answer)]).toMatchObject([
    409,
    {
      code: 'InvalidApplicationPackageReferences',
      message: {
        value: expect.stringMatching(/^One or more of the specified application package references are invalid\./)
      },
      values: [{ key: 'apppackagedoesnotexist', value: 'The specified application package does not exist.' }]
    }
  ])
})
