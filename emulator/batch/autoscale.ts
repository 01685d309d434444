import type { Stored } from '../kernel/types.ts'
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
 * Evaluates a formula as far as it is made of numbers, `min`, `max`, arithmetic and what it assigned before. A target that
 * needs more than that (samples of metrics) is the present number of nodes.
 */
export function evaluateFormula(pool: Stored, formula: string, now: number): Evaluation {
  const present = countAt(factsOf(pool), now)
  const values = new Map<string, number>([
    ['$CurrentDedicatedNodes', present.dedicated],
    ['$CurrentLowPriorityNodes', present.lowPriority]
  ])
  let option = 'requeue'
  for (const [, name = '', expression = ''] of formula.matchAll(/(\$?\w+)\s*=\s*([^;=]+)(?:;|$)/g)) {
    if (name === '$NodeDeallocationOption') option = expression.trim().toLowerCase()
    else assign(values, name, expression)
  }
  const target = {
    dedicated: wholeNodes(values.get('$TargetDedicatedNodes') ?? values.get('$TargetDedicated') ?? present.dedicated),
    lowPriority: wholeNodes(values.get('$TargetLowPriorityNodes') ?? present.lowPriority)
  }
  const results = `$TargetDedicatedNodes=${target.dedicated};$TargetLowPriorityNodes=${target.lowPriority};$NodeDeallocationOption=${option}`
  return { target, option: OPTIONS[option] ?? 'Requeue', results }
}

/**
 * The first evaluation of a formula finds no samples: one that takes them, and doesn't look first how many there are, fails, and the
 * pool keeps its size (doc, "Automatically scale Batch pools" and "Pool autoscale event", whose text this is).
 */
export function firstEvaluation(pool: Stored, formula: string, now: number): Evaluation {
  const evaluation = evaluateFormula(pool, formula, now)
  const [, metric] = /(\$\w+)\s*\.\s*GetSample\s*\(/i.exec(formula) ?? []
  if (metric === undefined || /GetSamplePercent/i.test(formula)) return evaluation
  const { dedicated, lowPriority } = countAt(factsOf(pool), now)
  const why = `Line 1, Col ${formula.indexOf(metric) + 1}: Insufficient data from data set: ${metric} wanted 70%, received 0%`
  const error = {
    code: 'InsufficientSampleData',
    message: 'Autoscale evaluation failed due to insufficient sample data',
    details: [{ code: 'Message', message: why }]
  }
  const results = `$TargetDedicatedNodes=${dedicated};$TargetLowPriorityNodes=${lowPriority};$NodeDeallocationOption=requeue`
  return { target: { dedicated, lowPriority }, option: 'Requeue', results, error }
}

const wholeNodes = (value: number): number => Math.max(0, Math.floor(value))

function assign(values: Map<string, number>, name: string, expression: string): void {
  const value = arithmetic(expression, values)
  if (value === undefined) values.delete(name)
  else values.set(name, value)
}

/** The value of an expression; undefined when it has anything but numbers, known names, `min`, `max`, `+ - * /` and brackets. */
function arithmetic(expression: string, values: Map<string, number>): number | undefined {
  const tokens = expression.match(/\d+(?:\.\d+)?|[$\w]+|\S/g) ?? []
  let at = 0
  const take = (token: string): boolean => tokens[at] === token && ++at > 0
  const binary = (operators: Record<string, (a: number, b: number) => number>, inner: () => number): number => {
    let left = inner()
    for (let operator = operators[tokens[at] ?? '']; operator !== undefined; operator = operators[tokens[at] ?? '']) {
      at++
      left = operator(left, inner())
    }
    return left
  }
  const sum = (): number => binary({ '+': (a, b) => a + b, '-': (a, b) => a - b }, product)
  const product = (): number => binary({ '*': (a, b) => a * b, '/': (a, b) => a / b }, factor)
  const list = (): number[] => {
    const items = [sum()]
    while (take(',')) items.push(sum())
    return take(')') ? items : [Number.NaN]
  }
  const factor = (): number => {
    if (take('(')) return list()[0] ?? Number.NaN
    if (take('-')) return -factor()
    const token = tokens[at++] ?? ''
    if (/^(min|max)$/.test(token) && take('(')) return token === 'min' ? Math.min(...list()) : Math.max(...list())
    return /^\d/.test(token) ? Number(token) : (values.get(token) ?? Number.NaN)
  }
  const value = sum()
  return at === tokens.length && Number.isFinite(value) ? value : undefined
}
