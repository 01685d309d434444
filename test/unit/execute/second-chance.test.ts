import { expect, test } from '@jest/globals'
import type { Azure } from '../../../src/azure/gateway.ts'
import { nothingKnown, type Execution, type StepOf } from '../../../src/execute/context.ts'
import { nodeLooks } from '../../../src/execute/node-looks.ts'
import { giveChance } from '../../../src/execute/second-chance.ts'
import type { Node, Pool } from '../../../src/model/observed.ts'
import * as f from '../../support/observed-fixtures.ts'

/** Replaces all of `bad`; Batch now lists `now`. */
async function replaced(bad: readonly Node[], now: readonly Node[]) {
  const removed: string[][] = []
  const pool: Pool = f.pool()
  const service = {
    listNodes: () => Promise.resolve([...now]),
    removeNodes: (_: string, { nodeIds }: { nodeIds: string[] }) => Promise.resolve(void removed.push(nodeIds))
  }
  const azure = {
    batch: { patchPool: () => Promise.resolve(pool) },
    batchService: () => service
  } as unknown as Azure
  const run = {
    azure,
    context: f.CONTEXT,
    env: {},
    azureNow: () => 0,
    known: nothingKnown()
  } as unknown as Execution
  const progress = {
    target: { dedicated: bad.length, lowPriority: 0 },
    attempt: 1,
    had: { dedicated: 0, lowPriority: 0 }
  }
  const chance = {
    kind: 'second-chance' as const,
    by: 'replace' as const,
    nodeIds: bad.map(({ nodeId }) => nodeId),
    progress,
    ifRefused: progress,
    ifDenied: progress,
    reason: 'for the test'
  }
  const step = {
    ...f.POOL_ADDRESS,
    resizeTimeoutMs: 900_000,
    metadata: { set: [], remove: [] }
  } as unknown as StepOf<'scale-pool'>
  const next = await giveChance(run, step, { pool, chance, looks: nodeLooks(run) })
  return { removed, isTaken: next !== undefined }
}

const [first, second] = f.nodes('starttaskfailed', 'starttaskfailed') as [Node, Node]

test('nodes are looked at again before they are removed: one that is healthy by then costs nobody its work', async () => {
  const came = { ...first, state: 'running' }
  expect(await replaced([first, second], [came, second])).toEqual({ removed: [], isTaken: false })
})

test.each([
  ['as they were', [first, second]],
  ['one of them gone', [second]],
  ['one of them in a state that is no better', [{ ...first, state: 'unusable' }, second]]
])('nodes are removed where they are %s', async (_, now) => {
  const ids = [first.nodeId, second.nodeId]
  expect(await replaced([first, second], now)).toEqual({ removed: [ids], isTaken: true })
})
