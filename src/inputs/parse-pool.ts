/** Which pools are rolled out to: those that exist, by name or id, or those that pool specs describe. */
import { namesOf, parentId, sameId, type BatchAccountId } from '../model/arm-id.ts'
import type { PoolInput } from '../model/spec.ts'
import { joinWords, messageOf } from '../shared/text.ts'
import type { InputReader } from './input-reader.ts'
import { parsePoolSpec, type PoolSpec } from './pool-spec.ts'
import { parseResourceId, POOL_NAME } from './resource-id.ts'

export type InputFiles = {
  /** The text of a file, by a path relative to the checkout. Throws. */
  readText(path: string): string
  /** The files that a glob names, relative to the checkout. */
  glob(pattern: string): string[]
  env: Readonly<Record<string, string | undefined>>
}

export type ChosenPool = PoolSpec & { from: PoolInput; batchAccountId: BatchAccountId }

type PoolContext = { allowRetired: boolean; managedImage: boolean; files: InputFiles }

/** Those of which nothing is wrong; of all others, and where no one input says which, a problem was noted. */
export function parsePools(reader: InputReader, context: PoolContext): ChosenPool[] {
  const from = poolInput(reader)
  // Also where it is given beside another one: whatever else is wrong is told at once.
  const references = reader.takeOptional('pool', parseReferences) ?? []
  const named = from === 'pool' ? references : []
  const specs = from === undefined || from === 'pool' ? [] : readSpecs(reader, from, context)
  const account = accountOf(reader, [...references, ...specs])
  const pools = [
    ...named.map(({ name, accountId }) => ({ from: 'pool' as const, name, body: { properties: {} }, accountId })),
    ...specs.map(spec => ({ from: from ?? 'pool-spec', ...spec }))
  ].map(({ accountId, ...pool }) => ({ ...pool, batchAccountId: account ?? (accountId as BatchAccountId) }))
  complainOfTwins(reader, from, pools)
  return pools
}

const INPUTS = ['pool', 'pool-spec', 'pool-spec-inline'] as const satisfies readonly PoolInput[]

type PoolReference = { name: string; accountId?: BatchAccountId | undefined }

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')

function parseReferences(text: string): PoolReference[] {
  return linesOf(text).map(parseReference)
}

function parseReference(text: string): PoolReference {
  if (POOL_NAME.test(text)) return { name: text }
  if (!text.includes('/')) {
    throw new Error(
      `"${text}" is neither the ARM id of a pool nor a pool name; 1 to 64 letters, digits, hyphens and underscores`
    )
  }
  const poolId = parseResourceId(text, 'Microsoft.Batch/batchAccounts/pools')
  return { name: namesOf(poolId).at(-1) ?? '', accountId: parentId(poolId) }
}

/** What `batch-account` says. Without it each pool has to say its own, by its id. */
function accountOf(reader: InputReader, pools: readonly PoolReference[]): BatchAccountId | undefined {
  const given = reader.takeOptional('batch-account', text => parseResourceId(text, 'Microsoft.Batch/batchAccounts'))
  for (const { accountId, name } of reader.isGiven('pool') ? pools : []) {
    if (given === undefined || accountId === undefined || sameId(given, accountId)) continue
    const which = pools.length === 1 ? 'the pool' : `pool "${name}"`
    reader.complain('batch-account', `"${given}" is not "${accountId}", the account of ${which} in pool; leave it out`)
  }
  // An id that is wrong has been complained of, and would have named the account.
  const mayBeInId =
    pools.length === 0 ? reader.text('pool').includes('/') : pools.every(one => one.accountId !== undefined)
  if (reader.command !== undefined && !reader.isGiven('batch-account') && !mayBeInId) {
    const wayOut = reader.isGiven('pool') ? ', or pool as an ARM id' : ''
    reader.complain('batch-account', `is missing; command "${reader.command}" needs it${wayOut}`)
  }
  return given
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

type FoundSpec = PoolSpec & PoolReference

function readSpecs(reader: InputReader, input: Exclude<PoolInput, 'pool'>, context: PoolContext): FoundSpec[] {
  const { files } = context
  if (input === 'pool-spec-inline') return specOf(reader, input, { ...context, text: reader.text(input) })
  const paths = reader.takeOptional(input, text => pathsOf(text, files)) ?? []
  return paths.flatMap(path => {
    const text = reader.takeOptional(input, () => readFile(path, files))
    const place = paths.length === 1 ? '' : `${path}: `
    return text === undefined ? [] : specOf(reader, input, { ...context, text, place })
  })
}

type Text = PoolContext & { text: string; place?: string }

function specOf(
  reader: InputReader,
  input: Exclude<PoolInput, 'pool'>,
  { text, place = '', ...context }: Text
): FoundSpec[] {
  // A dry run sends nothing, and a pull request's job may have no secrets.
  const secretsNeeded = reader.text('dry-run').trim() !== 'true'
  const { spec, problems } = parsePoolSpec(text, { ...context, env: context.files.env, secretsNeeded })
  for (const problem of problems) reader.complain(input, `${place}${problem}`)
  return spec === undefined ? [] : [spec]
}

const IS_GLOB = /[*?[\]{}]/

/** Each file once, in the order of the lines; of a glob in that of their names. */
function pathsOf(text: string, files: InputFiles): string[] {
  const found = linesOf(text).flatMap(line => {
    if (!IS_GLOB.test(line)) return [line]
    const paths = files.glob(line).toSorted()
    if (paths.length === 0) throw new Error(`"${line}" names no file; paths are taken from the checkout’s root`)
    return paths
  })
  return [...new Set(found)]
}

function readFile(path: string, files: InputFiles): string {
  try {
    return files.readText(path)
  } catch (error) {
    throw new Error(`"${path}" could not be read: ${messageOf(error)}; the path is taken from the checkout’s root`)
  }
}

/** Two specs of one pool would undo each other. */
function complainOfTwins(reader: InputReader, from: PoolInput | undefined, pools: readonly ChosenPool[]): void {
  const keys = pools.map(({ batchAccountId, name }) => `${batchAccountId ?? ''}/${name}`.toLowerCase())
  const twins = new Set(pools.filter((_, index) => keys.indexOf(keys[index] ?? '') !== index).map(({ name }) => name))
  for (const name of twins) reader.complain(from ?? 'pool-spec', `names pool "${name}" twice; each pool once`)
}
