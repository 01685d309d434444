import type { Stored } from '../kernel/types.ts'
import type { DeallocationOption, Target } from './pool-facts.ts'
import { countAt, factsOf } from './pool-record.ts'

export type Evaluation = { target: Target; option: DeallocationOption; results: string }

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
