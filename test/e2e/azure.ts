import { createRequire } from 'node:module'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Behaviour, EmulatorRequest, Exchange, Fault, WorldFile } from '../../emulator/index.ts'
import { startServer, type ServedAzure } from '../../emulator/server.ts'
import { keepsContracts } from '../support/contract/keeps-contracts.ts'
import { runnerTime } from './runner-time.ts'
import { startStep, type RunningStep, type StepRequest, type StepResult } from './harness.ts'

const world = createRequire(import.meta.url)('../../emulator/worlds/default.json') as WorldFile

/** Azure's minutes pass in less than a second each; waits of the action itself are real ones, of a second at most. */
const SPEED = 300

/** Where it isn't what a test is about. */
const HURRIED_MS = {
  'galleryImageVersion.create': 20_000,
  'galleryImageVersion.replicate.eastus2': 20_000,
  'galleryImageVersion.update': 5_000,
  'galleryImage.create': 1_000
}

export const GROUPS = '/subscriptions/6f1b2c3d-0000-4000-8000-000000000001/resourceGroups'
export const SOURCE_VM = `${GROUPS}/render-images/providers/Microsoft.Compute/virtualMachines/render-source`
export const DEFINITION = `${GROUPS}/render-images/providers/Microsoft.Compute/galleries/farm/images/render-node`
/** What a release makes, as outputs and log name it. */
export const IMAGE_NAME = 'farm/render-node/1.0.0'
export const MANAGED_IMAGE = `${GROUPS}/render-images/providers/Microsoft.Compute/images/render-node`
export const ACCOUNT = `${GROUPS}/render-batch/providers/Microsoft.Batch/batchAccounts/renderfarm`
export const POOL = `${ACCOUNT}/pools/render`

export const POOL_SPEC = `
name: render
properties:
  vmSize: Standard_D4s_v5
  startTask:
    commandLine: /bin/bash -c 'mount -a'
    waitForSuccess: true
  scaleSettings: { fixedScale: { targetDedicatedNodes: 6 } }
`

export type E2eAzure = {
  /** Where paths are taken from. */
  workspace: string
  served: ServedAzure
  /** Starts a step as a job of the same workflow would: signed in, with a release's inputs unless told otherwise. */
  start(request?: StepRequest & { poolSpec?: string }): RunningStep
  step(request?: StepRequest & { poolSpec?: string }): Promise<StepResult>
  /** Does `act` once, just before Azure sees the first request that is meant. */
  justBefore(isMeant: (request: EmulatorRequest) => boolean, act: () => void): void
  /** Exchanges that change something, sign-in apart, from the `from`th exchange on: `PUT …/snapshots/a`. */
  changes(from?: number): string[]
  /** Ids of the resources of a type that stand. */
  standing(type: string): string[]
}

export type E2eWorld = {
  behaviour?: Partial<Behaviour>
  faults?: Fault[]
  /** Azure's time and the runner's pass so much faster, and waits and limits of the action itself with them; Azure is in a hurry, too. */
  hurried?: number
  /** Resources to add, or to replace by id. */
  change?(world: WorldFile): void
}

/** An Azure over HTTPS for the time of `body`. */
export async function withAzure(
  { behaviour, faults, hurried, change }: E2eWorld,
  body: (azure: E2eAzure) => Promise<void>
) {
  const own = structuredClone(world)
  const durationsMs = { ...(hurried && HURRIED_MS), ...behaviour?.durationsMs }
  own.behaviour = { ...own.behaviour, ...behaviour, durationsMs }
  change?.(own)
  const served = await startServer({
    world: own,
    speed: hurried ?? SPEED,
    callersSpeed: hurried ?? 1,
    ...(faults && { faults })
  })
  const workspace = mkdtempSync(join(tmpdir(), 'workspace-'))
  try {
    await body(e2eAzure(served, { workspace, env: hurried ? runnerTime({ speed: hurried }) : {} }))
  } finally {
    await served.close()
    rmSync(workspace, { recursive: true, force: true })
  }
  await keepsContracts(served.emulator.journal().map(atHost(served)), 'requests and answers')
}

/** On loopback an account is known by its port; contracts know the Batch service by its name. */
const atHost = ({ emulator }: ServedAzure): ((exchange: Exchange) => Exchange) => {
  const accounts = emulator.state().filter(({ type }) => type === 'Microsoft.Batch/batchAccounts')
  const ports = accounts.map(({ properties }) => String((properties as { accountEndpoint?: string }).accountEndpoint))
  return exchange => {
    const url = new URL(exchange.request.url)
    if (!ports.includes(url.host)) return exchange
    url.host = 'renderfarm.eastus2.batch.emulated.azure'
    url.port = ''
    return { ...exchange, request: { ...exchange.request, url: url.href } }
  }
}

type Runner = { workspace: string; env: Record<string, string> }

function e2eAzure(served: ServedAzure, { workspace, env: ofRunner }: Runner): E2eAzure {
  const start: E2eAzure['start'] = ({ poolSpec = POOL_SPEC, inputs, env, ...request } = {}) => {
    writeFileSync(join(workspace, 'pool.yml'), poolSpec)
    return startStep({
      workspace,
      ...request,
      inputs: inputs ?? releaseInputs(served),
      env: { ...served.ready.env, ...ofRunner, ...env }
    })
  }
  return {
    workspace,
    served,
    start,
    step: request => start(request).done,
    justBefore: intruder(served),
    changes: (from = 0) => served.emulator.journal().slice(from).filter(changesAzure).map(asLine),
    standing: type =>
      served.emulator
        .state()
        .filter(resource => resource['type'] === type)
        .map(({ id }) => String(id))
  }
}

/** What is done in between is Azure's alone: nothing else comes between that. */
function intruder({ emulator }: ServedAzure): E2eAzure['justBefore'] {
  const { handle } = emulator
  const waiting: { isMeant: (request: EmulatorRequest) => boolean; act: () => void }[] = []
  const watched: typeof handle = request => {
    const due = waiting.filter(({ isMeant }) => isMeant(request))
    emulator.handle = handle
    for (const one of due) {
      waiting.splice(waiting.indexOf(one), 1)
      one.act()
    }
    emulator.handle = watched
    return handle(request)
  }
  return (isMeant, act) => {
    waiting.push({ isMeant, act })
    emulator.handle = watched
  }
}

export function releaseInputs({ ready }: ServedAzure): Record<string, string> {
  return {
    ...ready.signIn,
    cloud: ready.resourceManagerUrl,
    'source-vm': SOURCE_VM,
    generalize: 'done',
    'publish-to': DEFINITION,
    'image-version': '1.0.0',
    'batch-account': ACCOUNT,
    'pool-spec': 'pool.yml',
    'wave-size': '3',
    'poll-interval': '1s'
  }
}

/** Of an image that is there, as far as it takes. */
export function rolloutInputs({ ready }: ServedAzure, imageId: string): Record<string, string> {
  return {
    ...ready.signIn,
    cloud: ready.resourceManagerUrl,
    command: 'rollout',
    'image-id': imageId,
    'batch-account': ACCOUNT,
    'pool-spec': 'pool.yml'
  }
}

/** Sign-in asks by POST; nothing of Azure changes by it. */
function changesAzure({ request }: Exchange): boolean {
  return request.method !== 'GET' && !request.url.includes('/oauth2/')
}

function asLine({ request: { method, url } }: Exchange): string {
  return `${method} ${new URL(url).pathname.split('/').slice(-2).join('/')}`
}
