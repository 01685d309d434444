import type { Call, Json, JsonObject } from '../kernel/types.ts'
import { refuseUnknown } from './batch-errors.ts'
import { objectOf } from './json.ts'

const COMPARISON = /^\(?\s*([\w/]+)\s+(eq|ne)\s+(?:'((?:[^']|'')*)'|(true|false|\d+))\s*\)?$/i

const BEGINNING = /^\(?\s*startswith\(\s*([\w/]+)\s*,\s*'((?:[^']|'')*)'\s*\)\s*\)?$/i

/** What `$filter` keeps: comparisons by `eq` and `ne`, and `startswith`, joined by `and` or by `or`. Anything more is a 501. */
export function filterOf(call: Call): (item: JsonObject) => boolean {
  const text = call.query.get('$filter')
  if (text === null || text.trim() === '') return () => true
  const isAny = / or /i.test(text)
  if (isAny && / and /i.test(text)) return refuseUnknown(call, `the filter "${text}"`)
  const tests = text.split(/ (?:and|or) /i).map(part => comparison(call, part.trim()))
  return item => (isAny ? tests.some(test => test(item)) : tests.every(test => test(item)))
}

function comparison(call: Call, text: string): (item: JsonObject) => boolean {
  const [, start, prefix = ''] = BEGINNING.exec(text) ?? []
  if (start !== undefined) return item => String(valueAt(item, start)).startsWith(prefix.replaceAll("''", "'"))
  const match = COMPARISON.exec(text)
  if (match === null) return refuseUnknown(call, `the filter "${text}"`)
  const [, path = '', operator = '', quoted, bare] = match
  const wanted = quoted?.replaceAll("''", "'") ?? bare ?? ''
  return item => (String(valueAt(item, path)) === wanted) === (operator.toLowerCase() === 'eq')
}

function valueAt(item: JsonObject, path: string): Json | undefined {
  return path.split('/').reduce<Json | undefined>((value, name) => objectOf(value)[name], item)
}
