/** Anything thrown, as a `Failure` that says what to do. */
import { AzureError } from '../azure/errors.ts'
import { meaningOf, unknownWayOut, type Meaning } from '../model/azure-meaning.ts'
import { RunError, type Repetition } from '../model/failure.ts'
import type { Failure } from '../model/outcome.ts'
import { oneLine } from '../shared/plain-text.ts'
import { utc } from '../shared/utc.ts'
import { withNetworking } from './service-networking.ts'

type FailureContext = {
  /** Why the run's signal was aborted, where it was; decides between a deadline and a cancellation. */
  abortReason?: unknown
  /** Stacks of defects go into the details. */
  debug?: boolean
}

/** @param step id of the step under way; undefined before the first. */
export function failureOf(error: unknown, step?: string, context: FailureContext = {}): Failure {
  const failure = classify(error, context)
  return step === undefined ? failure : { ...failure, step }
}

function classify(error: unknown, context: FailureContext): Failure {
  if (error instanceof RunError) return runFailure(error)
  if (isAbort(error)) return abortFailure(error, context)
  if (error instanceof AzureError) return azureFailure(error)
  if (isSignInError(error)) return signInFailure(error)
  const connection = connectionErrorOf(error)
  if (connection !== undefined) return unreachable(`no connection to Azure: ${connection.message}`, [])
  return defect(error, context)
}

/** A message of several lines lists problems, as that of bad inputs does: each is a detail then. Azure’s own is one, however it breaks. */
function runFailure(error: RunError): Failure {
  const { reason, wayOut, cause } = error
  const isAzures = cause instanceof AzureError
  const lines = error.message.split('\n').filter(line => line.trim() !== '')
  const several = lines.length > 1 && !isAzures
  const repetition = error.repetition ?? repetitionOf(cause)
  return {
    reason,
    ...(repetition === undefined ? {} : { repetition }),
    ...(error.resizeErrors.length === 0 ? {} : { resizeErrors: error.resizeErrors }),
    message: several
      ? `${lines.length} problems, all of which must be solved`
      : isAzures
        ? oneLine(error.message)
        : error.message,
    wayOut,
    details: [
      ...(several ? lines : []),
      ...error.details,
      ...(cause === undefined ? [] : causeLines(cause).filter(line => !error.message.includes(line)))
    ]
  }
}

/** Of what Azure said, where that is why. */
function repetitionOf(cause: unknown): Repetition | undefined {
  return cause instanceof AzureError ? meaningOf(cause)?.repetition : undefined
}

function causeLines(cause: unknown): string[] {
  if (cause instanceof AzureError) return [cause.message, ...azureDetails(cause)]
  return [cause instanceof Error ? cause.message : String(cause)]
}

function azureDetails({ details }: AzureError): string[] {
  return details.map(({ code, message }) => (code === '' ? message : `${code}: ${message}`))
}

/** `AbortError` of the DOM and the SDKs, and the `TimeoutError` of `AbortSignal.timeout`. */
function isAbort(error: unknown): error is Error {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError')
}

function abortFailure(error: Error, { abortReason }: FailureContext): Failure {
  const why = abortReason ?? error.cause
  if (why instanceof RunError) return runFailure(why)
  const timeout = error.name === 'TimeoutError' || (why instanceof Error && why.name === 'TimeoutError')
  return timeout
    ? {
        reason: 'deadline-exceeded',
        message: 'the deadline came before the end of the run',
        wayOut: 'run it again with the same inputs, or raise the input "deadline"',
        details: []
      }
    : {
        reason: 'cancelled',
        message: 'the run was cancelled',
        wayOut: 'run it again with the same inputs',
        details: []
      }
}

const CONNECTION_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ETIMEDOUT',
  'EPIPE',
  'EPROTO',
  'PARSE_ERROR',
  'REQUEST_SEND_ERROR',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_SOCKET',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE'
])

function connectionErrorOf(error: unknown, depth = 0): Error | undefined {
  if (!(error instanceof Error) || depth > 5) return undefined
  const code: unknown = 'code' in error ? error.code : undefined
  if (typeof code === 'string' && CONNECTION_CODES.has(code)) return error
  return connectionErrorOf(error.cause, depth + 1)
}

