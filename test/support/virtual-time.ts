/** Hours in milliseconds: one time for our Clock, the SDKs' own timers and `Date`, and chance from a seed. */
import { install } from '@sinonjs/fake-timers'
import '@azure-rest/core-client'
import '@azure/arm-batch'
import '@azure/arm-compute'
import '@azure/core-rest-pipeline'
import '@azure/identity'
import type { Clock } from '../../src/shared/clock.ts'

// Modules that load lazily are imported above: time would pass while they are read from disk.
const realSetImmediate = setImmediate
const realSetTimeout = setTimeout

/** Turns of the event loop without a timer after which a story is taken to hang. */
const HANGS_AFTER = 2_000
/** Turns that in-process work gets before time moves. */
const SETTLING_TURNS = 3
/** What Node calls work that is under way outside of the event loop. */
const REAL_WORK = /^(FSReq|CloseReq|GetAddrInfo|TCPConnect|WriteWrap|ShutdownWrap|HTTPClientRequest|ProcessWrap|Zlib)/

/**
 * Runs `story` with a clock that starts at `startEpochMs` and jumps from timer to timer whenever nothing else is left to do.
 * Throws what the story throws, and an Error when it waits for something that no timer brings.
 */
export async function inVirtualTime<T>(startEpochMs: number, story: (clock: Clock) => Promise<T>): Promise<T> {
  const time = install({
    now: startEpochMs,
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
    ignoreMissingTimers: true
  })
  const chance = Math.random
  Math.random = seeded(1)
  try {
    const told = watch(story(virtualClock()))
    for (let idle = 0; !told.done;) {
      await settle()
      if (told.done) break
      if (time.countTimers() > 0) {
        idle = 0
        await time.nextAsync()
      } else if (++idle > HANGS_AFTER) {
        throw new Error(
          `virtual time: the story hangs at ${new Date().toISOString()}; no timer is left that could go on`
        )
      }
    }
    return await told.result
  } finally {
    Math.random = chance
    time.uninstall()
  }
}

/** A Clock over whatever `Date` and `setTimeout` are in force. */
function virtualClock(): Clock {
  return {
    now: () => Date.now(),
    sleep: (ms, signal) =>
      new Promise<void>((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason)
        const onAbort = () => {
          clearTimeout(timer)
          reject(signal?.reason)
        }
        const timer = setTimeout(() => {
          signal?.removeEventListener('abort', onAbort)
          resolve()
        }, ms)
        signal?.addEventListener('abort', onAbort, { once: true })
      })
  }
}

function watch<T>(result: Promise<T>): { done: boolean; result: Promise<T> } {
  const watched = { done: false, result }
  const end = () => void (watched.done = true)
  result.then(end, end)
  return watched
}

/** Until nothing has gone on for some turns: between two parts of one piece of work, such as open and read, none is under way. */
async function settle(): Promise<void> {
  for (let quiet = 0; quiet < SETTLING_TURNS; quiet++) {
    await new Promise(resolve => realSetImmediate(resolve))
    if (!process.getActiveResourcesInfo().some(name => REAL_WORK.test(name))) continue
    await new Promise(resolve => realSetTimeout(resolve, 1))
    quiet = -1
  }
}

/** Mulberry32: numbers in [0, 1), the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
