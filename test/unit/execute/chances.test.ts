/** What a second chance asks of Batch, and what becomes of it where Batch refuses. */
import { expect, test } from '@jest/globals'
import { AzureError } from '../../../src/azure/errors.ts'
import { nodeLooks } from '../../../src/execute/node-looks.ts'
import { giveChance } from '../../../src/execute/second-chance.ts'
import { startTaskOutput } from '../../../src/execute/start-task-output.ts'
import type { Node, Pool } from '../../../src/model/observed.ts'
import { leaseOf, withLease } from '../../../src/rules/lease.ts'
import { breaks, refuses } from '../../support/fake-azure/index.ts'
import * as m from '../../support/mixed-pool.ts'
import { aged, AT, CONTEXT, OTHER_RUN } from '../../support/observed-fixtures.ts'

const { MINUTE, HOUR, FOREIGN } = m
const progress = { target: { dedicated: 12, lowPriority: 8 }, attempt: 1, had: { dedicated: 0, lowPriority: 0 } }
const [taken, ifRefused, ifDenied] = [1, 2, 3].map(attempt => ({ ...progress, attempt }))

const badNodes = (count: number): Node[] =>
  Array.from({ length: count }, (_, index) => ({
    nodeId: `tvm-${index}`,
    state: 'starttaskfailed',
    isDedicated: index % 2 === 0,
    errors: []
  }))

function chanceOf(
  by: 'reboot' | 'replace',
  count = 2,
  metadata: Pool['metadata'] = withLease([FOREIGN], CONTEXT, AT + 1)
) {
  const nodes = badNodes(count)
  const run = m.rolling('scale-pool', {
    pool: m.mixedPool({ imageId: m.NEW, metadata }),
    nodes: [...nodes, ...badNodes(0)]
  })
  const nodeIds = nodes.map(({ nodeId }) => nodeId)
  const chance = {
    kind: 'second-chance' as const,
    by,
    nodeIds,
    progress: taken!,
    ifRefused: ifRefused!,
    ifDenied: ifDenied!,
    reason: 'r'
  }
  const looks = nodeLooks(run.one.run)
  looks.at(nodes, nodes.length)
  return {
    ...run,
    given: () => run.time.run(giveChance(run.one.run, run.step, { pool: run.pool(), chance, looks })),
    states: () => looks.at(nodes, nodes.length).nodes.map(({ node }) => node.state)
  }
}
const until = ({ pool }: { pool(): Pool }): number => Date.parse(leaseOf(pool().metadata)?.until ?? '') - AT

test('nodes are rebooted under a lease that is renewed just before', async () => {
  const run = chanceOf('reboot')
  expect(await run.given()).toBe(taken)
  expect(run.changes()).toEqual(['patchPool', 'rebootNode', 'rebootNode'])
  expect([until(run), run.states()]).toEqual([15 * MINUTE, ['rebooting', 'rebooting']])
  expect(run.one.said).toEqual([])
  expect(run.asked.find(({ name }) => name === 'rebootNode')).toMatchObject({
    target: 'tvm-0',
    under: 'farm.eastus2.batch.azure.com'
  })
})

test('nodes are removed under a lease that outlasts the resize, in its time', async () => {
  const run = chanceOf('replace')
  expect(await run.given()).toBe(taken)
  expect(until(run)).toBe((20 + 15) * MINUTE)
  expect(run.sent('removeNodes')).toEqual([{ nodeIds: ['tvm-0', 'tvm-1'], resizeTimeoutMs: 20 * MINUTE }])
})

test.each([409, 404])(
  'a node that takes no reboot (%d) is left to what comes next, and how many do is said',
  async status => {
    const run = chanceOf('reboot', 3)
    run.next('rebootNode', refuses(status, 'NodeBusy'))
    expect(await run.given()).toBe(taken)
    expect(run.states()).toEqual(['starttaskfailed', 'rebooting', 'rebooting'])
    expect(run.one.said).toEqual([expect.stringMatching(/^scale-pool: 2 of 3 take a reboot: .*NodeBusy/)])
  }
)

test('where none takes one, the next chance follows at once', async () => {
  const run = chanceOf('reboot')
  run.always('rebootNode', refuses(409))
  expect(await run.given()).toBe(ifRefused)
})

test.each(['reboot', 'replace'] as const)(
  'where the identity may not %s, it is warned with the role, and the run does without',
  async by => {
    const run = chanceOf(by)
    run.always(by === 'reboot' ? 'rebootNode' : 'removeNodes', refuses(403, 'AuthorizationFailed'))
    expect(await run.given()).toBe(ifDenied)
    expect(run.one.warnings).toEqual([
      {
        step: 'scale-pool',
        message: expect.stringContaining('failed nodes got no second chance'),
        wayOut: expect.stringContaining(by === 'reboot' ? 'computeNodes/reboot/action' : 'computeNodes/remove/action')
      }
    ])
  }
)

