/** The world that an exchange was recorded in, as far as the recording's own answers tell. */
import type { WorldFile } from '../../../emulator/index.ts'
import type { JsonObject } from '../../../emulator/kernel/types.ts'
import { KNOWN } from '../../../emulator/operations.ts'
import { disksOfSource } from './disks-of-vms.ts'
import { isObject, pathOf, resourcesBefore } from './recorded-resources.ts'
import type { Recorded, Recording } from './recordings.ts'

/** Undefined where the recording doesn't show what would have to be there. */
export function worldBefore({ exchanges }: Recording, index: number): WorldFile | undefined {
  const exchange = exchanges[index]
  const there = resourcesBefore(exchanges, index)
  if (exchange === undefined || there === undefined) return undefined
  const shown = [...there.values()]
  const named = exchange.response.status < 400 ? namedOnly(exchange, shown) : []
  const gone = missingGroup(exchange)
  const disks = disksOfSource(exchange, exchanges)
  const all = [...named.reverse(), ...shown.reverse(), ...disks, ...accountAbove(exchange), ...groupsOf(exchanges)]
  const isThere = ({ id }: JsonObject): boolean =>
    gone === undefined || !`${String(id).toLowerCase()}/`.startsWith(`${gone}/`)
  return { resources: firsts(all).filter(isThere).filter(isEmulated).reverse() }
}

/** A request may name resources that the embedded Azure never reads: storage accounts, network interfaces. */
const isEmulated = ({ type }: JsonObject): boolean =>
  KNOWN.types.some(known => known.toLowerCase() === String(type).toLowerCase())

/** What a request names, or its path lies in, without the recording ever showing it: it was there, since all went well. */
function namedOnly(exchange: Recorded, known: JsonObject[]): JsonObject[] {
  const path = pathOf(exchange)
  const above = [/^.*\/galleries\/[^/]+(?=\/)/i, /^.*\/galleries\/[^/]+\/images\/[^/]+(?=\/)/i].flatMap(
    one => one.exec(path)?.[0] ?? []
  )
  const sent =
    JSON.stringify(exchange.request.body ?? '').match(/\/subscriptions\/[^/"]+\/resourceGroups\/[^"]+/gi) ?? []
  const ids = [...new Set([...above, ...sent])].filter(
    id => !known.some(other => String(other['id']).toLowerCase() === id.toLowerCase())
  )
  return ids.map(id => ({
    ...{ id, name: id.slice(id.lastIndexOf('/') + 1), type: typeOf(id), location: locationOf(exchange) },
    properties: {
      provisioningState: 'Succeeded',
      diskSizeGB: 30,
      osType: 'Linux',
      hyperVGeneration: 'V2',
      osState: 'Generalized',
      diskState: 'Unattached',
      creationData: { createOption: 'Empty' }
    }
  }))
}

function typeOf(id: string): string {
  const [provider = '', ...words] = id.split('/providers/')[1]?.split('/') ?? []
  return [provider, ...words.filter((_word, index) => index % 2 === 0)].join('/')
}

function locationOf({ request, response }: Recorded): string {
  const found = [request.body, response.body].map(body => (isObject(body) ? body['location'] : undefined))
  return String(found.find(one => typeof one === 'string') ?? 'eastus2')
}

/** A pool's account, whose own GET needn't have been recorded; and one in the region that a question is about. */
function accountAbove(exchange: Recorded): JsonObject[] {
  const path = pathOf(exchange)
  const [, subscription, region] = /^(.*)\/providers\/Microsoft\.Batch\/locations\/([^/]+)/i.exec(path) ?? []
  const inRegion = region && `${subscription}/resourceGroups/recorded/providers/Microsoft.Batch/batchAccounts/there`
  const [id = inRegion] = /^.*\/batchAccounts\/[^/]+(?=\/)/i.exec(path) ?? []
  if (id === undefined) return []
  const name = id.slice(id.lastIndexOf('/') + 1)
  return [
    {
      id,
      name,
      type: 'Microsoft.Batch/batchAccounts',
      location: region ?? 'eastus2',
      properties: accountProperties(`${name}.eastus2.batch.azure.com`)
    }
  ]
}

/** The account that an exchange asks for, where the recording has its deletion just before: it goes as the world begins. */
export function accountJustDeleted(exchange: Recorded, exchanges: Recorded[]): JsonObject[] {
  const id = pathOf(exchange)
  const isDeletion = (one: Recorded): boolean =>
    one.op === 'armbatch:account.delete' &&
    one.response.status === 202 &&
    pathOf(one) === id &&
    isJustBefore(one, exchange)
  if (!exchanges.some(isDeletion)) return []
  const name = id.slice(id.lastIndexOf('/') + 1)
  const properties = { ...accountProperties(`${name}.eastus2.batch.azure.com`), provisioningState: 'Deleting' }
  return [{ id, name, type: 'Microsoft.Batch/batchAccounts', location: 'eastus2', properties }]
}

function isJustBefore(one: Recorded, other: Recorded): boolean {
  const passed = Date.parse(other.recordedAt ?? '') - Date.parse(one.recordedAt ?? '')
  return passed >= 0 && passed < 30_000
}

export const accountProperties = (accountEndpoint: string): JsonObject => ({
  ...{ accountEndpoint, dedicatedCoreQuota: 999, lowPriorityCoreQuota: 999, poolQuota: 99 },
  dedicatedCoreQuotaPerVMFamilyEnforced: false
})

/** The first of each id. */
function firsts(resources: JsonObject[]): JsonObject[] {
  const byId = new Map<string, JsonObject>()
  for (const one of resources) {
    const id = String(one['id']).toLowerCase()
    if (!byId.has(id)) byId.set(id, one)
  }
  return [...byId.values()]
}

const groupIn = (path: string): string | undefined => /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+/i.exec(path)?.[0]

/** The id, in lower case, of the group that wasn't there. */
const missingGroup = (exchange: Recorded): string | undefined =>
  JSON.stringify(exchange.response.body).includes('ResourceGroupNotFound')
    ? groupIn(pathOf(exchange))?.toLowerCase()
    : undefined

/** Every group and subscription that is named. */
function groupsOf(exchanges: Recorded[]): JsonObject[] {
  const ids = exchanges.flatMap(one => groupIn(pathOf(one)) ?? [])
  const subscriptions = exchanges.flatMap(one => /^\/subscriptions\/[^/]+/.exec(pathOf(one))?.[0] ?? [])
  return [...ids, ...subscriptions].map(id => {
    const name = id.slice(id.lastIndexOf('/') + 1)
    return id.includes('/resourceGroups/') || /\/resourcegroups\//i.test(id)
      ? { id, name, type: 'Microsoft.Resources/resourceGroups', location: 'eastus2' }
      : { id, type: 'Microsoft.Resources/subscriptions', subscriptionId: name, state: 'Enabled' }
  })
}
