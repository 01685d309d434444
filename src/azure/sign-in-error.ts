/** What a refused sign-in means, and the way out. */
import { RunError } from '../model/failure.ts'
import type { SignIn } from '../model/spec.ts'

/** Codes of Microsoft Entra ID (its error reference); the first that matches counts. */
const HINTS: readonly [code: RegExp, wayOut: string][] = [
  [/AADSTS700016\b/, 'check client-id and tenant-id: that tenant knows no application with that client id'],
  [/AADSTS90002\b/, 'check tenant-id, and that the cloud is the one where that tenant lives'],
  [/AADSTS700024\b/, "the assertion's time is over or hasn't come: check the runner's clock"],
  [
    /AADSTS(7002138|700211|700212|700213|70021)\b/,
    'add a federated credential to the application whose issuer, subject and audience are those in the message'
  ],
  [/AADSTS53003\b/, 'a conditional access policy refuses this sign-in: ask the administrators of the tenant'],
  [
    /endpoints_resolution_error/,
    "the login endpoint can't be read: where its certificate is from a private authority, name that in NODE_EXTRA_CA_CERTS"
  ]
]

export function signInFailed(error: unknown, { scope, who }: { scope: string; who: SignIn }): RunError {
  if (error instanceof RunError) return error
  const text = error instanceof Error ? error.message : String(error)
  const audience = scope.replace(/\/+\.default$/, '')
  const account =
    who.kind === 'github-oidc' ? `client "${who.clientId}" in tenant "${who.tenantId}"` : 'the credentials found here'
  const wayOut = HINTS.find(([code]) => code.test(text))?.[1]
  const fallback =
    who.kind === 'github-oidc'
      ? 'check client-id, tenant-id and the federated credential of the application'
      : 'give client-id and tenant-id, or sign in before (az login, a managed identity, or the environment variables of Azure Identity)'
  return new RunError(
    'sign-in-failed',
    `no token for ${audience} as ${account}: ${shortened(text)}`,
    wayOut ?? fallback,
    error
  )
}

export function idTokenFailed(error: unknown): RunError {
  const text = error instanceof Error ? error.message : String(error)
  return new RunError(
    'sign-in-failed',
    `no ID token from GitHub: ${shortened(text)}`,
    'give the job the permission "id-token: write"; without client-id, the credentials found on the machine are used',
    error
  )
}

/** Entra's own sentence where there is one: around it go trace ids and, from DefaultAzureCredential, lines of attempts. */
function shortened(text: string): string {
  const [sentence] =
    /AADSTS\d+:.*?(?=\s*(?:Trace ID|Correlation ID|Timestamp|- Correlation ID):|[\r\n]|$)/s.exec(text) ?? []
  return (sentence ?? text).replaceAll(/\s+/g, ' ').trim().slice(0, 600)
}
