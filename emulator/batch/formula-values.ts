import type { Expression } from './formula.ts'

type Values = ReadonlyMap<string, number>

/** The number that an expression is; undefined where it needs more than numbers: samples, times, lists. */
export function numberFrom(expression: Expression, values: Values): number | undefined {
  const value = valueOf(expression, values)
  return Number.isFinite(value) ? value : undefined
}

/** NaN for what isn't known, so that whatever is made of it isn't known either. */
function valueOf(expression: Expression, values: Values): number {
  const of = (part: Expression): number => valueOf(part, values)
  switch (expression.kind) {
    case 'number':
      return expression.value
    case 'name':
      return values.get(expression.name) ?? Number.NaN
    case 'unary':
      return unary(expression.operator, of(expression.operand))
    case 'binary':
      return binary(expression.operator, of(expression.left), of(expression.right))
    case 'choice': {
      const test = of(expression.test)
      return Number.isNaN(test) ? test : of(test === 0 ? expression.no : expression.yes)
    }
    case 'call':
      return called(expression.name, expression.args.map(of))
    default:
      return Number.NaN
  }
}

function unary(operator: string, value: number): number {
  return operator === '-' ? -value : operator === '!' && !Number.isNaN(value) ? Number(value === 0) : value
}

/** A comparison is 1 or 0: the language knows no other truth (doc). */
const BINARY: Record<string, (a: number, b: number) => number | boolean> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '&&': (a, b) => a !== 0 && b !== 0,
  '||': (a, b) => a !== 0 || b !== 0
}

function binary(operator: string, a: number, b: number): number {
  const isKnown = !Number.isNaN(a) && !Number.isNaN(b)
  return isKnown ? Number(BINARY[operator]?.(a, b) ?? Number.NaN) : Number.NaN
}

function called(name: string, args: number[]): number {
  if (name === 'min') return Math.min(...args)
  return name === 'max' ? Math.max(...args) : Number.NaN
}
