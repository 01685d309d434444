/** Nothing that takes long is silent: who has said nothing for a while says that it is still at work. */
import type { Clock } from './clock.ts'

const SILENT_AT_MOST_MS = 5 * 60_000

type Heartbeat = {
  clock: Clock
  /** Of what is at work: once it is aborted, the end is near. */
  signal: AbortSignal
  /** Called after each `SILENT_AT_MOST_MS` without a word. @param silentMs since the last word of the work itself */
  tell(silentMs: number): void
}

/** @param work is given what it calls whenever it has said something */
export async function withHeartbeat<T>(
  { clock, signal, tell }: Heartbeat,
  work: (spoke: () => void) => Promise<T>
): Promise<T> {
  const over = new AbortController()
  const either = AbortSignal.any([over.signal, signal])
  let spokeAt = clock.now()
  const beat = async (): Promise<void> => {
    for (let heardAt = spokeAt; ;) {
      const due = Math.max(heardAt, spokeAt) + SILENT_AT_MOST_MS
      if (clock.now() < due) {
        await clock.sleep(due - clock.now(), either)
        continue
      }
      heardAt = due
      tell(clock.now() - spokeAt)
    }
  }
  beat().catch(() => undefined)
  try {
    return await work(() => void (spokeAt = clock.now()))
  } finally {
    over.abort()
  }
}
