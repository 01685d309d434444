/** Limits of time, as abort signals on the clock that everything runs on. */
import type { Clock } from './clock.ts'

const ends = new WeakMap<AbortSignal, number>()

/** When a signal that was made here will be aborted at the latest, in ms since the epoch; undefined where it has no limit. */
export function endOf(signal: AbortSignal | undefined): number | undefined {
  return signal && ends.get(signal)
}

/** Aborted with `reason` after `ms`, unless `over` is aborted before: then the timer is let go. */
export function abortAfter(
  clock: Clock,
  ms: number,
  { reason, over }: { reason: Error; over: AbortSignal }
): AbortSignal {
  const controller = new AbortController()
  ends.set(controller.signal, clock.now() + ms)
  clock.sleep(ms, over).then(
    () => controller.abort(reason),
    () => undefined
  )
  return controller.signal
}

/** Aborted as soon as one of them is. */
export function anyOf(signals: AbortSignal[]): AbortSignal {
  const any = AbortSignal.any(signals)
  const known = signals.map(endOf).filter(end => end !== undefined)
  if (known.length > 0) ends.set(any, Math.min(...known))
  return any
}

/** What `task` makes of a signal that is aborted after `ms`. */
export async function within<T>(clock: Clock, ms: number, task: (limit: AbortSignal) => Promise<T>): Promise<T> {
  const over = new AbortController()
  try {
    return await task(abortAfter(clock, ms, { reason: new Error(`not within ${ms / 1_000} s`), over: over.signal }))
  } finally {
    over.abort()
  }
}
