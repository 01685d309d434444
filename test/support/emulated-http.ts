/** The embedded Azure as the HTTP client of the Azure SDK's pipeline: no socket, no time. */
import {
  createHttpHeaders,
  RestError,
  type HttpClient,
  type PipelineRequest,
  type PipelineResponse
} from '@azure/core-rest-pipeline'
import type { Emulator } from '../../emulator/index.ts'

export function emulatedHttp(emulator: Pick<Emulator, 'handle'>): HttpClient {
  return {
    async sendRequest(request: PipelineRequest): Promise<PipelineResponse> {
      if (request.abortSignal?.aborted) throw new DOMException('aborted', 'AbortError')
      const { status, headers, body, reset } = emulator.handle({
        method: request.method,
        url: request.url,
        headers: request.headers.toJSON(),
        body: typeof request.body === 'string' ? request.body : undefined
      })
      if (reset) throw new RestError('read ECONNRESET', { code: 'ECONNRESET', request })
      return { request, status, headers: createHttpHeaders(headers), bodyAsText: body }
    }
  }
}
