/** Which nodes are rebooted or replaced, and what the pool is asked for meanwhile. */
import { expect, test } from '@jest/globals'
import type { Pool } from '../../../src/model/observed.ts'
import type { ScalePoolStep, NodeTargets } from '../../../src/model/plan.ts'
import { tallyNodes } from '../../../src/rules/node-health.ts'
import { secondChance } from '../../../src/decide/second-chance.ts'
import type { WaveProgress } from '../../../src/decide/wave-progress.ts'
import * as f from '../../support/observed-fixtures.ts'

const t = (dedicated: number, lowPriority = 0): NodeTargets => ({ dedicated, lowPriority })
const STEP: ScalePoolStep = {
  kind: 'scale-pool',
  ...f.POOL_ADDRESS,
  goal: t(6, 6),
  canaryNodes: 1,
  waveSize: 4,
  resizeTimeoutMs: 1,
  nodeTimeoutMs: 1,
  repairAttempts: 1,
  resizeAttempts: 3,
  maxUnhealthy: { nodes: 0 },
  drain: 'requeue',
  drainTimeoutMs: 1,
  metadata: { set: [], remove: [] }
}

type Seen = { dedicated: string; lowPriority?: string; chances?: number; step?: Partial<ScalePoolStep> }
type More = { pool?: Partial<Pool>; progress?: Partial<WaveProgress> }

/** Of a pool whose nodes are so: `i` is idle, `x` has failed. */
function chance({ dedicated, lowPriority = '', chances = 0, step = {} }: Seen, { pool, progress }: More = {}) {
  const states = [...dedicated, ...lowPriority].map(letter => (letter === 'i' ? 'idle' : 'starttaskfailed'))
  const nodes = f.aged(states).map(({ node, ms }, index) => ({
    node: { ...node, isDedicated: index < dedicated.length },
    ms
  }))
  const target = t(dedicated.length, lowPriority.length)
  return secondChance({
    step: { ...STEP, ...step },
    pool: f.pool({
      currentDedicatedNodes: target.dedicated,
      currentLowPriorityNodes: target.lowPriority,
      ...pool
    }),
    progress: { target, had: t(0), attempt: 1, chances, ...progress },
    tally: tallyNodes(nodes, STEP.nodeTimeoutMs)
  })
}

test('nodes are rebooted first, of both kinds, and the pool stays as it is', () => {
  expect(chance({ dedicated: 'ix', lowPriority: 'xi' })).toMatchObject({
    by: 'reboot',
    nodeIds: ['tvm-1', 'tvm-2'],
    progress: { target: t(2, 2), chances: 1, hadChance: true },
    ifRefused: { target: t(2, 2), chances: 1 },
    ifDenied: { chances: 0, isDenied: true }
  })
})

test.each<[string, Seen, { target: NodeTargets; then: NodeTargets }, number]>([
  ['a low-priority node', { dedicated: 'iii', lowPriority: 'iix' }, { target: t(3, 2), then: t(3, 3) }, 1],
  ['a dedicated node', { dedicated: 'iix', lowPriority: 'iii' }, { target: t(2, 3), then: t(3, 3) }, 1],
  ['one of each kind', { dedicated: 'ix', lowPriority: 'xi' }, { target: t(1, 1), then: t(2, 2) }, 2],
  ['more than a wave', { dedicated: 'xxx', lowPriority: 'xxx' }, { target: t(0, 2), then: t(3, 3) }, 4],
  ['all: the canary comes again', { dedicated: 'x', lowPriority: 'x' }, { target: t(0), then: t(1) }, 2],
  [
    'all: the first wave comes again, where there is no canary',
    { dedicated: 'x', lowPriority: 'x', step: { canaryNodes: 0 } },
    { target: t(0), then: t(2, 2) },
    2
  ]
])('of a pool nodes are replaced by kind: %s', (_, seen, asked, count) => {
  const found = chance({ ...seen, chances: 1 })
  expect(found).toMatchObject({ by: 'replace', progress: { ...asked, isReplacing: true, hadChance: true, chances: 2 } })
  expect(found?.nodeIds).toHaveLength(count)
})

test('a pool that had nodes is left with some of either kind', () => {
  const step = { hadNodes: true as const }
  expect(chance({ dedicated: 'xx', lowPriority: 'i', chances: 1, step })).toMatchObject({
    progress: { target: t(0, 1) }
  })
  expect(chance({ dedicated: 'xx', lowPriority: 'x', chances: 1, step })).toBeUndefined()
  expect(chance({ dedicated: 'xx', lowPriority: 'x', chances: 0, step })).toMatchObject({ by: 'reboot' })
})

test.each<[string, Seen, More, boolean]>([
  ['none was given yet', { dedicated: 'x' }, {}, true],
  ['both were given', { dedicated: 'x', chances: 2 }, {}, false],
  ['repair-attempts is 2, and two were given', { dedicated: 'x', chances: 2, step: { repairAttempts: 2 } }, {}, true],
  ['repair-attempts is 0', { dedicated: 'x', step: { repairAttempts: 0 } }, {}, false],
  ['the identity may not', { dedicated: 'x' }, { progress: { isDenied: true } }, false],
  ['the pool has a formula', { dedicated: 'x' }, { pool: { scale: { kind: 'auto', formula: '1' } } }, false]
])('there is a second chance where %s: the last column', (_, seen, more, isThere) => {
  expect(chance(seen, more) !== undefined).toBe(isThere)
})

test.each([
  ['one is', 'ix', 'before that is judged, the node is rebooted'],
  ['more are', 'xx', 'before that is judged, 2 nodes are rebooted']
])('what is done is said: %s rebooted', (_, dedicated, reason) => {
  expect(chance({ dedicated })?.reason).toBe(reason)
})
