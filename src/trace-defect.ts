import type { Log } from './deps.ts'
import { failureOf } from './report/failure.ts'

/** Where a defect came from, for a run with debug logging. */
export function traceDefect({ log }: { log: Pick<Log, 'debug'> }, error: unknown): void {
  if (!(error instanceof Error) || failureOf(error).reason !== 'internal-error') return
  log.debug(error.stack ?? error.message)
  if (error.cause !== undefined) traceDefect({ log }, error.cause)
}
