/** What a refused sign-in means, and the way out. */
import { RunError } from '../../model/failure.ts'
import type { SignIn } from '../../model/spec.ts'
import { elapsedText } from '../../shared/elapsed.ts'
import { cut } from '../../shared/plain-text.ts'
import { messageOf } from '../../shared/text.ts'
import { utc } from '../../shared/utc.ts'
import { registrationOf } from './federated-credential.ts'
import type { Job } from './job.ts'
import { IdTokenError } from './github-id-token.ts'
import type { IdTokenFacts } from './jwt.ts'

type Hint = { wayOut: string; details?(facts: IdTokenFacts, clientId: string): string[] }

const REGISTER =
  'register the subject that GitHub sent: a federated credential must name issuer, subject and audience letter by letter'

/** Codes of Microsoft Entra ID (its error reference); the first that matches counts. */
const HINTS: readonly [code: RegExp, hint: Hint][] = [
  [
    /AADSTS700016\b/,
    {
      wayOut:
        'check client-id and tenant-id: that tenant knows no application with that client id (the object id is another)'
    }
  ],
  [/AADSTS90002\b/, { wayOut: 'check tenant-id, and that the cloud is the one where that tenant lives' }],
  [
    /AADSTS500011\b/,
    {
      wayOut:
        'check cloud and tenant-id: that tenant has no such service; for Batch, register the resource provider Microsoft.Batch in the subscription'
    }
  ],
  [
    /AADSTS700024\b/,
    {
      wayOut:
        "run again; if it comes back, check the runner's clock and its way to Entra (a proxy that delays, a machine that slept), and on GitHub Enterprise Server that server's clock",
      details: ({ from, until }) => [`GitHub's ID token was good from ${utc(from)} until ${utc(until)}, by its clock`]
    }
  ],
  [
    /AADSTS7002138\b/,
    {
      wayOut: `${REGISTER}; here one differs in upper and lower case only: correct that one, or add this`,
      details: registrationOf
    }
  ],
  [/AADSTS(700211|700212|700213|70021)\b/, { wayOut: REGISTER, details: registrationOf }],
  [
    /AADSTS53003\b/,
    {
      wayOut:
        'a conditional access policy refuses this sign-in: ask the administrators of the tenant to let the runner’s addresses in, or use a runner inside of them'
    }
  ],
  [
    /endpoints_resolution_error/,
    {
      wayOut:
        "the login endpoint can't be read: where its certificate is from a private authority, name that in NODE_EXTRA_CA_CERTS"
    }
  ]
]

export type SignInFacts = {
  scope: string
  who: SignIn
  idToken?: IdTokenFacts | undefined
  answer?: LoginAnswer | undefined
  /** The login endpoint said neither yes nor no, as often as it was asked. */
  isAway?: boolean
}

export function signInFailed(error: unknown, facts: SignInFacts): RunError {
  const { answer, idToken, scope, who } = facts
  if (error instanceof RunError) return error
  const audience = scope.replace(/\/+\.default$/, '')
  const account =
    who.kind === 'github-oidc' ? `client "${who.clientId}" in tenant "${who.tenantId}"` : 'the credentials found here'
  const text = /AADSTS\d/.test(messageOf(error)) ? messageOf(error) : (answer?.says ?? messageOf(error))
  if (facts.isAway === true && answer !== undefined) return away(`no token for ${audience} as ${account}`, answer, text)
  const tried = waysTried(error)
  const hint = HINTS.find(([code]) => code.test(text))?.[1]
  const details =
    idToken !== undefined && who.kind === 'github-oidc' ? hint?.details?.(idToken, who.clientId) : undefined
  const why = tried.length > 0 ? `none of the ${tried.length} ways worked` : shortened(text)
  return new RunError({
    reason: 'sign-in-failed',
    message: `no token for ${audience} as ${account}: ${why}`,
    wayOut: hint?.wayOut ?? fallback(who),
    details: details ?? tried
  })
}

/** It, or a proxy on the way, couldn't. */
function away(
  noToken: string,
  { host = 'the login endpoint', status, code, retryAfterMs }: LoginAnswer,
  text: string
): RunError {
  const asks = retryAfterMs === undefined ? '' : `, and asks to wait ${elapsedText(retryAfterMs)}`
  if (status === 429) {
    const wayOut =
      'run again later with the same inputs; see what else signs in as this application, or from this address'
    return new RunError({
      reason: 'throttled',
      message: `${noToken}: ${host} refuses it for too many requests (429)${asks}`,
      wayOut
    })
  }
  const answered =
    status === undefined ? `${host} doesn’t answer (${code ?? shortened(text)})` : `${host} answered ${status}${asks}`
  return new RunError({
    reason: 'azure-unreachable',
    message: `${noToken}: ${answered}`,
    wayOut:
      'see whether the runner reaches it (proxy, firewall, DNS), and Azure’s status page, then run again with the same inputs'
  })
}

