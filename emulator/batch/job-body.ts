import { flat, type Shape } from '../kernel/shape.ts'
import type { Call, Json, JsonObject } from '../kernel/types.ts'
import { refuseProperty } from './batch-errors.ts'
import { compact, numberOf, objectOf, textOf } from './json.ts'

const TASK: Shape = 'any'

/** What of a new job is known here; pools that a job makes for itself aren't. */
export const NEW_JOB: Shape = {
  ...flat('id', 'displayName', 'priority', 'maxParallelTasks', 'allowTaskPreemption', 'usesTaskDependencies'),
  ...flat('onAllTasksComplete', 'onTaskFailure', 'metadata', 'commonEnvironmentSettings'),
  constraints: flat('maxWallClockTime', 'maxTaskRetryCount'),
  jobPreparationTask: TASK,
  jobReleaseTask: TASK,
  poolInfo: flat('poolId')
}

/** What a PATCH may change (service contract, JobPatchParameter). */
export const JOB_CHANGE: Shape = {
  ...flat('priority', 'maxParallelTasks', 'allowTaskPreemption', 'onAllTasksComplete', 'metadata'),
  constraints: flat('maxWallClockTime', 'maxTaskRetryCount'),
  poolInfo: flat('poolId')
}

/** Without end: the longest time that .NET has (recorded). */
const WITHOUT_END = 'P10675199DT2H48M5.4775807S'
const NON_ADMIN = { autoUser: { scope: 'pool', elevationLevel: 'nonadmin' } }
const CONSTRAINTS = { maxWallClockTime: WITHOUT_END, retentionTime: 'P7D', maxTaskRetryCount: 0 }

/** A new job with the defaults of what it leaves out (recorded 2025-09). */
export function newJob({ jobPreparationTask, jobReleaseTask, constraints, ...body }: JsonObject): JsonObject {
  return compact({
    ...{ priority: 0, maxParallelTasks: -1, usesTaskDependencies: false, allowTaskPreemption: false },
    ...{ onAllTasksComplete: 'noaction', onTaskFailure: 'noaction' },
    ...numbered(body),
    constraints: { maxWallClockTime: WITHOUT_END, maxTaskRetryCount: 0, ...numbered(objectOf(constraints)) },
    jobPreparationTask: jobPreparationTask && {
      ...{ id: 'jobpreparation', userIdentity: NON_ADMIN, waitForSuccess: true, rerunOnNodeRebootAfterSuccess: true },
      ...objectOf(jobPreparationTask),
      constraints: { ...CONSTRAINTS, ...objectOf(objectOf(jobPreparationTask)['constraints']) }
    },
    jobReleaseTask: jobReleaseTask && {
      ...{ id: 'jobrelease', maxWallClockTime: 'PT15M', retentionTime: 'P7D', userIdentity: NON_ADMIN },
      ...objectOf(jobReleaseTask)
    }
  })
}

/** A new task with its defaults (recorded 2025-09). */
export function newTask({ constraints, ...body }: JsonObject): JsonObject {
  return {
    ...{ userIdentity: NON_ADMIN, requiredSlots: 1, executionInfo: { retryCount: 0, requeueCount: 0 } },
    ...numbered(body),
    constraints: { ...CONSTRAINTS, ...numbered(objectOf(constraints)) }
  }
}

const NUMBERS = ['priority', 'maxParallelTasks', 'maxTaskRetryCount', 'requiredSlots']

/** Numbers may come as strings, and come back as numbers (recorded: `"maxTaskRetryCount": "5"`). */
function numbered(body: JsonObject): JsonObject {
  const entries = Object.entries(body).map(([name, value]) => [
    name,
    NUMBERS.includes(name) ? (numberOf(value) ?? value) : value
  ])
  return Object.fromEntries(entries) as JsonObject
}

const WORDS: Record<string, string[]> = {
  onAllTasksComplete: ['noaction', 'terminatejob'],
  onTaskFailure: ['noaction', 'performexitoptionsjobaction'],
  disableTasks: ['requeue', 'terminate', 'wait']
}
const BOUNDS: Record<string, [number, number]> = { priority: [-1_000, 1_000] }
/** To the word as recorded (2025-01-16). */
const INVALID = 'The value provided for one of the properties in the request body is invalid.'

/** Throws the 400 for a value that the contract doesn't have. */
export function checkJob(call: Call, body: JsonObject): void {
  for (const [name, known] of Object.entries(WORDS)) {
    const value = textOf(body[name])
    if (body[name] === undefined || known.includes(value?.toLowerCase() ?? '')) continue
    refuseProperty(call, { name, value: value ?? '', reason: INVALID })
  }
  for (const [name, [least, most]] of Object.entries(BOUNDS)) {
    if (body[name] === undefined) continue
    const number = numberOf(body[name]) ?? Number.NaN
    if (number >= least && number <= most) continue
    refuseProperty(call, { name, value: String(body[name]), reason: INVALID })
  }
  checkParallel(call, body['maxParallelTasks'])
}

/** "The value … must be -1 or greater than 0 if specified" (service contract). */
function checkParallel(call: Call, value: Json | undefined): void {
  const number = numberOf(value)
  if (value === undefined || number === -1 || (number !== undefined && number > 0)) return
  refuseProperty(call, { name: 'maxParallelTasks', value: String(value), reason: INVALID })
}

const ID = /^[\w-]{1,64}$/

/** Throws the 400 for an id that isn't one: "alphanumeric characters including hyphens and underscores … no more than 64" (contract). */
export function checkId(call: Call, id: string): void {
  if (!ID.test(id)) refuseProperty(call, { name: 'id', value: id, reason: INVALID })
}
