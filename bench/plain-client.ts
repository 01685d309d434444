/** The least that can speak to the embedded Azure: no SDK, nothing side by side, and one fixed wait. */
import type { Emulator } from '../emulator/index.ts'

type Body = Record<string, unknown>
type Answer = { status: number; headers: Record<string, string>; body: Body }

export type PlainClient = {
  get(id: string, apiVersion: string): Body
  /** Ends when what it began has ended. */
  put(id: string, apiVersion: string, body: Body): void
  patch(id: string, apiVersion: string, body: Body): void
  delete(id: string, apiVersion: string): void
  nodesOf(poolId: string): { state: string }[]
  until(isDone: () => boolean): void
}

export type Waiting = { lookEveryMs: number; sleep(ms: number): void }

const TOKEN_LIVES_MS = 50 * 60_000

export function plainClient(emulator: Emulator, { lookEveryMs, sleep }: Waiting): PlainClient {
  const token = tokenSource(emulator)
  const call = (method: string, url: string, { audience, body }: { audience: string; body?: Body }): Answer => {
    const headers = { authorization: `Bearer ${token(audience)}`, 'content-type': 'application/json' }
    const sent = { method, url, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
    const answer = emulator.handle(sent)
    if (answer.status >= 400) throw new Error(`${method} ${url}: ${answer.status} ${answer.body}`)
    return { ...answer, body: answer.body === '' ? {} : (JSON.parse(answer.body) as Body) }
  }
  const manager = emulator.connection.resourceManagerUrl
  const arm = (method: string, url: string, body?: Body): Answer =>
    call(method, url, { audience: 'https://management.core.emulated.azure', ...(body === undefined ? {} : { body }) })
  const urlOf = (id: string, apiVersion: string): string => `${manager}${id}?api-version=${apiVersion}`
  const wait = ({ headers }: Pick<Answer, 'headers'>): void => {
    const seconds = headers['retry-after']
    sleep(seconds === undefined ? lookEveryMs : Number(seconds) * 1_000)
  }
  const follow = (first: Answer): void => {
    const url = first.headers['azure-asyncoperation']
    for (let last = first; url !== undefined && last.body['status'] !== 'Succeeded';) {
      wait(last)
      last = arm('GET', url)
    }
  }
  const client: PlainClient = {
    get: (id, apiVersion) => arm('GET', urlOf(id, apiVersion)).body,
    put: (id, apiVersion, body) => follow(arm('PUT', urlOf(id, apiVersion), body)),
    patch: (id, apiVersion, body) => follow(arm('PATCH', urlOf(id, apiVersion), body)),
    delete: (id, apiVersion) => follow(arm('DELETE', urlOf(id, apiVersion))),
    nodesOf: poolId => {
      const account = client.get(poolId.replace(/\/pools\/.*/, ''), '2025-06-01')
      const { accountEndpoint } = account['properties'] as { accountEndpoint: string }
      const path = `/pools/${poolId.split('/').at(-1)}/nodes?api-version=2025-06-01&%24select=id%2Cstate`
      const audience = 'https://batch.core.emulated.azure'
      return call('GET', `https://${accountEndpoint}${path}`, { audience }).body['value'] as { state: string }[]
    },
    until: isDone => {
      while (!isDone()) sleep(lookEveryMs)
    }
  }
  return client
}

/** Tokens by audience, renewed before they run out. */
function tokenSource(emulator: Emulator): (audience: string) => string {
  const { connection } = emulator
  const kept = new Map<string, { at: number; token: string }>()
  return audience => {
    const known = kept.get(audience)
    if (known !== undefined && emulator.now() - known.at < TOKEN_LIVES_MS) return known.token
    const form = {
      grant_type: 'client_credentials',
      client_id: connection.signIn['client-id'],
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: idTokenOf(emulator),
      scope: `${audience}/.default`
    }
    const answer = emulator.handle({
      method: 'POST',
      url: `https://login.emulated.azure/${connection.signIn['tenant-id']}/oauth2/v2.0/token`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString()
    })
    const token = (JSON.parse(answer.body) as { access_token?: string }).access_token
    if (token === undefined) throw new Error(`no token for ${audience}: ${answer.body}`)
    kept.set(audience, { at: emulator.now(), token })
    return token
  }
}

function idTokenOf({ connection, handle }: Emulator): string {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } = connection.env
  const answer = handle({
    method: 'GET',
    url: `${url}&audience=${encodeURIComponent('api://AzureADTokenExchange')}`,
    headers: { authorization: `Bearer ${token}` }
  })
  return (JSON.parse(answer.body) as { value: string }).value
}
