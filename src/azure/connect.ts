/** Signs in and returns Azure in our words. */
import { type HttpClient, createDefaultHttpClient } from '@azure/core-rest-pipeline'
import type { CloudChoice, SignIn } from '../model/spec.ts'
import type { Clock } from '../shared/clock.ts'
import { batchGateway } from './batch.ts'
import { batchServiceGateway } from './batch-service.ts'
import { findCloud, metadataOver } from './cloud.ts'
import { computeGateway } from './compute.ts'
import { signIn } from './sign-in/credential.ts'
import { galleryGateway } from './gallery.ts'
import type { Azure } from './gateway.ts'
import { namedResourceGateway } from './named-resources.ts'
import type { Job } from './sign-in/job.ts'
import { withPatience } from './patience.ts'
import { type Call, orAborted } from './pipeline.ts'
import type { ProxySettings } from './proxy.ts'
import { type Services, makeServices } from './services.ts'

export type ConnectDeps = {
  cloud: CloudChoice
  signIn: SignIn
  clock: Clock
  /** The SDK's own when absent. */
  httpClient?: HttpClient
  /** GitHub's ID token for an audience; called for each token of Azure's. */
  getIdToken(audience: string): Promise<string>
  /** What the job may do; where absent, one that may ask for ID tokens. */
  job?: Job
  /** Hears of every access token, so that it can be kept out of whatever is written. */
  hide?(secret: string): void
  /** Longest wait between two polls that Azure doesn't ask for, in ms. */
  pollIntervalMs: number
  /** Put before the SDK's own. */
  userAgent: string
  /** Takes a line for each exchange, without secrets. */
  debug(line: string): void
  /** Takes a line about a wait of more than a minute. */
  say(line: string): void
  /** In [0, 1). */
  random(): number
  /** Where the environment names one. */
  proxy?: ProxySettings | undefined
  /** Told of each call that creates, changes or deletes something, before it is sent; when it throws, nothing is sent. */
  ahead?(call: Call): void
  /** Ends every call and wait when aborted; its reason is what they throw. */
  signal: AbortSignal
  /** A GUID: `x-ms-correlation-request-id` of every call. */
  clientRequestId?: string
}

/** @throws RunError `sign-in-failed` when the cloud or the credentials are no good: the first token is asked for here. */
export async function connect(deps: ConnectDeps): Promise<Azure> {
  const httpClient = withPatience(deps.httpClient ?? createDefaultHttpClient(), deps.clock)
  const cloud = await findCloud(deps.cloud, metadataOver(httpClient, deps))
  const { ahead = () => undefined, hide = () => undefined, job = { inGitHub: true, mayAskForIdTokens: true } } = deps
  const tokens = await signIn({ ...deps, cloud, httpClient, hide, job })
  const [services] = await Promise.all([
    makeServices({ ...deps, ahead, cloud, tokens, httpClient }),
    orAborted(tokens.get(cloud.scopes.resourceManager), deps.signal)
  ])
  return azureOver(services, deps.signal)
}

function azureOver(services: Services, signal: AbortSignal): Azure {
  return {
    compute: computeGateway(services, signal),
    gallery: galleryGateway(services, signal),
    batch: batchGateway(services, signal),
    named: namedResourceGateway(services, signal),
    batchService: accountEndpoint => batchServiceGateway(services, signal, accountEndpoint),
    until: other => azureOver(services, other)
  }
}
