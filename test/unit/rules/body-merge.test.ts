import { expect, test } from '@jest/globals'
import type { JsonObject } from '../../../src/model/json.ts'
import { carried, mergedBody, missingSecretsOf } from '../../../src/rules/pool-body.ts'
import * as f from '../../support/observed-fixtures.ts'

const present = (properties: JsonObject, identity?: JsonObject) => ({
  ...f.pool(),
  body: { properties, ...(identity === undefined ? {} : { identity }) }
})
const machine = (configuration: JsonObject): JsonObject => ({
  deploymentConfiguration: { virtualMachineConfiguration: configuration }
})
const sent = (properties: JsonObject, there: JsonObject): unknown =>
  mergedBody({ properties }, present(there)).properties

test('what is written is laid over what is there, at any depth', () => {
  const there = machine({
    imageReference: { id: 'old' },
    nodeAgentSkuId: 'agent',
    osDisk: { caching: 'ReadWrite', managedDisk: { storageAccountType: 'Standard_LRS' } },
    containerConfiguration: { type: 'DockerCompatible', containerImageNames: ['busybox'] }
  })
  expect(sent(machine({ imageReference: { id: 'new' }, osDisk: { diskSizeGB: 64 } }), there)).toEqual(
    machine({
      imageReference: { id: 'new' },
      nodeAgentSkuId: 'agent',
      osDisk: { caching: 'ReadWrite', managedDisk: { storageAccountType: 'Standard_LRS' }, diskSizeGB: 64 },
      containerConfiguration: { type: 'DockerCompatible', containerImageNames: ['busybox'] }
    })
  )
})

test('a property that isn’t written isn’t sent at all', () => {
  expect(sent({ taskSlotsPerNode: 2 }, { networkConfiguration: { subnetId: 's' } })).toEqual({ taskSlotsPerNode: 2 })
})

test.each<[string, JsonObject, JsonObject, JsonObject]>([
  [
    'a marketplace image goes for one with an id',
    machine({ imageReference: { id: 'i' } }),
    machine({ imageReference: { publisher: 'p', offer: 'o', sku: 's', version: 'latest' } }),
    machine({ imageReference: { id: 'i' } })
  ],
  [
    'an automatic user goes for a named one',
    { startTask: { userIdentity: { userName: 'u' } } },
    { startTask: { commandLine: 'x', userIdentity: { autoUser: { scope: 'Pool' } } } },
    { startTask: { commandLine: 'x', userIdentity: { userName: 'u' } } }
  ],
  [
    'own addresses go with their provision',
    { networkConfiguration: { publicIPAddressConfiguration: { provision: 'NoPublicIPAddresses' } } },
    { networkConfiguration: { publicIPAddressConfiguration: { provision: 'UserManaged', ipAddressIds: ['a'] } } },
    { networkConfiguration: { publicIPAddressConfiguration: { provision: 'NoPublicIPAddresses' } } }
  ],
  [
    'an item of a list is known by its key, keeps what is left out of it, and goes where it isn’t written',
    machine({ dataDisks: [{ lun: 1, diskSizeGB: 64 }] }),
    machine({
      dataDisks: [
        { lun: 0, diskSizeGB: 8 },
        { lun: 1, diskSizeGB: 32, caching: 'ReadOnly' }
      ]
    }),
    machine({ dataDisks: [{ lun: 1, diskSizeGB: 64, caching: 'ReadOnly' }] })
  ],
  [
    'what Azure gives back in another casing is sent as its contract has it',
    machine({ nodeAgentSkuId: 'n' }),
    machine({ securityProfile: { securityType: 'ConfidentialVM' }, osDisk: { caching: 'readOnly' } }),
    machine({
      nodeAgentSkuId: 'n',
      securityProfile: { securityType: 'confidentialVM' },
      osDisk: { caching: 'ReadOnly' }
    })
  ]
])('%s', (_, wanted, there, expected) => {
  expect(sent(wanted, there)).toEqual(expected)
})

test('identities that are there are sent again, in whatever casing, once each', () => {
  const identity = (...ids: string[]): JsonObject => ({
    type: 'UserAssigned',
    userAssignedIdentities: Object.fromEntries(ids.map(id => [id, {}]))
  })
  const there = present({}, identity('/a/B', '/a/c'))
  expect(mergedBody({ identity: identity('/A/b'), properties: {} }, there).identity).toEqual(identity('/A/b', '/a/c'))
})

