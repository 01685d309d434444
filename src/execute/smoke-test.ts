/** Drives `decideSmokeTest`: a job, a task for each node, what they wrote. The job goes when its output has been read. */
import { AzureError } from '../azure/errors.ts'
import {
  decideSmokeTest,
  SLACK_MS,
  type SmokeDecision,
  type SmokeProgress,
  type SmokeView
} from '../decide/smoke-test.ts'
import { nameOf } from '../model/arm-id.ts'
import { RunError } from '../model/failure.ts'
import { itemsOf, objectOf, type JsonObject } from '../model/json.ts'
import type { Node, Pool, Task } from '../model/observed.ts'
import { resolveSecrets } from '../model/secret-reference.ts'
import { smokeJob } from '../rules/smoke-job.ts'
import { formatIso8601 } from '../shared/iso8601.ts'
import { poolKnown, type Execution, type Performed, type StepOf } from './context.ts'
import { drive, teller } from './loop.ts'
import { readNodes, serviceOf } from './node-looks.ts'
import { outputLines } from './output-lines.ts'
import { readPool, renewLease } from './pool-changes.ts'

/** Of the contract, for `addtaskcollection`. */
const MOST_AT_ONCE = 100
/** Of tasks that went well, so many are shown. */
const SHOWN_TASKS = 1
/** A task has ended in seconds, or takes its time. */
const FIRST_TASK_MS = 5_000

type Smoke = StepOf<'run-smoke-test'>
type Seen = SmokeView & { pool: Pool }

export async function runSmokeTest(run: Execution, step: Smoke): Performed {
  const [service, job, poolName] = [serviceOf(run, step), nameOf(step.jobId), nameOf(step.poolId)]
  // Twice the time of a task: some may have to be added again.
  const longestMs = 2 * (step.timeoutMs + SLACK_MS)
  await service.createJob(smokeJob(job, poolName, { context: run.context, longestMs }))
  const { done, look } = await drive<Seen, SmokeProgress, SmokeDecision>(run, {
    progress: new Map(),
    look: async ({ sinceMs }) => {
      const pool = await readPool(run, step)
      const [nodes, tasks] = await Promise.all([readNodes(run, step), service.listTasks(job)])
      return { pool, nodes, tasks, msSinceBegun: sinceMs() }
    },
    decide: (view, asked) => decideSmokeTest(step, view, asked),
    tell: teller(run, step.id),
    act: async (decision, { look: { pool, nodes }, progress }) => {
      await renewLease(run, step, pool)
      if (decision.kind === 'wait') return undefined
      run.say(step.id, decision.reason)
      await addTasks(run, step, { pool, nodes, wanted: decision.wanted })
      const added = decision.wanted.map(({ taskId, nodeId }) => [taskId, nodeId] as const)
      return { progress: new Map([...progress, ...added]) }
    },
    errorOf: async halt => {
      if (halt.blamesImage === true) {
        run.known.conditions.add('image-blamed')
        poolKnown(run, step).hasFailedNodes = true
      }
      const { failure: reason, reason: message, wayOut, repetition } = halt
      const details = (await Promise.all(halt.failed.map(task => outputOf(run, step, task)))).flat()
      return new RunError({ reason, message, wayOut, repetition, details })
    },
    expectMs: FIRST_TASK_MS
  })
  const shown = look.tasks.filter(({ exitCode }) => exitCode === 0).slice(0, SHOWN_TASKS)
  const output = (await Promise.all(shown.map(task => outputOf(run, step, task)))).flat()
  for (const line of output) run.say(step.id, line)
  run.known.smokeTests.push({ poolName, result: done.reason, output })
  return done.reason
}

type Adding = { pool: Pool; nodes: readonly Node[]; wanted: { taskId: string; nodeId: string }[] }

async function addTasks(run: Execution, step: Smoke, { pool, nodes, wanted }: Adding): Promise<void> {
  const tasks = wanted.map(({ taskId, nodeId }) => {
    const affinityId = nodes.find(node => node.nodeId === nodeId)?.affinityId ?? nodeId
    return taskFor(run, step, { pool, taskId, affinityId })
  })
  for (let at = 0; at < tasks.length; at += MOST_AT_ONCE) {
    await serviceOf(run, step).addTasks(nameOf(step.jobId), tasks.slice(at, at + MOST_AT_ONCE))
  }
}

/** As the pool's start task has its environment; secrets are put in before what the pool has is. */
function taskFor(
  run: Execution,
  step: Smoke,
  { pool, taskId, affinityId }: { pool: Pool; taskId: string; affinityId: string }
): JsonObject {
  const properties = objectOf(pool.body.properties)
  const task = resolveSecrets(step.task, run.env)
  const own = itemsOf(task.environmentSettings)
  const ofStartTask = itemsOf(objectOf(properties.startTask).environmentSettings)
  const environmentSettings = [...ofStartTask.filter(({ name }) => own.every(one => one.name !== name)), ...own]
  const slots = properties.taskSlotsPerNode
  return {
    ...task,
    ...(environmentSettings.length === 0 ? {} : { environmentSettings }),
    id: taskId,
    affinityInfo: { affinityId },
    ...(typeof slots === 'number' && slots > 1 ? { requiredSlots: slots } : {}),
    constraints: { maxTaskRetryCount: 0, maxWallClockTime: formatIso8601(step.timeoutMs) }
  }
}

const FILES = ['stderr.txt', 'stdout.txt']

/** The end of both; what can't be read is left out. */
async function outputOf(run: Execution, step: Smoke, { taskId }: Task): Promise<string[]> {
  const read = (path: string) => (bytes: number) =>
    serviceOf(run, step).taskFileEnd(nameOf(step.jobId), { taskId, path, bytes })
  return (await Promise.all(FILES.map(path => outputLines(run, path, read(path))))).flat()
}

/** Its tasks are ended with it. */
export async function deleteSmokeJob(run: Execution, step: StepOf<'delete-smoke-job'>): Performed {
  try {
    await serviceOf(run, step).deleteJob(nameOf(step.jobId))
  } catch (error) {
    if (!(error instanceof AzureError) || error.status !== 403) throw error
    throw new RunError({
      reason: 'permission-denied',
      message: error.message,
      wayOut: 'give the identity a role with the data action Microsoft.Batch/batchAccounts/jobs/delete',
      cause: error
    })
  }
  return 'is being deleted'
}
