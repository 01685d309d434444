import { expect, test } from '@jest/globals'
import type { JsonObject } from '../../../src/model/json.ts'
import type { Difference } from '../../../src/model/plan.ts'
import { changedBody, poolDifferences, unmadeDifferences } from '../../../src/plan/pool/difference.ts'
import { unmadeItem } from '../../../src/rules/pool-metadata.ts'
import { situationOf } from '../../../src/plan/situation.ts'
import * as f from '../../support/observed-fixtures.ts'

type Change = Parameters<typeof f.pool>[0]

function differences(
  wanted: JsonObject,
  present: Change = {},
  imageId = f.versionIdOf('1.0.0') as never
): Difference[] {
  const seen = f.rolloutObserved({ pool: f.pool(present) })
  const situation = situationOf(f.rolloutOnlySpec(f.rolloutSpec({ pool: wanted, imageId })), seen, f.CONTEXT)
  return poolDifferences(situation.pool!, seen.pool!)
}

test.each<[string, JsonObject, Change]>([
  ['what the spec leaves out', {}, { properties: { taskSlotsPerNode: 4, networkConfiguration: { subnetId: 'x' } } }],
  ['the casing of vmSize', { vmSize: 'Standard_D4s_v5' }, {}],
  [
    'the casing of ids',
    { networkConfiguration: { subnetId: '/subscriptions/A/x' } },
    { properties: { networkConfiguration: { subnetId: '/subscriptions/a/X' } } }
  ],
  [
    'another spelling of a duration',
    { upgradePolicy: { rollingUpgradePolicy: { pauseTimeBetweenBatches: 'PT1H' } } },
    { properties: { upgradePolicy: { rollingUpgradePolicy: { pauseTimeBetweenBatches: 'PT60M' } } } }
  ],
  ['an empty list where there is none', { applicationPackages: [] }, {}],
  ['an empty object where there is none', { taskSchedulingPolicy: {} }, {}],
  [
    'passwords, which Batch never gives back',
    { userAccounts: [{ name: 'u', password: 'p', elevationLevel: 'Admin' }] },
    { properties: { userAccounts: [{ name: 'u', elevationLevel: 'Admin' }] } }
  ],
  [
    'secrets, whose value is for Azure alone',
    { startTask: { commandLine: 'mount ${env:SHARE}' } },
    { properties: { startTask: { commandLine: 'mount //share' } } }
  ],
  [
    'the order of whatever is a set',
    {
      networkConfiguration: {
        publicIPAddressConfiguration: { ipAddressIds: ['/subscriptions/A', '/subscriptions/b'] }
      },
      deploymentConfiguration: {
        virtualMachineConfiguration: {
          containerConfiguration: { containerImageNames: ['a', 'b'] },
          diskEncryptionConfiguration: { targets: ['OsDisk', 'TemporaryDisk'] },
          dataDisks: [
            { lun: 0, diskSizeGB: 1 },
            { lun: 1, diskSizeGB: 2 }
          ]
        }
      }
    },
    {
      properties: {
        networkConfiguration: {
          publicIPAddressConfiguration: { ipAddressIds: ['/subscriptions/B', '/subscriptions/a'] }
        },
        deploymentConfiguration: {
          virtualMachineConfiguration: {
            imageReference: { id: f.versionIdOf('1.0.0') },
            nodeAgentSkuId: f.AGENT,
            containerConfiguration: { containerImageNames: ['b', 'a'] },
            diskEncryptionConfiguration: { targets: ['temporaryDisk', 'osDisk'] },
            dataDisks: [
              { lun: 1, diskSizeGB: 2 },
              { lun: 0, diskSizeGB: 1, caching: 'None' }
            ]
          }
        }
      }
    }
  ],
  [
    'defaults that Batch doesn’t give back',
    {
      displayName: '',
      interNodeCommunication: 'Disabled',
      taskSlotsPerNode: 1,
      startTask: { commandLine: 'mount -a', waitForSuccess: true, userIdentity: { autoUser: { scope: 'Pool' } } },
      networkConfiguration: { enableAcceleratedNetworking: false, dynamicVnetAssignmentScope: 'none' },
      mountConfiguration: []
    },
    {}
  ],
  [
    'a secret in the metadata',
    { metadata: [{ name: 'key', value: '${env:KEY}' }] },
    { metadata: [{ name: 'key', value: 'hunter2' }] }
  ],
  ['the scale, which is for the waves', { scaleSettings: { fixedScale: { targetDedicatedNodes: 9 } } }, {}],
  ['our own items among the metadata', { metadata: [] }, { metadata: [{ name: 'batch-image-rollout', value: 'x' }] }],
  [
    'the order of metadata',
    {
      metadata: [
        { name: 'a', value: '1' },
        { name: 'b', value: '2' }
      ]
    },
    {
      metadata: [
        { name: 'b', value: '2' },
        { name: 'a', value: '1' }
      ]
    }
  ]
])('no difference: %s', (_, wanted, present) => {
  expect(differences(wanted, present)).toEqual([])
})

