/** The world that an exchange was recorded in, as far as the recording's own answers tell. */
import type { WorldFile } from '../../../emulator/index.ts'
import type { Json, JsonObject } from '../../../emulator/kernel/types.ts'
import type { Recorded, Recording } from './recordings.ts'

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const pathOf = ({ request }: Recorded): string => decodeURI(new URL(request.uri).pathname).replace(/\/$/, '')

/** What an exchange says of a resource: its body, that it is gone, or nothing. */
function told(exchange: Recorded): { id: string; body?: JsonObject } | undefined {
  const { op, request, response } = exchange
  const { status, body } = response
  if (op.startsWith('dp:') || op.endsWith(':poll')) return undefined
  if (status === 404 && request.method === 'GET') return { id: pathOf(exchange) }
  if (request.method === 'DELETE' && status < 300) return { id: pathOf(exchange) }
  if (status > 202 || !isObject(body) || typeof body['id'] !== 'string' || typeof body['type'] !== 'string')
    return undefined
  return ['GET', 'PUT', 'PATCH'].includes(request.method) || op.startsWith('armbatch:pool.')
    ? { id: body['id'], body: settled(body) }
    : undefined
}

/** As it was a little later: what an operation had begun was done. */
function settled(body: JsonObject): JsonObject {
  const properties = isObject(body['properties']) ? body['properties'] : {}
  const { provisioningState, allocationState, ...rest } = properties
  return {
    ...body,
    properties: {
      ...rest,
      ...(provisioningState !== undefined && { provisioningState: 'Succeeded' }),
      ...(allocationState !== undefined && { allocationState: 'Steady' })
    }
  }
}

/** Whether the resource that an exchange is about has to be there for it to be answered so. */
export function wantsTarget({ request, response }: Recorded): boolean | undefined {
  const { method } = request
  if (method === 'GET') return response.status === 200
  if (method === 'DELETE') return response.status === 202 || response.status === 200
  if (method === 'PUT') return undefined
  return response.status !== 404
}

/** Undefined where the recording doesn't show what would have to be there. */
export function worldBefore({ exchanges }: Recording, index: number): WorldFile | undefined {
  const exchange = exchanges[index]
  if (exchange === undefined) return undefined
  const there = new Map<string, JsonObject>()
  const remember = (one: Recorded, onlyNew = false): void => {
    const said = told(one)
    if (said === undefined || (onlyNew && there.has(said.id.toLowerCase()))) return
    if (said.body !== undefined) there.set(said.id.toLowerCase(), withLocation(said.body))
    else if (!onlyNew) there.delete(said.id.toLowerCase())
  }
  for (const one of exchanges.slice(0, index)) remember(one)
  const sent = JSON.stringify(exchange.request.body ?? '').toLowerCase()
  const target = pathOf(exchange)
    .toLowerCase()
    .replace(/\/(?:deallocate|start|poweroff|generalize|stopresize|disableautoscale|instanceview|extensions)$/, '')
  for (const one of exchanges.slice(index)) {
    const id = told(one)?.id.toLowerCase()
    if (
      id !== undefined &&
      (sent.includes(`"${id}"`) || (id === target && wantsTarget(exchange) === true) || target.startsWith(`${id}/`))
    ) {
      remember(one, true)
    }
  }
  const own = exchange.response.body
  if (exchange.request.method === 'GET' && exchange.response.status === 200 && told(exchange) && isObject(own)) {
    there.set(target, withLocation(own))
  }
  const vm = there.get(target)
  if (exchange.op === 'compute:vm.instanceview' && vm !== undefined) {
    there.set(target, { ...vm, properties: { ...(vm['properties'] as JsonObject), instanceView: own } })
  }
  if (isList(exchange)) for (const id of there.keys()) if (id.startsWith(`${target}/`)) there.delete(id)
  for (const item of listed(exchange)) there.set(String(item['id']).toLowerCase(), withLocation(item))
  if (wantsTarget(exchange) === false) there.delete(target)
  if (exchange.request.method === 'PUT' && exchange.response.status === 404) {
    const said = JSON.stringify(exchange.response.body).toLowerCase()
    for (const id of there.keys()) if (said.includes(id.slice(id.lastIndexOf('/') + 1))) there.delete(id)
  }
  if (wantsTarget(exchange) === true && !exchange.op.startsWith('dp:') && !isList(exchange) && !there.has(target))
    return undefined
  const resources = [...there.values()].map(body => inState(body, exchanges.slice(0, index)))
  const gone = missingGroup(exchange)
  if (exchange.response.status < 400) resources.push(...namedOnly(exchange, resources))
  const all = [...groupsOf(exchanges), ...accountAbove(exchange), ...resources].reverse().filter(isFirst).reverse()
  return {
    resources: all.filter(({ id }) => gone === undefined || !`${String(id).toLowerCase()}/`.startsWith(`${gone}/`))
  }
}

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

