import { find, sameText } from './kernel/resources.ts'
import type { JsonObject, Operation, World } from './kernel/types.ts'
import { publicRegions } from './kernel/regions.ts'
import { groupNotFound, subscriptionNotFound } from './kernel/errors.ts'

const versions = [
  '2024-11-01',
  '2022-12-01',
  '2021-04-01',
  '2020-01-01',
  '2019-11-01',
  '2019-07-01',
  '2018-05-01',
  '2016-06-01'
]
const base = { host: 'resource-manager', method: 'GET', apiVersions: versions } as const

/** What a client asks Resource Manager itself: subscriptions, tenants and groups, as the world has them. */
export const resourceManagerOperations: Operation[] = [
  {
    ...base,
    ...{ id: 'Subscriptions_List', path: '/subscriptions' },
    handle: ({ world }) => ({ status: 200, body: { value: ofType(world, 'Microsoft.Resources/subscriptions') } })
  },
  {
    ...base,
    ...{ id: 'Subscriptions_Get', path: '/subscriptions/{subscriptionId}' },
    handle: ({ world, params, now }) => {
      const record = find(world, `/subscriptions/${params['subscriptionId']}`, now)
      return record ? { status: 200, body: record.body } : subscriptionNotFound(params['subscriptionId'] ?? '')
    }
  },
  {
    ...base,
    ...{ id: 'Subscriptions_ListLocations', path: '/subscriptions/{subscriptionId}/locations' },
    handle: ({ world, params, now }) => {
      const { subscriptionId = '' } = params
      if (find(world, `/subscriptions/${subscriptionId}`, now) === undefined)
        return subscriptionNotFound(subscriptionId)
      return { status: 200, body: { value: locationsOf(subscriptionId) } }
    }
  },
  {
    ...base,
    ...{ id: 'ResourceGroups_Get', path: '/subscriptions/{subscriptionId}/resourcegroups/{resourceGroupName}' },
    action: 'Microsoft.Resources/subscriptions/resourceGroups/read',
    handle: ({ world, params, now }) => {
      const { subscriptionId = '', resourceGroupName = '' } = params
      const subscription = `/subscriptions/${subscriptionId}`
      if (find(world, subscription, now) === undefined) return subscriptionNotFound(subscriptionId)
      const record = find(world, `${subscription}/resourceGroups/${resourceGroupName}`, now)
      return record ? { status: 200, body: record.body } : groupNotFound(resourceGroupName)
    }
  },
  {
    ...base,
    ...{ id: 'Tenants_List', path: '/tenants' },
    handle: ({ world }) => ({ status: 200, body: { value: tenantsOf(world) } })
  }
]

const ofType = (world: World, type: string): JsonObject[] =>
  [...world.records.values()].filter(record => sameText(record.type, type)).map(({ body }) => body)

const tenantsOf = (world: World): { id: string; tenantId: string }[] => {
  const tenantId = world.behaviour.signIn?.tenantId
  return tenantId === undefined ? [] : [{ id: `/tenants/${tenantId}`, tenantId }]
}

/** Regions, and two of the geographies that Azure lists among them. */
function locationsOf(subscriptionId: string): JsonObject[] {
  const location = (name: string, displayName: string, regionType: string): JsonObject => ({
    id: `/subscriptions/${subscriptionId}/locations/${name}`,
    name,
    type: 'Region',
    displayName,
    regionalDisplayName: displayName,
    metadata: { regionType, regionCategory: regionType === 'Physical' ? 'Recommended' : 'Other' }
  })
  return [
    ...publicRegions().map(([name, displayName]) => location(name, displayName, 'Physical')),
    location('europe', 'Europe', 'Logical'),
    location('unitedstates', 'United States', 'Logical')
  ]
}
