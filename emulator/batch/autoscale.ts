import type { Stored } from '../kernel/types.ts'
import { parseFormula, placeIn } from './formula.ts'
import { undefinedSymbol, type Named } from './formula-symbols.ts'
import { numberFrom } from './formula-values.ts'
import type { DeallocationOption, ResizeErrorFact, Target } from './pool-facts.ts'
import { countAt, factsOf } from './pool-record.ts'

export type Evaluation = { target: Target; option: DeallocationOption; results: string; error?: ResizeErrorFact }

const OPTIONS: Record<string, DeallocationOption> = {
  requeue: 'Requeue',
  terminate: 'Terminate',
  taskcompletion: 'TaskCompletion',
  retaineddata: 'RetainedData'
}

/**
 * Evaluates a formula as far as it is made of numbers, `min`, `max`, operators and what it assigned before. A target that
 * needs more than that (samples of metrics) is the present number of nodes. A formula that can't be read, which only a world
 * can have given a pool, asks for what is there.
 */
export function evaluateFormula(pool: Stored, formula: string, now: number): Evaluation {
  const present = countAt(factsOf(pool), now)
  const parsed = parseFormula(formula)
  const statements = 'statements' in parsed ? parsed.statements : []
  const unknown = undefinedSymbol(statements)
  if (unknown !== undefined) return failed(present, undefinedAt(formula, unknown))
  const values = new Map<string, number>([
    ['$CurrentDedicatedNodes', present.dedicated],
    ['$CurrentLowPriorityNodes', present.lowPriority]
  ])
  let option = 'requeue'
  for (const { name, value } of statements) {
    if (name === '$NodeDeallocationOption') option = value.kind === 'name' ? value.name.toLowerCase() : option
    else if (name !== undefined) assign(values, name, numberFrom(value, values))
  }
  const target = {
    dedicated: wholeNodes(values.get('$TargetDedicatedNodes') ?? values.get('$TargetDedicated') ?? present.dedicated),
    lowPriority: wholeNodes(
      values.get('$TargetLowPriorityNodes') ?? values.get('$TargetLowPriority') ?? present.lowPriority
    )
  }
  return { target, option: OPTIONS[option] ?? 'Requeue', results: resultsOf(target, option) }
}

const resultsOf = ({ dedicated, lowPriority }: Target, option = 'requeue'): string =>
  `$TargetDedicatedNodes=${dedicated};$TargetLowPriorityNodes=${lowPriority};$NodeDeallocationOption=${option}`

/** An evaluation that fails leaves the pool as it is (recorded 2026-02-03, doc). */
function failed(present: Target, error: ResizeErrorFact): Evaluation {
  return { target: present, option: 'Requeue', results: resultsOf(present), error }
}

/** To the word as recorded 2026-02-03 (Azure/azure-sdk-assets, js/sdk/batch, evaluateautoscale). */
function undefinedAt(formula: string, { name, at }: Named): ResizeErrorFact {
  return {
    code: 'AutoScalingFormulaEvaluationError',
    message: 'The specified auto-scaling formula has evaluation error',
    details: [{ code: 'Message', message: `${placeIn(formula, at)}: Undefined symbol: ${name}` }]
  }
}

/**
 * The first evaluation of a formula finds no samples: one that takes them, and doesn't look first how many there are, fails, and the
 * pool keeps its size (doc, "Automatically scale Batch pools" and "Pool autoscale event", whose text this is).
 */
export function firstEvaluation(pool: Stored, formula: string, now: number): Evaluation {
  const evaluation = evaluateFormula(pool, formula, now)
  if (evaluation.error !== undefined) return evaluation
  const [, metric] = /(\$\w+)\s*\.\s*GetSample\s*\(/i.exec(formula) ?? []
  if (metric === undefined || /GetSamplePercent/i.test(formula)) return evaluation
  const why = `${placeIn(formula, formula.indexOf(metric))}: Insufficient data from data set: ${metric} wanted 70%, received 0%`
  return failed(countAt(factsOf(pool), now), {
    code: 'InsufficientSampleData',
    message: 'Autoscale evaluation failed due to insufficient sample data',
    details: [{ code: 'Message', message: why }]
  })
}

const wholeNodes = (value: number): number => Math.max(0, Math.floor(value))

function assign(values: Map<string, number>, name: string, value: number | undefined): void {
  if (value === undefined) values.delete(name)
  else values.set(name, value)
}
