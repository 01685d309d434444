/** The Azure that a run talks to: its hosts, its login endpoint, and the audiences that tokens are for. */
import {
  type HttpClient,
  createHttpHeaders,
  createPipelineFromOptions,
  createPipelineRequest,
  isRestError
} from '@azure/core-rest-pipeline'
import { RunError } from '../model/failure.ts'
import { type Json, isJsonObject } from '../model/json.ts'
import type { CloudChoice, NamedCloud } from '../model/spec.ts'
import { type PerseveranceDeps, givenUpOf, persevere, perseverance } from './persevere.ts'
import { CLIENT_OPTIONS } from './pipeline.ts'
import type { ProxySettings } from './proxy.ts'
import { listAt, neededText, textAt } from './read/json.ts'

export type Cloud = {
  name: string
  /** Without a trailing slash. */
  resourceManagerUrl: string
  /** Of Microsoft Entra ID, or what stands for it; https. */
  loginUrl: string
  /** Not one of Microsoft's: its login endpoint is taken as it is. */
  custom: boolean
  /** What a token is asked for. */
  scopes: { resourceManager: string; batch: string }
  /** Whether a token for Batch may go to this host. */
  isBatchHost(hostname: string): boolean
}

type CloudRow = { resourceManager: string; login: string; batchAudience: string; batchSuffix: string }

/** Microsoft's own metadata endpoints, api-version 2022-09-01, and the Batch documentation of each cloud. */
const NAMED: Record<NamedCloud, CloudRow> = {
  AzureCloud: {
    resourceManager: 'https://management.azure.com',
    login: 'https://login.microsoftonline.com',
    batchAudience: 'https://batch.core.windows.net/',
    batchSuffix: '.batch.azure.com'
  },
  AzureUSGovernment: {
    resourceManager: 'https://management.usgovcloudapi.net',
    login: 'https://login.microsoftonline.us',
    batchAudience: 'https://batch.core.usgovcloudapi.net/',
    batchSuffix: '.batch.usgovcloudapi.net'
  },
  AzureChinaCloud: {
    resourceManager: 'https://management.chinacloudapi.cn',
    login: 'https://login.chinacloudapi.cn',
    batchAudience: 'https://batch.chinacloudapi.cn/',
    batchSuffix: '.batch.chinacloudapi.cn'
  }
}

/** @throws RunError where a Resource Manager doesn't tell of itself over https */
export async function findCloud(choice: CloudChoice, ask: (url: string) => Promise<Json>): Promise<Cloud> {
  if (choice.kind === 'named') return namedCloud(choice.name)
  const url = httpsUrl(choice.url, 'cloud')
  const known = (Object.keys(NAMED) as NamedCloud[]).find(
    name => new URL(NAMED[name].resourceManager).host === url.host
  )
  if (known !== undefined) return namedCloud(known)
  const base = url.href.replace(/\/+$/, '')
  return cloudFromMetadata(base, await ask(`${base}/metadata/endpoints?api-version=2022-09-01`))
}

function namedCloud(name: NamedCloud): Cloud {
  const row = NAMED[name]
  return {
    name,
    resourceManagerUrl: row.resourceManager,
    loginUrl: row.login,
    custom: false,
    scopes: { resourceManager: `${row.resourceManager}/.default`, batch: `${row.batchAudience}/.default` },
    isBatchHost: hostname => hostname.endsWith(row.batchSuffix)
  }
}

/** Reads what `/metadata/endpoints` says: one cloud, or a list in which the Resource Manager finds itself. */
export function cloudFromMetadata(resourceManagerUrl: string, metadata: Json): Cloud {
  const host = new URL(resourceManagerUrl).hostname
  const row = Array.isArray(metadata)
    ? metadata.find(entry => hostOf(textAt(entry, 'resourceManager')) === host)
    : metadata
  if (!isJsonObject(row)) throw unusable(resourceManagerUrl, 'names no cloud of that host')
  try {
    const [audience] = listAt(row, 'authentication.audiences')
    if (typeof audience !== 'string') throw new Error('authentication.audiences: missing in the answer')
    return {
      name: textAt(row, 'name') ?? host,
      resourceManagerUrl,
      loginUrl: httpsUrl(neededText(row, 'authentication.loginEndpoint'), 'loginEndpoint').href.replace(/\/+$/, ''),
      custom: true,
      scopes: { resourceManager: `${audience}/.default`, batch: `${neededText(row, 'batch')}/.default` },
      isBatchHost: hostname => hostname === host || isNeighbour(hostname, host)
    }
  } catch (error) {
    throw unusable(resourceManagerUrl, (error as Error).message)
  }
}