/** A pool's account, whose own GET needn't have been recorded. */
function accountAbove(exchange: Recorded): JsonObject[] {
  const [id] = /^.*\/batchAccounts\/[^/]+(?=\/)/i.exec(pathOf(exchange)) ?? []
  if (id === undefined) return []
  const name = id.slice(id.lastIndexOf('/') + 1)
  return [
    {
      id,
      name,
      type: 'Microsoft.Batch/batchAccounts',
      location: 'eastus2',
      properties: accountProperties(`${name}.eastus2.batch.azure.com`)
    }
  ]
}

export const accountProperties = (accountEndpoint: string): JsonObject => ({
  ...{ accountEndpoint, dedicatedCoreQuota: 999, lowPriorityCoreQuota: 999, poolQuota: 99 },
  dedicatedCoreQuotaPerVMFamilyEnforced: false
})

const STATES: Record<string, string> = { deallocate: 'deallocated', poweroff: 'stopped', start: 'running' }

/** A VM as the calls before have left it: its GET doesn't say whether it runs. */
function inState(body: JsonObject, before: Recorded[]): JsonObject {
  const calls = before.filter(
    one => one.op.startsWith('compute:vm.') && one.response.status < 300 && one.request.method === 'POST'
  )
  const verbs = calls.flatMap(one => {
    const [id = '', verb = ''] = pathOf(one)
      .toLowerCase()
      .split(/\/(?=[^/]+$)/)
    return id === String(body['id']).toLowerCase() ? [verb] : []
  })
  const power = verbs.flatMap(verb => STATES[verb] ?? []).at(-1)
  const properties = body['properties']
  if (!isObject(properties) || verbs.length === 0) return body
  const view = isObject(properties['instanceView']) ? properties['instanceView'] : {}
  const others = Array.isArray(view['statuses'])
    ? view['statuses'].filter(one => !/PowerState/.test(JSON.stringify(one)) || power === undefined)
    : []
  const codes = [
    ...(verbs.includes('generalize') ? ['OSState/generalized'] : []),
    ...(power ? [`PowerState/${power}`] : [])
  ]
  const statuses = [...others, ...codes.map(code => ({ code }))]
  return { ...body, properties: { ...properties, instanceView: { ...view, statuses } } }
}

const isList = ({ response }: Recorded): boolean => isObject(response.body) && Array.isArray(response.body['value'])

const listed = (exchange: Recorded): JsonObject[] =>
  isList(exchange) && isObject(exchange.response.body)
    ? (exchange.response.body['value'] as Json[])
        .filter(isObject)
        .filter(({ id, type }) => typeof id === 'string' && typeof type === 'string')
        .map(lowerGroup)
    : []

/** A list spells the group in capitals; nobody made it so. */
const lowerGroup = (item: JsonObject): JsonObject => ({
  ...item,
  id: String(item['id']).replace(
    /(\/resourceGroups\/)([^/]+)/i,
    (_all, words: string, group: string) => words + group.toLowerCase()
  )
})

const withLocation = (body: JsonObject): JsonObject => ({ location: 'eastus2', ...body })

function isFirst({ id }: JsonObject, index: number, all: JsonObject[]): boolean {
  return all.findIndex(other => String(other['id']).toLowerCase() === String(id).toLowerCase()) === index
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
