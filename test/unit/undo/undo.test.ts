/** What the post step makes of the two things that it undoes, over a connection of its own. */
import { expect, test } from '@jest/globals'
import { createEmulator, type Emulator, type Fault } from '../../../emulator/index.ts'
import { requestIdToken } from '../../../src/azure/github-id-token.ts'
import type { ToUndo } from '../../../src/model/to-undo.ts'
import { withLease, withLeaseTag } from '../../../src/plan/lease.ts'
import { undo } from '../../../src/undo.ts'
import { emulatedHttp } from '../../support/emulated-http.ts'
import { AT, CONTEXT } from '../../support/observed-fixtures.ts'
import { somebodyElse, vmNow } from '../../support/somebody-else.ts'
import { defaultWorld, IDS } from '../../support/story.ts'
import { inVirtualTime, seeded } from '../../support/virtual-time.ts'

const MINUTE = 60_000
const POOL_URL = `${IDS.pool}?api-version=2025-06-01`
const DENIED = { status: 403, code: 'AuthorizationFailed' }

type Given = {
  faults?: Fault[]
  /** Of the VM. */
  power?: string
  takes?: Record<string, number>
  what?: Partial<ToUndo>
  cancelledAfterMs?: number
  idToken?: (token: string) => string
}

type Undone = { lines: string[]; ms: number; emulator: Emulator; log: string[]; debug: string[] }

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
      vmId: IDS.vm as NonNullable<ToUndo['vmId']>,
      pool: { poolId: IDS.pool as NonNullable<ToUndo['pool']>['poolId'], apiVersion: '2025-06-01' },
      ...given.what
    }
    const lines = await undo(deps, toUndo, ...(given.cancelledAfterMs === undefined ? [] : [cancel.signal]))
    return { lines, ms: clock.now() - AT, emulator, log, debug }
  })
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

const STARTED = 'started VM render-source again, which the run had stopped for its snapshots'
const STOPPED = [
  'stopped the resize that was under way, at 0 dedicated nodes',
  'took the lease of the run off the pool'
]
const RUNS = { power: 'running', leased: false, generalized: false }

test('both are undone under the lease of the main step, whose nonce is not the post step’s', async () => {
  const { lines, emulator } = await undone()
  expect(lines).toEqual([STARTED, ...STOPPED])
  expect(vmNow(emulator, IDS.vm)).toEqual(RUNS)
  expect(poolNow(emulator)).toMatchObject({ allocationState: 'Steady' })
  expect(poolNow(emulator).metadata ?? []).toEqual([])
})

test.each<[string, Partial<ToUndo>, string[]]>([
  ['the VM', { pool: undefined as never }, [STARTED]],
  ['the pool', { vmId: undefined as never }, STOPPED]
])('a run that had only %s to undo has the other left alone', async (_, what, expected) => {
  expect((await undone({ what })).lines).toEqual(expected)
})

test('what goes wrong with the one is no reason to leave the other, and is told with the way out', async () => {
  const noVm = await undone({ faults: [{ operation: 'VirtualMachines_Start', times: 1, respond: DENIED }] })
  expect(noVm.lines).toEqual([
    expect.stringMatching(
      /^not undone: VM render-source \(.*AuthorizationFailed.*\); see whether it runs, and start it \(az vm start\)$/
    ),
    ...STOPPED
  ])
  const noPool = await undone({ faults: [{ operation: 'Pool_Update', times: 1, respond: DENIED }] })
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
    expect.stringContaining('not undone: VM render-source'),
    expect.stringContaining('not undone: pool render')
  ])
})

test('of what the run didn’t have nothing is said when the sign-in is refused', async () => {
  const { lines } = await undone({ idToken: () => 'no-token-of-github', what: { vmId: undefined as never } })
  expect(lines).toEqual([expect.stringContaining('not undone: pool render')])
})

test('it takes four minutes at most, and says what it waits for', async () => {
  const { lines, ms, log, debug } = await undone({
    power: 'running',
    faults: [{ operation: 'VirtualMachines_Get', times: 500, respond: { status: 503, code: 'ServerBusy' } }]
  })
  expect(lines[0]).toMatch(/^not undone: VM render-source \(.*not within 240 s/)
  expect(lines.slice(1)).toEqual(STOPPED)
  expect(ms).toBe(4 * MINUTE)
  expect(log).toContainEqual(expect.stringMatching(/render-source.*503/))
  expect(debug).toContainEqual(expect.stringContaining(': 503 in'))
})

test('cancelled itself, it ends at once', async () => {
  const busy: Fault = { operation: 'VirtualMachines_Get', times: 500, respond: { status: 503, code: 'ServerBusy' } }
  const { lines, ms } = await undone({ cancelledAfterMs: MINUTE, faults: [busy] })
  expect(lines[0]).toContain('not undone: VM render-source (the runner stops the job)')
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
