import { describe, expect, test } from '@jest/globals'
import { decideRefresh, NOTHING_ASKED, withWave, type RefreshProgress } from '../../../src/decide/refresh.ts'
import type { Aged } from '../../../src/model/node-state.ts'
import type { Node } from '../../../src/model/observed.ts'
import { AT } from '../../support/observed-fixtures.ts'

const MINUTE = 60_000
const iso = (minutes: number): string => new Date(AT + minutes * MINUTE).toISOString()
const OLD = iso(-600)
const NEW = iso(5)

const STEP = {
  by: 'reboot',
  canaryNodes: 1,
  waveSize: 4,
  drainTimeoutMs: 60 * MINUTE,
  nodeTimeoutMs: 30 * MINUTE,
  maxUnhealthy: { share: 0.25 }
} as const

type Change = Partial<typeof STEP> | Record<string, unknown>

/** `idle running* starttaskfailed`: a star, and the node has started since the change; `minutes` in that state. */
const nodesOf = (states: string, minutes = 0): Aged[] =>
  states.split(' ').map((word, index) => ({
    node: {
      nodeId: `tvm-${index}`,
      state: word.replace('*', ''),
      isDedicated: true,
      bootedAt: word.endsWith('*') ? NEW : OLD,
      errors: []
    },
    ms: minutes * MINUTE
  }))

type Case = { nodes: Aged[]; progress?: RefreshProgress; step?: Change; minutesSinceAsked?: number }

const decided = ({ nodes, progress = NOTHING_ASKED, step = {}, minutesSinceAsked = 0 }: Case) =>
  decideRefresh({ ...STEP, ...step }, { nodes, changedAt: AT, msSinceAsked: minutesSinceAsked * MINUTE }, progress)

/** Of nodes that were idle and old: the first `count` have been asked, the last `wave` of them just now. */
function asked(count: number, wave: number, more: Partial<RefreshProgress> = {}): RefreshProgress {
  const ids = Array.from({ length: count }, (_, index) => `tvm-${index}`)
  const shown = ids.map(id => [id, { state: 'idle', bootedAt: OLD }] as const)
  return {
    asked: Object.fromEntries(shown),
    wave: ids.slice(count - wave),
    away: [],
    refused: [],
    waves: count > wave ? 2 : 1,
    ...more
  }
}

const TEN = Array.from({ length: 10 }, () => 'idle').join(' ')

describe('a wave is asked for', () => {
  test.each<[string, string, Partial<RefreshProgress>, Change, string[]]>([
    ['first the canary', TEN, {}, {}, ['tvm-0']],
    ['a whole wave without one', TEN, {}, { canaryNodes: 0 }, ['tvm-0', 'tvm-1', 'tvm-2', 'tvm-3']],
    ['all: a tenth of the pool', TEN, { waves: 1 }, { waveSize: 'all' }, ['tvm-0']],
    ['half of the pool at most', 'idle idle idle idle', {}, { canaryNodes: 9, waveSize: 9 }, ['tvm-0', 'tvm-1']],
    ['of one node that one', 'idle', {}, { waveSize: 'all' }, ['tvm-0']],
    ['idle nodes before those that run tasks', 'running idle idle', { waves: 1 }, { waveSize: 1 }, ['tvm-1']],
    ['failed ones last', 'starttaskfailed running', { waves: 1 }, { waveSize: 1 }, ['tvm-1']],
    ['nodes that are newer don’t', 'idle* idle', {}, {}, ['tvm-1']],
    ['unless their start task failed', 'idle* starttaskfailed*', {}, {}, ['tvm-1']],
    ['those that Batch didn’t take aren’t asked again', 'idle idle', { refused: ['tvm-0'] }, {}, ['tvm-1']],
    ['nodes out of scheduling are no capacity', 'idle idle offline offline', {}, { canaryNodes: 2 }, ['tvm-0']]
  ])('%s', (_, states, progress, step, nodeIds) => {
    const decision = decided({ nodes: nodesOf(states), progress: { ...NOTHING_ASKED, ...progress }, step })
    expect(decision).toMatchObject({ kind: 'restart', nodeIds })
  })

  test('with how far it is', () => {
    const decision = decided({ nodes: nodesOf(TEN) })
    expect(decision).toMatchObject({ reason: '0 of 10 nodes asked to restart; first wave: 1 node by reboot' })
    const next = decided({ nodes: nodesOf(`idle* ${TEN}`), progress: asked(1, 1) })
    expect(next).toMatchObject({
      nodeIds: ['tvm-1', 'tvm-2', 'tvm-3', 'tvm-4'],
      reason: '1 of 11 nodes asked to restart; next wave: 4 nodes by reboot'
    })
  })
})

