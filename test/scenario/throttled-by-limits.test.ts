import { expect, test } from '@jest/globals'
import type { Exchange } from '../../emulator/index.ts'
import { defaultWorld, onAzure, RELEASE_INPUTS, type World } from '../support/story.ts'

/** An Azure that grants a fraction of what Azure grants: a release asks for more at once than there is. */
function meanWorld(): World {
  const world = defaultWorld()
  const throttling = {
    SubscriptionReads: { size: 6, refillPerMinute: 60 },
    SubscriptionWrites: { size: 2, refillPerMinute: 6 },
    SubscriptionDeletes: { size: 1, refillPerMinute: 4 },
    LowCostGetResource: { size: 1, refillPerMinute: 6 },
    HighCostSnapshotCreateHydrate3Min: { size: 1 },
    CreateUpdateGalleryImageVersion3Min: { size: 1 },
    BatchService: { size: 1, refillPerMinute: 4 }
  }
  return { ...world, behaviour: { ...world.behaviour, throttling } }
}

const callOf = ({ request }: Exchange): string => `${request.method} ${request.url}`
const refused = (exchanges: readonly Exchange[]): Exchange[] =>
  exchanges.filter(({ response }) => response.status === 429)

const codeOf = (body: unknown): unknown => {
  const { code, error } = body as { code?: string; error?: { code: string } }
  return code ?? error?.code
}

/** Refused calls that were made again before the time that Azure had asked for was over, or never. */
function impatient(exchanges: readonly Exchange[]): string[] {
  return exchanges.flatMap((exchange, index) => {
    if (exchange.response.status !== 429) return []
    const next = exchanges.slice(index + 1).find(later => callOf(later) === callOf(exchange))
    const asked = exchange.at + Number(exchange.response.headers['retry-after']) * 1_000
    return next !== undefined && next.at >= asked ? [] : [`${callOf(exchange)} at ${exchange.at}, ${next?.at}`]
  })
}

test('a release succeeds where every bucket is small: what is refused is asked for again, never sooner than Azure says', async () => {
  await onAzure({ world: meanWorld() }, async ({ story, emulator }) => {
    const told = await story({ inputs: RELEASE_INPUTS })
    expect(told.ok).toBe(true)
    expect(told.outputs).toMatchObject({ 'current-dedicated-nodes': '20', 'failure-reason': '' })
    expect(emulator.state().filter(({ type }) => type === 'Microsoft.Compute/snapshots')).toEqual([])
    const granters = refused(told.exchanges).map(({ response }) => codeOf(response.body))
    expect(new Set(granters)).toEqual(
      new Set(['OperationNotAllowed', 'SubscriptionRequestsThrottled', 'TooManyRequests'])
    )
    expect(impatient(told.exchanges)).toEqual([])
  })
})

test.each([1, 2, 4])('reads side by side at a bucket of %d come through one after the other', async size => {
  const world = defaultWorld()
  world.behaviour = { ...world.behaviour, throttling: { SubscriptionReads: { size, refillPerMinute: 30 } } }
  await onAzure({ world }, async ({ story }) => {
    const told = await story({ inputs: RELEASE_INPUTS })
    expect(told.outputs['failure-reason']).toBe('')
    expect(impatient(told.exchanges)).toEqual([])
  })
})

test('with the buckets that Azure has, a release is never refused, and leaves more than half of each', async () => {
  await onAzure({}, async ({ story }) => {
    const { exchanges } = await story({ inputs: RELEASE_INPUTS })
    expect(refused(exchanges)).toEqual([])
    const shown = exchanges.flatMap(({ response }) => remaining(response.headers))
    const most = new Map<string, number>()
    for (const { bucket, left } of shown) most.set(bucket, Math.max(left, most.get(bucket) ?? 0))
    expect(most.size).toBeGreaterThan(10)
    expect(shown.filter(({ bucket, left }) => left < (most.get(bucket) ?? 0) / 2)).toEqual([])
  })
})

/** Of every bucket that an answer shows. */
function remaining(headers: Record<string, string>): { bucket: string; left: number }[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    if (!name.startsWith('x-ms-ratelimit-remaining-')) return []
    const pairs = value.includes(';') ? value.split(',').map(pair => pair.split(';')) : [[name, value]]
    return pairs.map(([bucket = '', left]) => ({ bucket, left: Number(left) }))
  })
}