/** Errors of @azure/identity, known by name: the module isn't loaded where no sign-in was tried. */
const SIGN_IN_ERRORS: ReadonlySet<string> = new Set([
  'AuthenticationError',
  'AggregateAuthenticationError',
  'AuthenticationRequiredError',
  'CredentialUnavailableError'
])

function isSignInError(error: unknown): error is Error {
  return error instanceof Error && SIGN_IN_ERRORS.has(error.name)
}

function signInFailure(error: Error): Failure {
  return {
    reason: 'sign-in-failed',
    message: `sign-in failed: ${oneLine(error.message)}`,
    wayOut:
      'check "client-id" and "tenant-id", that the job has "permissions: id-token: write", and that the app’s federated credential names this repository and ref or environment',
    details: []
  }
}

type Classified = Pick<Failure, 'reason' | 'wayOut' | 'repetition'>

function azureFailure(error: AzureError): Failure {
  const classified = classifyAzure(error)
  const wayOut = withNetworking(error, classified.wayOut)
  return { ...classified, wayOut, message: oneLine(error.message), details: azureDetails(error) }
}

function classifyAzure(error: AzureError): Classified {
  if (isUnreachable(error)) return { reason: 'azure-unreachable', wayOut: unreachableWayOut(error) }
  const { status } = error
  if (status === 429) return { reason: 'throttled', wayOut: throttledWayOut(error) }
  if (status === 412 && isAboutPool(error)) {
    return {
      reason: 'pool-changed',
      wayOut:
        'see in the pool’s activity log who changed it, and run again once that is done: the plan is made again from what stands'
    }
  }
  const meaning = meaningOf(error) ?? (status === 403 ? denialOf(error) : undefined)
  if (meaning !== undefined) {
    return { ...meaning, reason: meaning.reason ?? (status === 401 ? 'sign-in-failed' : 'azure-error') }
  }
  if (status === 401) return { reason: 'sign-in-failed', wayOut: TOKEN_WAY_OUT }
  return { reason: 'azure-error', wayOut: unknownWayOut(error) }
}

/** A 403 is a missing role, whatever its code. */
function denialOf({ operation, message, details }: AzureError): Meaning | undefined {
  return meaningOf({ operation, message, details, code: 'AuthorizationFailed' })
}

const TOKEN_WAY_OUT =
  'the token was refused: check that "tenant-id" is the tenant of the subscription and that "cloud" is its cloud; for the Batch service, that the account allows AAD authentication'

function isAboutPool({ operation, target }: AzureError): boolean {
  return /^pools?_/i.test(operation) || /\/batchAccounts\/[^/]+\/pools\//i.test(target)
}

function isUnreachable(error: AzureError): boolean {
  if (error.status !== undefined) return error.status >= 500 || error.status === 408
  return CONNECTION_CODES.has(error.code) || connectionErrorOf(error.cause) !== undefined
}

const runAgainAfter = ({ givenUp }: AzureError): string =>
  `run again ${givenUp?.notBefore === undefined ? 'later' : `after ${utc(givenUp.notBefore)}`} with the same inputs`

/** Limits of Resource Manager and Compute are of a subscription; those of Batch of an account. */
function throttledWayOut(error: AzureError): string {
  return `${runAgainAfter(error)}; see what else calls Azure in this subscription, for its limits are shared by all, and raise poll-interval`
}

/** Where Azure itself names a time, nothing is wrong on the way. */
function unreachableWayOut(error: AzureError): string {
  return error.givenUp?.notBefore === undefined
    ? UNREACHABLE_WAY_OUT
    : `${runAgainAfter(error)}; see Azure’s status page for what is going on until then`
}

const UNREACHABLE_WAY_OUT =
  'see Azure’s status page and whether the runner reaches Azure (proxy, firewall, DNS), and run again with the same inputs'

function unreachable(message: string, details: string[]): Failure {
  return { reason: 'azure-unreachable', message, wayOut: UNREACHABLE_WAY_OUT, details }
}

function defect(error: unknown, { debug = false }: FailureContext): Failure {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  return {
    reason: 'internal-error',
    message: `a defect of this action: ${oneLine(message)}`,
    wayOut: 'report it with the version of the action; a run with debug logging ("ACTIONS_STEP_DEBUG") shows the stack',
    details: debug ? stack.split('\n').map(line => line.trimEnd()) : []
  }
}
