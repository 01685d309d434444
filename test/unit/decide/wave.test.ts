import { expect, test } from '@jest/globals'
import type { Pool, ResizeError } from '../../../src/model/observed.ts'
import type { ScalePoolStep, NodeTargets } from '../../../src/model/plan.ts'
import { tallyNodes } from '../../../src/rules/node-health.ts'
import { decideWave, describeError, type WaveProgress } from '../../../src/decide/wave.ts'
import * as f from '../../support/observed-fixtures.ts'

const t = (dedicated: number, lowPriority = 0): NodeTargets => ({ dedicated, lowPriority })

const STEP: ScalePoolStep = {
  kind: 'scale-pool',
  ...f.POOL_ADDRESS,
  goal: t(20),
  canaryNodes: 1,
  waveSize: 10,
  resizeTimeoutMs: 20 * 60_000,
  nodeTimeoutMs: 30 * 60_000,
  repairAttempts: 0,
  resizeAttempts: 3,
  maxUnhealthy: { share: 0.05 },
  drain: 'task-completion',
  drainTimeoutMs: 3_600_000,
  metadata: { set: [], remove: [] }
}

/** A steady pool that has `has` and was asked for `asked`. */
function pool(has: NodeTargets, asked: NodeTargets = has, change: Partial<Pool> = {}): Pool {
  return f.pool({
    currentDedicatedNodes: has.dedicated,
    currentLowPriorityNodes: has.lowPriority,
    scale: { kind: 'fixed', targetDedicatedNodes: asked.dedicated, targetLowPriorityNodes: asked.lowPriority },
    ...change
  })
}

const progress = (target: NodeTargets, had: NodeTargets = t(0), change: Partial<WaveProgress> = {}): WaveProgress => ({
  target,
  had,
  attempt: 1,
  ...change
})

const error = (code: string, message = 'm', details: ResizeError['details'] = []): ResizeError => ({
  code,
  message,
  details
})
const failedWith = (...errors: ResizeError[]): Partial<Pool> => ({ resize: { startTime: 'T2', errors } })

const decide = (seen: Pool, before?: WaveProgress, step: Partial<ScalePoolStep> = {}) =>
  decideWave({ ...STEP, ...step }, { pool: seen, msShort: 0, msSinceAsked: Infinity }, before)

function judge(
  seen: Pool,
  states: string[],
  change: { before?: WaveProgress; step?: Partial<ScalePoolStep>; ms?: number } = {}
) {
  const before =
    change.before ?? progress({ dedicated: seen.currentDedicatedNodes, lowPriority: seen.currentLowPriorityNodes })
  const times = { msShort: change.ms ?? 0, msSinceAsked: Infinity }
  const view = { pool: seen, nodes: tallyNodes(f.aged(states, change.ms), STEP.nodeTimeoutMs), ...times }
  return decideWave({ ...STEP, ...change.step }, view, before)
}
/** Longer than a node may take. */
const LONG = STEP.nodeTimeoutMs + 1

const times = (count: number, state: string): string[] => Array.from({ length: count }, () => state)

test('an empty pool begins with its canary', () => {
  expect(decide(pool(t(0)))).toEqual({
    kind: 'resize',
    progress: { target: t(1), attempt: 1, had: t(0) },
    reason: '0 of 20 dedicated nodes; first wave to 1 dedicated node'
  })
})

/** The first look of a run at a pool that has nodes. */
const first = (seen: Pool, states: string[], step: Partial<ScalePoolStep> = {}) =>
  decideWave(
    { ...STEP, ...step },
    {
      pool: seen,
      nodes: tallyNodes(f.aged(states, 31 * 60_000), STEP.nodeTimeoutMs),
      msShort: 0,
      msSinceAsked: Infinity
    },
    undefined
  )

test('nodes that are there already are the canary: they are judged, then a wave comes', () => {
  expect(decide(pool(t(4)))).toMatchObject({ kind: 'look-at-nodes' })
  expect(first(pool(t(4)), times(4, 'idle'))).toMatchObject({ kind: 'resize', progress: { target: t(14), had: t(4) } })
  expect(first(pool(t(4)), ['idle', 'idle', 'idle', 'unusable'])).toMatchObject({
    kind: 'halt',
    failure: 'nodes-unhealthy'
  })
})

