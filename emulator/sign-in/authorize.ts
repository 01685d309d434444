import { armError, authorizationFailed, batchError, linkedAuthorizationFailed } from '../kernel/errors.ts'
import type { Answer, Call } from '../kernel/types.ts'
import { audiencesOf, withoutSlash, type SignInContext } from './context.ts'
import { readToken } from './tokens.ts'

/** The answer to a caller without a good token for this host, or without the role; undefined when it may go on. */
export function refuse(context: SignInContext, call: Call): Answer | undefined {
  const { host, id } = call.operation
  if ((host !== 'resource-manager' && host !== 'batch') || id === 'Metadata_Endpoints') return undefined
  const problem = tokenProblem(context, call, host)
  if (problem !== undefined) return unauthenticated(context, host, problem)
  const action = actionOf(call)
  const isDenied = (one: string): boolean => call.world.behaviour.denied.some(denied => isDeniedBy(denied, one))
  if (isDenied(action)) return forbidden(context, call, action)
  const lacking = call.operation.linked?.of(call).find(linked => isDenied(linked.action))
  return lacking && linkedAuthorizationFailed(context.signIn, { action, scope: scopeOf(call) }, lacking)
}

const scopeOf = (call: Call): string => new URL(call.url ?? call.origin).pathname

type Problem = { code: string; message: string }

function tokenProblem(context: SignInContext, call: Call, host: 'resource-manager' | 'batch'): Problem | undefined {
  const [, bearer] = /^Bearer (.+)$/i.exec(call.headers['authorization'] ?? '') ?? []
  if (bearer === undefined) {
    return { code: 'AuthenticationFailed', message: "Authentication failed. The 'Authorization' header is missing." }
  }
  const claims = readToken(bearer, context.key)
  if (claims === undefined) {
    return { code: 'InvalidAuthenticationToken', message: 'The access token is invalid.' }
  }
  const nowS = context.realNow() / 1000
  if (claims.exp <= nowS) {
    const message = `The access token expiry UTC time '${utc(claims.exp)}' is earlier than current UTC time '${utc(nowS)}'.`
    return { code: 'ExpiredAuthenticationToken', message }
  }
  const allowed = audiencesOf(context, host)
  if (allowed.includes(withoutSlash(claims.aud))) return undefined
  const message = `The access token has been obtained for wrong audience or resource '${claims.aud}'. It should exactly match with one of the allowed audiences '${allowed.join("','")}'.`
  return { code: 'InvalidAuthenticationTokenAudience', message }
}

/** As Resource Manager prints times: `12/13/2018 7:25:27 AM`. */
const utc = (seconds: number): string =>
  new Date(seconds * 1000).toLocaleString('en-US', { timeZone: 'UTC' }).replace(',', '').replaceAll('\u202f', ' ')

const SERVICE_UNAUTHENTICATED =
  'Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly.'

function unauthenticated(
  context: SignInContext,
  host: 'resource-manager' | 'batch',
  { code, message }: Problem
): Answer {
  const uri = `${context.loginUrl}/${context.signIn.tenantId}`
  const challenge = `Bearer authorization_uri="${uri}", error="invalid_token", error_description="${message}"`
  const answer =
    host === 'batch'
      ? batchError(401, 'AuthenticationFailed', SERVICE_UNAUTHENTICATED, {
          AuthenticationErrorDetail: message
        })
      : armError(401, code, message)
  return { ...answer, headers: { ...answer.headers, 'www-authenticate': challenge } }
}

function forbidden({ signIn }: SignInContext, call: Call, action: string): Answer {
  if (call.operation.host === 'resource-manager') return authorizationFailed(signIn, action, scopeOf(call))
  return batchError(403, 'AuthorizationFailure', 'This request is not authorized to perform this operation.', {
    Reason: `The client '${signIn.clientId}' may not perform action '${action}'.`
  })
}

/** The role action of a call: the types in its path and what the method does. */
export function actionOf({ operation }: Pick<Call, 'operation'>): string {
  if (operation.action !== undefined) return operation.action
  if (operation.host === 'batch') return serviceAction(operation)
  const words = operation.path.split('/').filter(word => word !== '' && !word.startsWith('{'))
  const provider = words.lastIndexOf('providers')
  const type = provider === -1 ? `Microsoft.Resources/${words.join('/')}` : words.slice(provider + 1).join('/')
  return `${type}/${VERBS[operation.method]}`
}

/**
 * Jobs and job schedules are data actions of their own, and so are writes of pools; any other read is one of the account
 * (batch-role-based-access-control, 2024-12-11). Tasks are their job's.
 */
function serviceAction({ path, method }: Call['operation']): string {
  const account = 'Microsoft.Batch/batchAccounts'
  const [first = ''] = path.split('/').filter(word => word !== '')
  const kind = { jobs: 'jobs', jobschedules: 'jobSchedules' }[first.toLowerCase()]
  const verb = method === 'POST' ? 'write' : VERBS[method]
  if (kind !== undefined) return `${account}/${kind}/${verb}`
  return verb === 'read' ? `${account}/read` : `${account}/pools/${verb}`
}

const VERBS = { GET: 'read', HEAD: 'read', PUT: 'write', PATCH: 'write', POST: 'action', DELETE: 'delete' } as const

/** Whether an entry of `behaviour.denied`, in which `*` stands for anything, means this action. */
export function isDeniedBy(denied: string, action: string): boolean {
  const pattern = denied
    .toLowerCase()
    .split('*')
    .map(part => part.replaceAll(/[.\\/]/g, '\\$&'))
    .join('.*')
  return new RegExp(`^${pattern}$`).test(action.toLowerCase())
}
