/** One run of the action on an embedded Azure, in virtual time, told as text: log, requests, outputs, summary. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { createEmulator, type Emulator, type EmulatorOptions } from '../../emulator/index.ts'
import { requestIdToken } from '../../src/azure/sign-in/github-id-token.ts'
import type { Deps } from '../../src/deps.ts'
import { run } from '../../src/run.ts'
import { undo } from '../../src/undo.ts'
import type { JournalEntry } from '../../src/model/journal.ts'
import type { RunContext } from '../../src/model/spec.ts'
import { readJournal } from '../../src/model/journal.ts'
import { readToUndo, type ToUndo } from '../../src/model/to-undo.ts'
import type { Annotation } from '../../src/report/annotations.ts'
import type { Outputs } from '../../src/report/outputs.ts'
import type { Clock } from '../../src/shared/clock.ts'
import { keepsContracts } from './contract/keeps-contracts.ts'
import { emulatedHttp } from './emulated-http.ts'
import { inVirtualTime, seeded } from './virtual-time.ts'

/** Mid-morning UTC, a Monday. */
export const STORY_STARTS_AT = Date.UTC(2026, 10, 23, 9)

export type World = EmulatorOptions['world']

const root = join(import.meta.dirname, '../..')

/** A copy of the default world, to change at will. */
export function defaultWorld(): World {
  return JSON.parse(readFileSync(join(root, 'emulator/worlds/default.json'), 'utf8')) as World
}

const SUBSCRIPTION = '/subscriptions/6f1b2c3d-0000-4000-8000-000000000001'
export const IDS = {
  vm: `${SUBSCRIPTION}/resourceGroups/render-images/providers/Microsoft.Compute/virtualMachines/render-source`,
  definition: `${SUBSCRIPTION}/resourceGroups/render-images/providers/Microsoft.Compute/galleries/farm/images/render-node`,
  managedImage: `${SUBSCRIPTION}/resourceGroups/render-images/providers/Microsoft.Compute/images/render-node`,
  account: `${SUBSCRIPTION}/resourceGroups/render-batch/providers/Microsoft.Batch/batchAccounts/renderfarm`,
  pool: `${SUBSCRIPTION}/resourceGroups/render-batch/providers/Microsoft.Batch/batchAccounts/renderfarm/pools/render`
} as const

/** A pool of 20 nodes with a start task that mounts the data disks. */
export const POOL_SPEC = `
name: render
properties:
  vmSize: Standard_D4s_v5
  taskSlotsPerNode: 4
  startTask:
    commandLine: /bin/bash -c 'mount -a'
    waitForSuccess: true
  scaleSettings:
    fixedScale: { targetDedicatedNodes: 20 }
`

export const RELEASE_INPUTS: Record<string, string> = {
  'source-vm': IDS.vm,
  generalize: 'done',
  'publish-to': IDS.definition,
  'image-version': '1.0.0',
  'pool-spec-inline': POOL_SPEC,
  'batch-account': IDS.account,
  'wave-size': '10'
}

export type Story = {
  inputs: Record<string, string>
  context?: Partial<RunContext>
  env?: Record<string, string>
  /** Called before each exchange, with its number from 0; may abort the run. */
  onExchange?(count: number, request: { method: string; url: string }): void
  /** True kills the process: before this exchange (`before`), or when Azure has acted and its answer is on the way (`after`). */
  killedAt?(count: number, request: { method: string; url: string }): 'before' | 'after' | false
  cancel?: AbortSignal
  /** Hears of each line of the journal as it is written. */
  onJournal?(entry: JournalEntry): void
  /** Hears of what the run keeps for its post step. */
  onToUndo?(kept: ToUndo): void
  /** In the place of what the story would give. */
  deps?: Partial<Deps>
}