test.each(['Resizing', 'Stopping', 'SomethingNew'])('while the pool is %s nothing is asked for', allocationState => {
  for (const before of [undefined, progress(t(10))]) {
    expect(decide(pool(t(3), t(10), { allocationState }), before)).toEqual({
      kind: 'wait',
      reason: `3 of 20 dedicated nodes; the pool is ${allocationState}`
    })
  }
})

test('a wave whose nodes are there is judged by its nodes, and only then', () => {
  expect(decide(pool(t(10)), progress(t(10)))).toEqual({
    kind: 'look-at-nodes',
    reason: '10 of 20 dedicated nodes; steady'
  })
})

test.each([
  { has: t(1), target: t(11), reason: '1 of 20 dedicated nodes healthy; next wave to 11 dedicated nodes' },
  { has: t(11), target: t(20), reason: '11 of 20 dedicated nodes healthy; next wave to 20 dedicated nodes' }
])('after $has healthy nodes comes $target, clipped to the goal', ({ has, target, reason }) => {
  expect(judge(pool(has), times(has.dedicated, 'idle'))).toEqual({
    kind: 'resize',
    progress: { target, attempt: 1, had: has },
    reason
  })
})

test('the goal reached and healthy is the end', () => {
  expect(judge(pool(t(20)), times(20, 'running'))).toEqual({
    kind: 'done',
    reason: '20 of 20 dedicated nodes, healthy'
  })
})

test('a goal of no nodes is done without a look at any', () => {
  expect(decide(pool(t(0)), undefined, { goal: t(0) })).toEqual({ kind: 'done', reason: 'no nodes, healthy' })
})

test('“all” asks for all that remain after the canary', () => {
  expect(judge(pool(t(1)), ['idle'], { step: { waveSize: 'all' } })).toMatchObject({ progress: { target: t(20) } })
})

test('dedicated and low-priority nodes come in one wave, shared as what is missing', () => {
  const step = { goal: t(60, 30), canaryNodes: 0 }
  expect(decide(pool(t(0)), undefined, step)).toMatchObject({ progress: { target: t(7, 3) } })
  expect(judge(pool(t(7, 3)), times(10, 'idle'), { step })).toMatchObject({ progress: { target: t(14, 6) } })
})

test('nodes that start are waited for', () => {
  expect(judge(pool(t(3)), ['idle', 'starting', 'waitingforstarttask'])).toEqual({
    kind: 'wait',
    reason: '3 of 20 dedicated nodes; 1 idle, 1 starting, 1 waitingforstarttask'
  })
})

test('a node in a state that nobody knows is waited for, never taken for healthy', () => {
  expect(judge(pool(t(1)), ['levitating'])).toMatchObject({ kind: 'wait' })
})

test('a node list shorter than the pool says is waited for', () => {
  expect(judge(pool(t(3)), ['idle', 'idle'])).toMatchObject({ kind: 'wait', reason: expect.stringContaining('2 idle') })
})

test('preempted nodes are neither healthy nor not: the others decide', () => {
  const step = { goal: t(0, 20) }
  expect(judge(pool(t(0, 20)), [...times(18, 'idle'), 'preempted', 'preempted'], { step })).toMatchObject({
    kind: 'done'
  })
  const bad = [...times(17, 'idle'), 'unusable', 'unusable', 'preempted']
  expect(judge(pool(t(0, 20)), bad, { step, ms: LONG })).toMatchObject({ kind: 'halt' })
})

test('unhealthy nodes up to max-unhealthy are borne; one more ends the run before the next wave', () => {
  expect(judge(pool(t(20)), [...times(19, 'idle'), 'unusable'], { ms: LONG })).toMatchObject({ kind: 'done' })
  expect(judge(pool(t(20)), [...times(18, 'idle'), 'unusable', 'starttaskfailed'], { ms: LONG })).toEqual({
    kind: 'halt',
    failure: 'nodes-unhealthy',
    reason: '20 of 20 dedicated nodes; 2 unhealthy, and max-unhealthy allows 1',
    wayOut: 'look at the nodes’ errors; they stay as they are, so that you can sign in to one'
  })
})

test('one unhealthy canary is too many: the share is rounded down', () => {
  expect(judge(pool(t(1)), ['unusable'], { ms: LONG })).toMatchObject({ kind: 'halt', failure: 'nodes-unhealthy' })
})

