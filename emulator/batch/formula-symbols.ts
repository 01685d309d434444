import type { Expression, Statement } from './formula.ts'

/** A name, and where it stands. */
export type Named = { name: string; at: number }

/** What a formula may name without having assigned it (doc, "Automatically scale Batch pools"), in lower case. */
const DEFINED = new Set(
  [
    ...['$TargetDedicatedNodes', '$TargetDedicated', '$TargetLowPriorityNodes', '$TargetLowPriority'],
    ...['$CurrentDedicatedNodes', '$CurrentDedicated', '$CurrentLowPriorityNodes', '$CurrentLowPriority'],
    ...['$NodeDeallocationOption', 'requeue', 'terminate', 'taskcompletion', 'retaineddata'],
    ...['$CPUPercent', '$WallClockSeconds', '$MemoryBytes', '$DiskBytes', '$DiskReadBytes', '$DiskWriteBytes'],
    ...['$DiskReadOps', '$DiskWriteOps', '$NetworkInBytes', '$NetworkOutBytes', '$SampleNodeCount'],
    ...['$ActiveTasks', '$RunningTasks', '$PendingTasks', '$SucceededTasks', '$FailedTasks', '$TaskSlotsPerNode'],
    ...['$PreemptedNodeCount', '$UsableNodeCount', 'true', 'false'],
    ...['Zero', '100ns', 'Microsecond', 'Millisecond', 'Second', 'Minute', 'Hour', 'Day', 'Week', 'Year'].map(
      unit => `TimeInterval_${unit}`
    ),
    ...['avg', 'len', 'lg', 'ln', 'log', 'max', 'min', 'norm', 'percentile', 'rand', 'range', 'round', 'std', 'stop'],
    ...['sum', 'time', 'val', 'vec']
  ].map(name => name.toLowerCase())
)

/** The first name that neither Batch nor a statement before it defines. */
export function undefinedSymbol(statements: Statement[]): Named | undefined {
  const assigned = new Set<string>()
  for (const { name, value } of statements) {
    const unknown = symbolsIn(value).find(one => !assigned.has(one.name) && !DEFINED.has(one.name.toLowerCase()))
    if (unknown !== undefined) return unknown
    if (name !== undefined) assigned.add(name)
  }
  return undefined
}

function symbolsIn(expression: Expression): Named[] {
  const { at } = expression
  switch (expression.kind) {
    case 'number':
    case 'text':
      return []
    case 'list':
      return expression.items.flatMap(symbolsIn)
    case 'name':
      return [{ name: expression.name, at }]
    case 'call':
      return [{ name: expression.name, at }, ...expression.args.flatMap(symbolsIn)]
    case 'member':
      return [...symbolsIn(expression.of), ...expression.args.flatMap(symbolsIn)]
    case 'unary':
      return symbolsIn(expression.operand)
    case 'binary':
      return [...symbolsIn(expression.left), ...symbolsIn(expression.right)]
    case 'choice':
      return [expression.test, expression.yes, expression.no].flatMap(symbolsIn)
  }
}
