import type { Call, Operation } from '../kernel/types.ts'
import type { SignInContext } from './context.ts'
import { readToken, signToken } from './tokens.ts'

/** Seconds that GitHub's ID tokens are good for, as users of azure/login report. */
export const ID_TOKEN_LIFETIME_S = 300

/** Seconds for which a job may ask for ID tokens: a job's 6 hours at most, and some minutes. */
export const REQUEST_TOKEN_LIFETIME_S = 22_200

export const githubIssuer = ({ githubUrl }: SignInContext): string => githubUrl
export const githubKey = ({ key }: SignInContext): string => `github ${key}`

/** What a runner sets `ACTIONS_ID_TOKEN_REQUEST_URL` to; clients append `&audience=`. */
export const idTokenRequestUrl = ({ githubUrl }: SignInContext): string =>
  `${githubUrl}/_apis/oidc/idtoken?api-version=2.0`

export function githubOperations(context: SignInContext): Operation[] {
  return [
    {
      id: 'GitHub_IdToken',
      host: 'github',
      method: 'GET',
      path: '/_apis/oidc/idtoken',
      apiVersions: ['2.0'],
      query: ['audience'],
      handle: call => answer(context, call)
    }
  ]
}

/** The bearer token that a job which begins now shows for its ID tokens. */
export function requestToken(context: SignInContext): string {
  const seconds = Math.floor(context.realNow() / 1000)
  const lifetimeS = context.signIn.requestTokenLifetimeS ?? REQUEST_TOKEN_LIFETIME_S
  const iss = githubIssuer(context)
  return signToken({ iss, aud: iss, iat: seconds, nbf: seconds - 600, exp: seconds + lifetimeS }, jobKey(context))
}

const jobKey = ({ key }: SignInContext): string => `github job ${key}`

function answer(context: SignInContext, { headers, query }: Call): ReturnType<Operation['handle']> {
  const [, bearer = ''] = /^Bearer (.+)$/.exec(headers['authorization'] ?? '') ?? []
  const job = readToken(bearer, jobKey(context))
  if (job === undefined) return refused('The request token is missing or is not the one of this job.')
  const seconds = Math.floor(context.realNow() / 1000)
  if (seconds >= job.exp) return refused('The request token has expired.')
  const sub = context.signIn.sentSubject ?? context.signIn.subject
  const value = signToken(
    {
      iss: githubIssuer(context),
      sub,
      aud: query.get('audience') ?? 'https://github.com/emulated',
      ...repositoryClaims(sub),
      iat: seconds,
      nbf: seconds - 600,
      exp: seconds + ID_TOKEN_LIFETIME_S
    },
    githubKey(context)
  )
  return { status: 200, body: { count: value.length, value } }
}

const refused = (message: string): ReturnType<Operation['handle']> => ({ status: 401, body: { message } })

/** Names and ids that go with a subject, be it `repo:owner/name:…` or `repo:owner@id/name@id:…`. */
function repositoryClaims(subject: string): Record<string, string> {
  const [, owner, ownerId = '5521987', name, id = '70412233'] =
    /^repo:([^/@:]+)(?:@(\d+))?\/([^@:]+)(?:@(\d+))?:/.exec(subject) ?? []
  if (owner === undefined || name === undefined) return {}
  return {
    repository: `${owner}/${name}`,
    repository_id: id,
    repository_owner: owner,
    repository_owner_id: ownerId
  }
}