test('nodes that neither start nor fail for longer than node-timeout count as unhealthy ones do', () => {
  expect(judge(pool(t(1)), ['starting'], { ms: STEP.nodeTimeoutMs })).toMatchObject({ kind: 'wait' })
  expect(judge(pool(t(1)), ['starting'], { ms: LONG })).toMatchObject({
    kind: 'halt',
    failure: 'nodes-stuck',
    reason: '1 of 20 dedicated nodes; 1 stuck (1 starting), and max-unhealthy allows 0'
  })
  expect(judge(pool(t(20)), [...times(19, 'idle'), 'unknown'], { ms: LONG })).toMatchObject({ kind: 'done' })
})

test('a start task has twice the time', () => {
  const waiting = (ms: number) => judge(pool(t(1)), ['waitingforstarttask'], { ms }).kind
  expect([waiting(2 * STEP.nodeTimeoutMs), waiting(2 * STEP.nodeTimeoutMs + 1)]).toEqual(['wait', 'halt'])
})

test('Batch gets the time of a node to get an unusable one back', () => {
  expect(judge(pool(t(2)), ['idle', 'unusable'])).toEqual({
    kind: 'wait',
    reason:
      '2 of 20 dedicated nodes; 1 idle, 1 unusable; Batch has 30 minutes to get an unusable node back (node-timeout)'
  })
})

const REPAIRS = { repairAttempts: 1 }

test('a node that failed is rebooted, then replaced, and only then judged', () => {
  const failed = (before: WaveProgress) => judge(pool(t(1)), ['starttaskfailed'], { step: REPAIRS, before })
  const one = progress(t(1))
  expect(failed(one)).toEqual({
    kind: 'second-chance',
    by: 'reboot',
    nodeIds: ['tvm-0'],
    progress: { ...one, chances: 1, hadChance: true },
    ifRefused: { ...one, chances: 1 },
    ifDenied: { ...one, isDenied: true },
    reason:
      '1 of 20 dedicated nodes; 1 unhealthy, and max-unhealthy allows 0; before that is judged, the node is rebooted'
  })
  expect(failed({ ...one, chances: 1 })).toMatchObject({
    by: 'replace',
    progress: { target: t(0), then: t(1), isReplacing: true, chances: 2 }
  })
  expect(failed({ ...one, chances: 2, hadChance: true })).toMatchObject({ kind: 'halt', blamesImage: true })
})

test('without a second chance, nothing is said of the image', () => {
  const refused = { ...progress(t(1)), chances: 1 }
  for (const before of [progress(t(1)), progress(t(1), t(0), { isDenied: true }), refused]) {
    const step = before === refused ? { ...REPAIRS, hadNodes: true as const } : { repairAttempts: 0 }
    expect(judge(pool(t(1)), ['starttaskfailed'], { step, before })).not.toHaveProperty('blamesImage')
  }
})

test.each([
  ['starttaskfailed', true],
  ['unusable', true],
  ['starting', true],
  ['unknown', undefined],
  ['creating', undefined]
])('a node that is %s again speaks against its image: %s', (state, blamesImage) => {
  const before = progress(t(1), t(0), { chances: 2, hadChance: true })
  const decision = judge(pool(t(1)), [state], { step: REPAIRS, before, ms: LONG })
  expect(decision).toMatchObject({ kind: 'halt' })
  expect('blamesImage' in decision ? decision.blamesImage : undefined).toBe(blamesImage)
})

test('nodes that are still on their way are waited for before others get their second chance', () => {
  const seen = ['starttaskfailed', 'starttaskfailed', 'starting']
  expect(judge(pool(t(3)), seen, { step: REPAIRS })).toMatchObject({ kind: 'wait' })
  expect(judge(pool(t(3)), seen)).toMatchObject({ kind: 'halt' })
})

test('while nodes are replaced the pool has other targets, and then they are asked for again', () => {
  const replacing = progress(t(9), t(10), { then: t(10), isReplacing: true, chances: 2 })
  expect(decide(pool(t(9)), replacing)).toMatchObject({ progress: { target: t(10), chances: 2 } })
  expect(decide(pool(t(9), t(12)), replacing)).toMatchObject({ kind: 'resize', progress: { target: t(10) } })
})

test('at most a wave of nodes is replaced, and where none stays the canary comes again', () => {
  const step = { ...REPAIRS, waveSize: 4 }
  const before = progress(t(10), t(0), { chances: 1 })
  expect(judge(pool(t(10)), times(10, 'starttaskfailed'), { step, before })).toMatchObject({
    nodeIds: ['tvm-0', 'tvm-1', 'tvm-2', 'tvm-3'],
    progress: { target: t(6), then: t(10) }
  })
  expect(
    judge(pool(t(3)), times(3, 'starttaskfailed'), { step, before: progress(t(3), t(0), { chances: 1 }) })
  ).toMatchObject({ progress: { target: t(0), then: t(1) } })
})

