/** The language of autoscale formulas (doc, "Automatically scale Batch pools"), read into trees. Nothing is evaluated here. */

export type Expression = { at: number } & (
  | { kind: 'number'; value: number }
  | { kind: 'text' }
  | { kind: 'list'; items: Expression[] }
  | { kind: 'name'; name: string }
  | { kind: 'call'; name: string; args: Expression[] }
  | { kind: 'member'; of: Expression; name: string; args: Expression[] }
  | { kind: 'unary'; operator: string; operand: Expression }
  | { kind: 'binary'; operator: string; left: Expression; right: Expression }
  | { kind: 'choice'; test: Expression; yes: Expression; no: Expression }
)

/** An assignment, or an expression alone. */
export type Statement = { at: number; name?: string; value: Expression }
export type Formula = { statements: Statement[] } | { at: number; problem: string }

type Token = { text: string; at: number }
const TOKEN =
  /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|((?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?|\$?[a-z_]\w*|"[^"]*"|'[^']*'|&&|\|\||[=!<>]=|[-+*/%!<>=?:;,.()[\]])/giy
/** Loosest first; operators of a row bind alike. */
const OPERATORS = [['||'], ['&&'], ['==', '!='], ['<', '<=', '>', '>='], ['+', '-'], ['*', '/', '%']]

class NoFormula extends Error {
  readonly at: number
  constructor(problem: string, at: number) {
    super(problem)
    this.at = at
  }
}

export function parseFormula(text: string): Formula {
  try {
    return { statements: new Reader(tokensOf(text), text.length).statements() }
  } catch (error) {
    if (error instanceof NoFormula) return { at: error.at, problem: error.message }
    throw error
  }
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    const match = TOKEN.exec(text)
    if (match === null) throw new NoFormula(`unexpected '${text[at] ?? ''}'`, at)
    if (match[1] !== undefined) tokens.push({ text: match[1], at })
  }
  return tokens
}

class Reader {
  readonly #tokens: Token[]
  readonly #end: number
  #next = 0

  constructor(tokens: Token[], end: number) {
    this.#tokens = tokens
    this.#end = end
  }

  statements(): Statement[] {
    const statements: Statement[] = []
    while (this.#tokens.length > this.#next) {
      if (this.#take(';')) continue
      statements.push(this.#statement())
      if (this.#tokens.length > this.#next) this.#need(';')
    }
    if (statements.length === 0) throw new NoFormula('no statement', this.#end)
    return statements
  }

  #statement(): Statement {
    const at = this.#at
    const name = this.#text
    if (!isName(name) || this.#tokens[this.#next + 1]?.text !== '=') return { at, value: this.#expression() }
    this.#next += 2
    return { at, name, value: this.#expression() }
  }

  #expression(): Expression {
    const at = this.#at
    const test = this.#binary(0)
    if (!this.#take('?')) return test
    const yes = this.#expression()
    this.#need(':')
    return { kind: 'choice', at, test, yes, no: this.#expression() }
  }

  #binary(level: number): Expression {
    const operators = OPERATORS[level]
    if (operators === undefined) return this.#unary()
    let left = this.#binary(level + 1)
    for (let operator = this.#text; operators.includes(operator); operator = this.#text) {
      this.#next++
      left = { kind: 'binary', at: left.at, operator, left, right: this.#binary(level + 1) }
    }
    return left
  }

  #unary(): Expression {
    const at = this.#at
    const operator = this.#text
    if (!['-', '!', '+'].includes(operator)) return this.#postfix()
    this.#next++
    return { kind: 'unary', at, operator, operand: this.#unary() }
  }

  #postfix(): Expression {
    let whole = this.#primary()
    while (this.#take('.')) {
      const at = this.#at
      const name = this.#text
      if (!isName(name)) this.#unexpected()
      this.#next++
      whole = { kind: 'member', at, of: whole, name, args: this.#take('(') ? this.#list(')') : [] }
    }
    return whole
  }

  #primary(): Expression {
    const at = this.#at
    const token = this.#text
    if (this.#take('(')) {
      const inner = this.#expression()
      this.#need(')')
      return inner
    }
    if (this.#take('[')) return { kind: 'list', at, items: this.#list(']') }
    if (!/^(?:[\w$"']|\.\d)/.test(token)) this.#unexpected()
    this.#next++
    if (/^\.?\d/.test(token)) return { kind: 'number', at, value: Number(token) }
    if (/^["']/.test(token)) return { kind: 'text', at }
    return this.#take('(')
      ? { kind: 'call', at, name: token, args: this.#list(')') }
      : { kind: 'name', at, name: token }
  }

  #list(close: string): Expression[] {
    if (this.#take(close)) return []
    const items = [this.#expression()]
    while (this.#take(',')) items.push(this.#expression())
    this.#need(close)
    return items
  }

  get #at(): number {
    return this.#tokens[this.#next]?.at ?? this.#end
  }

  get #text(): string {
    return this.#tokens[this.#next]?.text ?? ''
  }

  #take(text: string): boolean {
    if (this.#text !== text) return false
    this.#next++
    return true
  }

  #need(text: string): void {
    if (!this.#take(text)) this.#unexpected(`'${text}' expected`)
  }

  #unexpected(expected = ''): never {
    const found = this.#text === '' ? 'unexpected end' : `unexpected '${this.#text}'`
    throw new NoFormula(expected === '' ? found : `${found}, ${expected}`, this.#at)
  }
}

const isName = (text: string): boolean => /^[$a-z_]/i.test(text)

/** As Batch tells a place: `Line 1, Col 1` (recorded). */
export function placeIn(text: string, at: number): string {
  const lines = text.slice(0, at).split('\n')
  return `Line ${lines.length}, Col ${(lines.at(-1) ?? '').length + 1}`
}
