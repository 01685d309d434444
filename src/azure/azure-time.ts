/** Azure's time, as an answer's Date header tells it: leases are compared in it, never in the runner's. */
import type { Clock } from '../shared/clock.ts'

type AzureTime = {
  /** Azure's time when it answered, in ms since the epoch. */
  readAt?: number
  /** By how much Azure's clock was ahead of ours then, in ms. */
  aheadMs?: number
}

/** Nothing where the answer has no Date, as a proxy may have taken it off. */
export function azureTimeOf(
  { headers }: { headers: { get(name: string): string | undefined } },
  clock: Clock
): AzureTime {
  const readAt = Date.parse(headers.get('date') ?? '')
  return Number.isNaN(readAt) ? {} : { readAt, aheadMs: readAt - clock.now() }
}