/** Under the parent domain of a Resource Manager: `a.b.example` beside `management.b.example`; never under a bare top level. */
function isNeighbour(hostname: string, resourceManagerHost: string): boolean {
  const parent = resourceManagerHost.split('.').slice(1)
  const isName = /[a-z]/i.test(parent.at(-1) ?? '')
  return isName && (parent.length > 1 || parent[0] === 'localhost') && hostname.endsWith(`.${parent.join('.')}`)
}

function hostOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).hostname : undefined
}

function httpsUrl(text: string, what: string): URL {
  if (!URL.canParse(text) || new URL(text).protocol !== 'https:') {
    throw new RunError({
      reason: 'sign-in-failed',
      message: `${what}: "${text}" is not an https URL; tokens travel over https only`,
      wayOut: 'name an https URL'
    })
  }
  return new URL(text)
}

function unusable(url: string, what: string): RunError {
  return new RunError({
    reason: 'sign-in-failed',
    message: `cloud: "${url}" can't be used: its /metadata/endpoints ${what}`,
    wayOut:
      'give the URL of a Resource Manager whose /metadata/endpoints names authentication.loginEndpoint, authentication.audiences and batch'
  })
}

/** A URL that is mistyped is not there for good: nobody waits minutes for it. */
const METADATA_PATIENCE_MS = 20_000

type MetadataDeps = PerseveranceDeps & { signal: AbortSignal; proxy?: ProxySettings | undefined }

/** A GET without a token, for `findCloud`. */
export function metadataOver(httpClient: HttpClient, deps: MetadataDeps): (url: string) => Promise<Json> {
  const { proxy, signal } = deps
  const pipeline = createPipelineFromOptions({ ...CLIENT_OPTIONS, ...(proxy && { proxyOptions: proxy }) })
  persevere(pipeline, perseverance({ ...deps, failingMs: METADATA_PATIENCE_MS }))
  return async url => {
    const headers = createHttpHeaders({ accept: 'application/json' })
    const request = createPipelineRequest({ url, headers, abortSignal: signal })
    try {
      const response = await pipeline.sendRequest(httpClient, request)
      if (response.status !== 200) throw new NotRead(response.status, givenUpOf(request)?.text)
      return JSON.parse(response.bodyAsText ?? '') as Json
    } catch (error) {
      signal.throwIfAborted()
      const isAway = isRestError(error) || (error instanceof NotRead && error.isAway)
      const isThrottled = error instanceof NotRead && error.status === 429
      throw new RunError({
        reason: isThrottled ? 'throttled' : isAway ? 'azure-unreachable' : 'sign-in-failed',
        message: `cloud: "${url}" can't be read: ${(error as Error).message}`,
        wayOut: isThrottled ? 'run again later with the same inputs' : METADATA_WAY_OUT,
        cause: error
      })
    }
  }
}

const METADATA_WAY_OUT =
  'check the URL, and that the runner reaches it (proxy, firewall, DNS); where its certificate is from a private authority, name that in NODE_EXTRA_CA_CERTS'

class NotRead extends Error {
  readonly status: number
  /** Not an answer of a Resource Manager: it, or a proxy on the way, couldn't. */
  readonly isAway: boolean
  constructor(status: number, why: string | undefined) {
    super(`answered ${status}${why === undefined ? '' : `; ${why}`}`)
    this.status = status
    this.isAway = status >= 500 || status === 429 || status === 408
  }
}
