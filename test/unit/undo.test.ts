/** What the post step does of what its run still owes, over a connection of its own. */
import { expect, test } from '@jest/globals'
import { createEmulator, type Emulator, type Fault } from '../../emulator/index.ts'
import { requestIdToken } from '../../src/azure/sign-in/github-id-token.ts'
import type { ToUndo } from '../../src/model/to-undo.ts'
import { withLease, withLeaseTag } from '../../src/rules/lease.ts'
import { undo } from '../../src/undo.ts'
import { emulatedHttp } from '../support/emulated-http.ts'
import { readJournal, type ReadJournal, type StepEntry } from '../../src/model/journal.ts'
import type { Undo } from '../../src/model/plan.ts'
import * as f from '../support/observed-fixtures.ts'
import { somebodyElse, vmNow } from '../support/somebody-else.ts'
import { defaultWorld, IDS } from '../support/story.ts'
import { inVirtualTime, seeded } from '../support/virtual-time.ts'

const { AT, CONTEXT } = f
const MINUTE = 60_000
/** Of a release that stops its VM, and makes its pool. */
const OWED: Undo[] = f
  .planOf(f.releaseSpec({ stopVm: true }), f.observed({ source: f.source({ powerState: 'running' }) }))
  .undo.filter(({ on }) => on.includes('killed'))
  .map(
    one =>
      ({ ...one, step: { ...one.step, ...('vmId' in one.step ? { vmId: IDS.vm } : { poolId: IDS.pool }) } }) as Undo
  )
const ofVm = OWED.filter(({ step }) => 'vmId' in step)
const ofPool = OWED.filter(({ step }) => 'poolId' in step)
const POOL_URL = `${IDS.pool}?api-version=2025-06-01`
const DENIED = { status: 403, code: 'AuthorizationFailed' }

type Given = {
  faults?: Fault[]
  /** Of the VM. */
  power?: string
  takes?: Record<string, number>
  what?: Partial<ToUndo>
  /** `begin stop-vm`, a line each; none that can be read where absent. */
  journal?: string[]
  cancelledAfterMs?: number
  idToken?: (token: string) => string
}

type Undone = { lines: string[]; calls: number; ms: number; emulator: Emulator; log: string[]; debug: string[] }

/** The run holds its VM, stopped, and a pool whose first nodes are on their way. */
async function undone({ faults = [], power = 'deallocated', takes = {}, ...given }: Given = {}): Promise<Undone> {
  const world = defaultWorld()
  const vm = world.resources.find(({ id }) => id === IDS.vm)!
  vm['tags'] = withLeaseTag({}, CONTEXT, AT + 60 * MINUTE)
  Object.assign(vm, JSON.parse(JSON.stringify(vm).replace('PowerState/running', `PowerState/${power}`)))
  world.behaviour = { ...world.behaviour, durationsMs: takes }
  return inVirtualTime(AT, async clock => {
    const emulator = createEmulator({ world, clock: () => clock.now() })
    leasedPool(emulator)
    emulator.addFaults(faults)
    const { connection } = emulator
    const cancel = new AbortController()
    if (given.cancelledAfterMs !== undefined) {
      void clock.sleep(given.cancelledAfterMs).then(() => cancel.abort(new Error('the runner stops the job')))
    }
    const env = { ...connection.env, GITHUB_ACTIONS: 'true' }
    const httpClient = emulatedHttp(emulator)
    const [log, debug]: [string[], string[]] = [[], []]
    const deps = {
      env,
      clock,
      random: seeded(2),
      context: { ...CONTEXT, nonce: 'of the post step' },
      httpClient,
      getIdToken: async (audience: string) => {
        const token = await requestIdToken({ env, clock, httpClient }, audience)
        return given.idToken?.(token) ?? token
      },
      log: { say: (line: string) => void log.push(line), debug: (line: string) => void debug.push(line) }
    }
    const { 'client-id': clientId, 'tenant-id': tenantId } = connection.signIn
    const toUndo: ToUndo = {
      nonce: CONTEXT.nonce,
      cloud: { kind: 'resource-manager', url: connection.resourceManagerUrl },
      signIn: { kind: 'github-oidc', clientId, tenantId, audience: 'api://AzureADTokenExchange' },
      pollIntervalMs: 30_000,
      undo: OWED,
      ...given.what
    }
    const exchanges = emulator.journal().length
    const lines = await undo(
      deps,
      { ...toUndo, journal: given.journal && read(given.journal) },
      ...(given.cancelledAfterMs === undefined ? [] : [cancel.signal])
    )
    return { lines, calls: emulator.journal().length - exchanges, ms: clock.now() - AT, emulator, log, debug }
  })
}

