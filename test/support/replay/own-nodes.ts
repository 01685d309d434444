/** Nodes have ids of their own in each run: a request names those that are there. */
import type { Json, JsonObject } from '../../../emulator/kernel/types.ts'
import { isObject } from './recorded-resources.ts'
import type { Recorded } from './recordings.ts'
import type { Replayed } from './replay.ts'

type Request = Recorded['request']

/** The request, with the ids of nodes that Azure had replaced by those that a list shows, in order. */
export function onOwnNodes(request: Request, send: (request: Request) => Replayed): Request {
  const url = new URL(request.uri)
  const [, pool, node] = /^\/pools\/([^/]+)\/(?:nodes\/([^/]+)|removenodes)/.exec(url.pathname) ?? []
  if (pool === undefined) return request
  const list = new URL(`/pools/${pool}/nodes?api-version=${url.searchParams.get('api-version')}`, url)
  const ids = idsIn(send({ method: 'GET', uri: list.href }))
  if (node !== undefined) return { ...request, uri: request.uri.replace(node, ids[0] ?? node) }
  const { body } = request
  const named = isObject(body) && Array.isArray(body['nodeList']) ? body['nodeList'] : []
  return { ...request, body: { ...(body as JsonObject), nodeList: named.map((id, index): Json => ids[index] ?? id) } }
}

function idsIn(listed: Replayed): string[] {
  const body = listed.kind === 'answered' ? listed.answer.body : null
  const value = isObject(body) ? body['value'] : undefined
  return Array.isArray(value) ? value.filter(isObject).map(({ id }) => String(id)) : []
}