test.each<[string, string, () => void]>([
  ['the lease, of a pool that resizes', 'patchPool', refuses(409, 'PoolBeingResized')],
  ['the removal, of a pool that resizes', 'removeNodes', refuses(409, 'PoolBeingResized')]
])('%s is asked for again later', async (_, name, refusal) => {
  const run = chanceOf('replace')
  run.next(name, refusal)
  expect(await run.given()).toBeUndefined()
  expect(run.one.warnings).toEqual([])
})

test.each<[string, () => void]>([
  ['nodes that are gone', refuses(404, 'NodeNotFound')],
  [
    'a first try whose answer was lost',
    () => {
      throw new AzureError({
        operation: 'Pool_RemoveNodes',
        target: 'render',
        status: 409,
        code: 'PoolBeingResized',
        message: 'm',
        tries: 2
      })
    }
  ]
])('a removal of %s is done', async (_, meets) => {
  const run = chanceOf('replace')
  run.next('removeNodes', meets)
  expect(await run.given()).toBe(taken)
})

test.each<[string, 'reboot' | 'replace', () => void]>([
  ['rebootNode', 'reboot', breaks()],
  ['rebootNode', 'reboot', refuses(500)],
  ['removeNodes', 'replace', breaks()],
  ['removeNodes', 'replace', refuses(409, 'NotAllowed')]
])('whatever else goes wrong with %s ends the step', async (name, by, meets) => {
  const run = chanceOf(by)
  run.next(name, meets)
  await expect(run.given()).rejects.toThrow()
})

test('no node of a pool that another run holds is touched', async () => {
  for (const by of ['reboot', 'replace'] as const) {
    const run = chanceOf(by, 2, withLease([FOREIGN], OTHER_RUN, AT + HOUR))
    await expect(run.given()).rejects.toMatchObject({ reason: 'pool-leased' })
    expect(run.changes()).toEqual([])
  }
})

test('reboots go five at a time, each lot after a look at the lease, which is renewed while they go on', async () => {
  const run = chanceOf('reboot', 12)
  const { batchService } = run.azure
  const [atOnce, most] = [new Set<string>(), [] as number[]]
  run.azure.batchService = endpoint => ({
    ...batchService(endpoint),
    rebootNode: async (pool, nodeId, drain) => {
      atOnce.add(nodeId)
      most.push(atOnce.size)
      await run.time.clock.sleep(11 * MINUTE)
      await batchService(endpoint).rebootNode(pool, nodeId, drain)
      atOnce.delete(nodeId)
    }
  })
  expect(await run.given()).toBe(taken)
  expect([Math.max(...most), most.length]).toEqual([5, 12])
  // Taken for a quarter of an hour at first, and renewed when less than five minutes were left.
  expect(run.sent('patchPool')).toHaveLength(3)
})

const outputOf = async (
  states: string[],
  files: Record<string, string>,
  set: (run: ReturnType<typeof chanceOf>) => void = () => undefined
) => {
  const run = chanceOf('reboot')
  run.world.files = files
  set(run)
  return { asked: run.asked, output: Object.fromEntries(await startTaskOutput(run.one.run, run.step, aged(states))) }
}

test('of the first three nodes whose start task failed the end of what it wrote is read, errors first, without blank lines', async () => {
  const lines = Array.from({ length: 20 }, (_, index) => `line ${index}`)
  const { asked, output } = await outputOf(
    ['idle', 'starttaskfailed', 'unusable', 'starttaskfailed', 'starttaskfailed', 'starttaskfailed'],
    {
      'tvm-1/startup/stderr.txt': ` \r\nno such device\r\n\r\n`,
      'tvm-1/startup/stdout.txt': lines.join('\n'),
      'tvm-3/startup/stdout.txt': 'mounting',
      'tvm-4/startup/stdout.txt': '\n',
      'tvm-5/startup/stdout.txt': 'not read'
    }
  )
  expect(output).toEqual({
    'tvm-1': ['  stderr.txt: no such device', ...lines.slice(5).map(line => `  stdout.txt: ${line}`)],
    'tvm-3': ['  stdout.txt: mounting']
  })
  expect(new Set(asked.map(({ body }) => body))).toEqual(new Set([4_096]))
})

test('a node whose files can’t be read is left out; a defect, and the end of the run, aren’t', async () => {
  const files = { 'tvm-0/startup/stderr.txt': 'x' }
  const denied = await outputOf(['starttaskfailed'], files, run => run.always('nodeFileEnd', refuses(403)))
  expect(denied.output).toEqual({})
  await expect(outputOf(['starttaskfailed'], files, run => run.always('nodeFileEnd', breaks()))).rejects.toThrow(
    'x is undefined'
  )
  const cut = (run: ReturnType<typeof chanceOf>): void => {
    run.always('nodeFileEnd', refuses(499))
    run.one.abort.abort(new Error('cancelled'))
  }
  await expect(outputOf(['starttaskfailed'], files, cut)).rejects.toThrow('499')
})
