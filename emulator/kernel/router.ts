import { armError, notEmulated } from './errors.ts'
import type { Answer, Host, Operation } from './types.ts'

export type Asked = { method: string; hosts: readonly Host[]; url: URL }
export type Routed = { operation: Operation; params: Record<string, string> }

/** The operation that is asked for, or the answer that says why there is none. */
export function route(operations: readonly Operation[], asked: Asked): Routed | Answer {
  const { method, hosts, url } = asked
  const path = url.pathname.length > 1 ? url.pathname.replace(/\/$/, '') : url.pathname
  const there = operations
    .filter(operation => hosts.includes(operation.host))
    .map(operation => ({ operation, params: matchPath(operation, path) }))
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

/** Values of the path's `{…}`; undefined when the path is another one. */
function matchPath({ path: template, host }: Operation, path: string): Record<string, string> | undefined {
  const wanted = template.split('/')
  const got = path.split('/')
  if (wanted.length !== got.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, word] of wanted.entries()) {
    const segment = decodeURIComponent(got[index] ?? '')
    if (word.startsWith('{') && word.endsWith('}')) {
      if (segment === '') return undefined
      params[word.slice(1, -1)] = segment
    } else if (word !== segment && !(host === 'resource-manager' && word.toLowerCase() === segment.toLowerCase())) {
      return undefined
    }
  }
  return params
}

/** The first query parameter that the operation doesn't know. */
export function unknownQuery({ apiVersions, query = [] }: Operation, url: URL): string | undefined {
  const known = [...(apiVersions.length === 0 ? [] : ['api-version']), ...query].map(name => name.toLowerCase())
  return [...url.searchParams.keys()].find(name => !known.includes(name.toLowerCase()) && !known.includes('*'))
}
