import { armError, notEmulated } from './errors.ts'
import type { Answer, Host, Operation } from './types.ts'

export type Asked = { method: string; hosts: readonly Host[]; url: URL }
export type Routed = { operation: Operation; params: Record<string, string> }

/** The operation that is asked for, or the answer that says why there is none. */
export function route(operations: readonly Operation[], asked: Asked): Routed | Answer {
  const { method, hosts, url } = asked
  const path = url.pathname.length > 1 ? url.pathname.replace(/\/$/, '') : url.pathname
  const got = path.split('/').map(segment => decodeURIComponent(segment))
  const there = ofLength(operations, got.length)
    .filter(operation => hosts.includes(operation.host))
    .map(operation => ({ operation, params: matchPath(operation, got) }))
    .filter((match): match is Routed => match.params !== undefined)
  if (there.length === 0) return notEmulated(`path "${path}" (${method})`)
  const meant = mostLiteral(there.filter(({ operation }) => operation.method === method))
  if (meant.length === 0) return notEmulated(`method ${method} of path "${path}"`)
  return meant.find(({ operation }) => speaks(operation, url)) ?? refuseVersion(meant, url)
}

function speaks({ apiVersions }: Operation, url: URL): boolean {
  const asked = url.searchParams.get('api-version')
  return apiVersions.length === 0 ? true : asked !== null && apiVersions.includes(asked)
}

function refuseVersion([first]: Routed[], url: URL): Answer {
  const asked = url.searchParams.get('api-version')
  if (asked === null) {
    const message = 'The api-version query parameter (?api-version=) is required for all requests.'
    return armError(400, 'MissingApiVersionParameter', message, { headers: { 'x-ms-failure-cause': 'gateway' } })
  }
  return notEmulated(`api-version "${asked}" of ${first?.operation.id}`)
}

/** Where one path has a word and another a parameter, the word wins. */
function mostLiteral(matches: Routed[]): Routed[] {
  const fewest = Math.min(...matches.map(({ params }) => Object.keys(params).length))
  return matches.filter(({ params }) => Object.keys(params).length === fewest)
}

const byLength = new WeakMap<readonly Operation[], Operation[][]>()

/** Those whose paths have so many segments. */
function ofLength(operations: readonly Operation[], length: number): readonly Operation[] {
  const lists = byLength.get(operations) ?? []
  byLength.set(operations, lists)
  return (lists[length] ??= operations.filter(operation => wordsOf(operation).length === length))
}

type Word = { text: string; lower: string; param?: string }

/** Paths of operations, split once: every call is compared with all of them. */
const split = new WeakMap<Operation, Word[]>()

function wordsOf(operation: Operation): Word[] {
  const known = split.get(operation)
  if (known !== undefined) return known
  const words = operation.path.split('/').map(text => {
    const isParam = text.startsWith('{') && text.endsWith('}')
    return { text, lower: text.toLowerCase(), ...(isParam && { param: text.slice(1, -1) }) }
  })
  split.set(operation, words)
  return words
}

/** Values of the path's `{…}`; undefined when the path is another one. */
function matchPath(operation: Operation, got: readonly string[]): Record<string, string> | undefined {
  const anyCasing = operation.host === 'resource-manager'
  const params: Record<string, string> = {}
  for (const [index, { text, lower, param }] of wordsOf(operation).entries()) {
    const segment = got[index] ?? ''
    if (param !== undefined) {
      if (segment === '') return undefined
      params[param] = segment
    } else if (text !== segment && !(anyCasing && lower === segment.toLowerCase())) {
      return undefined
    }
  }
  return params
}

/** The first query parameter that the operation doesn't know. */
export function unknownQuery(
  { apiVersions, query = [] }: Operation,
  url: Pick<URL, 'searchParams'>
): string | undefined {
  const known = [...(apiVersions.length === 0 ? [] : ['api-version']), ...query].map(name => name.toLowerCase())
  return [...url.searchParams.keys()].find(name => !known.includes(name.toLowerCase()) && !known.includes('*'))
}
