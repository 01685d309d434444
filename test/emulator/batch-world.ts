import { afterAll } from '@jest/globals'
import type { Exchange } from '../../emulator/index.ts'
import { batchOperations } from '../../emulator/batch/index.ts'
import { route, unknownQuery } from '../../emulator/kernel/router.ts'
import type { Answer, Behaviour, Json, JsonObject } from '../../emulator/kernel/types.ts'
import { createWorld } from '../../emulator/kernel/world.ts'
import { KNOWN } from '../../emulator/operations.ts'
import { checkWorld } from '../../emulator/world-file/check.ts'
import { keepsContracts } from '../support/contract/keeps-contracts.ts'

export const START = Date.UTC(2026, 10, 23)
export const SECOND = 1_000
export const MINUTE = 60_000

const SUBSCRIPTION = '/subscriptions/6f1b2c3d-0000-4000-8000-000000000001'
export const ACCOUNT = `${SUBSCRIPTION}/resourceGroups/farm/providers/Microsoft.Batch/batchAccounts/render`
export const POOL = `${ACCOUNT}/pools/frames`
const DEFINITION = `${SUBSCRIPTION}/resourceGroups/farm/providers/Microsoft.Compute/galleries/g/images/d`
export const VERSION = `${DEFINITION}/versions/1.0.0`
export const MANAGED_IMAGE = `${SUBSCRIPTION}/resourceGroups/farm/providers/Microsoft.Compute/images/i`

export type Setup = {
  behaviour?: Partial<Behaviour>
  account?: JsonObject
  pools?: JsonObject[]
  resources?: JsonObject[]
}

export type Request = { body?: Json; headers?: Record<string, string>; apiVersion?: string }

const exchanges: Exchange[] = []
afterAll(() => keepsContracts(exchanges, 'answers'))

/** An account in eastus2 with room for 1,000 cores of one family, in virtual time. */
export function batchWorld({ behaviour = {}, account = {}, pools = [], resources = [] }: Setup = {}) {
  const properties = {
    accountEndpoint: 'render.eastus2.batch.emulated.azure',
    dedicatedCoreQuota: 1_000,
    lowPriorityCoreQuota: 1_000,
    dedicatedCoreQuotaPerVMFamilyEnforced: true,
    dedicatedCoreQuotaPerVMFamily: [{ name: 'standardDSv3Family', coreQuota: 1_000 }],
    poolQuota: 10,
    ...account
  }
  const file = {
    resources: [
      { id: ACCOUNT, name: 'render', type: 'Microsoft.Batch/batchAccounts', location: 'eastus2', properties },
      versionIn('East US 2'),
      {
        id: MANAGED_IMAGE,
        type: 'Microsoft.Compute/images',
        location: 'eastus2',
        properties: { provisioningState: 'Succeeded' }
      },
      ...pools,
      ...resources
    ],
    behaviour: { virtualMachineSkus: [sku('Standard_D2s_v3', 2), sku('Standard_D4s_v3', 4)], ...behaviour }
  }
  checkWorld(file, KNOWN)
  const world = createWorld(file, { now: START })
  let now = START
  const send = (method: string, url: string, { body, headers = {}, apiVersion }: Request = {}): Answer => {
    const parsed = new URL(url)
    if (apiVersion !== undefined || !parsed.searchParams.has('api-version')) {
      parsed.searchParams.set('api-version', apiVersion ?? '2025-06-01')
    }
    const host = parsed.host.includes('.batch.') ? 'batch' : 'resource-manager'
    const routed = route(batchOperations, { method, hosts: [host], url: parsed })
    if ('status' in routed) return routed
    const { operation, params } = routed
    const parameter = unknownQuery(operation, parsed)
    const property = operation.unknownProperty?.(body, parsed.searchParams.get('api-version') ?? '')
    if (parameter !== undefined || property !== undefined) return { status: 501, body: `${parameter ?? property}` }
    const answer = operation.handle({
      ...{ operation, params, headers, body, now, world, url: parsed.href },
      ...{ query: parsed.searchParams, apiVersion: parsed.searchParams.get('api-version') ?? '', origin: parsed.origin }
    })
    exchanges.push({
      ...{ at: now, operation: operation.id, request: { method, url: parsed.href, headers, body: body ?? null } },
      response: {
        status: answer.status,
        headers: { 'content-type': 'application/json', ...answer.headers },
        body: structuredClone(answer.body ?? null)
      }
    })
    return answer
  }
  const arm = (method: string, path: string, request?: Request): Answer =>
    send(method, `https://management.emulated.azure${path}`, request)
  const service = (method: string, path: string, request?: Request): Answer =>
    send(method, `https://render.eastus2.batch.emulated.azure${path}`, request)
  return {
    world,
    send,
    arm,
    service,
    pass: (ms: number) => void (now += ms),
    /** Properties of the pool, as ARM shows it. */
    pool: (id = POOL): JsonObject => propertiesOf(arm('GET', id)),
    nodes: (pool = 'frames'): JsonObject[] =>
      (service('GET', `/pools/${pool}/nodes`).body as { value: JsonObject[] }).value
  }
}

export function sku(name: string, vCpus: number): JsonObject {
  return { name, familyName: 'standardDSv3Family', capabilities: [{ name: 'vCPUs', value: String(vCpus) }] }
}

/** The gallery version with a replica in one region, there since long ago. */
export function versionIn(region: string): JsonObject {
  return {
    id: VERSION,
    type: 'Microsoft.Compute/galleries/images/versions',
    location: 'eastus2',
    properties: {
      provisioningState: 'Succeeded',
      publishingProfile: { targetRegions: [{ name: region, regionalReplicaCount: 1 }] }
    }
  }
}

export function propertiesOf(answer: Answer): JsonObject {
  return (answer.body as { properties: JsonObject }).properties
}

export function deployment(imageId = VERSION): JsonObject {
  return { virtualMachineConfiguration: { imageReference: { id: imageId }, nodeAgentSkuId: 'batch.node.ubuntu 22.04' } }
}

export function fixedScale(dedicated: number, lowPriority = 0, more: JsonObject = {}): JsonObject {
  return { fixedScale: { targetDedicatedNodes: dedicated, targetLowPriorityNodes: lowPriority, ...more } }
}

/** The body of a pool of two-core nodes. */
export function poolBody(more: JsonObject = {}): JsonObject {
  return {
    properties: {
      vmSize: 'Standard_D2s_v3',
      deploymentConfiguration: deployment(),
      scaleSettings: fixedScale(2),
      ...more
    }
  }
}

/** A pool as a world begins with it. */
export function steadyPool(more: JsonObject = {}, id = POOL): JsonObject {
  const { properties } = poolBody() as { properties: JsonObject }
  return {
    id,
    type: 'Microsoft.Batch/batchAccounts/pools',
    properties: {
      ...properties,
      vmSize: 'STANDARD_D2S_V3',
      allocationState: 'Steady',
      currentDedicatedNodes: 2,
      currentLowPriorityNodes: 0,
      ...more
    }
  }
}

export const patch = (properties: JsonObject): Request => ({ body: { properties } })