test('the image differs by its id, in any casing the same', () => {
  const upper = f.versionIdOf('1.0.0').toUpperCase() as never
  expect(differences({}, { imageId: upper })).toEqual([])
  expect(differences({}, { imageId: f.versionIdOf('0.9.0') })).toEqual([
    {
      path: 'deploymentConfiguration.virtualMachineConfiguration.imageReference.id',
      present: f.versionIdOf('0.9.0'),
      wanted: f.versionIdOf('1.0.0'),
      needs: 'zero-nodes'
    }
  ])
})

test.each<[JsonObject, string, Difference['needs']]>([
  [{ startTask: { commandLine: 'other' } }, 'startTask.commandLine', 'patch'],
  [{ applicationPackages: [{ id: 'a' }] }, 'applicationPackages[a].id', 'patch'],
  [{ metadata: [{ name: 'a', value: '1' }] }, 'metadata', 'patch'],
  [{ vmSize: 'Standard_D8s_v5' }, 'vmSize', 'zero-nodes'],
  [{ startTask: { commandLine: 'mount -a', waitForSuccess: false } }, 'startTask.waitForSuccess', 'patch'],
  [{ upgradePolicy: { mode: 'rolling' } }, 'upgradePolicy.mode', 'zero-nodes'],
  [
    { startTask: { commandLine: 'mount -a', containerSettings: { containerHostBatchBindMounts: [] } } },
    'startTask.containerSettings.containerHostBatchBindMounts',
    'patch'
  ],
  [{ taskSlotsPerNode: 4 }, 'taskSlotsPerNode', 'zero-nodes'],
  [{ identity: { type: 'UserAssigned', userAssignedIdentities: { '/subscriptions/x': {} } } }, 'identity', 'zero-nodes']
])('%j differs at %s, which needs %s', (wanted, path, needs) => {
  expect(differences(wanted)).toMatchObject([{ path, needs }])
})

test('before 2024-07-01 what needs zero nodes needs another pool', () => {
  const seen = f.observed({ pool: f.pool({ imageId: f.versionIdOf('1.0.0') }) })
  const rollout = f.rolloutSpec({ imageId: f.MANAGED_IMAGE, pool: { startTask: { commandLine: 'other' } } })
  const { pool } = situationOf(f.rolloutOnlySpec(rollout), seen, f.CONTEXT)
  expect(poolDifferences(pool!, seen.pool!).map(({ path, needs }) => [path.split('.')[0], needs])).toEqual([
    ['startTask', 'patch'],
    ['deploymentConfiguration', 'another-pool']
  ])
})

test('an item too many and an item that is missing are named by what tells them from others', () => {
  const present = { properties: { applicationPackages: [{ id: 'a' }, { id: 'b' }] } }
  expect(differences({ applicationPackages: [{ id: 'a' }] }, present)).toMatchObject([
    { path: 'applicationPackages[b]', wanted: undefined }
  ])
  expect(differences({ applicationPackages: [{ id: 'a' }, { id: 'c' }] }, present).map(({ path }) => path)).toEqual([
    'applicationPackages[c].id',
    'applicationPackages[b]'
  ])
})

test('the same identity in another casing is the same', () => {
  const identity = (id: string) => ({ type: 'UserAssigned', userAssignedIdentities: { [id]: {} } })
  expect(differences({ identity: identity('/subscriptions/A') }, { identity: identity('/subscriptions/a') })).toEqual(
    []
  )
})

test('foreign metadata that the spec does not name is taken away only where the spec has metadata', () => {
  const metadata = [{ name: 'team', value: 'fx' }]
  expect(differences({}, { metadata })).toEqual([])
  expect(differences({ metadata: [] }, { metadata })).toMatchObject([
    { path: 'metadata', present: ['team'], wanted: [] }
  ])
})

test('items with names are compared by them, in any order', () => {
  const present = { properties: { userAccounts: [{ name: 'a', elevationLevel: 'Admin' }, { name: 'b' }] } }
  expect(differences({ userAccounts: [{ name: 'b' }, { name: 'a', elevationLevel: 'Admin' }] }, present)).toEqual([])
  expect(
    differences({ userAccounts: [{ name: 'a', elevationLevel: 'NonAdmin' }] }, present).map(({ path }) => path)
  ).toEqual(['userAccounts[a].elevationLevel', 'userAccounts[b]'])
})

test('around a secret the rest of the text is compared', () => {
  const present = { properties: { startTask: { commandLine: 'mount //share -o ro' } } }
  expect(differences({ startTask: { commandLine: 'mount ${env:SHARE} -o ro' } }, present)).toEqual([])
  expect(differences({ startTask: { commandLine: 'mount ${env:SHARE} -o rw' } }, present)).toMatchObject([
    { path: 'startTask.commandLine' }
  ])
})

test('what the pool has where a secret can be is never shown', () => {
  const present = { properties: { startTask: { commandLine: 'login --token hunter2' } } }
  const rows = differences(
    { startTask: { commandLine: 'login' } },
    { ...present, metadata: [{ name: 'k', value: 'hunter2' }] }
  )
  expect(rows.length).toBe(1)
  expect(
    JSON.stringify([...rows, ...differences({ metadata: [] }, { metadata: [{ name: 'k', value: 'hunter2' }] })])
  ).not.toContain('hunter2')
})

