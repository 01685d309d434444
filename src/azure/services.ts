/** The SDK clients of one connection, made when first needed and kept: they share token, retries and log. */
import type { Client } from '@azure-rest/core-client'
import type { BatchManagementClient } from '@azure/arm-batch'
import type { ComputeManagementClient } from '@azure/arm-compute'
import type { TokenCredential } from '@azure/core-auth'
import type { HttpClient } from '@azure/core-rest-pipeline'
import { RunError } from '../model/failure.ts'
import type { PoolApiVersion } from '../model/plan.ts'
import type { Clock } from '../shared/clock.ts'
import { doubtAbsence } from './absence.ts'
import type { Cloud } from './cloud.ts'
import type { Line } from './connection.ts'
import type { Tokens } from './pipeline.ts'
import { perseverance } from './persevere.ts'
import { type Call, CLIENT_OPTIONS, prepare } from './pipeline.ts'
import type { ProxySettings } from './proxy.ts'

export type Services = {
  cloud: Cloud
  clock: Clock
  pollIntervalMs: number
  say(line: string): void
  compute(subscriptionId: string): ComputeManagementClient
  batch(subscriptionId: string, apiVersion: PoolApiVersion): BatchManagementClient
  /** Base URL and client of the Batch service for an account. @throws RunError for a host outside of the cloud */
  batchService(accountEndpoint: string): { url: string; client: Client }
  /** A client's pipeline under a signal. */
  line(client: Pick<Client, 'pipeline'>, signal: AbortSignal): Line
}

type ServicesDeps = {
  cloud: Cloud
  clock: Clock
  tokens: Tokens
  httpClient: HttpClient
  pollIntervalMs: number
  userAgent: string
  debug(line: string): void
  say(line: string): void
  random(): number
  proxy?: ProxySettings | undefined
  ahead(call: Call): void
  clientRequestId?: string | undefined
}

/** Loads the SDKs only here, so that bad inputs never pay for them. */
export async function makeServices(deps: ServicesDeps): Promise<Services> {
  const [{ ComputeManagementClient }, { BatchManagementClient }, { getClient }] = await Promise.all([
    import('@azure/arm-compute'),
    import('@azure/arm-batch'),
    import('@azure-rest/core-client')
  ])
  const { cloud, clock, httpClient, pollIntervalMs } = deps
  const home = new URL(cloud.resourceManagerUrl).hostname
  const options = {
    ...CLIENT_OPTIONS,
    endpoint: cloud.resourceManagerUrl,
    httpClient,
    ...(deps.proxy && { proxyOptions: deps.proxy }),
    userAgentOptions: { userAgentPrefix: deps.userAgent }
  }
  const shared = { ...deps, perseverance: perseverance(deps), absence: doubtAbsence(deps) }
  const manager = { ...shared, scope: cloud.scopes.resourceManager, allows: (url: URL) => url.hostname === home }
  const service = { ...shared, scope: cloud.scopes.batch, allows: (url: URL) => cloud.isBatchHost(url.hostname) }
  const clients = new Map<string, unknown>()
  const kept = <T>(key: string, make: () => T): T => {
    if (!clients.has(key)) clients.set(key, make())
    return clients.get(key) as T
  }
  return {
    cloud,
    clock,
    pollIntervalMs,
    say: deps.say,
    compute: id =>
      kept(`compute ${id}`, () => prepare(new ComputeManagementClient(UNUSED_CREDENTIAL, id, { ...options }), manager)),
    // The client rewrites the api-version of whatever passes through it, so there is one for each.
    batch: (id, apiVersion) =>
      kept(`batch ${id} ${apiVersion}`, () =>
        prepare(new BatchManagementClient(UNUSED_CREDENTIAL, id, { ...options, apiVersion }), manager)
      ),
    batchService: accountEndpoint => {
      const url = batchUrl(cloud, accountEndpoint)
      return { url, client: kept(url, () => prepare(getClient(url, { ...options, endpoint: url }), service)) }
    },
    line: ({ pipeline }, signal) => ({ pipeline, httpClient, signal, clock })
  }
}

/** The SDK's own bearer policy, which would use it, is taken out (`prepare`). */
const UNUSED_CREDENTIAL: TokenCredential = { getToken: async () => null }

function batchUrl(cloud: Cloud, accountEndpoint: string): string {
  const url = `https://${accountEndpoint}`
  if (URL.canParse(url) && new URL(url).origin === url && cloud.isBatchHost(new URL(url).hostname)) return url
  throw new RunError({
    reason: 'sign-in-failed',
    message: `accountEndpoint: "${accountEndpoint}" is not a Batch host of ${cloud.name}; tokens are sent to that cloud's hosts only`,
    wayOut: 'check that cloud names the cloud in which the Batch account lives'
  })
}
