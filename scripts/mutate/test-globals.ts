/** What tests import of `@jest/globals`, kept for running them again and again in one process. */
export { expect } from 'expect'

type Body = (...args: never[]) => unknown
export type Test = { id: string; body(): unknown }

const tests: Test[] = []
const before: Body[] = []
let [file, block] = ['', '']

/** Tests that are declared from now on are of `path`. */
export function declareIn(path: string): void {
  file = path
}

export const allTests = (): readonly Test[] => tests

/** What stands before all tests of the file that was declared last. */
export async function prepare(): Promise<void> {
  for (const body of before.splice(0)) await body()
}

function declare(name: string, body: () => unknown): void {
  // Names may repeat: their numbers don't.
  tests.push({ id: `${file} › ${block}${name} #${tests.length}`, body })
}

/** As jest has it: rows that are lists are spread, others are one argument. */
const eachOf =
  (take: (name: string, body: () => unknown) => void) =>
  (rows: readonly unknown[]) =>
  (name: string, body: Body): void => {
    const isTable = rows.every(row => Array.isArray(row))
    for (const row of rows) take(name, () => body(...((isTable ? row : [row]) as never[])))
  }

export const test = Object.assign(declare, { each: eachOf(declare), skip: () => undefined })

function group(name: string, body: () => unknown): void {
  const outer = block
  block = `${outer}${name} › `
  body()
  block = outer
}

export const describe = Object.assign(group, { each: eachOf(group) })

export const beforeAll = (body: Body): void => void before.push(body)
/** The process ends, and all that it has with it. */
export const afterAll = (): void => undefined