test('where the pool has nothing a secret is wanted for, nothing is said to be hidden', () => {
  const settings = [{ name: 'KEY', value: '${env:FARM_KEY}' }]
  const rows = differences({ startTask: { commandLine: 'mount -a', environmentSettings: settings } })
  expect(rows.map(({ present }) => present)).toEqual([undefined, undefined])
  const [url] = differences({
    startTask: { commandLine: 'mount -a', containerSettings: { containerRunOptions: '-v' } }
  })
  expect(url).toMatchObject({ path: 'startTask.containerSettings.containerRunOptions', present: undefined })
})

test('before 2024-07-01 identities are changed at zero nodes, and no other pool is needed for them', () => {
  const seen = f.observed({ pool: f.pool({ imageId: f.MANAGED_IMAGE }) })
  const identity = { type: 'UserAssigned', userAssignedIdentities: { '/subscriptions/a': {} } }
  const rollout = f.rolloutSpec({ imageId: f.MANAGED_IMAGE, pool: { identity, vmSize: 'Standard_D8s_v5' } })
  const { pool } = situationOf(f.rolloutOnlySpec(rollout), seen, f.CONTEXT)
  const needs = new Map(poolDifferences(pool!, seen.pool!).map(row => [row.path.split('.')[0], row.needs]))
  expect([needs.get('vmSize'), needs.get('identity')]).toEqual(['another-pool', 'zero-nodes'])
})

test('items without a name of their own are compared in their order, and those that both have first', () => {
  const mounts = (...urls: string[]) =>
    urls.map(azureFileUrl => ({
      azureFileShareConfiguration: { azureFileUrl, accountName: 'a', relativeMountPath: 'm' }
    }))
  const present = { properties: { mountConfiguration: mounts('one', 'two') } }
  expect(differences({ mountConfiguration: mounts('two', 'one') }, present).map(({ path }) => path)).toEqual([])
  expect(differences({ mountConfiguration: mounts('two') }, present).map(({ path }) => path)).toEqual([
    'mountConfiguration[1]'
  ])
})

test('what the pool has of an extension is never shown; where it has nothing, nothing is hidden', () => {
  const machine = (settings: JsonObject | null | undefined) => ({
    deploymentConfiguration: {
      virtualMachineConfiguration: {
        imageReference: { id: f.versionIdOf('1.0.0') },
        nodeAgentSkuId: f.AGENT,
        extensions: [{ name: 'e', publisher: 'p', type: 't', ...(settings === undefined ? {} : { settings }) }]
      }
    }
  })
  const shown = (settings: JsonObject | null | undefined) =>
    differences(machine({ a: 1 }), { properties: machine(settings) }).map(row => row.present)
  expect(shown({ key: 'hunter2' })).toEqual(['(not shown: it may hold a secret)'])
  expect(shown(undefined)).toEqual([undefined])
  expect(shown(null)).toEqual([null])
})

test('what Batch left undone once is not asked for again, and told apart', () => {
  const rollout = f.rolloutSpec({ pool: { taskSlotsPerNode: 4, vmSize: 'Standard_D8s_v5' } })
  const note = unmadeItem([{ path: 'taskSlotsPerNode', present: 1, wanted: 4 }])
  const seen = f.rolloutObserved({ pool: f.pool({ metadata: [note] }) })
  const { pool: wanted } = situationOf(f.rolloutOnlySpec(rollout), seen, f.CONTEXT)
  expect(poolDifferences(wanted!, seen.pool!).map(({ path }) => path)).toEqual(['vmSize'])
  expect(unmadeDifferences(wanted!, seen.pool!).map(({ path }) => path)).toEqual(['taskSlotsPerNode'])
})

test('a change sends what differs, save metadata, which has a way of its own', () => {
  const identity = { type: 'UserAssigned', userAssignedIdentities: { '/a': {} } }
  const rollout = f.rolloutSpec({ pool: { taskSlotsPerNode: 4, metadata: [{ name: 'a', value: '1' }], identity } })
  const seen = f.rolloutObserved({ pool: f.pool() })
  const { pool: wanted } = situationOf(f.rolloutOnlySpec(rollout), seen, f.CONTEXT)
  const rows = poolDifferences(wanted!, seen.pool!)
  expect(changedBody(wanted!, rows)).toEqual({ identity, properties: { taskSlotsPerNode: 4 } })
  expect(
    changedBody(
      wanted!,
      rows.filter(({ path }) => path !== 'identity')
    )
  ).toEqual({ properties: { taskSlotsPerNode: 4 } })
})

test('an item whose key is a secret takes what no other item has by its own key', () => {
  const userAccounts = (...names: string[]) => names.map(name => ({ name, elevationLevel: 'Admin' }))
  const present = { properties: { userAccounts: userAccounts('b', 'a') } }
  expect(differences({ userAccounts: userAccounts('${env:FARM_USER}', 'b') }, present)).toEqual([])
})
