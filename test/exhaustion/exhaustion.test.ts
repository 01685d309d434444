/** A fixed choice of the cells that `npm run exhaust` tries; and that what judges them would find what is wrong. */
import { expect, test } from '@jest/globals'
import { cellsOf, chosen, idOf, type Cell } from './cells.ts'
import { DISTURBANCES } from './disturbances.ts'
import { judge } from './judge.ts'
import { STORIES, storyOf } from './stories.ts'
import { trace, type Calm } from './trace.ts'
import { violations } from '../support/contract/contract.ts'
import { withoutSpecifications } from '../support/contract/specifications.ts'
import { testIf } from '../support/test-if.ts'
import { live, tryCell, type Life } from './try-cell.ts'

const EVERY = 15

test.each(STORIES.map(({ id }) => id))(
  'whatever happens on the way, %s succeeds or fails cleanly, and the next run comes to the same end',
  async id => {
    const calm = await trace(storyOf(id))
    const wrong: string[] = []
    for (const cell of chosen(cellsOf(calm), EVERY)) {
      const tried = await tryCell(cell, calm)
      wrong.push(...tried.wrong.map(line => `npm run exhaust -- --story ${id} --cell ${idOf(cell)}: ${line}`))
    }
    expect(wrong).toEqual([])
  },
  180_000
)

test('every exchange is in a cell for every disturbance that it can meet', async () => {
  const calm = await trace(storyOf('patch'))
  const all = DISTURBANCES.flatMap(({ meets }) => calm.exchanges.filter(meets))
  expect(cellsOf(calm).reduce((sum, { merged }) => sum + merged, 0)).toBe(all.length)
})

/** A life in which all is well, to spoil. */
async function goodLife(): Promise<{ life: Life; calm: Calm }> {
  const calm = await trace(storyOf('release-in-place'))
  const cell = cellsOf(calm).find(
    ({ disturbance, exchange }) => disturbance === '409' && exchange.stage === 'drain-pool'
  ) as Cell
  return { life: await live(cell), calm }
}

type State = Life['between']
// The emulated Azure's JSON, at places that this story is known to have.
/* eslint-disable @typescript-eslint/no-explicit-any */
type Loose = any
const POOL = 'Microsoft.Batch/batchAccounts/pools'
const VERSION = 'Microsoft.Compute/galleries/images/versions'
const spoiled = (state: State, type: string, spoil: (properties: Loose) => void): State => {
  const copy = structuredClone(state)
  spoil(copy.find(one => one.type === type)?.properties)
  return copy
}

test.each<[string, (life: Life) => Partial<Life>, string]>([
  [
    'a reason that does not fit',
    ({ told }) => ({ told: { ...told, outputs: { ...told.outputs, 'failure-reason': 'internal-error' } } }),
    'failed with internal-error'
  ],
  ['a summary that is missing', ({ told }) => ({ told: { ...told, summary: '' } }), 'no summary'],
  ['a deadline that is missed', ({ told }) => ({ told: { ...told, minutes: 130 } }), 'took 130 minutes'],
  ['a slow end', () => ({ cancelledAfterMs: 6_000 }), '6000 ms after it was cancelled'],
  [
    'a lease',
    ({ between }) => ({
      between: spoiled(between, POOL, pool => (pool.metadata = [{ name: 'batch-image-rollout-lease' }]))
    }),
    'lease was left'
  ],
  [
    'a pool at zero nodes',
    ({ between }) => ({
      between: spoiled(between, POOL, pool => (pool.scaleSettings.fixedScale.targetDedicatedNodes = 0))
    }),
    'left at zero nodes'
  ],
  ['a next run that fails', ({ next }) => ({ next: { ...next, ok: false } }), 'next run failed'],
  [
    'another end',
    ({ end }) => ({ end: spoiled(end, VERSION, version => (version.provisioningState = 'Failed')) }),
    'in the end there is'
  ],
  [
    'something twice',
    ({ end }) => ({ end: [...end, { ...end.find(({ type }) => type === VERSION), name: 'twice' }] }),
    'twice version'
  ],
  ['another exchange', () => ({ reached: false }), 'was another one']
])('the judge finds %s', async (_what, spoil, found) => {
  const { life, calm } = await goodLife()
  expect(judge(life, calm)).toEqual([])
  expect(judge({ ...life, ...spoil(life) }, calm).join('\n')).toContain(found)
})

testIf(withoutSpecifications)('a broken contract is found in the exchanges of a life', async () => {
  const { life } = await goodLife()
  expect(await violations(life.exchanges, 'requests and answers')).toEqual([])
  const exchanges = structuredClone(life.exchanges)
  const snapshot: Loose = exchanges.find(({ operation }) => operation === 'Snapshots_CreateOrUpdate')
  snapshot.request.body.properties.incremental = 'yes'
  expect((await violations(exchanges, 'requests and answers')).join('\n')).toMatch(
    /Expected type boolean but found type string/
  )
})
