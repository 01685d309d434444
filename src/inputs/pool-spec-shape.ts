/** The pool spec's schema applied, with messages in our words. */
import { z } from 'zod'
import type { JsonObject } from '../model/json.ts'
import { didYouMean } from '../shared/text.ts'
import type { Path } from './pool-spec-document.ts'
import { poolSpecSchema } from './pool-spec-schema.ts'
import { retiredPoolSpecSchema } from './retired-pool-spec-schema.ts'
import { explainUnknownProperty } from './unknown-property.ts'

export type PathProblem = { path: Path; message: string }

/** Everything of `root` that isn't as the schema has it; `retired` is that of api-version 2019-08-01. */
export function shapeProblems(root: JsonObject, retired: boolean): PathProblem[] {
  const schema = retired ? retiredPoolSpecSchema : poolSpecSchema
  return problemsBy(schema, root, (key, path) => unknownProperty({ key, path, retired }))
}

type Unknown = (key: string, path: Path) => PathProblem

export function problemsBy(schema: z.ZodType, root: JsonObject, unknown: Unknown): PathProblem[] {
  const result = schema.safeParse(root)
  return result.success ? [] : result.error.issues.flatMap(issue => explain(issue, root, unknown))
}

type Issue = z.core.$ZodIssue

function explain(issue: Issue, root: JsonObject, unknown: Unknown): PathProblem[] {
  const path = issue.path.filter(segment => typeof segment !== 'symbol')
  const value = valueAt(root, path)
  if (issue.code === 'unrecognized_keys') return issue.keys.map(key => unknown(key, path))
  if (value === undefined) return [{ path, message: `is missing; ${expectationOf(issue)}${secretHint(path)}` }]
  return [{ path, message: complaint(issue, value) }]
}

/** Who copies a pool that there is lacks these. */
const secretHint = (path: Path): string =>
  NEVER_SHOWN.has(path.at(-1)) ? ', and no GET shows it: write a reference such as ${env:NAME}' : ''

const NEVER_SHOWN: ReadonlySet<unknown> = new Set(['password', 'accountKey'])

function complaint(issue: Issue, value: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return `is ${kindOf(value)}; ${expectationOf(issue)}${isBareScalar(issue, value) ? ': quote it' : ''}`
    case 'invalid_value':
      return enumComplaint(issue.values.map(String), value)
    case 'too_small':
      return `${measureOf(value)} is too small; ${issue.minimum} at least`
    case 'too_big':
      return `${measureOf(value)} is too much; ${issue.maximum} at most`
    default:
      return typeof value === 'string' ? `"${value}" ${issue.message}` : issue.message
  }
}

function enumComplaint(values: string[], value: unknown): string {
  if (typeof value !== 'string') return `is ${kindOf(value)}; one of ${values.join(', ')} is expected`
  if (value === 'RetainedData') {
    return `"RetainedData" is not taken, as api-versions after 2025-06-01 refuse it; one of ${values.join(', ')}`
  }
  return `"${value}" is none of ${values.join(', ')}${didYouMean(value, values)}`
}

const KINDS: Record<string, string> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'a list'
}

function expectationOf(issue: Issue): string {
  if (issue.code === 'invalid_value') return `one of ${issue.values.join(', ')} is expected`
  return issue.code === 'invalid_type' ? `${KINDS[issue.expected] ?? issue.expected} is expected` : 'it is needed'
}

/** What a value is, never the value itself: it may be a secret. */
function kindOf(value: unknown): string {
  if (value === null) return 'empty'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'number' && !Number.isInteger(value)) return 'a fraction'
  return KINDS[typeof value] ?? typeof value
}

function measureOf(value: unknown): string {
  if (typeof value === 'string') return `a text of ${value.length} characters`
  return Array.isArray(value) ? `a list of ${value.length}` : String(value)
}

function isBareScalar(issue: Issue, value: unknown): boolean {
  return issue.code === 'invalid_type' && issue.expected === 'string' && ['number', 'boolean'].includes(typeof value)
}

function unknownProperty({ key, path, retired }: { key: string; path: Path; retired: boolean }): PathProblem {
  const schema = retired ? retiredPoolSpecSchema : poolSpecSchema
  const place = {
    path,
    retired,
    known: keysAt(schema, path),
    underProperties: keysAt(schema, ['properties']),
    knownToLater: keysAt(poolSpecSchema, path).includes(key)
  }
  return { path: [...path, key], message: explainUnknownProperty(key, place) }
}

export function keysAt(schema: z.ZodType, path: Path): string[] {
  let here: unknown = schema
  for (const segment of path) here = below(bare(here), segment)
  const found = bare(here)
  return found instanceof z.ZodObject ? Object.keys(found.shape) : []
}

const bare = (schema: unknown): unknown => (schema instanceof z.ZodOptional ? schema.unwrap() : schema)

function below(schema: unknown, segment: string | number): unknown {
  if (schema instanceof z.ZodArray) return schema.element
  if (schema instanceof z.ZodRecord) return schema.valueType
  return schema instanceof z.ZodObject ? (schema.shape as Record<string, unknown>)[segment] : undefined
}

export function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, segment) =>
      typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[segment] : undefined,
    root
  )
}
