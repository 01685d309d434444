/** Limits of time, as abort signals on the clock that everything runs on. */
import type { Clock } from './clock.ts'

/** Aborted with `reason` after `ms`, unless `over` is aborted before: then the timer is let go. */
export function abortAfter(
  clock: Clock,
  ms: number,
  { reason, over }: { reason: Error; over: AbortSignal }
): AbortSignal {
  const controller = new AbortController()
  clock.sleep(ms, over).then(
    () => controller.abort(reason),
    () => undefined
  )
  return controller.signal
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
