import type { Answer, Call, Stored } from '../kernel/types.ts'
import { refuse } from './batch-errors.ts'
import { checkNotDeleting } from './pool-delete.ts'
import { factsOf } from './pool-record.ts'
import { servicePool } from './service-scope.ts'
import { etagOfTicks, httpDate, msOfTicks, ticksOfEtag } from './time.ts'

/** The ETag is not in quotes here (recorded). */
export function validators(pool: Stored): Record<string, string> {
  const { ticks } = factsOf(pool)
  return { etag: etagOfTicks(ticks), 'last-modified': httpDate(msOfTicks(ticks)) }
}

/** Writes answer without a body (recorded). */
export function done(call: Call, pool: Stored, status: number): Answer {
  return { status, headers: { ...validators(pool), dataserviceid: serviceId(call), dataserviceversion: '3.0' } }
}

export const serviceId = (call: Call): string =>
  call.origin + (call.url === undefined ? call.operation.path : new URL(call.url).pathname)

/** The pool of a write, once its conditions are met and nothing stands against a change. */
export function changing(call: Call): Stored {
  const pool = servicePool(call)
  const wanted = call.headers['if-match']
  if (wanted !== undefined && wanted !== '*' && ticksOfEtag(wanted) !== factsOf(pool).ticks) {
    const message = 'The condition specified using HTTP conditional header(s) is not met.'
    refuse(call, { status: 412, code: 'ConditionNotMet', message })
  }
  checkNotDeleting(call, pool)
  return pool
}