describe('a wave is waited for', () => {
  test.each<[string, string, RefreshProgress, string]>([
    ['nodes that finish their tasks', 'running idle idle', asked(1, 1), 'of this wave 1 not begun yet'],
    ['nodes that restart', 'rebooting idle idle', asked(1, 1), 'of this wave 1 rebooting'],
    ['their start tasks', 'waitingforstarttask* idle', asked(1, 1), 'of this wave 1 waitingforstarttask'],
    ['all of them', 'idle* running starting idle', asked(3, 3), 'of this wave 1 not begun yet, 1 idle, 1 starting'],
    ['a node that Batch may get back', 'unusable* idle', asked(1, 1), 'of this wave 1 unusable'],
    [
      'a node that was restarted by somebody else',
      'idle* rebooting idle',
      asked(1, 1),
      '1 rebooting, which this run hasn’t asked'
    ]
  ])('%s', (_, states, progress, reason) => {
    const decision = decided({ nodes: nodesOf(states), progress })
    expect(decision).toMatchObject({ kind: 'wait', reason: expect.stringContaining(reason) })
  })

  test.each([
    [OLD, 'wait'],
    [NEW, 'restart']
  ])(
    'nor is another wave asked for while nodes of %s run their start task after somebody else’s restart',
    (allocatedAt, kind) => {
      const nodes = nodesOf('waitingforstarttask* idle').map(({ node, ms }) => ({ node: { ...node, allocatedAt }, ms }))
      expect(decided({ nodes })).toMatchObject({ kind })
    }
  )

  test('a node that was seen restarting is back also where its time of start doesn’t tell', () => {
    const seen = decided({ nodes: nodesOf('reimaging idle'), progress: asked(1, 1) })
    expect(seen).toMatchObject({ kind: 'wait', progress: { away: ['tvm-0'] } })
    const away = asked(1, 1, { away: ['tvm-0'] })
    expect(decided({ nodes: nodesOf('idle idle*'), progress: away })).toMatchObject({ kind: 'done' })
  })

  test.each([
    ['preempted', 'preempted idle*'],
    ['on its way out', 'leavingpool idle*']
  ])('but not a node that is %s', (_, states) => {
    expect(decided({ nodes: nodesOf(states), progress: asked(1, 1) })).toMatchObject({ kind: 'done' })
  })

  test('nor one that is gone', () => {
    expect(decided({ nodes: nodesOf('idle* idle*').slice(1), progress: asked(1, 1) })).toMatchObject({ kind: 'done' })
  })

  test('nor one of an earlier wave that starts anew, nor somebody else’s that takes too long', () => {
    const again = nodesOf('starting* idle* idle*')
    expect(decided({ nodes: again, progress: asked(2, 1) })).toMatchObject({ kind: 'done' })
    expect(decided({ nodes: nodesOf('idle* rebooting', 31), progress: asked(1, 1) })).toMatchObject({ kind: 'done' })
  })
})