function read(lines: readonly string[]): ReadJournal {
  const entries = lines.map((line): StepEntry => {
    const [event = '', step = ''] = line.split(' ')
    return { at: AT, event: event as StepEntry['event'], step, kind: step, target: IDS.pool, title: step }
  })
  return readJournal(entries.map(entry => JSON.stringify(entry)).join('\n'))
}

function leasedPool(emulator: Emulator): void {
  somebodyElse(emulator, 'PUT', `${emulator.connection.resourceManagerUrl}${POOL_URL}`, {
    properties: {
      vmSize: 'Standard_D4s_v5',
      deploymentConfiguration: {
        virtualMachineConfiguration: {
          imageReference: { publisher: 'canonical', offer: '0001-com-ubuntu-server-jammy', sku: '22_04-lts' },
          nodeAgentSkuId: 'batch.node.ubuntu 22.04'
        }
      },
      scaleSettings: { fixedScale: { targetDedicatedNodes: 2, targetLowPriorityNodes: 3 } },
      metadata: withLease([], CONTEXT, AT + 60 * MINUTE)
    }
  })
}

type PoolShown = { properties: { allocationState: string; metadata?: { name: string }[] } }

function poolNow(emulator: Emulator): PoolShown['properties'] {
  const { body } = somebodyElse(emulator, 'GET', `${emulator.connection.resourceManagerUrl}${POOL_URL}`)
  return (JSON.parse(body) as PoolShown).properties
}

const STARTED = 'source VM render-source: started again'
const STOPPED = ['pool render: the resize is stopped, at 0 dedicated nodes', 'pool render: released']
const RUNS = { power: 'running', leased: false, generalized: false }

test('both are undone under the lease of the main step, whose nonce is not the post step’s', async () => {
  const { lines, emulator } = await undone()
  expect(lines).toEqual([STARTED, ...STOPPED])
  expect(vmNow(emulator, IDS.vm)).toEqual(RUNS)
  expect(poolNow(emulator)).toMatchObject({ allocationState: 'Steady' })
  expect(poolNow(emulator).metadata ?? []).toEqual([])
})

test('a Batch account that doesn’t answer keeps no VM stopped, nor its pool held', async () => {
  const busy = { operation: 'BatchAccount_Get', times: 500, respond: { status: 429, code: 'TooManyRequests' } }
  const { lines, emulator, ms } = await undone({ faults: [busy] })
  expect(lines).toEqual([STARTED, ...STOPPED])
  expect(vmNow(emulator, IDS.vm)).toEqual(RUNS)
  expect(ms).toBeLessThan(MINUTE)
})

test.each<[string, Partial<ToUndo>, string[]]>([
  ['the VM', { undo: ofVm }, [STARTED]],
  ['the pool', { undo: ofPool }, STOPPED]
])('a run that had only %s to undo has the other left alone', async (_, what, expected) => {
  expect((await undone({ what })).lines).toEqual(expected)
})

test('what goes wrong with the one is no reason to leave the other, and is told with the way out', async () => {
  const noVm = await undone({ faults: [{ operation: 'VirtualMachines_Start', times: 1, respond: DENIED }] })
  expect(noVm.lines).toEqual([
    ...STOPPED,
    expect.stringMatching(
      /^not undone: source VM render-source \(.*AuthorizationFailed.*\); see whether it runs, and start it \(az vm start\)$/
    )
  ])
  const noPool = await undone({ faults: [{ operation: 'Pool_Update', times: 2, respond: DENIED }] })
  expect(noPool.lines).toEqual([
    STARTED,
    expect.stringMatching(
      /^not undone: pool render \(.*AuthorizationFailed.*\); see whether it has its nodes; a re-run of the job goes on with it$/
    )
  ])
})