test('of very many nodes all are rebooted, and as many replaced as one call takes', () => {
  const many = (before: WaveProgress) =>
    judge(pool(t(320)), [...times(120, 'idle'), ...times(200, 'starttaskfailed')], {
      step: { ...REPAIRS, goal: t(320), waveSize: 'all' },
      before
    })
  const nodeIds = (decision: ReturnType<typeof many>) => ('nodeIds' in decision ? decision.nodeIds : [])
  expect(nodeIds(many(progress(t(320))))).toHaveLength(200)
  expect(nodeIds(many(progress(t(320), t(0), { chances: 1 })))).toHaveLength(100)
})

test('a pool that had nodes before isn’t taken to none for a replacement', () => {
  const before = progress(t(1), t(0), { chances: 1 })
  expect(judge(pool(t(1)), ['starttaskfailed'], { step: { ...REPAIRS, hadNodes: true }, before })).toMatchObject({
    kind: 'halt'
  })
})

test('nodes that were there already get their second chance without a resize', () => {
  const seen = pool(t(4), t(6))
  const decision = first(seen, [...times(3, 'idle'), 'starttaskfailed'], REPAIRS)
  expect(decision).toMatchObject({ kind: 'second-chance', by: 'reboot', progress: { target: t(4), found: t(6) } })
  const { progress: next } = decision as { progress: WaveProgress }
  expect(decide(seen, next)).toMatchObject({ kind: 'look-at-nodes' })
})

test('the next wave has a second chance of its own', () => {
  const before = progress(t(1), t(0), { chances: 2 })
  expect(judge(pool(t(1)), ['idle'], { step: REPAIRS, before })).toMatchObject({ progress: { target: t(11) } })
  expect(judge(pool(t(1)), ['idle'], { step: REPAIRS, before })).not.toMatchObject({ progress: { chances: 2 } })
})

test('a canary that is preempted while it starts is blamed on nobody: another is asked for', () => {
  const step = { goal: t(0, 20), waveSize: 5 }
  expect(judge(pool(t(0, 1)), ['preempted'], { step })).toMatchObject({
    kind: 'resize',
    progress: { target: t(0, 2) },
    reason: '1 of 20 low-priority nodes; 1 preempted: on to 2 low-priority nodes'
  })
})

test('where all of the goal is preempted, Batch has the time of a node to bring one back', () => {
  const seen = (ms: number) => judge(pool(t(0, 2)), ['preempted', 'preempted'], { step: { goal: t(0, 2) }, ms })
  expect(seen(STEP.nodeTimeoutMs)).toMatchObject({ kind: 'wait' })
  expect(seen(LONG)).toMatchObject({ kind: 'halt', failure: 'allocation-failed' })
  expect(seen(LONG)).not.toHaveProperty('blamesImage')
})

const SHORT = progress(t(10), t(0), { formerStartTime: 'T1' })

test.each(['AllocationTimedout', 'AllocationTimedOut', 'RemoveNodesFailed', 'Unknown'])(
  '%s is asked for again',
  code => {
    expect(decide(pool(t(4), t(10), failedWith(error(code))), SHORT)).toEqual({
      kind: 'resize',
      progress: { target: t(4), then: t(10), attempt: 1, had: t(4), formerStartTime: 'T2' },
      reason: `4 of 20 dedicated nodes; again, as it came nearer, at 10 dedicated nodes after ${code}, by way of 4 dedicated nodes`
    })
  }
)

test('what fell short at once is asked for again five minutes after the last attempt, what came nearer at once', () => {
  const short = pool(t(4), t(10), failedWith(error('AllocationFailed', 'insufficient capacity')))
  const after = (msSinceAsked: number, had: NodeTargets) =>
    decideWave(STEP, { pool: short, msShort: 0, msSinceAsked }, { ...SHORT, had }).kind
  expect(after(299_999, t(4))).toBe('wait')
  expect(after(300_000, t(4))).toBe('resize')
  expect(after(0, t(3))).toBe('resize')
})

