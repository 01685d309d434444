/** Which pool is rolled out to: one that exists, by name or id, or one that a pool spec describes. */
import { namesOf, parentId, sameId, type BatchAccountId } from '../model/arm-id.ts'
import type { PoolInput } from '../model/spec.ts'
import { joinWords, messageOf } from '../shared/text.ts'
import type { InputReader } from './input-reader.ts'
import { parsePoolSpec, type PoolSpec } from './pool-spec.ts'
import { parseResourceId, POOL_NAME } from './resource-id.ts'

export type InputFiles = {
  /** The text of a file, by a path relative to the checkout. Throws. */
  readText(path: string): string
  env: Readonly<Record<string, string | undefined>>
}

export type ChosenPool = PoolSpec & { from: PoolInput }

type PoolContext = { allowRetired: boolean; managedImage: boolean; files: InputFiles }

/** `pool` is undefined where no one input says which: a problem was noted, and nothing more can be said of it. */
export function parsePool(
  reader: InputReader,
  context: PoolContext
): { batchAccountId: BatchAccountId; pool: ChosenPool | undefined } {
  const named = reader.takeOptional('pool', parsePoolReference)
  return { batchAccountId: accountOf(reader, named?.accountId), pool: chosenPool(reader, named, context) }
}

function chosenPool(
  reader: InputReader,
  named: PoolReference | undefined,
  context: PoolContext
): ChosenPool | undefined {
  const from = poolInput(reader)
  if (from === undefined) return undefined
  if (from === 'pool') return named && { from, name: named.name, body: { properties: {} } }
  const spec = readSpec(reader, from, context)
  return spec && { from, ...spec }
}

const INPUTS = ['pool', 'pool-spec', 'pool-spec-inline'] as const satisfies readonly PoolInput[]

type PoolReference = { name: string; accountId?: BatchAccountId }

function parsePoolReference(text: string): PoolReference {
  if (POOL_NAME.test(text)) return { name: text }
  if (!text.includes('/')) {
    throw new Error(
      `"${text}" is neither the ARM id of a pool nor a pool name; 1 to 64 letters, digits, hyphens and underscores`
    )
  }
  const poolId = parseResourceId(text, 'Microsoft.Batch/batchAccounts/pools')
  return { name: namesOf(poolId).at(-1) ?? '', accountId: parentId(poolId) }
}

/** What `batch-account` says; else the account in the pool's id. Undefined after all where neither does, as of `take`. */
function accountOf(reader: InputReader, ofPool: BatchAccountId | undefined): BatchAccountId {
  const given = reader.takeOptional('batch-account', text => parseResourceId(text, 'Microsoft.Batch/batchAccounts'))
  if (given !== undefined && ofPool !== undefined && !sameId(given, ofPool)) {
    reader.complain('batch-account', `"${given}" is not "${ofPool}", the account of the pool in pool; leave it out`)
  }
  // An id that is wrong has been complained of, and would have named the account.
  const mayBeInId = reader.text('pool').includes('/')
  if (reader.command !== undefined && !reader.isGiven('batch-account') && !mayBeInId) {
    const wayOut = reader.isGiven('pool') ? ', or pool as an ARM id' : ''
    reader.complain('batch-account', `is missing; command "${reader.command}" needs it${wayOut}`)
  }
  return given ?? (ofPool as BatchAccountId)
}

function poolInput(reader: InputReader): PoolInput | undefined {
  const [given, ...others] = INPUTS.filter(reader.isGiven)
  if (given === undefined) {
    const needs = `command "${reader.command}" needs it, pool-spec-inline, or pool for a pool that exists`
    if (reader.command !== undefined) reader.complain('pool-spec', `is missing; ${needs}`)
    return undefined
  }
  if (others.length === 0) return given
  reader.complain(given, `is given together with ${joinWords(others, 'and')}; give one of them`)
  return undefined
}

function readSpec(reader: InputReader, input: Exclude<PoolInput, 'pool'>, context: PoolContext): PoolSpec | undefined {
  const { files } = context
  const text = input === 'pool-spec' ? reader.takeOptional(input, path => readFile(path, files)) : reader.text(input)
  if (text === undefined) return undefined
  // A dry run sends nothing, and a pull request's job may have no secrets.
  const secretsNeeded = reader.text('dry-run').trim() !== 'true'
  const { spec, problems } = parsePoolSpec(text, { ...context, env: files.env, secretsNeeded })
  for (const problem of problems) reader.complain(input, problem)
  return spec
}

function readFile(path: string, files: InputFiles): string {
  if (/[\n*?[\]]/.test(path)) throw new Error(`"${path}" is not the path of one file; globs and lists aren’t taken yet`)
  try {
    return files.readText(path)
  } catch (error) {
    throw new Error(`"${path}" could not be read: ${messageOf(error)}; the path is taken from the checkout’s root`)
  }
}