describe('a wave fails', () => {
  test('where more nodes have failed than may, of those that were asked so far', () => {
    const nodes = nodesOf(`starttaskfailed* ${TEN}`)
    const halt = decided({ nodes, progress: asked(1, 1) })
    expect(halt).toEqual({
      kind: 'halt',
      failure: 'nodes-unhealthy',
      reason: '1 of 11 nodes asked to restart; 1 unhealthy, and max-unhealthy allows 0',
      wayOut:
        'look at the nodes’ errors; they stay as they are, so that you can sign in to one; those that weren’t asked to restart run what they started with',
      bad: [nodes[0]]
    })
  })

  test('and not where they may be: one of four', () => {
    const nodes = nodesOf(`idle* idle* idle* starttaskfailed* ${TEN}`)
    expect(decided({ nodes, progress: asked(4, 3) }).kind).toBe('restart')
  })

  test('those of earlier waves count too', () => {
    const nodes = nodesOf(`starttaskfailed* idle* idle* starttaskfailed* idle* ${TEN}`)
    expect(decided({ nodes, progress: asked(5, 3) })).toMatchObject({ failure: 'nodes-unhealthy' })
  })

  test.each([30, 31])('where a node is %i minutes on its way back', minutes => {
    const decision = decided({ nodes: nodesOf('starting idle idle', minutes), progress: asked(1, 1) })
    expect(decision).toMatchObject(minutes > 30 ? { failure: 'nodes-stuck' } : { kind: 'wait' })
  })

  test.each([60, 61])('where a node has waited %i minutes for its tasks', minutesSinceAsked => {
    const decision = decided({ nodes: nodesOf('running idle'), progress: asked(1, 1), minutesSinceAsked })
    expect(decision).toMatchObject(
      minutesSinceAsked > 60
        ? { failure: 'drain-timeout', reason: '1 node has not begun to restart, and the drain-timeout is up' }
        : { kind: 'wait' }
    )
  })

  test('a node whose start task had failed before waits for its restart, and fails only after it', () => {
    const progress = withWave(
      NOTHING_ASKED,
      { nodes: nodesOf('starttaskfailed idle') },
      { taken: ['tvm-0'], refused: [] }
    )
    expect(decided({ nodes: nodesOf('starttaskfailed idle'), progress })).toMatchObject({ kind: 'wait' })
    expect(decided({ nodes: nodesOf('starttaskfailed* idle'), progress })).toMatchObject({ kind: 'halt' })
  })
})

describe('done', () => {
  test('when all have restarted, with those that can’t', () => {
    const nodes = nodesOf('idle* offline unusable unusable* idle')
    const progress = asked(1, 1, { refused: ['tvm-4'] })
    const decision = decided({ nodes, progress })
    expect(decision).toMatchObject({ kind: 'done', reason: '1 node has restarted' })
    expect((decision as { left: Node[] }).left.map(({ nodeId }) => nodeId)).toEqual(['tvm-1', 'tvm-2', 'tvm-4'])
  })

  test('at once where none has started before the change', () => {
    const none = { kind: 'done', reason: 'no node has started before the change', left: [] }
    expect(decided({ nodes: nodesOf('idle* starting*') })).toEqual(none)
    const node = { nodeId: 'tvm-0', state: 'idle', isDedicated: true, errors: [] }
    expect(decided({ nodes: [{ node, ms: 0 }] })).toEqual(none)
  })

  test('a node that started within a minute of the change may have got either, and restarts', () => {
    const at = (bootedAt: string): Aged[] =>
      nodesOf('idle').map(({ node, ms }) => ({ node: { ...node, bootedAt }, ms }))
    expect(decided({ nodes: at(iso(0.99)) }).kind).toBe('restart')
    expect(decided({ nodes: at(iso(1)) }).kind).toBe('done')
  })
})

test('what became of a wave: what was taken is remembered as it looked, what wasn’t is no wave', () => {
  const nodes = nodesOf('idle running idle')
  expect(withWave(asked(1, 1, { away: ['tvm-0'] }), { nodes }, { taken: ['tvm-1'], refused: ['tvm-2'] })).toEqual({
    asked: { 'tvm-0': { state: 'idle', bootedAt: OLD }, 'tvm-1': { state: 'running', bootedAt: OLD } },
    wave: ['tvm-1'],
    away: [],
    refused: ['tvm-2'],
    waves: 2
  })
  expect(withWave(NOTHING_ASKED, { nodes }, { taken: [], refused: ['tvm-0'] })).toMatchObject({ waves: 0 })
})
