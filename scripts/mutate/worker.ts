/**
 * A process in which the tests are loaded once, over sources that hold all changes at a time, and are run for one change after
 * another. It gets a `Task` first, tells what each test reaches, and then answers each `Question` with an `Answer`.
 */
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
// The time zone that tests run in.
import '../../jest.config.js'
import '../../test/support/setup.js'
import { root } from '../tool.ts'
import { allTests, declareIn, prepare, type Test } from './test-globals.ts'

/** `sources`: by path from the root, with their changes. `active`: the change that is there while modules are loaded. */
export type Task = { sources: Record<string, string>; tests: string[]; active?: string }
export type Question = { id: string }
/** By test: the changes that it reaches, and how often. `whileLoading`: they are no test's own. */
export type Reached = { whileLoading: string[]; byTest: Record<string, Record<string, number>> }
export type Answer = { id: string; caughtBy?: string; isEndless?: true; isSpoilt?: true }
export type Told = { reached: Reached } | { failsAsItIs: string } | { answer: Answer }

/** Names that Stryker's instrumenter writes into the sources. */
type Switches = {
  activeMutant?: string | undefined
  currentTestId?: string | undefined
  hitCount?: number
  hitLimit?: number
  mutantCoverage?: { static: Record<string, number>; perTest: Record<string, Record<string, number>> }
}
const switches: Switches = {}
Object.assign(globalThis, { __stryker__: switches })

/** A loop that a change has made endless is noticed by how often it passes there, and a wait by its time. */
const HITS_PER_HIT = 200
const MOST_HITS_ALONE = 1_000_000
const MOST_WAIT_MS = 20_000
const realSetTimeout = setTimeout
const realClearTimeout = clearTimeout

const tell = (told: Told): void => void process.send?.(told)
process.on('unhandledRejection', () => undefined)
process.once('message', (task: Task) => void begin(task))

async function begin({ sources, tests, active }: Task): Promise<void> {
  const urlOf = (path: string): string => pathToFileURL(join(root, path)).href
  const byUrl = new Map(Object.entries(sources).map(([path, source]) => [urlOf(path), source]))
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === '@jest/globals'
        ? { url: urlOf('scripts/mutate/test-globals.ts'), format: 'module-typescript', shortCircuit: true }
        : next(specifier, context),
    load: (url, context, next) => {
      const source = byUrl.get(url)
      return source === undefined ? next(url, context) : { format: 'module-typescript', source, shortCircuit: true }
    }
  })
  const load = async (path: string): Promise<void> => {
    declareIn(path)
    await import(urlOf(path))
    await prepare()
  }
  if (active !== undefined) return tell({ answer: await judgeAlone(active, { tests, load }) })
  try {
    for (const path of tests) await load(path)
  } catch (error) {
    return tell({ failsAsItIs: String(error) })
  }
  const byId = new Map(allTests().map(test => [test.id, test]))
  for (const test of byId.values()) if (await failure(test)) return tell({ failsAsItIs: test.id })
  const { static: whileLoading = {}, perTest = {} } = switches.mutantCoverage ?? {}
  tell({ reached: { whileLoading: Object.keys(whileLoading), byTest: perTest } })
  // The sources count on in what they have; nobody reads it any more.
  switches.mutantCoverage = { static: {}, perTest: {} }
  process.on('message', ({ id }: Question) => {
    const reaching = [...byId.values()].filter(test => perTest[test.id]?.[id] !== undefined)
    const hits = reaching.map(test => perTest[test.id]?.[id] ?? 0)
    switches.hitLimit = Math.max(0, ...hits) * HITS_PER_HIT + HITS_PER_HIT
    void judge(id, reaching).then(answer => tell({ answer }))
  })
}

/** With the change there from the beginning: file by file, up to the first that can't be loaded or has a test that fails. */
async function judgeAlone(
  id: string,
  { tests, load }: { tests: readonly string[]; load(path: string): Promise<void> }
): Promise<Answer> {
  switches.hitLimit = MOST_HITS_ALONE
  for (const path of tests) {
    const known = allTests().length
    switches.activeMutant = id
    try {
      await load(path)
    } catch {
      return { id, caughtBy: path }
    }
    const answer = await judge(id, allTests().slice(known))
    if (answer.caughtBy !== undefined) return answer
  }
  return { id }
}

/** Up to the first test that fails. */
async function judge(id: string, tests: readonly Test[]): Promise<Answer> {
  for (const test of tests) {
    switches.activeMutant = id
    switches.hitCount = 0
    const failed = await failure(test)
    switches.activeMutant = undefined
    if (failed === undefined) continue
    // What a change has left behind would be held against the next one.
    const isSpoilt = (await failure(test)) !== undefined
    return {
      id,
      caughtBy: test.id,
      ...(failed === 'endless' && { isEndless: true }),
      ...(isSpoilt && { isSpoilt: true })
    }
  }
  return { id }
}

async function failure({ id, body }: Test): Promise<'failed' | 'endless' | undefined> {
  switches.currentTestId = id
  let timer: NodeJS.Timeout | undefined
  try {
    const ended = Promise.resolve(body()).then(() => undefined)
    const late = new Promise<'endless'>(resolve => {
      timer = realSetTimeout(() => resolve('endless'), MOST_WAIT_MS)
    })
    return await Promise.race([ended, late])
  } catch (error) {
    return /Hit count limit/.test(String(error)) ? 'endless' : 'failed'
  } finally {
    realClearTimeout(timer)
    switches.currentTestId = undefined
  }
}
