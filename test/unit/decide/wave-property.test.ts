import { expect, test } from '@jest/globals'
import type { Pool, ResizeError } from '../../../src/model/observed.ts'
import type { ScalePoolStep, NodeTargets } from '../../../src/model/plan.ts'
import { tallyNodes } from '../../../src/rules/node-health.ts'
import { isShort, nodesOf, totalOf } from '../../../src/rules/node-targets.ts'
import { decideWave, type WaveDecision, type WaveProgress } from '../../../src/decide/wave.ts'
import * as f from '../../support/observed-fixtures.ts'
import { seeded } from '../../support/virtual-time.ts'

const SEEDS = Array.from({ length: 200 }, (_, index) => index + 1)

/** A region that gives nodes in lumps, up to what it has, and stops a resize short as it likes. */
class Region {
  has: NodeTargets
  asked: NodeTargets
  resizing = false
  errors: ResizeError[] = []
  resizes = 0
  readonly chance: () => number
  readonly capacity: number

  constructor(chance: () => number, has: NodeTargets, capacity: number) {
    this.chance = chance
    this.has = has
    this.asked = has
    this.capacity = capacity
  }

  resize(target: NodeTargets): void {
    if (this.resizing) throw new Error('a resize was asked for while the pool resizes')
    this.asked = target
    this.resizing = true
    this.errors = []
    this.resizes++
  }

  /** Some time passes. */
  pass(): void {
    if (!this.resizing) return
    this.has = { dedicated: this.moved('dedicated'), lowPriority: this.moved('lowPriority') }
    const there = this.has.dedicated === this.asked.dedicated && this.has.lowPriority === this.asked.lowPriority
    if (!there && this.chance() < 0.7) return
    this.resizing = false
    if (!there && this.chance() < 0.9) this.errors = [{ code: 'AllocationTimedout', message: 'm', details: [] }]
  }

  private moved(kind: keyof NodeTargets): number {
    const missing = this.asked[kind] - this.has[kind]
    if (missing <= 0) return this.asked[kind]
    const left = Math.max(0, this.capacity - totalOf(this.has))
    return this.has[kind] + Math.min(missing, left, Math.floor(this.chance() * 8))
  }

  look(): Pool {
    return f.pool({
      allocationState: this.resizing ? 'Resizing' : 'Steady',
      currentDedicatedNodes: this.has.dedicated,
      currentLowPriorityNodes: this.has.lowPriority,
      scale: {
        kind: 'fixed',
        targetDedicatedNodes: this.asked.dedicated,
        targetLowPriorityNodes: this.asked.lowPriority
      },
      ...(this.resizes === 0 ? {} : { resize: { startTime: `T${this.resizes}`, errors: this.errors } })
    })
  }
}

type Story = { step: ScalePoolStep; region: Region; from: NodeTargets }

function storyOf(seed: number): Story {
  const chance = seeded(seed)
  const upTo = (most: number): number => Math.floor(chance() * (most + 1))
  const goal = { dedicated: upTo(60), lowPriority: upTo(30) }
  const from = chance() < 0.5 ? { dedicated: 0, lowPriority: 0 } : { dedicated: upTo(30), lowPriority: upTo(15) }
  const capacity = chance() < 0.7 ? 1_000 : upTo(90)
  const step: ScalePoolStep = {
    kind: 'scale-pool',
    ...f.POOL_ADDRESS,
    goal,
    canaryNodes: upTo(3),
    waveSize: chance() < 0.2 ? 'all' : 1 + upTo(20),
    resizeTimeoutMs: 600_000,
    nodeTimeoutMs: 30 * 60_000,
    repairAttempts: 1,
    resizeAttempts: 1 + upTo(3),
    maxUnhealthy: { share: 0.2 },
    drain: 'terminate',
    drainTimeoutMs: 600_000,
    metadata: { set: [], remove: [] }
  }
  return { step, region: new Region(chance, from, capacity), from }
}

type Asked = { from: NodeTargets; target: NodeTargets }

/** Follows the decisions as the driver does; returns the last one, and what was asked for on the way. */
function tell({ step, region }: Story): { end: WaveDecision; asked: Asked[] } {
  const asked: Asked[] = []
  let progress: WaveProgress | undefined
  for (let looks = 0; looks < 5_000; looks++) {
    const pool = region.look()
    let decision = decideWave(step, { pool, msShort: 0, msSinceAsked: Infinity }, progress)
    if (decision.kind === 'look-at-nodes') {
      const states = Array.from({ length: totalOf(nodesOf(pool)) }, () =>
        region.chance() < 0.97 ? 'idle' : 'starting'
      )
      decision = decideWave(
        step,
        { pool, nodes: tallyNodes(f.aged(states), step.nodeTimeoutMs), msShort: 0, msSinceAsked: Infinity },
        progress
      )
    }
    if (decision.kind === 'done' || decision.kind === 'halt') return { end: decision, asked }
    if (decision.kind === 'resize') {
      asked.push({ from: nodesOf(pool), target: decision.progress.target })
      progress = decision.progress
      region.resize(progress.target)
    }
    region.pass()
  }
  throw new Error('no end after 5,000 looks')
}

test.each(SEEDS)('whatever the region gives (seed %i), waves are small, never overlap, and come to an end', seed => {
  const story = storyOf(seed)
  const { step, from } = story
  const { end, asked } = tell(story)
  const most = step.waveSize === 'all' ? totalOf(step.goal) : step.waveSize
  asked.forEach(({ from: had, target }, index) => {
    const allowed = index === 0 && totalOf(from) === 0 ? step.canaryNodes || most : Math.max(most, step.canaryNodes)
    expect(totalOf(target) - totalOf(had)).toBeLessThanOrEqual(allowed)
    expect(target.dedicated).toBeLessThanOrEqual(Math.max(step.goal.dedicated, from.dedicated))
    expect(target.lowPriority).toBeLessThanOrEqual(Math.max(step.goal.lowPriority, from.lowPriority))
  })
  expect(end.kind === 'done' ? story.region.has : step.goal).toEqual(step.goal)
  if (end.kind === 'halt')
    expect({ failure: end.failure, short: isShort(story.region.has, step.goal) }).toEqual({
      failure: 'allocation-failed',
      short: true
    })
})

test('with enough capacity and patience every goal is reached', () => {
  const ends = SEEDS.map(seed => {
    const { step, region, from } = storyOf(seed)
    const roomy = new Region(region.chance, from, 1_000)
    return tell({ step: { ...step, resizeAttempts: 50 }, region: roomy, from }).end.kind
  })
  expect(new Set(ends)).toEqual(new Set(['done']))
})

test('some of these regions are short of nodes, and some pools shrink: the property is about both', () => {
  const ends = SEEDS.map(seed => tell(storyOf(seed)).end.kind)
  expect(ends.filter(kind => kind === 'halt').length).toBeGreaterThan(10)
  expect(SEEDS.filter(seed => isShort(storyOf(seed).step.goal, storyOf(seed).from)).length).toBeGreaterThan(10)
})
