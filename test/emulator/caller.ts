import { createRequire } from 'node:module'
import { afterAll } from '@jest/globals'
import { createEmulator, type Emulator, type Fault, type WorldFile } from '../../emulator/index.ts'
import type { Behaviour, Json } from '../../emulator/kernel/types.ts'
import { keepsContracts } from '../support/contract/keeps-contracts.ts'

const defaultWorld = createRequire(import.meta.url)('../../emulator/worlds/default.json') as WorldFile

export const START = Date.parse('2026-11-23T08:00:00Z')
export const SUBSCRIPTION = '/subscriptions/6f1b2c3d-0000-4000-8000-000000000001'
export const COMPUTE = `${SUBSCRIPTION}/resourceGroups/render-images/providers/Microsoft.Compute`
export const RESOURCE_MANAGER = 'https://management.emulated.azure'
export const OS_DISK = `${COMPUTE}/disks/render-source_OsDisk_1_0d4f6a1b7c5e4a3f9b2d8e6c1a0f5b47`
export const DISKS = '2026-03-02'
export const IMAGES = '2026-04-01'
export const GALLERIES = '2025-12-03'

// Bodies are read by tests that name every property they expect: a wrong name is a red test.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Body = any
export type Answer = { status: number; headers: Record<string, string>; body: Body }

const journals: Emulator['journal'][] = []
afterAll(() =>
  keepsContracts(
    journals.flatMap(journal => journal()),
    'answers'
  )
)

export type Caller = {
  emulator: Emulator
  /** Azure's clock. */
  time: { now: number }
  raw(request: { method: string; url: string; headers?: Record<string, string>; body?: string }): Answer
  /** A call of Resource Manager with a good token; `path` may be a whole URL. */
  arm(method: string, path: string, body?: Json, headers?: Record<string, string>): Answer
  token(audience: string): Answer
  idToken(audience?: string): string
}

export type CallerOptions = {
  behaviour?: Partial<Behaviour>
  faults?: Fault[]
  seed?: number
  change?(world: WorldFile): void
}

const bodyOf = ({ headers, body }: { headers: Record<string, string>; body: string }): Body =>
  body === '' ? undefined : headers['content-type']?.includes('json') ? JSON.parse(body) : body

/** Someone who calls an Azure of the default world, with tokens that are renewed as they run out. */
export function makeCaller(options: CallerOptions = {}): Caller {
  const world = structuredClone(defaultWorld)
  world.behaviour = { ...world.behaviour, ...options.behaviour }
  options.change?.(world)
  const time = { now: START }
  const emulator = createEmulator({
    world,
    clock: () => time.now,
    ...(options.faults && { faults: options.faults }),
    ...(options.seed !== undefined && { seed: options.seed })
  })
  journals.push(emulator.journal)
  const raw: Caller['raw'] = ({ method, url, headers = {}, body }) => {
    const answer = emulator.handle({ method, url, headers, body })
    return { ...answer, body: bodyOf(answer) }
  }
  const caller: Caller = {
    emulator,
    time,
    raw,
    idToken: (audience = 'api://AzureADTokenExchange') => askIdToken(caller, audience),
    token: audience => askToken(caller, { scope: `${audience}/.default`, client_assertion: caller.idToken() }),
    arm: (method, path, body, more) => {
      const authorization = `Bearer ${caller.token('https://management.core.emulated.azure/').body.access_token}`
      const url = path.startsWith('https:') ? path : `${RESOURCE_MANAGER}${path}`
      const headers = { authorization, 'content-type': 'application/json', ...more }
      return raw({ method, url, headers, ...(body !== undefined && { body: JSON.stringify(body) }) })
    }
  }
  return caller
}

function askIdToken({ emulator, raw }: Caller, audience: string): string {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } = emulator.connection.env
  const asked = `${url}&audience=${encodeURIComponent(audience)}`
  return raw({ method: 'GET', url: asked, headers: { Authorization: `Bearer ${token}` } }).body.value as string
}

/** A call of Entra's token endpoint with the right fields, save for those that are given. */
export function askToken({ emulator, raw }: Caller, fields: Record<string, string>): Answer {
  const { 'client-id': clientId, 'tenant-id': tenantId } = emulator.connection.signIn
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    ...fields
  })
  return raw({
    method: 'POST',
    url: `https://login.emulated.azure/${tenantId}/oauth2/v2.0/token`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString()
  })
}

export const snapshotBody = (more: Record<string, Json> = {}): Json => ({
  location: 'eastus2',
  tags: { run: '7' },
  properties: {
    creationData: { createOption: 'Copy', sourceResourceId: OS_DISK },
    incremental: true,
    networkAccessPolicy: 'DenyAll',
    ...more
  }
})

export const definitionBody = (more: Record<string, Json> = {}): Json => ({
  location: 'eastus2',
  properties: {
    osType: 'Linux',
    osState: 'Generalized',
    hyperVGeneration: 'V2',
    architecture: 'x64',
    features: [{ name: 'SecurityType', value: 'Standard' }],
    identifier: { publisher: 'render', offer: 'nodes', sku: 'jammy' },
    ...more
  }
})

export const versionBody = (regions: Json[], more: Record<string, Json> = {}): Json => ({
  location: 'eastus2',
  properties: {
    publishingProfile: { targetRegions: regions, excludeFromLatest: true, ...more },
    storageProfile: { osDiskImage: { source: { id: `${COMPUTE}/snapshots/os` } } }
  }
})

export const DEFINITION = `${COMPUTE}/galleries/farm/images/nodes`
export const VERSION = `${DEFINITION}/versions/1.0.0`

/** A snapshot `os` and a definition `nodes`, both done. */
export function withSnapshotAndDefinition(caller: Caller): Caller {
  caller.arm('PUT', `${COMPUTE}/snapshots/os?api-version=${DISKS}`, snapshotBody())
  caller.arm('PUT', `${DEFINITION}?api-version=${GALLERIES}`, definitionBody())
  caller.time.now += 5_000
  return caller
}
