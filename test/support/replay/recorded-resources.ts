/** What the answers of a recording say of resources: which were there when an exchange was recorded, and as what. */
import type { Json, JsonObject } from '../../../emulator/kernel/types.ts'
import type { Recorded } from './recordings.ts'

export const isObject = (value: Json | undefined): value is JsonObject =>
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
function wantsTarget({ request, response }: Recorded): boolean | undefined {
  const { method } = request
  if (method === 'GET') return response.status === 200
  if (method === 'DELETE') return response.status === 202 || response.status === 200
  if (method === 'PUT') return undefined
  return response.status !== 404
}

/** By id in lower case; undefined where the recording doesn't show what would have to be there. */
export function resourcesBefore(exchanges: Recorded[], index: number): Map<string, JsonObject> | undefined {
  const exchange = exchanges[index]
  if (exchange === undefined) return undefined
  const there = new Map<string, JsonObject>()
  for (const one of exchanges.slice(0, index)) remember(there, one)
  rememberNamed(there, exchange, exchanges.slice(index))
  asAnswered(there, exchange)
  const { op } = exchange
  const isResource = !op.startsWith('dp:') && !op.startsWith('armbatch:location.') && !isList(exchange)
  const needed = wantsTarget(exchange) === true && isResource
  if (needed && !there.has(targetOf(exchange))) return undefined
  for (const [id, body] of there) there.set(id, inState(body, exchanges.slice(0, index)))
  return there
}

function remember(there: Map<string, JsonObject>, one: Recorded): void {
  const said = told(one)
  if (said?.body !== undefined) there.set(said.id.toLowerCase(), withLocation(said.body))
  else if (said !== undefined) there.delete(said.id.toLowerCase())
}

/** What the request is about or names, and only later answers show. */
function rememberNamed(there: Map<string, JsonObject>, exchange: Recorded, later: Recorded[]): void {
  const sent = JSON.stringify(exchange.request.body ?? '').toLowerCase()
  const target = targetOf(exchange)
  for (const one of later) {
    const id = told(one)?.id.toLowerCase()
    if (id === undefined || there.has(id)) continue
    const isTarget = id === target && wantsTarget(exchange) === true
    if (told(one)?.body && (isTarget || sent.includes(`"${id}"`) || target.startsWith(`${id}/`))) remember(there, one)
  }
}

/** What the answer itself shows or denies was so. */
function asAnswered(there: Map<string, JsonObject>, exchange: Recorded): void {
  const { op, request, response } = exchange
  const target = targetOf(exchange)
  const { status, body } = response
  if (request.method === 'GET' && status === 200 && told(exchange) && isObject(body))
    there.set(target, withLocation(body))
  const vm = there.get(target)
  if (op === 'compute:vm.instanceview' && vm !== undefined) {
    there.set(target, { ...vm, properties: { ...(vm['properties'] as JsonObject), instanceView: body } })
  }
  if (isList(exchange)) for (const id of there.keys()) if (id.startsWith(`${target}/`)) there.delete(id)
  for (const item of listed(exchange)) {
    const id = String(item['id']).toLowerCase()
    // In the list's order.
    there.delete(id)
    there.set(id, withLocation(item))
  }
  if (wantsTarget(exchange) === false) there.delete(target)
  if (request.method === 'PUT' && status === 404) {
    const said = JSON.stringify(body).toLowerCase()
    for (const id of there.keys()) if (said.includes(id.slice(id.lastIndexOf('/') + 1))) there.delete(id)
  }
}

const VERBS = /\/(?:deallocate|start|poweroff|generalize|stopresize|disableautoscale|instanceview|extensions)$/

const targetOf = (exchange: Recorded): string => pathOf(exchange).toLowerCase().replace(VERBS, '')

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
