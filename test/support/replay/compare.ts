/** In what an answer differs from a recorded one: facts about both, as text, by the name of what they are about. */
import type { Json } from '../../../emulator/kernel/types.ts'

type Answer = { status: number; headers: Record<string, string>; body: Json }
export type Facts = Map<string, string>

/** What is compared of an answer. Values that every run has its own of (names, times, ids) aren't. */
export function factsOf({ status, headers, body }: Answer, { withRetryAfter }: { withRetryAfter: boolean }): Facts {
  const facts: Facts = new Map([['status', String(status)]])
  for (const name of ['azure-asyncoperation', 'location', 'azure-asyncnotification', 'x-ms-failure-cause']) {
    facts.set(name, headers[name] === undefined ? 'none' : 'there')
  }
  for (const name of Object.keys(headers).filter(one => SERVICE_OWN.test(one))) facts.set(name, 'there')
  facts.set('etag', etagForm(headers['etag']))
  facts.set('body', body === null ? 'empty' : 'there')
  if (withRetryAfter) facts.set('retry-after', headers['retry-after'] === undefined ? 'none' : 'there')
  for (const [path, value] of leaves(body)) {
    facts.set(
      `body ${path}`,
      WORDS.test(path) ? String(value) : typeof value === 'object' ? presence(value) : form(value)
    )
  }
  return facts
}

/** Headers that only the Batch service gives. */
const SERVICE_OWN = /^(?:dataservice|ocp-)|^last-modified$/

/** Properties whose words are Azure's own. */
const WORDS =
  /\.(?:code|provisioningState|allocationState|status|state|aggregatedState|type|osType|osState|nodeFillType|targetSecurityType)$/

/** Names that a caller chose, and lists whose length is the world's. */
const OWN = /^\.tags|\.tags\.|\.userAssignedIdentities\.|^\.identity\.|\.error\.details|\.values\b/

/** An empty list is no more than that. */
const presence = (value: Json | undefined): string => (Array.isArray(value) && value.length === 0 ? 'empty' : 'there')

const etagForm = (etag: string | undefined): string =>
  etag === undefined ? 'none' : etag.replaceAll(/[0-9A-F]{3,}|\d+/gi, 'n')

function form(value: Json | undefined): string {
  if (typeof value !== 'string') return typeof value
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return `time ${/(?:Z|[+-]\d\d:\d\d)$/.test(value) ? 'with' : 'without'} offset`
  const group = /\/resourceGroups\/([^/]+)\/providers/i.exec(value)?.[1]
  if (group !== undefined)
    return group === group.toUpperCase() && group !== group.toLowerCase() ? 'id with an upper-case group' : 'id'
  return 'string'
}

/** Every property by its path without indexes, objects and arrays too. */
function leaves(value: Json | undefined, path = ''): [string, Json | undefined][] {
  if (typeof value !== 'object' || value === null || OWN.test(path)) return []
  if (Array.isArray(value)) return value.flatMap(item => leaves(item, path))
  return Object.entries(value)
    .filter(([, inner]) => inner !== undefined && inner !== null)
    .flatMap(([name, inner]): [string, Json | undefined][] => [
      [`${path}.${name}`, inner],
      ...leaves(inner, `${path}.${name}`)
    ])
}

export type Difference = { about: string; recorded: string; ours: string }

/** One for each fact; of a property that isn't there at all, not each of what is in it. Another status is the only difference. */
export function differences(recorded: Facts, ours: Facts): Difference[] {
  const names = [...new Set([...recorded.keys(), ...ours.keys()])]
  const all = names.map(about => ({ about, recorded: recorded.get(about) ?? 'none', ours: ours.get(about) ?? 'none' }))
  const differing = all.filter(({ recorded, ours }) => recorded !== ours)
  const first = differing.find(({ about }) => about === 'status') ?? differing.find(({ about }) => about === 'body')
  if (first !== undefined) return [first]
  return differing.filter(({ about }) => !differing.some(other => about.startsWith(`${other.about}.`)))
}
