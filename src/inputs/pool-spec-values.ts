import { isJsonObject } from '../model/json.ts'
import type { Path } from './pool-spec-document.ts'
import type { PathProblem } from './pool-spec-shape.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Values that JSON can't carry, and `${env:NAME}` where it can't stand or where the variable isn't there.
 * @param env undefined: only the form is looked at.
 */
export function valueProblems(value: unknown, env: Environment | undefined, path: Path = []): PathProblem[] {
  if (typeof value === 'string') {
    const messages = new Set([...textProblems(value), ...referenceProblems(value, env)])
    return [...messages].map(message => ({ path, message }))
  }
  if (Array.isArray(value)) return value.flatMap((item, index) => valueProblems(item, env, [...path, index]))
  if (isJsonObject(value)) {
    return Object.entries(value).flatMap(([key, item]) => [
      ...textProblems(key).map(message => ({ path: [...path, key], message })),
      ...(key.includes('${env:') ? [{ path: [...path, key], message: '${env:…} can stand in values only' }] : []),
      ...valueProblems(item, env, [...path, key])
    ])
  }
  const fits = value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
  return fits ? [] : [{ path, message: `${String(value)} is not a value of JSON` }]
}

/** What bytes that are no UTF-8 have become by the time that they are text, and what JSON can't carry over the wire. */
function textProblems(text: string): string[] {
  return text.includes('\ufffd') || !text.isWellFormed()
    ? ['has a character in it that is none (U+FFFD, or half of a pair); write the spec as UTF-8']
    : []
}

function referenceProblems(text: string, env: Environment | undefined): string[] {
  return [...text.matchAll(/\$\{env:([^}]*)(\}?)/g)].flatMap(([whole, name = '', end]) => {
    if (end === '' || !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      return [`"${whole}" is not a reference; \${env:NAME} with a name of letters, digits and underscores`]
    }
    if (/^(ACTIONS|GITHUB|RUNNER)_/i.test(name)) {
      return [`environment variable ${name} is the runner’s own, and never sent to Batch; use a variable of yours`]
    }
    const secret = env?.[name]
    if (env === undefined || (secret !== undefined && secret !== '')) return []
    const state = secret === undefined ? 'is not set' : 'is empty'
    return [`environment variable ${name} ${state}; set it in the step’s env, from a secret`]
  })
}