test('what a pool has been asked for already is asked for by way of what it has, and the count of attempts goes on', () => {
  const before = progress(t(4), t(4), { then: t(10), attempt: 2, formerStartTime: 'T1' })
  expect(decide(pool(t(4), t(4)), before)).toMatchObject({
    kind: 'resize',
    progress: { target: t(10), attempt: 2, had: t(4) },
    reason: '4 of 20 dedicated nodes; now to 10 dedicated nodes'
  })
  expect(decide(pool(t(0), t(20)), undefined, { canaryNodes: 0, waveSize: 'all' })).toMatchObject({
    progress: { target: t(0), then: t(20) }
  })
})

test('only attempts without progress count, and progress starts the count anew', () => {
  const again = (has: number, before: WaveProgress) =>
    decide(pool(t(has), t(10), failedWith(error('AllocationTimedout'))), before)
  expect(again(4, { ...SHORT, had: t(4) })).toMatchObject({
    progress: { attempt: 2 },
    reason:
      '4 of 20 dedicated nodes; attempt 2 of 3, at 10 dedicated nodes after AllocationTimedout, by way of 4 dedicated nodes'
  })
  expect(again(5, { ...SHORT, had: t(4), attempt: 3 })).toMatchObject({ kind: 'resize', progress: { attempt: 1 } })
  expect(again(4, { ...SHORT, had: t(4), attempt: 3 })).toEqual({
    kind: 'halt',
    failure: 'allocation-failed',
    repetition: 'helps',
    reason: '4 of 20 dedicated nodes; AllocationTimedout after 3 attempts without progress',
    wayOut: 'run again later, or ask for another vmSize or region; a longer resize-timeout helps a slow region'
  })
})

test('a resize that ended short without an error counts as an attempt too', () => {
  expect(decide(pool(t(0), t(10)), { ...SHORT, attempt: 3 })).toMatchObject({
    kind: 'halt',
    reason: '0 of 20 dedicated nodes; no resize error after 3 attempts without progress'
  })
})

test('errors of an earlier resize are not this run’s: neither before its first, nor while Azure still shows them', () => {
  const stale = { resize: { startTime: 'T1', errors: [error('AccountCoreQuotaReached')] } }
  expect(decide(pool(t(0), t(0), stale))).toMatchObject({ kind: 'resize', progress: { formerStartTime: 'T1' } })
  expect(decide(pool(t(4), t(10), stale), SHORT)).toMatchObject({
    kind: 'resize',
    reason: expect.stringContaining('no resize error')
  })
})

test.each<[ResizeError, string]>([
  [error('AccountCoreQuotaReached', 'out of cores'), 'quota-reached'],
  [error('AccountVMSeriesCoreQuotaReached'), 'quota-reached'],
  [error('AccountLowPriorityCoreQuotaReached'), 'quota-reached'],
  [error('UnsupportedVMSize'), 'allocation-failed'],
  [error('SomethingNobodyKnows'), 'allocation-failed'],
  [error('AllocationFailed', 'Desired number of nodes could not be allocated'), 'allocation-failed'],
  [error('AllocationFailed', 'm', [{ code: 'x', message: 'The image is not found' }]), 'allocation-failed']
])('%j ends the run at once as %s, though nodes came', (cause, failure) => {
  expect(decide(pool(t(4), t(10), failedWith(cause)), SHORT)).toMatchObject({ kind: 'halt', failure })
})

test('AllocationFailed because capacity is short, by its details, is asked for again', () => {
  const cause = error('AllocationFailed', 'm', [{ code: 'Reason', message: 'Insufficient capacity in the region' }])
  expect(decide(pool(t(4), t(10), failedWith(cause)), SHORT)).toMatchObject({ kind: 'resize' })
})

test('of several errors the one that no retry helps against decides', () => {
  const errors = [error('AllocationTimedout'), error('AccountCoreQuotaReached')]
  expect(decide(pool(t(4), t(10), failedWith(...errors)), SHORT)).toMatchObject({ failure: 'quota-reached' })
})

test('an error is said with its details', () => {
  expect(describeError(error('A', 'b', [{ code: 'C', message: 'd' }]))).toBe('A: b; C: d')
})

test.each<[string, Pool['scale'], string]>([
  ['another size', { kind: 'fixed', targetDedicatedNodes: 7, targetLowPriorityNodes: 0 }, '7 dedicated nodes'],
  [
    'another number of low-priority nodes',
    { kind: 'fixed', targetDedicatedNodes: 10, targetLowPriorityNodes: 1 },
    '10 dedicated and 1 low-priority nodes'
  ],
  ['a formula', { kind: 'auto', formula: 'x' }, 'an autoscale formula']
])('where somebody else has asked for %s, the run ends instead of undoing it', (_, scale, now) => {
  expect(decide(pool(t(10), t(10), { scale }), progress(t(10)))).toEqual({
    kind: 'halt',
    failure: 'pool-changed',
    reason: `this run asked for 10 dedicated nodes, and the pool now has ${now}`,
    wayOut: 'find out who else resizes the pool, then run again'
  })
})