export type Told = {
  context: RunContext
  ok: boolean
  /** Then there are no outputs, and no summary. */
  killed: boolean
  outputs: Outputs
  summary: string
  log: string[]
  /** When each line of it was said, in ms since the epoch. */
  saidAt: number[]
  debug: string[]
  annotations: Annotation[]
  journal: JournalEntry[]
  /** What the run kept for its post step. */
  toUndo?: ToUndo
  plan: unknown
  masked: string[]
  /** Requests of this run that change something, `METHOD path body`, with the minute. */
  changes: string[]
  /** Every exchange of this run, sign-in included. */
  exchanges: ReturnType<Emulator['journal']>
  minutes: number
}

/** Each story is a process of its own. */
let processes = 0

const declared = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as {
  inputs: Record<string, { default?: string }>
}

/** Without a journal, where it can’t be read. */
export type LeftToPost = Pick<Told, 'context' | 'toUndo'> & Partial<Pick<Told, 'journal'>>

export type StoryTeller = {
  emulator: Emulator
  clock: Clock
  story(story: Story): Promise<Told>
  /** The post step after a story: as its process would run it, with the same inputs. Returns what it did. */
  post(story: Story, told: LeftToPost): Promise<string[]>
}

/** An embedded Azure with its clock: stories told on it come one after the other. */
export async function onAzure<T>(
  options: Partial<EmulatorOptions> & { startsAt?: number },
  tell: (azure: StoryTeller) => Promise<T>
): Promise<T> {
  const journals: Emulator['journal'][] = []
  const told = await inVirtualTime(options.startsAt ?? STORY_STARTS_AT, async clock => {
    const emulator = createEmulator({ world: defaultWorld(), clock: () => clock.now(), ...options })
    journals.push(emulator.journal)
    const result = await tell({
      emulator,
      clock,
      story: story => tellStory(emulator, clock, story),
      post: (story, told) => tellPost(emulator, clock, { story, told })
    })
    const unused = emulator.unusedFaults()
    if (unused.length > 0) throw new Error(`faults that were never used: ${JSON.stringify(unused)}`)
    return result
  })
  await keepsContracts(
    journals.flatMap(journal => journal()),
    'requests and answers'
  )
  return told
}

/** An input as the runner hands it over: what is given, else action.yml's default. */
function inputReader({ connection }: Emulator, { inputs }: Story): (name: string) => string {
  const given: Record<string, string> = { cloud: connection.resourceManagerUrl, ...connection.signIn, ...inputs }
  return name => {
    if (!(name in declared.inputs)) throw new Error(`input ${name} is not declared`)
    return given[name] ?? declared.inputs[name]?.default ?? ''
  }
}

/** The post step of a story, as its process would run it. Returns what it did. */
export async function tellPost(
  emulator: Emulator,
  clock: Clock,
  { story, told }: { story: Story; told: LeftToPost }
): Promise<string[]> {
  if (told.toUndo === undefined) return []
  const env = { GITHUB_ACTIONS: 'true', ...emulator.connection.env, ...story.env }
  const toUndo = readToUndo(JSON.stringify(told.toUndo))
  if (toUndo === undefined) throw new Error('what is to be undone was not kept as a whole')
  return undo(
    {
      readText: path => readFileSync(path, 'utf8'),
      env,
      clock,
      context: { ...told.context, nonce: 'post' },
      random: seeded(2),
      getIdToken: audience => requestIdToken({ env, clock, httpClient: emulatedHttp(emulator) }, audience),
      httpClient: emulatedHttp(emulator),
      log: { debug: () => undefined, say: () => undefined }
    },
    { ...toUndo, journal: told.journal && readJournal(told.journal.map(entry => JSON.stringify(entry)).join('\n')) }
  )
}

