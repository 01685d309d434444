import type { Answer, Call, JsonObject, Operation } from '../kernel/types.ts'
import { audiencesOf, EXCHANGE_AUDIENCE, withoutSlash, type SignInContext } from './context.ts'
import { githubIssuer, githubKey } from './github.ts'
import { readToken, signToken } from './tokens.ts'

/** Seconds that an access token is good for. Entra varies it between 60 and 90 minutes; an hour for service principals. */
export const ACCESS_TOKEN_LIFETIME_S = 3599

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** Entra's v2 endpoints for client credentials with a client assertion. */
export function entraOperations(context: SignInContext): Operation[] {
  return [
    {
      id: 'Entra_OpenIdConfiguration',
      host: 'login',
      method: 'GET',
      path: '/{tenant}/v2.0/.well-known/openid-configuration',
      apiVersions: [],
      handle: ({ params }) => configuration(context, params['tenant'] ?? '')
    },
    {
      id: 'Entra_Token',
      host: 'login',
      method: 'POST',
      path: '/{tenant}/oauth2/v2.0/token',
      apiVersions: [],
      query: ['client-request-id'],
      handle: call => grantToken(context, call)
    }
  ]
}

function configuration(context: SignInContext, tenant: string): Answer {
  const { loginUrl, signIn } = context
  if (tenant !== signIn.tenantId) return unknownTenant(context, tenant, 'invalid_tenant')
  const base = `${loginUrl}/${tenant}`
  return {
    status: 200,
    body: {
      token_endpoint: `${base}/oauth2/v2.0/token`,
      token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
      jwks_uri: `${base}/discovery/v2.0/keys`,
      response_modes_supported: ['query', 'fragment', 'form_post'],
      response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
      scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
      issuer: `${base}/v2.0`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
      end_session_endpoint: `${base}/oauth2/v2.0/logout`
    }
  }
}

type Form = { grant: string; clientId: string; scope: string; assertionType: string; assertion: string; secret: string }

function grantToken(context: SignInContext, call: Call): Answer {
  const tenant = call.params['tenant'] ?? ''
  if (tenant !== context.signIn.tenantId) return unknownTenant(context, tenant)
  const form = readForm(call)
  return formProblem(context, form) ?? assertionProblem(context, form) ?? issue(context, form)
}

/** A token for a client that shows a secret: any will do. For clients that take the login endpoint for an ADFS. */
export function grantForSecret(context: SignInContext, call: Call): Answer {
  const form = readForm(call)
  const assertion = form.secret === '' ? assertionProblem(context, form) : undefined
  return formProblem(context, form) ?? assertion ?? issue(context, form)
}

function readForm({ body }: Call): Form {
  const fields = new URLSearchParams(typeof body === 'string' ? body : '')
  return {
    grant: fields.get('grant_type') ?? '',
    clientId: fields.get('client_id') ?? '',
    scope: fields.get('scope') ?? '',
    assertionType: fields.get('client_assertion_type') ?? '',
    assertion: fields.get('client_assertion') ?? '',
    secret: fields.get('client_secret') ?? ''
  }
}

function formProblem(context: SignInContext, form: Form): Answer | undefined {
  if (form.grant === '') return missing(context, 'grant_type')
  if (form.grant !== 'client_credentials') {
    return aadsts(
      context,
      70003,
      'unsupported_grant_type',
      `The app requested an unsupported grant type '${form.grant}'.`
    )
  }
  if (form.clientId === '') return missing(context, 'client_id')
  if (form.clientId !== context.signIn.clientId) {
    const text = `Application with identifier '${form.clientId}' was not found in the directory 'emulated'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`
    return aadsts(context, 700016, 'unauthorized_client', text)
  }
  if (form.scope === '') return missing(context, 'scope')
  if (!/\/\.default( |$)/.test(form.scope)) {
    const text = `The provided value for scope ${form.scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`
    return aadsts(context, 1002012, 'invalid_scope', text)
  }
  if (resourceOf(context, form.scope) === undefined) {
    const text = `The resource principal named ${form.scope.replace('/.default', '')} was not found in the tenant named emulated. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.`
    return aadsts(context, 500011, 'invalid_resource', text)
  }
  return undefined
}

