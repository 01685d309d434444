/** Plans of steps that end when a test says so, and what `execute` does with them. */
import type { Azure } from '../../src/azure/gateway.ts'
import { execute, type Executed } from '../../src/execute/execute.ts'
import type { StepEntry } from '../../src/model/journal.ts'
import type { RunWarning } from '../../src/model/outcome.ts'
import type { Plan, Step } from '../../src/model/plan.ts'
import { nameOf } from '../../src/model/arm-id.ts'
import { snapshotIdOf } from './observed-fixtures.ts'

/** `deletes('a')`: a step `a` that deletes snapshot `a`. */
export const deletes = (id: string, ...after: string[]): Step => ({
  id,
  kind: 'delete-snapshot',
  after,
  title: `delete ${id}`,
  reason: 'for the test',
  snapshotId: snapshotIdOf(id)
})

export const planFrom = (...steps: Step[]): Plan => ({
  format: 2,
  command: 'image',
  dryRun: false,
  found: [],
  findings: [],
  pools: [],
  steps,
  undo: []
})

export type Harness = {
  /** What happened, in order: journal lines, calls to Azure, and their ends. */
  events: string[]
  journal: StepEntry[]
  warnings: RunWarning[]
  ended: Promise<Executed>
  /** Lets the call of a step end, well or with `error`; what follows from it has happened when it resolves. */
  end(id: string, error?: Error): Promise<void>
  abort(reason: Error): Promise<void>
}

type Pending = { resolve(): void; reject(error: unknown): void }

export function begin(...steps: Step[]): Promise<Harness> {
  return beginWith(() => undefined, ...steps)
}

export function beginWith(onWrite: (entry: StepEntry) => void, ...steps: Step[]): Promise<Harness> {
  return beginPlan(planFrom(...steps), onWrite)
}

/** `onWrite` sees each journal line before it is kept, and may throw as a full disk would. */
export async function beginPlan(plan: Plan, onWrite: (entry: StepEntry) => void = () => undefined): Promise<Harness> {
  const events: string[] = []
  const journal: StepEntry[] = []
  const warnings: RunWarning[] = []
  const pending = new Map<string, Pending>()
  const cancel = new AbortController()
  const deleteSnapshot: Azure['compute']['deleteSnapshot'] = id => {
    events.push(`call ${nameOf(id)}`)
    return new Promise((resolve, reject) => {
      pending.set(nameOf(id), { resolve, reject })
    })
  }
  const azure = { compute: { deleteSnapshot }, until: () => azure } as unknown as Azure
  let now = 0
  const ended = execute(
    {
      azure,
      clock: { now: () => now++, sleep: () => Promise.reject(new Error('nothing here sleeps')) },
      journal: {
        write: entry => {
          onWrite(entry)
          journal.push(entry)
          events.push(`${entry.event} ${entry.step}`)
        }
      },
      say: () => undefined,
      warn: (step, { message, wayOut }) => void warnings.push({ step, message, wayOut }),
      env: {},
      pollIntervalMs: 1_000,
      deadlineAt: Number.MAX_SAFE_INTEGER,
      context: { repository: 'pixel/farm', runId: '1', runAttempt: 1, commit: 'c0ffee0', nonce: 'n' },
      azureNow: () => 0,
      makesImage: true
    },
    plan,
    cancel.signal
  )
  await settled()
  return {
    events,
    journal,
    warnings,
    ended,
    end: (id, error) => {
      const one = pending.get(id)
      if (one === undefined) throw new Error(`step ${id} has not been started; so far: ${events.join(', ')}`)
      if (error === undefined) one.resolve()
      else one.reject(error)
      return settled()
    },
    abort: reason => {
      cancel.abort(reason)
      return settled()
    }
  }
}

/** Whatever follows without waiting for anything else has happened. */
const settled = (): Promise<void> => new Promise(resolve => setImmediate(resolve))
