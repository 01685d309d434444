/** One step of a plan on a fake Azure. */
import { nothingKnown, poolKnown, type Execution, type Known, type KnownPool } from '../../src/execute/context.ts'
import { performStep } from '../../src/execute/perform-step.ts'
import type { Plan, Step } from '../../src/model/plan.ts'
import type { RunWarning } from '../../src/model/outcome.ts'
import type { FakeAzure } from './fake-azure/index.ts'
import { CONTEXT, POOL } from './observed-fixtures.ts'

export type OneRun = {
  run: Execution
  /** `step: line` */
  said: string[]
  warnings: RunWarning[]
  abort: AbortController
}

const HOUR = 3_600_000

export function runOn({ azure, time }: FakeAzure, plan: Plan, change: Partial<Execution> = {}): OneRun {
  const said: string[] = []
  const warnings: RunWarning[] = []
  const abort = new AbortController()
  return {
    said,
    warnings,
    abort,
    run: {
      azure,
      clock: time.clock,
      journal: { write: () => undefined },
      say: (id, line) => void said.push(`${id}: ${line}`),
      warn: (step, warning) => void warnings.push({ step, ...warning }),
      env: {},
      pollIntervalMs: 30_000,
      deadlineAt: time.clock.now() + 10 * HOUR,
      context: CONTEXT,
      azureNow: () => time.clock.now(),
      makesImage: plan.command !== 'rollout',
      signal: abort.signal,
      known: nothingKnown(),
      ...change
    }
  }
}

/** What a run may have learnt of its pool before the step. */
export function knowing(pool: Partial<KnownPool>): Known {
  const known = nothingKnown()
  Object.assign(poolKnown({ known }, { poolId: POOL }), pool)
  return known
}

/** How a step ends: its line, or what it throws. */
export async function performed(fake: FakeAzure, { run }: OneRun, step: Step): Promise<string> {
  return fake.time.run(performStep(run, step))
}

/** As `performed`, of a step that is to fail. */
export async function failureOf(fake: FakeAzure, one: OneRun, step: Step): Promise<Error> {
  const ended = await performed(fake, one, step).then(
    line => new Error(`it went well: ${line}`, { cause: 'no failure' }),
    (error: unknown) => (error instanceof Error ? error : new Error(String(error)))
  )
  if (ended.cause === 'no failure') throw ended
  return ended
}
