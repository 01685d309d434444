/** What a run knows of the GitHub job that it is in, as far as sign-in depends on it. */
import type { Json } from '../../model/json.ts'
import { claimsOf } from './jwt.ts'
import { numberAt, textAt } from '../read/json.ts'

export type Job = {
  inGitHub: boolean
  /** Has the permission `id-token: write`. */
  mayAskForIdTokens: boolean
  /** `owner/name` of the fork that a pull request comes from. */
  fork?: string
  /** When GitHub stops giving ID tokens, in ms since the epoch by GitHub's clock; undefined where its token doesn't say. */
  asksUntil?: number
}

type Environment = Readonly<Record<string, string | undefined>>

/** From GitHub's variables and the event's file. Never throws; the request token is only read for its end. */
export function readJob(env: Environment, readText: (path: string) => string): Job {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } = env
  const fork = forkOf(env, readText)
  const endS = numberAt(claimsOf(token ?? ''), 'exp')
  return {
    inGitHub: env['GITHUB_ACTIONS'] === 'true',
    mayAskForIdTokens: Boolean(url) && Boolean(token),
    ...(fork === undefined ? {} : { fork }),
    ...(endS === undefined ? {} : { asksUntil: endS * 1_000 })
  }
}

/** GitHub has no variable for it: the event's file names the repository of each side. A fork that is gone is null there. */
function forkOf(env: Environment, readText: (path: string) => string): string | undefined {
  const { GITHUB_EVENT_NAME: name = '', GITHUB_EVENT_PATH: path = '', GITHUB_REPOSITORY: own = '' } = env
  if (!/^pull_request/.test(name) || path === '') return undefined
  try {
    const event = JSON.parse(readText(path)) as Json
    const head = textAt(event, 'pull_request.head.repo.full_name') ?? textAt(event, 'pull_request.head.label')
    return head === undefined || head.toLowerCase() === own.toLowerCase() ? undefined : head
  } catch {
    return undefined
  }
}