/** The resource that a scope names, with one or two slashes before `.default`. */
function resourceOf(context: SignInContext, scope: string): string | undefined {
  const asked = scope.split(' ').find(word => word.endsWith('/.default')) ?? ''
  const resource = asked.slice(0, -'/.default'.length)
  const known = [...audiencesOf(context, 'resource-manager'), ...audiencesOf(context, 'batch')]
  return known.includes(withoutSlash(resource)) ? resource : undefined
}

function assertionProblem(context: SignInContext, { assertion, assertionType }: Form): Answer | undefined {
  if (assertion === '') {
    const text = "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type."
    return aadsts(context, 7000216, 'invalid_client', text)
  }
  if (assertionType !== ASSERTION_TYPE) return missing(context, 'client_assertion_type')
  const claims = readToken(assertion, githubKey(context))
  if (claims === undefined) {
    return aadsts(
      context,
      700027,
      'invalid_client',
      'Client assertion contains an invalid signature. [Reason - The key was not found.]'
    )
  }
  const nowS = context.realNow() / 1000
  if (nowS >= claims.exp || nowS < claims.nbf) {
    const text = `Client assertion is not within its valid time range. Current time: ${utc(nowS)}, assertion valid from ${utc(claims.nbf)}, expiry time of assertion ${utc(claims.exp)}. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials .`
    return aadsts(context, 700024, 'invalid_client', text)
  }
  const { iss, aud } = claims
  const subject = String(claims['sub'])
  if (iss !== githubIssuer(context)) return noFederation(context, 700211, 'issuer', iss)
  if (aud !== EXCHANGE_AUDIENCE) return noFederation(context, 700212, 'audience', aud)
  if (subject !== context.signIn.subject) return otherSubject(context, subject)
  return undefined
}

function issue(context: SignInContext, { scope }: Form): Answer {
  const resource = resourceOf(context, scope) ?? ''
  const { signIn, loginUrl, key } = context
  const seconds = Math.floor(context.realNow() / 1000)
  const claims = {
    aud: resource,
    iss: `${loginUrl}/${signIn.tenantId}/`,
    iat: seconds,
    nbf: seconds,
    exp: seconds + ACCESS_TOKEN_LIFETIME_S,
    appid: signIn.clientId,
    oid: signIn.objectId,
    tid: signIn.tenantId
  }
  const lifetime = { expires_in: ACCESS_TOKEN_LIFETIME_S, ext_expires_in: ACCESS_TOKEN_LIFETIME_S }
  return { status: 200, body: { token_type: 'Bearer', ...lifetime, access_token: signToken(claims, key) } }
}

const missing = (context: SignInContext, parameter: string): Answer =>
  aadsts(context, 900144, 'invalid_request', `The request body must contain the following parameter: '${parameter}'.`)

const unknownTenant = (context: SignInContext, tenant: string, error = 'invalid_request'): Answer =>
  aadsts(
    context,
    90002,
    error,
    `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`
  )

const noFederation = (context: SignInContext, code: number, what: string, value: string): Answer =>
  aadsts(
    context,
    code,
    'invalid_client',
    `No matching federated identity record found for presented assertion ${what} '${value}'. Check your federated identity credential Subject, Audience and Issuer against the presented assertion.`
  )

function otherSubject(context: SignInContext, subject: string): Answer {
  if (subject.toLowerCase() !== context.signIn.subject.toLowerCase()) {
    return noFederation(context, 700213, 'subject', subject)
  }
  const text = `No matching federated identity record found for presented assertion subject '${subject}'. The subject matches with case-insensitive comparison, but not with case-sensitive comparison.`
  return aadsts(context, 7002138, 'invalid_client', text)
}

/** An error as Entra words it: 401 for the client's credentials, 400 else. */
function aadsts(context: SignInContext, code: number, error: string, text: string): Answer {
  const trace = '00000000-0000-4000-8000-0000000000ff'
  const timestamp = utc(context.realNow() / 1000)
  const body: JsonObject = {
    error,
    error_description: `AADSTS${code}: ${text} Trace ID: ${trace} Correlation ID: ${trace} Timestamp: ${timestamp}`,
    error_codes: [code],
    timestamp,
    trace_id: trace,
    correlation_id: trace,
    error_uri: `${context.loginUrl}/error?code=${code}`
  }
  return { status: error === 'invalid_client' ? 401 : 400, body }
}

const utc = (seconds: number): string =>
  new Date(seconds * 1000)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, 'Z')
