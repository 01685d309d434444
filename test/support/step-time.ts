/** Time for single steps: it moves only when all that can go on without it has gone on, and then to whatever is due next. */
import type { Clock } from '../../src/shared/clock.ts'

export type StepTime = {
  clock: Clock
  /** `effect` happens `ms` from now, while `run` runs. */
  later(ms: number, effect: () => void): void
  /** What `work` makes; throws where it waits for something that no time brings. */
  run<T>(work: Promise<T>): Promise<T>
}

/** Times that something may be due: a step that goes on for ever is to fail, and not to hang. */
const MOST_DUE = 3_000

type Due = { at: number; wake(): void }

export function stepTime(startsAt: number): StepTime {
  let now = startsAt
  const dues: Due[] = []
  const add = (due: Due): void => {
    dues.push(due)
    dues.sort((a, b) => a.at - b.at)
  }
  const drop = (due: Due): void => {
    const index = dues.indexOf(due)
    if (index >= 0) dues.splice(index, 1)
  }
  return {
    clock: {
      now: () => now,
      sleep: (ms, signal) =>
        new Promise<void>((resolve, reject) => {
          if (signal?.aborted === true) return reject(signal.reason)
          const onAbort = (): void => {
            drop(due)
            reject(signal?.reason)
          }
          const due = {
            at: now + ms,
            wake: () => {
              signal?.removeEventListener('abort', onAbort)
              resolve()
            }
          }
          signal?.addEventListener('abort', onAbort, { once: true })
          add(due)
        })
    },
    later: (ms, effect) => add({ at: now + ms, wake: effect }),
    run: async work => {
      const ended = { yet: false }
      const end = (): void => void (ended.yet = true)
      work.then(end, end)
      for (let dueBefore = 0; ; dueBefore += 1) {
        // Whatever follows without waiting for anything else has happened after it.
        await new Promise(resolve => setImmediate(resolve))
        if (ended.yet) return work
        const due = dues.shift()
        if (due === undefined) throw new Error(`it waits for something that no time brings, at ${now - startsAt} ms`)
        if (dueBefore === MOST_DUE) throw new Error(`it goes on for ever, ${now - startsAt} ms by now`)
        now = Math.max(now, due.at)
        due.wake()
      }
    }
  }
}
