import { batchViews } from './batch/index.ts'
import { computeViews } from './compute/index.ts'
import { answerTo, type Answered, type Azure, type EmulatorAnswer, type EmulatorRequest } from './handler.ts'
import { faultScript, type Fault } from './kernel/faults.ts'
import { keptBody, keptHeaders, type Exchange } from './kernel/journal.ts'
import { OPERATION_TYPE } from './kernel/long-running.ts'
import { chance } from './kernel/random.ts'
import { copyOf, isGone } from './kernel/resources.ts'
import type { Host, JsonObject, Stored, View, World } from './kernel/types.ts'
import { createWorld, type WorldFile } from './kernel/world.ts'
import { allOperations, KNOWN } from './operations.ts'
import { DEFAULT_SIGN_IN, withoutSlash, type SignInContext } from './sign-in/context.ts'
import { idTokenRequestUrl, requestToken } from './sign-in/github.ts'
import { checkFaults, checkWorld } from './world-file/check.ts'

export { WorldError } from './world-file/problems.ts'
export type { EmulatorAnswer, EmulatorRequest } from './handler.ts'
export type { Fault } from './kernel/faults.ts'
export type { Exchange } from './kernel/journal.ts'
export type { Behaviour } from './kernel/types.ts'
export type { WorldFile } from './kernel/world.ts'

export type EmulatorOptions = {
  world: WorldFile
  /** Azure's time, in ms since the epoch. */
  clock: () => number
  /** The time by which tokens live and die; Azure's, where it isn't given. */
  tokenClock?: () => number
  /** Default: the world's. */
  seed?: number
  faults?: readonly Fault[]
  /** Base URLs; the defaults are hosts under `emulated.azure` and `emulated.github`. */
  urls?: { resourceManager: string; login: string; github: string }
}

export type Emulator = {
  /** One call, answered at once. `reset` in the answer means that the connection is to be cut. */
  handle(request: EmulatorRequest): EmulatorAnswer
  /** Every exchange so far, the oldest first; never with a token in it. */
  journal(): readonly Exchange[]
  /** Every resource as a GET would show it now. */
  state(): JsonObject[]
  unusedFaults(): Fault[]
  /** Throws a `WorldError`, and adds none, where one of them can't be. */
  addFaults(faults: readonly Fault[]): void
  now(): number
  /** What a client needs in order to use it; each look is that of a job which begins now. */
  connection: Connection
}

export type Connection = {
  resourceManagerUrl: string
  signIn: { 'client-id': string; 'tenant-id': string }
  /** Of a job that may ask for ID tokens. */
  env: { ACTIONS_ID_TOKEN_REQUEST_URL: string; ACTIONS_ID_TOKEN_REQUEST_TOKEN: string; GITHUB_API_URL: string }
}

const DEFAULT_URLS = {
  resourceManager: 'https://management.emulated.azure',
  login: 'https://login.emulated.azure',
  github: 'https://token.actions.emulated.github'
}

/** An Azure of its own. Throws a `WorldError` where the world, or the faults, can't be. */
export function createEmulator(options: EmulatorOptions): Emulator {
  const { clock, faults = [], urls = DEFAULT_URLS } = options
  checkWorld(options.world, KNOWN)
  checkFaults(faults, KNOWN)
  const world = createWorld(options.world, { now: clock(), ...(options.seed !== undefined && { seed: options.seed }) })
  const seed = options.seed ?? world.behaviour.seed
  const signIn: SignInContext = {
    resourceManagerUrl: withoutSlash(urls.resourceManager),
    loginUrl: withoutSlash(urls.login),
    githubUrl: withoutSlash(urls.github),
    signIn: (world.behaviour.signIn ??= DEFAULT_SIGN_IN),
    key: chance(seed, 3).guid(),
    realNow: options.tokenClock ?? clock
  }
  const script = faultScript(faults)
  const hosts = hostsByName(signIn, world)
  const azure: Azure = {
    world,
    operations: allOperations(signIn),
    faults: script,
    signIn,
    hostsOf: host => hosts.get(host) ?? [],
    requestId: chance(seed, 1).guid
  }
  const exchanges: Exchange[] = []
  return {
    handle(request) {
      const at = clock()
      const answered = answerTo(azure, request, at)
      exchanges.push(exchangeOf(at, request, answered))
      return answered.answer
    },
    journal: () => exchanges,
    state: () => stateOf(world, clock()),
    unusedFaults: script.unused,
    addFaults(more) {
      checkFaults(more, KNOWN)
      script.add(more)
    },
    now: clock,
    get connection() {
      return connectionOf(signIn)
    }
  }
}

function hostsByName(context: SignInContext, world: World): Map<string, Host[]> {
  const named: [string, Host][] = [
    [new URL(context.resourceManagerUrl).host, 'resource-manager'],
    [new URL(context.loginUrl).host, 'login'],
    [new URL(context.githubUrl).host, 'github'],
    ...batchHosts(world).map((host): [string, Host] => [host, 'batch'])
  ]
  const byName = new Map<string, Host[]>()
  for (const [name, host] of named) byName.set(name, [...(byName.get(name) ?? []), host])
  return byName
}

const batchHosts = (world: World): string[] =>
  [...world.records.values()]
    .filter(({ type }) => type.toLowerCase() === 'microsoft.batch/batchaccounts')
    .map(({ body }) => String((body['properties'] as JsonObject | undefined)?.['accountEndpoint']))

function exchangeOf(at: number, request: EmulatorRequest, { answer, ...about }: Answered): Exchange {
  const { method, url } = request
  const { status, headers, body } = answer
  return {
    at,
    ...about,
    request: { method, url, headers: keptHeaders(request.headers), body: keptBody(request.body) },
    response: { status, headers, body: keptBody(body) }
  }
}

const views: Record<string, View> = { ...computeViews, ...batchViews }

function stateOf(world: World, now: number): JsonObject[] {
  return [...world.records.entries()]
    .filter(([, record]) => record.type !== OPERATION_TYPE && !isGone(record, now))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, record]) => shown(record, now, world))
}

function shown(record: Stored, now: number, world: World): JsonObject {
  const view = views[record.type.toLowerCase()]
  return copyOf(view === undefined ? record.body : view(record, now, world))
}

function connectionOf(context: SignInContext): Connection {
  const { resourceManagerUrl, signIn, githubUrl } = context
  return {
    resourceManagerUrl,
    signIn: { 'client-id': signIn.clientId, 'tenant-id': signIn.tenantId },
    env: {
      ACTIONS_ID_TOKEN_REQUEST_URL: idTokenRequestUrl(context),
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken(context),
      GITHUB_API_URL: `${githubUrl}/api/v3`
    }
  }
}