test('what stays is named by its uppermost property, without what Batch only fills in', () => {
  const there = present(
    machine({ imageReference: { id: 'i' }, nodePlacementConfiguration: { policy: 'Regional' }, licenseType: 'x' })
  )
  expect(carried({ properties: machine({ imageReference: { id: 'n' } }) }, there)).toEqual([
    'deploymentConfiguration.virtualMachineConfiguration.licenseType'
  ])
})

const REGISTRY = { registryServer: 'farm.azurecr.io', username: 'farm' }
const CONTAINERS = machine({ containerConfiguration: { type: 'DockerCompatible', containerRegistries: [REGISTRY] } })
const AT = 'deploymentConfiguration.virtualMachineConfiguration.'

test.each<[string, JsonObject, JsonObject, [string, boolean][]]>([
  [
    'a registry that is left out',
    machine({ nodeAgentSkuId: 'n' }),
    CONTAINERS,
    [[`${AT}containerConfiguration.containerRegistries[farm.azurecr.io].password`, true]]
  ],
  [
    'a registry that is written without its password',
    CONTAINERS,
    CONTAINERS,
    [[`${AT}containerConfiguration.containerRegistries[farm.azurecr.io].password`, true]]
  ],
  [
    'a registry that is written whole',
    machine({ containerConfiguration: { containerRegistries: [{ ...REGISTRY, password: 'p' }] } }),
    CONTAINERS,
    []
  ],
  [
    'a registry that an identity opens',
    machine({ nodeAgentSkuId: 'n' }),
    machine({ containerConfiguration: { containerRegistries: [{ identityReference: { resourceId: 'i' } }] } }),
    []
  ],
  [
    'an extension that is left out',
    machine({ nodeAgentSkuId: 'n' }),
    machine({ extensions: [{ name: 'e', publisher: 'p', type: 't' }] }),
    [[`${AT}extensions[e].protectedSettings`, true]]
  ],
  [
    'an extension that is written',
    machine({ extensions: [{ name: 'e', publisher: 'p', type: 't' }] }),
    machine({ extensions: [{ name: 'e', publisher: 'p', type: 't' }] }),
    [[`${AT}extensions[e].protectedSettings`, false]]
  ],
  [
    'the registry of a start task',
    { startTask: { commandLine: 'x' } },
    { startTask: { containerSettings: { imageName: 'i', registry: REGISTRY } } },
    [['startTask.containerSettings.registry.password', true]]
  ],
  [
    'the key of a mount',
    { mountConfiguration: [{ azureBlobFileSystemConfiguration: { relativeMountPath: 'm', accountName: 'b' } }] },
    { mountConfiguration: [{ azureBlobFileSystemConfiguration: { relativeMountPath: 'm', accountName: 'a' } }] },
    [['mountConfiguration[m].azureBlobFileSystemConfiguration.accountKey', true]]
  ],
  ['what isn’t sent', { startTask: { commandLine: 'x' } }, CONTAINERS, []]
])('secrets that no answer shows: %s', (_, wanted, there, expected) => {
  const missing = missingSecretsOf({ properties: wanted }, present(there))
  expect(missing.map(({ path, must }) => [path, must])).toEqual(expected)
})

test('what a GET shows as null is not sent back', () => {
  const there = machine({ nodeAgentSkuId: 'agent', licenseType: null, osDisk: { caching: null, diskSizeGB: 64 } })
  expect(sent(machine({ imageReference: { id: 'new' } }), there)).toEqual(
    machine({ imageReference: { id: 'new' }, nodeAgentSkuId: 'agent', osDisk: { diskSizeGB: 64 } })
  )
})

test('what the pool has written as null, or not at all, isn’t carried', () => {
  const there = present(machine({ imageReference: { id: 'i' }, licenseType: null, osDisk: { caching: null } }))
  expect(carried({ properties: machine({ imageReference: { id: 'n' } }) }, there)).toEqual([])
})

test('of a list only the items that stay may lose a secret', () => {
  const two = machine({
    containerConfiguration: { containerRegistries: [REGISTRY, { ...REGISTRY, registryServer: 'b' }] }
  })
  const one = machine({ containerConfiguration: { containerRegistries: [REGISTRY] } })
  const missing = missingSecretsOf({ properties: one }, present(two))
  expect(missing.map(({ path }) => path)).toEqual([
    `${AT}containerConfiguration.containerRegistries[farm.azurecr.io].password`
  ])
})

test('an identity without ids of its own is sent as it is written', () => {
  const identity = { type: 'UserAssigned', userAssignedIdentities: { '/a': {} } }
  for (const there of [present({}), present({}, identity)]) {
    expect(mergedBody({ identity: { type: 'None' }, properties: {} }, there).identity).toEqual({ type: 'None' })
  }
})
