import { expect, test } from '@jest/globals'
import { namedByPool, versionIdOf } from '../../../src/model/named-by-pool.ts'

const GROUP = '/subscriptions/s/resourceGroups/r/providers'
const SUBNET = `${GROUP}/Microsoft.Network/virtualNetworks/v/subnets/n`
const IDENTITY = `${GROUP}/Microsoft.ManagedIdentity/userAssignedIdentities/i`
const APPLICATION = `${GROUP}/Microsoft.Batch/batchAccounts/a/applications/blender`
const IP = `${GROUP}/Microsoft.Network/publicIPAddresses/ip`
const SET = `${GROUP}/Microsoft.Compute/diskEncryptionSets/s`

test('a plain spec names nothing', () => {
  expect(namedByPool({ properties: { vmSize: 'a' } })).toEqual({
    identityIds: [],
    packages: [],
    publicIPIds: [],
    encryptionSetIds: []
  })
})

test('everything that a spec names, an encryption set once', () => {
  const managedDisk = { diskEncryptionSet: { id: SET } }
  const named = namedByPool({
    identity: { type: 'UserAssigned', userAssignedIdentities: { [IDENTITY]: {} } },
    properties: {
      networkConfiguration: { subnetId: SUBNET, publicIPAddressConfiguration: { ipAddressIds: [IP] } },
      applicationPackages: [
        { id: APPLICATION },
        { id: APPLICATION, version: '1' },
        { id: `${APPLICATION}/versions/2` }
      ],
      deploymentConfiguration: {
        virtualMachineConfiguration: {
          osDisk: { managedDisk },
          dataDisks: [{ managedDisk: { securityProfile: { diskEncryptionSet: { id: SET.toUpperCase() } } } }]
        }
      }
    }
  })
  expect(named).toMatchObject({ subnetId: SUBNET, identityIds: [IDENTITY], publicIPIds: [IP] })
  expect(named.packages).toEqual([
    { id: APPLICATION },
    { id: APPLICATION, version: '1' },
    { id: APPLICATION, version: '2' }
  ])
  expect(named.packages.map(versionIdOf)).toEqual([undefined, `${APPLICATION}/versions/1`, `${APPLICATION}/versions/2`])
  expect(named.encryptionSetIds).toHaveLength(1)
})

test('what stands for a secret, or is of another kind, is left to others', () => {
  const properties = { networkConfiguration: { subnetId: '${env:SUBNET}' }, applicationPackages: [{ id: SUBNET }] }
  expect(namedByPool({ properties })).toMatchObject({ packages: [] })
  expect(namedByPool({ properties })).not.toHaveProperty('subnetId')
})

test('public addresses under the name that api-version 2019-08-01 has', () => {
  expect(namedByPool({ properties: { networkConfiguration: { publicIPs: [IP] } } }).publicIPIds).toEqual([IP])
})
