/** What went wrong in a call to Azure, as one line that names operation, target, status, code and request. */
import type { GivenUp } from './given-up.ts'

export type AzureErrorFacts = {
  /** As the OpenAPI files name it: `Snapshots_CreateOrUpdate`. */
  operation: string
  /** Name or id of what it was about. */
  target: string
  /** HTTP status; undefined for a failed long-running operation and where no answer came. */
  status?: number
  code: string
  message: string
  details?: { code: string; message: string }[]
  /** What the error says that it is about: a property, an id. */
  about?: string
  requestId?: string
  /** How often the request was sent. Above 1, an earlier try may have taken effect although its answer was lost. */
  tries?: number
  /** What Azure asked to wait before it is asked again. */
  retryAfterMs?: number | undefined
  /** Why it was not tried once more, because there was no time left. */
  givenUp?: GivenUp | undefined
}

export class AzureError extends Error {
  readonly operation: string
  readonly target: string
  readonly status: number | undefined
  readonly code: string
  readonly details: readonly { code: string; message: string }[]
  readonly about: string | undefined
  readonly requestId: string | undefined
  readonly tries: number
  readonly retryAfterMs: number | undefined
  readonly givenUp: GivenUp | undefined

  constructor(facts: AzureErrorFacts, cause?: unknown) {
    const status = facts.status === undefined ? '' : `${facts.status} `
    const request = facts.requestId === undefined ? '' : ` (x-ms-request-id ${facts.requestId})`
    const ended = facts.givenUp === undefined ? '' : `; ${facts.givenUp.text}`
    super(
      `${facts.operation} of ${facts.target} failed with ${status}${facts.code}: ${facts.message}${request}${ended}`,
      cause === undefined ? undefined : { cause }
    )
    this.name = 'AzureError'
    this.operation = facts.operation
    this.target = facts.target
    this.status = facts.status
    this.code = facts.code
    this.details = facts.details ?? []
    this.about = facts.about
    this.requestId = facts.requestId
    this.retryAfterMs = facts.retryAfterMs
    this.givenUp = facts.givenUp
    this.tries = facts.tries ?? 1
  }
}
