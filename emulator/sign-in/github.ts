import type { Call, Operation } from '../kernel/types.ts'
import type { SignInContext } from './context.ts'
import { signToken } from './tokens.ts'

/** Seconds that GitHub's ID tokens are good for, as users of azure/login report. */
export const ID_TOKEN_LIFETIME_S = 300

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

function answer(context: SignInContext, { headers, query }: Call): ReturnType<Operation['handle']> {
  if (headers['authorization'] !== `Bearer ${context.requestToken}`) {
    return { status: 401, body: { message: 'The request token is missing or is not the one of this job.' } }
  }
  const seconds = Math.floor(context.realNow() / 1000)
  const value = signToken(
    {
      iss: githubIssuer(context),
      sub: context.signIn.subject,
      aud: query.get('audience') ?? 'https://github.com/emulated',
      iat: seconds,
      nbf: seconds - 600,
      exp: seconds + ID_TOKEN_LIFETIME_S
    },
    githubKey(context)
  )
  return { status: 200, body: { count: value.length, value } }
}