function fallback(who: SignIn): string {
  return who.kind === 'github-oidc'
    ? 'check client-id, tenant-id and the federated credential of the application'
    : 'give client-id and tenant-id, or sign in before (az login, a managed identity, or the environment variables of Azure Identity)'
}

/** Of a chain of credentials that all had nothing to give: one line for each. */
function waysTried(error: unknown): string[] {
  const errors: unknown = error instanceof Error && 'errors' in error ? error.errors : undefined
  return Array.isArray(errors) ? errors.map(each => withoutAdvice(shortened(messageOf(each)))) : []
}

/** "…Credential: " stays, links and what to read on don't. */
function withoutAdvice(line: string): string {
  const [said] = line.split(/\.? (?:To troubleshoot|Please visit|More details|See https?:)/i)
  return cut(said ?? line, 200)
}

/** @param job what GitHub allows it, which says more than the error does */
export function idTokenFailed(error: unknown, job: Job, now: number): RunError {
  const status = error instanceof IdTokenError ? error.status : undefined
  const { message, wayOut } = noIdToken({ text: messageOf(error), status }, job, now)
  return new RunError({ reason: 'sign-in-failed', message: `no ID token from GitHub: ${message}`, wayOut })
}

type Said = { text: string; status: number | undefined }

function noIdToken({ text, status }: Said, job: Job, now: number): { message: string; wayOut: string } {
  if (!job.mayAskForIdTokens || /Unable to get ACTIONS_ID_TOKEN/.test(text)) return mayNotAsk(job, shortened(text))
  const { asksUntil } = job
  if (asksUntil !== undefined && now >= asksUntil - CLOCKS_DIFFER_MS && isRefusal(status)) {
    return {
      message: `this job could ask for one until ${utc(asksUntil)}, about 6 hours 10 minutes from its start`,
      wayOut:
        'run again with the same inputs; let the run begin earlier in its job, or without client-id on a runner that has a managed identity'
    }
  }
  return {
    message: shortened(text),
    wayOut: isRefusal(status)
      ? 'give the job the permission "id-token: write"; without client-id, the credentials found on the machine are used'
      : 'see GitHub’s status page and the runner’s way to GitHub, and run again'
  }
}

function mayNotAsk({ fork, inGitHub }: Job, text: string): { message: string; wayOut: string } {
  if (fork !== undefined) {
    return {
      message: `the pull request comes from the fork "${fork}", and GitHub gives jobs of forks none`,
      wayOut:
        'run this job for pull requests from branches of this repository only, or after the merge; a job for forks has no way to sign in, and should have none'
    }
  }
  return {
    message: `this job may not ask for one (${text})`,
    wayOut: inGitHub
      ? 'give the job the permission "id-token: write", in a reusable workflow the calling job too; without client-id, the credentials found on the machine are used'
      : 'this is no job of GitHub: without client-id, the credentials found on the machine are used; in a job, the permission "id-token: write" lets it ask'
  }
}

/** By how much clocks may differ: Kerberos' measure, which Entra takes too. */
const CLOCKS_DIFFER_MS = 5 * 60_000

/** GitHub said no. */
function isRefusal(status: number | undefined): boolean {
  return status === 400 || status === 401 || status === 403
}

/** How a login endpoint answered: by a status, or not at all (`code`, of Node). */
export type LoginAnswer = {
  host?: string
  status?: number
  retryAfterMs?: number | undefined
  code?: string | undefined
  /** Its own words, where it refused: MSAL drops them when it was only looking the endpoint up. */
  says?: string | undefined
}

/** Nobody's certificate becomes good by waiting. */
const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)/

/**
 * Not a no, but no answer, or one that another try may better.
 * @param works whether there is somebody to ask: credentials that are only looked for on the machine may not be there at all
 */
export function mayPass(error: unknown, answer: LoginAnswer | undefined, works: boolean): boolean {
  if (/AADSTS90033\b/.test(messageOf(error))) return true
  const { code, status } = answer ?? {}
  if (status === undefined) return works && !UNTRUSTED.test(code ?? '')
  // With a 200 the text broke off on the way.
  return status === 200 || status === 408 || status === 429 || status >= 500
}

/** Entra's own sentence where there is one: around it go trace ids and, from DefaultAzureCredential, lines of attempts. */
function shortened(text: string): string {
  const [sentence] =
    /AADSTS\d+:.*?(?=\s*(?:Trace ID|Correlation ID|Timestamp|- Correlation ID):|[\r\n]|$)/s.exec(text) ?? []
  return cut((sentence ?? text).replaceAll(/\s+/g, ' ').trim(), 600)
}