export async function tellStory(emulator: Emulator, clock: Clock, story: Story): Promise<Told> {
  const { connection } = emulator
  const told = {
    log: [] as string[],
    saidAt: [] as number[],
    debug: [] as string[],
    annotations: [] as Annotation[],
    journal: [] as JournalEntry[],
    masked: [] as string[]
  }
  let outputs: Outputs | undefined
  let summary = ''
  let plan: unknown
  let toUndo: ToUndo | undefined
  let count = 0
  const from = emulator.journal().length
  const startedAt = clock.now()
  const killed = Promise.withResolvers<'killed'>()
  let isDead = false
  const http = emulatedHttp(
    {
      handle: request => {
        const kill = story.killedAt?.(count, request) ?? false
        story.onExchange?.(count++, request)
        const answer = kill === 'before' ? undefined : emulator.handle(request)
        if (kill !== false) {
          isDead = true
          killed.resolve('killed')
        }
        return answer
      }
    },
    killed.promise
  )
  const deps: Deps = {
    readInput: inputReader(emulator, story),
    env: { GITHUB_ACTIONS: 'true', ...connection.env, ...story.env },
    readText: path => readFileSync(path, 'utf8'),
    glob: pattern => globSync(pattern),
    clock,
    context: {
      repository: 'pixel/farm',
      runId: '4711',
      runAttempt: 1,
      commit: 'c0ffee0',
      runUrl: 'https://github.example/pixel/farm/actions/runs/4711',
      nonce: `process-${(processes += 1)}`,
      ...story.context
    },
    random: seeded(2),
    getIdToken: audience =>
      requestIdToken({ env: { ...connection.env, ...story.env }, clock, httpClient: emulatedHttp(emulator) }, audience),
    httpClient: http,
    journal: {
      write: entry => {
        told.journal.push(entry)
        story.onJournal?.(entry)
      }
    },
    log: {
      say: text => {
        if (isDead) return
        told.log.push(text)
        told.saidAt.push(clock.now())
      },
      debug: text => void told.debug.push(text),
      annotate: annotation => void told.annotations.push(annotation),
      mask: secret => void told.masked.push(secret)
    },
    saveToUndo: kept => {
      toUndo = kept
      story.onToUndo?.(kept)
    },
    writePlan: json => {
      plan = JSON.parse(json)
      return '/runner/plan.json'
    },
    setOutputs: values => (outputs = values),
    writeSummary: markdown => (summary = markdown),
    ...story.deps
  }
  const ended = await Promise.race([run(deps, story.cancel ?? new AbortController().signal), killed.promise])
  if (ended !== 'killed' && outputs === undefined && story.deps?.setOutputs === undefined)
    throw new Error('the run wrote no outputs')
  const exchanges = emulator.journal().slice(from)
  return {
    ...told,
    context: deps.context,
    ok: ended === 'succeeded',
    killed: ended === 'killed',
    outputs: outputs ?? ({} as Outputs),
    summary,
    plan,
    ...(toUndo && { toUndo }),
    exchanges,
    changes: exchanges.filter(changesSomething).map(one => describe(one, startedAt)),
    minutes: (clock.now() - startedAt) / 60_000
  }
}

type OneExchange = ReturnType<Emulator['journal']>[number]

/** Sign-in apart: a token is not a change. */
function changesSomething({ request }: OneExchange): boolean {
  return request.method !== 'GET' && request.method !== 'HEAD' && !new URL(request.url).pathname.endsWith('/token')
}

/** Tags are the same on everything and have tests of their own; here they would hide the rest. */
function describe({ at, request, response }: OneExchange, startedAt: number): string {
  const { pathname } = new URL(request.url)
  const short = pathname.replace(/^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.\w+/, '…')
  const { tags: _tags, ...body } = (request.body ?? {}) as Record<string, unknown>
  const sent = Object.keys(body).length === 0 ? '' : `\n              ${shortened(JSON.stringify(body))}`
  const condition = request.headers['if-match'] ?? request.headers['if-none-match']
  const under =
    condition === undefined ? '' : request.headers['if-match'] === undefined ? ' If-None-Match: *' : ' If-Match'
  return `${((at - startedAt) / 60_000).toFixed(1).padStart(6)} min  ${request.method} ${short}${under} -> ${response.status}${sent}`
}

function shortened(json: string): string {
  return json.replaceAll(/\/subscriptions\/[^/"]+\/resourceGroups\/[^/"]+\/providers\/Microsoft\.\w+/gi, '…')
}
