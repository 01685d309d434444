/** The language of autoscale formulas, as far as it takes to see that a text is none ("Automatically scale Batch pools"). */

export type FormulaReading = {
  /** What is out of place first, and where: lines and columns count from 1. Nothing is found at the formula’s end. */
  problem?: { line: number; column: number; found: string }
  statements: number
  /** What it names and nothing before defines, in order. */
  unknownNames: string[]
}

type Token = { text: string; at: number }

const TOKEN =
  /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|((?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?|\$?[a-z_]\w*|"[^"]*"|'[^']*'|&&|\|\||[=!<>]=|[-+*/%!<>=?:;,.()[\]])/giy
const BETWEEN = new Set(['||', '&&', '==', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/', '%'])
const BEFORE = new Set(['-', '!', '+'])

/** Service-defined variables, functions and constants, in lower case. */
const DEFINED = new Set(
  [
    ...['$TargetDedicatedNodes', '$TargetDedicated', '$TargetLowPriorityNodes', '$TargetLowPriority'],
    ...['$CurrentDedicatedNodes', '$CurrentDedicated', '$CurrentLowPriorityNodes', '$CurrentLowPriority'],
    ...['$NodeDeallocationOption', 'requeue', 'terminate', 'taskcompletion', 'retaineddata', 'true', 'false'],
    ...['$CPUPercent', '$WallClockSeconds', '$MemoryBytes', '$DiskBytes', '$DiskReadBytes', '$DiskWriteBytes'],
    ...['$DiskReadOps', '$DiskWriteOps', '$NetworkInBytes', '$NetworkOutBytes', '$SampleNodeCount'],
    ...['$ActiveTasks', '$RunningTasks', '$PendingTasks', '$SucceededTasks', '$FailedTasks', '$TaskSlotsPerNode'],
    ...['$PreemptedNodeCount', '$UsableNodeCount'],
    ...['avg', 'len', 'lg', 'ln', 'log', 'max', 'min', 'norm', 'percentile', 'rand', 'range', 'round', 'std', 'stop'],
    ...['sum', 'time', 'val', 'vec']
  ].map(name => name.toLowerCase())
)

export function readFormula(text: string): FormulaReading {
  const { tokens, stuckAt } = tokensOf(text)
  const reading: FormulaReading = { statements: 0, unknownNames: [] }
  const wrong = walk(tokens, reading) ?? stuckAt ?? (reading.statements === 0 ? text.length : undefined)
  if (wrong !== undefined) reading.problem = placeOf(text, wrong)
  return reading
}

/** `stuckAt`: where no word of the language begins. */
function tokensOf(text: string): { tokens: Token[]; stuckAt?: number } {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    const match = TOKEN.exec(text)
    if (match === null) return { tokens, stuckAt: at }
    if (match[1] !== undefined) tokens.push({ text: match[1], at })
  }
  tokens.push({ text: '', at: text.length })
  return { tokens }
}

/**
 * Operands and what joins them take turns, and each bracket finds its own. Counts statements and collects names on the way;
 * the place of the first token that is out of turn.
 */
function walk(tokens: Token[], reading: FormulaReading): number | undefined {
  const turn = new Turn(reading)
  for (let index = 0; index < tokens.length; index++) {
    const [token, next] = [tokens[index] as Token, tokens[index + 1]?.text ?? '']
    const taken = turn.take(token.text, { before: tokens[index - 1]?.text ?? '', next })
    if (taken === 0) return token.at
    index += taken - 1
  }
  return undefined
}

type Neighbours = { before: string; next: string }

class Turn {
  readonly #reading: FormulaReading
  readonly #assigned = new Set<string>()
  /** Brackets, calls and halves of choices that are open. */
  readonly #open: string[] = []
  #isOperandDue = true
  #hasBegun = false
  #target: string | undefined

  constructor(reading: FormulaReading) {
    this.#reading = reading
  }

  /** How many tokens make sense here; 0 where this one doesn't. */
  take(text: string, neighbours: Neighbours): number {
    if (text === ';' || text === '') return this.#end()
    const isAssignment = !this.#hasBegun && isName(text) && neighbours.next === '='
    this.#hasBegun = true
    if (isAssignment) {
      this.#target = text
      return 2
    }
    return this.#isOperandDue ? this.#operand(text, neighbours) : this.#joint(text, neighbours)
  }

  #end(): number {
    if (this.#open.length > 0 || (this.#isOperandDue && this.#hasBegun)) return 0
    if (this.#hasBegun) this.#reading.statements += 1
    if (this.#target !== undefined) this.#assigned.add(this.#target)
    this.#target = undefined
    this.#isOperandDue = true
    this.#hasBegun = false
    return 1
  }

  #operand(text: string, { before }: Neighbours): number {
    if (BEFORE.has(text)) return 1
    if (text === '(' || text === '[') return this.#opens(text)
    const isEmptyList = before === (this.#top === 'call' ? '(' : '[') && closes(text, this.#top)
    if (isEmptyList && this.#top !== '(') this.#open.pop()
    else if (isOperand(text)) this.#names(text)
    else return 0
    this.#isOperandDue = false
    return 1
  }

  #joint(text: string, { before, next }: Neighbours): number {
    if (text === '.') return isName(next) ? 2 : 0
    if (text === '(' && isName(before)) return this.#opens('call')
    if (closes(text, this.#top)) {
      this.#open.pop()
      return 1
    }
    this.#isOperandDue = true
    if (text === '?') return this.#opens('?')
    if (text === ',') return this.#top === 'call' || this.#top === '[' ? 1 : 0
    if (text !== ':') return BETWEEN.has(text) ? 1 : 0
    return this.#open.pop() === '?' ? 1 : 0
  }

  #opens(text: string): number {
    this.#open.push(text)
    this.#isOperandDue = true
    return 1
  }

  #names(text: string): void {
    const { unknownNames } = this.#reading
    const isKnown = !isName(text) || this.#assigned.has(text) || isDefined(text)
    if (!isKnown && !unknownNames.includes(text)) unknownNames.push(text)
  }

  get #top(): string | undefined {
    return this.#open.at(-1)
  }
}

const isDefined = (name: string): boolean => DEFINED.has(name.toLowerCase()) || /^TimeInterval_/i.test(name)
const isName = (text: string): boolean => /^[$a-z_]/i.test(text)
const isOperand = (text: string): boolean => /^(?:[\w$"']|\.\d)/.test(text)

function closes(text: string, open: string | undefined): boolean {
  return text === ']' ? open === '[' : text === ')' && (open === '(' || open === 'call')
}

function placeOf(text: string, at: number): NonNullable<FormulaReading['problem']> {
  const lines = text.slice(0, at).split('\n')
  const [word = ''] = /^\w+|^\S/.exec(text.slice(at)) ?? []
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1, found: word }
}
