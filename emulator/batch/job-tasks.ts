import type { Stored } from '../kernel/types.ts'
import { jobFacts, type TaskFact } from './job-record.ts'
import type { TaskRun } from './pool-facts.ts'

export const taskFact = (record: Stored, taskId: string): TaskFact | undefined =>
  jobFacts(record).tasks?.get(taskId.toLowerCase())

/** A task that a client has added begins to wait for a node. */
export function queueTask(record: Stored, taskId: string, now: number): void {
  const facts = jobFacts(record)
  facts.tasks ??= new Map()
  facts.tasks.set(taskId.toLowerCase(), { addedAt: now, waitingSince: now, runs: [], retries: 0, requeues: 0 })
}

/** The run that the task is in; it has no end yet. */
export function openRun({ runs }: TaskFact): TaskRun | undefined {
  const last = runs.at(-1)
  return last?.ended === undefined ? last : undefined
}

export const openFacts = (record: Stored): TaskFact[] =>
  [...(jobFacts(record).tasks?.values() ?? [])].filter(fact => fact.ended === undefined)

export const runningFacts = (record: Stored): TaskFact[] =>
  openFacts(record).filter(fact => openRun(fact) !== undefined)

/** Takes a task off its node: it waits again, or has been ended. Only what a user asked for counts as a requeue (service contract). */
export function stopRun(fact: TaskFact, at: number, by: 'user' | 'requeue' | 'recovery'): void {
  const run = openRun(fact)
  if (run !== undefined) run.ended = { at, by }
  if (by === 'user') {
    fact.ended = { at, by }
    return
  }
  fact.waitingSince = at
  if (by === 'recovery') return
  fact.requeues++
  fact.lastRequeueAt = at
}

/** Of a task that is deleted, or whose job is: it ends where it runs, and its files go. */
export function endTask(record: Stored, taskId: string, now: number): void {
  const fact = taskFact(record, taskId)
  if (fact === undefined) return
  if (fact.ended === undefined) stopRun(fact, now, 'user')
  for (const run of fact.runs) run.removedAt = now
}