test('a sign-in that is refused leaves both, and each is named', async () => {
  const { lines } = await undone({ idToken: () => 'no-token-of-github' })
  expect(lines.map(line => line.slice(0, 30))).toEqual([
    expect.stringContaining('not undone: source VM rend'),
    expect.stringContaining('not undone: pool render')
  ])
})

test('of what the run didn’t have nothing is said when the sign-in is refused', async () => {
  const { lines } = await undone({ idToken: () => 'no-token-of-github', what: { undo: ofPool } })
  expect(lines).toEqual([expect.stringContaining('not undone: pool render')])
})

test('it takes four minutes at most, and says what it waits for', async () => {
  const { lines, ms, log, debug } = await undone({
    power: 'running',
    faults: [{ operation: 'VirtualMachines_Get', times: 500, respond: { status: 503, code: 'ServerBusy' } }]
  })
  expect(lines.at(-1)).toMatch(/^not undone: source VM render-source \(.*not within 240 s/)
  expect(lines.slice(0, -1)).toEqual(STOPPED)
  expect(ms).toBe(4 * MINUTE)
  expect(log).toContainEqual(expect.stringMatching(/render-source.*503/))
  expect(debug).toContainEqual(expect.stringContaining(': 503 in'))
})

test('cancelled itself, it ends at once', async () => {
  const busy: Fault = { operation: 'VirtualMachines_Get', times: 500, respond: { status: 503, code: 'ServerBusy' } }
  const { lines, ms } = await undone({ cancelledAfterMs: MINUTE, faults: [busy] })
  expect(lines.at(-1)).toContain('not undone: source VM render-source (the runner stops the job)')
  expect(ms).toBe(MINUTE)
})

test('no token passes into what it says, be it in what Azure quotes', async () => {
  let secret = ''
  const { lines, log, debug } = await undone({
    idToken: () => (secret = 'id-token-that-nobody-may-see'),
    what: { signIn: { kind: 'github-oidc', clientId: 'c', tenantId: 'id-token-that-nobody-may-see', audience: 'a' } }
  })
  expect(secret).not.toBe('')
  expect([...lines, ...log, ...debug].join('\n')).not.toContain(secret)
})

const BEGUN = ['begin stop-vm', 'end stop-vm', 'begin create-pool']

test.each<[string, string[], string[]]>([
  ['what was begun, and never came to its end, is owed', BEGUN, [STARTED, ...STOPPED]],
  ['a step that failed is as good as begun', ['fail stop-vm', 'fail create-pool'], [STARTED, ...STOPPED]],
  ['what was never begun is not', ['begin create-pool'], STOPPED],
  ['nor what the run came to the end of', [...BEGUN, 'end start-vm', 'end create-pool', 'end scale-pool'], STOPPED],
  ['nor what it has undone itself', [...BEGUN, 'end stop-resize', 'end release-pool'], [STARTED]],
  [
    'what it has tried to undo is tried again',
    [...BEGUN, 'fail start-vm', 'end stop-resize', 'fail release-pool'],
    [STARTED, STOPPED[1]!]
  ]
])('by the journal, %s', async (_, journal, lines) => {
  expect((await undone({ journal })).lines).toEqual(lines)
})

test.each<[string, string[]]>([
  ['has not begun anything', []],
  ['came to its end', ['begin stop-vm', 'end stop-vm', 'end start-vm', 'begin create-pool', 'end finish-pool']],
  [
    'has undone all of it itself',
    ['fail stop-vm', 'end start-vm', 'fail create-pool', 'end stop-resize', 'end release-pool']
  ]
])('of a run that %s nothing is asked of Azure', async (_, journal) => {
  const { lines, calls } = await undone({ journal })
  expect([lines, calls]).toEqual([[], 0])
})

test('what goes wrong without leaving anything undone is told beside it', async () => {
  const { lines } = await undone({
    what: { undo: ofVm },
    faults: [{ operation: 'VirtualMachines_Update', skip: 1, times: 1, respond: DENIED }]
  })
  expect(lines).toEqual([
    STARTED,
    expect.stringMatching(/^VM render-source runs, and keeps the lease of this run in its tags: .*AuthorizationFailed/)
  ])
})
