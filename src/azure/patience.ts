/** A connection that is never answered would hold the run until its deadline. */
import { RestError, type HttpClient } from '@azure/core-rest-pipeline'
import type { Clock } from '../shared/clock.ts'

/** Resource Manager itself answers for a slow service sooner (504 after about a minute). */
export const PATIENCE_MS = 2 * 60_000

/** Ends each try that has no answer after `PATIENCE_MS`, as ETIMEDOUT, which the SDK tries again; it has no limit of its own. */
export function withPatience(inner: HttpClient, clock: Clock): HttpClient {
  return {
    sendRequest: async request => {
      const given = request.abortSignal
      const ends = new AbortController()
      const over = new AbortController()
      let unanswered = false
      const end = () => ends.abort()
      given?.addEventListener('abort', end)
      clock.sleep(PATIENCE_MS, over.signal).then(
        () => {
          unanswered = true
          end()
        },
        () => undefined
      )
      if (given?.aborted) end()
      request.abortSignal = ends.signal
      try {
        return await inner.sendRequest(request)
      } catch (error) {
        if (!unanswered || given?.aborted) throw error
        throw new RestError(`no answer within ${PATIENCE_MS / 1_000} s`, { code: 'ETIMEDOUT', request })
      } finally {
        // With a reason of its own: it makes no error, which would cost each request a look at the stack.
        over.abort('answered')
        given?.removeEventListener('abort', end)
        if (given === undefined) delete request.abortSignal
        else request.abortSignal = given
      }
    }
  }
}
