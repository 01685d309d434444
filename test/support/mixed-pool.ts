/** A pool of both kinds of nodes that is to run version 1.0.0 in the place of 0.9.0, and a fake Azure with it. */
import type { Execution } from '../../src/execute/context.ts'
import type { JsonObject } from '../../src/model/json.ts'
import type { Observed, Pool, Scale } from '../../src/model/observed.ts'
import type { Plan, Step, StepKind } from '../../src/model/plan.ts'
import type { RolloutSpec } from '../../src/model/spec.ts'
import { fakeAzure, type FakeAzure, type World } from './fake-azure/index.ts'
import * as f from './observed-fixtures.ts'
import { failureOf, performed, runOn, type OneRun } from './one-step.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const ZERO: Scale = { kind: 'fixed', targetDedicatedNodes: 0, targetLowPriorityNodes: 0 }
export const FULL: Scale = {
  kind: 'fixed',
  targetDedicatedNodes: 12,
  targetLowPriorityNodes: 8,
  resizeTimeout: 'PT30M'
}
export const FORMULA: Scale = { kind: 'auto', formula: '$TargetLowPriorityNodes=8', evaluationInterval: 'PT5M' }
export const FOREIGN = { name: 'team', value: 'lighting' }
export const OLD = f.versionIdOf('0.9.0')
export const NEW = f.versionIdOf('1.0.0')

export const mixedPool = (change: Parameters<typeof f.pool>[0] = {}): Pool =>
  f.pool({
    etag: 'W/"5"',
    imageId: OLD,
    currentDedicatedNodes: 12,
    currentLowPriorityNodes: 8,
    scale: FULL,
    metadata: [FOREIGN],
    ...change
  })

export const atZero = (change: Partial<Pool> = {}): Pool =>
  mixedPool({ scale: ZERO, currentDedicatedNodes: 0, currentLowPriorityNodes: 0, ...change })

type Wanted = { seen?: Partial<Observed>; rollout?: Partial<RolloutSpec>; pool?: JsonObject }

/** What a rollout of version 1.0.0 plans; by default the pool as above is emptied for it. */
export function rolloutPlan({ seen = {}, ...wanted }: Wanted = {}): Plan {
  return planFor({ pool: mixedPool(), activeWork: { jobs: ['shots'], tasks: 3 }, ...seen }, wanted)
}

/** The same where there is no pool yet. */
export const newPoolPlan = (wanted: Omit<Wanted, 'seen'> = {}): Plan => planFor({}, wanted)

function planFor(seen: Partial<Observed>, { rollout = {}, pool = {} }: Wanted): Plan {
  const scaleSettings = { fixedScale: { targetDedicatedNodes: 12, targetLowPriorityNodes: 8 } }
  const spec = f.rolloutSpec({ imageChange: 'in-place', pool: { scaleSettings, ...pool }, ...rollout })
  return f.planOf(f.rolloutOnlySpec(spec), f.rolloutObserved(seen))
}

export type Rolling<S extends Step> = FakeAzure & {
  one: OneRun
  step: S
  plan: Plan
  /** How the step ends: its line, or what it throws. */
  ends(): Promise<string>
  fails(): Promise<Error>
  /** As it is now. */
  pool(): Pool
  /** Somebody else's write. */
  becomes(change: Partial<Pool>): void
}

/** The step of a kind of a plan, about to be performed on what `world` holds. */
export function rolling<K extends StepKind>(
  kind: K,
  world: World = {},
  {
    plan = rolloutPlan(),
    step: own = {},
    ...run
  }: Partial<Execution> & { plan?: Plan; step?: Partial<Extract<Step, { kind: K }>> } = {}
): Rolling<Extract<Step, { kind: K }>> {
  const fake = fakeAzure({ pool: mixedPool(), versions: { '1.0.0': f.version('1.0.0') }, ...world })
  const step = { ...f.stepOf(plan, kind), ...own }
  const changed = { ...plan, steps: plan.steps.map(one => (one.id === step.id ? step : one)) }
  const one = runOn(fake, changed, run)
  return {
    ...fake,
    one,
    step,
    plan: changed,
    ends: () => performed(fake, one, step),
    fails: () => failureOf(fake, one, step),
    pool: () => {
      if (fake.world.pool === undefined) throw new Error('the pool is gone')
      return fake.world.pool
    },
    becomes: change => {
      const { pool } = fake.world
      if (pool === undefined) throw new Error('the pool is gone')
      const number = Number(/\d+/.exec(pool.etag)?.[0])
      fake.world.pool = { ...pool, ...change, etag: `W/"${number + 1}"` }
    }
  }
}
