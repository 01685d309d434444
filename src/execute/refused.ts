/** What Azure’s refusal, or an operation that has failed, means for a step. */
import { AzureError } from '../azure/errors.ts'
import { meaningOf, unknownWayOut } from '../model/azure-meaning.ts'
import { RunError, type FailureReason } from '../model/failure.ts'

/**
 * `wayOut`: where Azure says only that it went wrong, and may go well next time. What has a reason of its own (a role, a policy, a
 * quota) or was no answer at all stays as it is: it is told by itself.
 */
type Own = { reason: FailureReason; wayOut?: string; message?(error: AzureError): string }

export function refused(error: unknown, { reason, wayOut, message }: Own): unknown {
  if (!(error instanceof AzureError) || !isRefusal(error)) return error
  const meaning = meaningOf(error)
  if (meaning === undefined ? error.status === 403 : meaning.reason !== undefined) return error
  const said = message?.(error) ?? error.message
  if (meaning === undefined) {
    return new RunError({ reason, message: said, wayOut: unknownWayOut(error), cause: error, repetition: 'unknown' })
  }
  const { repetition } = meaning
  const helps = repetition === 'helps' ? (wayOut ?? meaning.wayOut) : meaning.wayOut
  return new RunError({ reason, message: said, wayOut: helps, cause: error, repetition })
}

/** Does it, and says what a refusal of it means. */
export async function orRefused<T>(work: Promise<T>, own: Own): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw refused(error, own)
  }
}

/** An operation that has ended as failed has no HTTP status and no cause. A 403 that means no role is one, too. */
const isRefusal = ({ status, cause }: AzureError): boolean =>
  status === undefined ? cause === undefined : [400, 403, 404, 409, 412].includes(status)
