/** Whether a difference is Azure's past: it answered so once, and doesn't any more. */
import type { JsonObject } from '../../../emulator/kernel/types.ts'
import { withoutIndexes, type Difference, type Facts } from './compare.ts'
import { isObject } from './recorded-resources.ts'
import type { Recorded } from './recordings.ts'

export type Compared = { exchange: Recorded; recording: string; index: number; facts: Facts; differing: Difference[] }

/**
 * It hasn't been recorded any more since an answer to the same operation, in the same api-version or a newer one, about the
 * same kind of resource, in which the matter arose and that is as ours. Only what has come or gone is past, never a status
 * or another value: the case may only not have been recorded again.
 */
export function isPast({ about, recorded, ours }: Difference, one: Compared, compared: Compared[]): boolean {
  if (about === 'status' || ![recorded, ours].some(fact => ['none', 'empty'].includes(fact))) return false
  const alike = compared.filter(
    other =>
      askedFor(other.exchange) === askedFor(one.exchange) &&
      versionOf(other) >= versionOf(one) &&
      kindOf(other) === kindOf(one) &&
      arose(about, other)
  )
  const [differing, same] = [true, false].map(differs =>
    alike.filter(other => other.differing.some(each => each.about === about) === differs).map(timeIn)
  ) as [string[], string[]]
  return (same.toSorted().at(-1) ?? '') > ([timeIn(one), ...differing].toSorted().at(-1) ?? '')
}

const timeIn = ({ exchange }: Compared): string => exchange.recordedAt ?? '2023'

/** Where the version in the URL was replaced after the recording the one that was asked isn't known: an older one. */
const versionOf = ({ exchange: { apiVersionEdited, request } }: Compared): string =>
  apiVersionEdited === true ? '' : (new URL(request.uri).searchParams.get('api-version') ?? '')

/** Method and path without names: what the recordings call one operation of the Batch service is sometimes several. */
function askedFor({ op, request: { method, uri } }: Recorded): string {
  if (!op.startsWith('dp:')) return op
  return `${method} ${new URL(uri).pathname.replaceAll(/(?<=\/(?:pools|nodes|jobs|jobschedules|tasks|files)\/)[^/]+/g, '*')}`
}

function arose(about: string, { facts }: Compared): boolean {
  const paths = [...facts].map(([path, fact]) => [withoutIndexes(path), fact] as const)
  if (!about.startsWith('body .')) return true
  const whole = about.slice(0, about.lastIndexOf('.'))
  return paths.some(([path]) => path === about || path === whole || (whole === 'body ' && path === 'body'))
}

/** What tells one kind of resource from another: a difference in one says nothing about the other. */
const KINDS = [
  'allocationState',
  'provisioningState',
  'state',
  'createOption',
  'incremental',
  'enableAutoScale',
  'osState',
  'replicationMode',
  'code'
]

function kindOf({ exchange: { op, response } }: Compared): string {
  return [
    op.startsWith('dp:pool') || op.startsWith('armbatch:pool') ? deploymentIn(response.body) : '',
    response.status,
    ...kindsIn(response.body)
  ].join(' ')
}

const deploymentIn = (body: unknown): string =>
  JSON.stringify(body).includes('cloudServiceConfiguration') ? 'cloud services' : 'virtual machines'

/** In the answer itself, its properties, what an operation gives, and any item of a list. */
function kindsIn(body: Recorded['response']['body']): string[] {
  if (!isObject(body)) return []
  const output = objectIn(objectIn(body, 'properties'), 'output')
  const items = Array.isArray(body['value']) ? body['value'].filter(isObject) : []
  const inner = [body, objectIn(body, 'properties'), objectIn(body, 'error'), objectIn(output, 'properties'), ...items]
  const all = inner.flatMap(one => [one, objectIn(one, 'creationData')])
  return KINDS.map(name => {
    const values = all.map(one => one[name]).filter(value => value !== undefined)
    return [...new Set(values.map(value => String(value).toLowerCase()))].sort().join('+')
  })
}

function objectIn(of: JsonObject, name: string): JsonObject {
  const value = of[name]
  return isObject(value) ? value : {}
}
