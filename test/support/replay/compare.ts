/** In what an answer differs from a recorded one: facts about both, as text, by the name of what they are about. */
import type { Json } from '../../../emulator/kernel/types.ts'

type Answer = { status: number; headers: Record<string, string>; body: Json }
/** By path, with indexes of lists in brackets. */
export type Facts = Map<string, string>

const TOLD_BY_HEADERS = ['azure-asyncoperation', 'location', 'azure-asyncnotification', 'x-ms-failure-cause']

/** What is compared of an answer. What every run has its own of (names, times, ids, texts that hold them) is compared by its form only. */
export function factsOf({ status, headers, body }: Answer, { withRetryAfter }: { withRetryAfter: boolean }): Facts {
  const facts: Facts = new Map([['status', String(status)]])
  for (const name of TOLD_BY_HEADERS) facts.set(name, headers[name] === undefined ? 'none' : 'there')
  for (const name of Object.keys(headers).filter(one => SERVICE_OWN.test(one))) facts.set(name, 'there')
  facts.set('etag', etagForm(headers['etag']))
  facts.set('content-type', headers['content-type']?.toLowerCase().replaceAll(' ', '') ?? 'none')
  facts.set('body', body === null ? 'empty' : 'there')
  if (withRetryAfter) facts.set('retry-after', headers['retry-after'] === undefined ? 'none' : 'there')
  for (const [path, value] of leaves(body)) facts.set(`body ${path}`, shown(path, value))
  return facts
}

/** Headers that only the Batch service gives. */
const SERVICE_OWN = /^(?:dataservice|ocp-)|^last-modified$/

/** Names that a caller chose, values that each resource has its own of, and texts that hold them. */
const OWN_VALUES =
  /\.(?:id|name|url|message|value|uniqueId|uniqueName|completionPercent|sourceUniqueId|vmId|principalId|clientId|etag|eTag|displayName|computerName|adminUsername|affinityId|ipAddress|commandLine|filePath|nodeAgentInfo\.version|accountEndpoint|publishedDate|incrementalSnapshotFamilyId|odata\.metadata)$/

/** What is in these is the caller's as a whole. */
const OWN = /^\.tags|\.tags\.|\.userAssignedIdentities\.|^\.identity\./

function shown(path: string, value: Json | undefined): string {
  if (Array.isArray(value)) return value.length === 0 ? 'empty' : `a list of ${value.length}`
  if (typeof value === 'object') return 'there'
  const form = formOf(value)
  if (form !== undefined) return form
  return OWN_VALUES.test(path.replaceAll(/\[\d+\]/g, '')) ? typeof value : String(value)
}

const etagForm = (etag: string | undefined): string =>
  etag === undefined ? 'none' : etag.replaceAll(/[0-9A-F]{3,}|\d+/gi, 'n')

/** The form of a time, an id, an address or a GUID; undefined for other values. */
function formOf(value: Json | undefined): string | undefined {
  if (typeof value !== 'string') return undefined
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return `time ${/(?:Z|[+-]\d\d:\d\d)$/.test(value) ? 'with' : 'without'} offset`
  const group = /\/resourceGroups\/([^/]+)\/providers/i.exec(value)?.[1]
  if (group !== undefined)
    return group === group.toUpperCase() && group !== group.toLowerCase() ? 'id with an upper-case group' : 'id'
  if (/^https?:\/\//.test(value)) return 'URL'
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value) ? 'GUID' : undefined
}

/** Every property by its path, objects and lists too. The order of a list of things that have names isn't compared. */
function leaves(value: Json | undefined, path = ''): [string, Json | undefined][] {
  if (typeof value !== 'object' || value === null || OWN.test(path)) return []
  if (Array.isArray(value))
    return value
      .toSorted((a, b) => (nameIn(a) < nameIn(b) ? -1 : 1))
      .flatMap((item, index) => leaves(item, `${path}[${index}]`))
  return Object.entries(value)
    .filter(([, inner]) => inner !== undefined && inner !== null)
    .flatMap(([name, inner]): [string, Json | undefined][] => [
      [`${path}.${name}`, inner],
      ...leaves(inner, `${path}.${name}`)
    ])
}

function nameIn(item: Json): string {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return ''
  const name = item['id'] ?? item['poolId'] ?? item['name'] ?? item['code'] ?? ''
  return String(name).toLowerCase()
}

/** `about` is the path without indexes. */
export type Difference = { about: string; recorded: string; ours: string }

/** One for each fact, but of a property or an item that isn't there at all not each of what is in it. */
export function differences(recorded: Facts, ours: Facts): Difference[] {
  const names = [...new Set([...recorded.keys(), ...ours.keys()])]
  const all = names.map(about => ({ about, recorded: recorded.get(about) ?? 'none', ours: ours.get(about) ?? 'none' }))
  const differing = all.filter(({ recorded, ours }) => recorded !== ours)
  const roots = differing.filter(({ about }) => !differing.some(other => isIn(about, other)))
  const once = new Map(
    roots.map(one => ({ ...one, about: withoutIndexes(one.about) })).map(one => [Object.values(one).join('|'), one])
  )
  return [...once.values()]
}

export const withoutIndexes = (path: string): string => path.replaceAll(/\[\d+\]/g, '')

/** Whether `about` is a part of what is there on one side only, or of an item that the shorter list lacks. */
function isIn(about: string, { about: whole, recorded, ours }: Difference): boolean {
  if (whole === 'body') return about.startsWith('body .')
  if (!whole.startsWith('body .') || !about.startsWith(whole) || about === whole) return false
  if ([recorded, ours].includes('none')) return /^[.[]/.test(about.slice(whole.length))
  const [, index] = /^\[(\d+)\]/.exec(about.slice(whole.length)) ?? []
  return index !== undefined && Number(index) >= Math.min(lengthIn(recorded), lengthIn(ours))
}

const lengthIn = (list: string): number => Number(/^a list of (\d+)$/.exec(list)?.[1] ?? 0)
