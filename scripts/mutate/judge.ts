/** Which changes the tests notice: asked of processes that have the tests loaded (`worker.ts`). */
import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { fail, root } from '../tool.ts'
import type { Mutant } from './choose.ts'
import type { Answer, Question, Reached, Task, Told } from './worker.ts'

export type Verdict = 'caught' | 'endless' | 'alive'
type Setting = { sources: Record<string, string>; testsOf(files: readonly string[]): string[]; jobs: number }

/** A process that says nothing for so long is in an endless loop. */
const MOST_SILENCE_MS = 180_000

/** By id. `seen` hears how many are done. */
export async function judgeAll(
  mutants: readonly Mutant[],
  { sources, testsOf, jobs }: Setting,
  seen: (done: number) => void
): Promise<Map<string, Verdict>> {
  const verdicts = new Map<string, Verdict>()
  const decide = (id: string, verdict: Verdict): void => {
    verdicts.set(id, verdict)
    seen(verdicts.size)
  }
  const tests = testsOf([...new Set(mutants.map(({ file }) => file))])
  if (tests.length === 0) return new Map(mutants.map(({ id }) => [id, 'alive']))
  const queue = [...mutants]
  const alone = async ({ id, file }: Mutant): Promise<void> => {
    const files = testsOf([file])
    const told = files.length === 0 ? { answer: { id } } : await startTold({ sources, tests: files, active: id })
    decide(id, told === undefined ? 'endless' : 'answer' in told ? verdictOf(told.answer) : 'caught')
  }
  const work = async (): Promise<void> => {
    let loaded: Loaded | undefined
    for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
      loaded ??= await load({ sources, tests })
      const { id } = mutant
      if (loaded.whileLoading.has(id)) {
        await alone(mutant)
        continue
      }
      if (!loaded.reached.has(id)) {
        decide(id, 'alive')
        continue
      }
      const answer = await loaded.ask({ id })
      if (answer === undefined || answer.isSpoilt) {
        loaded.end()
        loaded = undefined
      }
      // What was kept from an earlier run may hide a change, and what was left behind may look like one.
      if (answer !== undefined && (answer.caughtBy === undefined || answer.isSpoilt)) await alone(mutant)
      else decide(id, answer === undefined ? 'endless' : verdictOf(answer))
    }
    loaded?.end()
  }
  await Promise.all(Array.from({ length: jobs }, work))
  return verdicts
}

const verdictOf = ({ caughtBy, isEndless }: Answer): Verdict =>
  caughtBy === undefined ? 'alive' : isEndless === true ? 'endless' : 'caught'

type Loaded = {
  whileLoading: ReadonlySet<string>
  reached: ReadonlySet<string>
  /** Undefined: no answer came. */
  ask(question: Question): Promise<Answer | undefined>
  end(): void
}

async function load(task: Task): Promise<Loaded> {
  const child = start(task)
  const told = await next(child)
  if (told === undefined || !('reached' in told)) {
    child.kill()
    return fail(
      `without any change: ${told !== undefined && 'failsAsItIs' in told ? `${told.failsAsItIs} fails` : 'no end'}`
    )
  }
  const { whileLoading, byTest }: Reached = told.reached
  return {
    whileLoading: new Set(whileLoading),
    reached: new Set(Object.values(byTest).flatMap(hits => Object.keys(hits))),
    ask: async question => {
      child.send(question)
      const answer = await next(child)
      return answer !== undefined && 'answer' in answer ? answer.answer : undefined
    },
    end: () => void child.kill('SIGKILL')
  }
}

async function startTold(task: Task): Promise<Told | undefined> {
  const child = start(task)
  const told = await next(child)
  child.kill('SIGKILL')
  return told
}

function start(task: Task): ChildProcess {
  const child = fork(join(root, 'scripts/mutate/worker.ts'), {
    cwd: root,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc']
  })
  child.send(task)
  return child
}

/** What a process says next; undefined where it ends, or says nothing for too long. */
function next(child: ChildProcess): Promise<Told | undefined> {
  return new Promise(resolve => {
    const done = (told?: Told): void => {
      clearTimeout(timer)
      child.removeAllListeners()
      resolve(told)
    }
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      done()
    }, MOST_SILENCE_MS)
    child.once('message', told => done(told as Told))
    child.once('exit', () => done())
  })
}