test('a pool with more nodes than the goal gets smaller in one step', () => {
  expect(decide(pool(t(30, 2)))).toMatchObject({
    kind: 'resize',
    progress: { target: t(20) },
    reason: expect.stringContaining('the pool gets smaller')
  })
})

test('where one kind is short and the other too many, nodes come before nodes go', () => {
  const step = { goal: t(20, 5), canaryNodes: 0 }
  expect(first(pool(t(15, 8)), times(23, 'idle'), step)).toMatchObject({ progress: { target: t(20, 8) } })
  expect(judge(pool(t(20, 8)), times(28, 'idle'), { step })).toMatchObject({ progress: { target: t(20, 5) } })
})

test('all nodes there by a formula: the goal is still asked for as a fixed scale', () => {
  expect(decide(pool(t(20), t(20), { scale: { kind: 'auto', formula: 'x' } }))).toMatchObject({
    kind: 'resize',
    progress: { target: t(20) },
    reason: '20 of 20 dedicated nodes; to be held as a fixed scale'
  })
})

test('all nodes there and asked for: a run that was killed goes on with their health', () => {
  expect(decide(pool(t(20)))).toMatchObject({ kind: 'look-at-nodes' })
  const view = {
    pool: pool(t(20)),
    nodes: tallyNodes(f.aged(times(20, 'idle')), STEP.nodeTimeoutMs),
    msShort: 0,
    msSinceAsked: Infinity
  }
  expect(decideWave(STEP, view, undefined)).toMatchObject({ kind: 'done' })
})

test('what a resize error relays is told whole, and yet not without end', () => {
  const json = JSON.stringify({ error: { code: 'FluxInverted', message: 'The flux is inverted.' } })
  const told = describeError(error('AllocationFailed', 'm', [{ code: 'Provider Error Json', message: json }]))
  expect(told).toBe(`AllocationFailed: m; Provider Error Json: ${json}`)
  const long = Array.from({ length: 50 }, () => ({ code: 'x', message: 'y'.repeat(100_000) }))
  expect(describeError(error('AllocationFailed', 'm', long)).length).toBeLessThanOrEqual(4_000)
})

test('a subnet that is full halts at the first attempt, and what is in the way doesn’t pass by itself', () => {
  const full = 'Subnet x does not have enough capacity for 20 IP addresses.'
  const seen = pool(t(4), t(20), failedWith(error('AllocationFailed', 'm', [{ code: 'Reason', message: full }])))
  expect(decide(seen, progress(t(20), t(1)))).toMatchObject({
    kind: 'halt',
    failure: 'allocation-failed',
    repetition: 'after-change',
    wayOut: expect.stringContaining('enlarge the subnet')
  })
})

test.each<[string, Partial<NonNullable<Pool['resize']>>, boolean]>([
  ['of this run', { targetDedicatedNodes: 4, targetLowPriorityNodes: 6 }, true],
  ['that doesn’t tell its targets', {}, true],
  ['to other dedicated nodes', { targetDedicatedNodes: 9, targetLowPriorityNodes: 6 }, false],
  ['to other low-priority nodes', { targetDedicatedNodes: 4, targetLowPriorityNodes: 9 }, false],
  ['from before this run', { startTime: 'T1' }, false]
])('an error that no retry helps against counts when it is of a resize %s: %j', (_, resize, isOwn) => {
  const seen = pool(t(4, 2), t(4, 6), {
    resize: { startTime: 'T2', errors: [error('AccountCoreQuotaReached')], ...resize }
  })
  const decision = decide(seen, progress(t(4, 6), t(4, 0), { formerStartTime: 'T1' }), { goal: t(4, 6) })
  expect(decision.kind).toBe(isOwn ? 'halt' : 'resize')
})

test('one attempt is no plural', () => {
  const before = { ...SHORT, had: t(4), attempt: 1 }
  const halted = decide(pool(t(4), t(10), failedWith(error('AllocationTimedout'))), before, { resizeAttempts: 1 })
  expect(halted.reason).toMatch(/AllocationTimedout after 1 attempt without progress$/)
})
