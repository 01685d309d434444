/** Resources that pools only name: a world file has them as a GET shows them, and nothing here changes them. */
import { idOf, missing } from './compute/record.ts'
import { find } from './kernel/resources.ts'
import type { Answer, Call, Operation } from './kernel/types.ts'

const GROUP = '/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers'
const row = { host: 'resource-manager', method: 'GET', handle: get } as const
const NETWORK_API_VERSIONS = ['2024-05-01']

export const namedResourceOperations: Operation[] = [
  {
    ...row,
    id: 'VirtualNetworks_Get',
    path: `${GROUP}/Microsoft.Network/virtualNetworks/{virtualNetworkName}`,
    apiVersions: NETWORK_API_VERSIONS
  },
  {
    ...row,
    id: 'PublicIPAddresses_Get',
    path: `${GROUP}/Microsoft.Network/publicIPAddresses/{publicIpAddressName}`,
    apiVersions: NETWORK_API_VERSIONS
  },
  {
    ...row,
    id: 'UserAssignedIdentities_Get',
    path: `${GROUP}/Microsoft.ManagedIdentity/userAssignedIdentities/{resourceName}`,
    apiVersions: ['2023-01-31']
  },
  {
    ...row,
    id: 'DiskEncryptionSets_Get',
    path: `${GROUP}/Microsoft.Compute/diskEncryptionSets/{diskEncryptionSetName}`,
    apiVersions: ['2026-03-02', '2024-03-02'],
    ratelimit: 'Microsoft.Compute/LowCostGet3Min;14999,Microsoft.Compute/LowCostGet30Min;119999'
  }
]

function get(call: Call): Answer {
  const record = find(call.world, idOf(call), call.now)
  return record === undefined ? missing(call, idOf(call)) : { status: 200, body: record.body }
}
