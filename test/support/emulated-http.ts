/** The embedded Azure as the HTTP client of the Azure SDK's pipeline: no socket, no time. */
import {
  createHttpHeaders,
  RestError,
  type HttpClient,
  type PipelineRequest,
  type PipelineResponse
} from '@azure/core-rest-pipeline'
import type { EmulatorAnswer, EmulatorRequest } from '../../emulator/index.ts'

/** `handle` may answer nothing: then the caller waits until it gives up. After `dead`, nobody hears of anything. */
type Wire = { handle(request: EmulatorRequest): EmulatorAnswer | undefined }

export function emulatedHttp({ handle }: Wire, dead: Promise<unknown> = new Promise(() => undefined)): HttpClient {
  let isDead = false
  void dead.then(() => (isDead = true))
  const never = new Promise<never>(() => undefined)
  return {
    async sendRequest(request: PipelineRequest): Promise<PipelineResponse> {
      if (isDead) return never
      if (request.abortSignal?.aborted) throw aborted()
      const answer = handle({
        method: request.method,
        url: request.url,
        headers: request.headers.toJSON(),
        body: typeof request.body === 'string' ? request.body : undefined
      })
      await Promise.resolve()
      if (isDead) return never
      if (request.abortSignal?.aborted) throw aborted()
      if (answer === undefined) return untilAborted(request)
      const { status, headers, body, reset } = answer
      if (reset) throw new RestError('read ECONNRESET', { code: 'ECONNRESET', request })
      return { request, status, headers: createHttpHeaders(headers), bodyAsText: body }
    }
  }
}

const aborted = (): Error => new DOMException('aborted', 'AbortError')

/** A connection that is never answered ends, as in Node, when the one who asked gives up. */
function untilAborted({ abortSignal }: PipelineRequest): Promise<never> {
  return new Promise((_, reject) => abortSignal?.addEventListener('abort', () => reject(aborted())))
}
