/** The embedded Azure as the HTTP client of the Azure SDK's pipeline: no socket, no time. */
import {
  createHttpHeaders,
  RestError,
  type HttpClient,
  type PipelineRequest,
  type PipelineResponse
} from '@azure/core-rest-pipeline'
import type { EmulatorAnswer, EmulatorRequest } from '../../emulator/index.ts'

/** `handle` may answer nothing: then the caller never hears of it again. After `dead`, nobody hears of anything. */
type Wire = { handle(request: EmulatorRequest): EmulatorAnswer | undefined }

export function emulatedHttp({ handle }: Wire, dead: Promise<unknown> = new Promise(() => undefined)): HttpClient {
  let isDead = false
  void dead.then(() => (isDead = true))
  const never = new Promise<never>(() => undefined)
  return {
    async sendRequest(request: PipelineRequest): Promise<PipelineResponse> {
      if (isDead) return never
      if (request.abortSignal?.aborted) throw new DOMException('aborted', 'AbortError')
      const answer = handle({
        method: request.method,
        url: request.url,
        headers: request.headers.toJSON(),
        body: typeof request.body === 'string' ? request.body : undefined
      })
      await Promise.resolve()
      if (answer === undefined || isDead) return never
      const { status, headers, body, reset } = answer
      if (reset) throw new RestError('read ECONNRESET', { code: 'ECONNRESET', request })
      return { request, status, headers: createHttpHeaders(headers), bodyAsText: body }
    }
  }
}
