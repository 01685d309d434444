import type { TaskBehaviour } from '../kernel/types.ts'
import { objectOf, textOf } from './json.ts'
import { behaviourOf, type Look } from './node-tasks.ts'
import { isNamed } from './node-times.ts'
import type { NodeFact, TaskRun } from './pool-facts.ts'
import { durationMs } from './time.ts'
import type { JsonObject } from '../kernel/types.ts'

const TAKES_MS = 2_000

/** Of a process that is killed: the number of the signal on Linux (Azure/Batch#101), `0xC000013A` on Windows (Azure/BatchExplorer#146). */
const KILLED = { linux: -9, windows: -1_073_741_510 }

type Outcome = Pick<TaskRun, 'endsAt' | 'rule' | 'exitCode' | 'stdout' | 'stderr' | 'isTimeout'>
type Asked = { task: JsonObject; jobId: string; startedAt: number; isWindows: boolean }

/** What a run does, as the world says. */
export function outcomeOf(look: Look, node: NodeFact, asked: Asked): Outcome {
  const { task, startedAt, isWindows } = asked
  const rules = behaviourOf(look).tasks ?? []
  const rule = rules.findIndex((one, index) => fits(one, { node, asked, index }))
  const { takesMs = TAKES_MS, exitCode = 0, stdout = '', stderr = '' } = rules[rule] ?? {}
  const limit = durationMs(textOf(objectOf(task['constraints'])['maxWallClockTime']) ?? '') ?? Infinity
  const isTimeout = takesMs > limit
  return {
    // A run of no length would be over before it is seen.
    endsAt: startedAt + Math.max(1, Math.min(takesMs, limit)),
    ...{ rule, stdout, stderr, isTimeout },
    exitCode: isTimeout ? KILLED[isWindows ? 'windows' : 'linux'] : exitCode
  }
}

function fits(rule: TaskBehaviour, { node, asked, index }: { node: NodeFact; asked: Asked; index: number }): boolean {
  const image = JSON.stringify(node.imageReference).toLowerCase()
  return (
    isNamed(rule.index ?? 'all', node) &&
    (textOf(asked.task['commandLine']) ?? '').includes(rule.command ?? '') &&
    asked.jobId.toLowerCase() === (rule.job ?? asked.jobId).toLowerCase() &&
    image.includes((rule.image ?? '').toLowerCase()) &&
    (node.runs ?? []).filter(run => run.rule === index).length < (rule.times ?? Infinity)
  )
}
