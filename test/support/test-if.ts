import { test } from '@jest/globals'

/**
 * `test` where `missing` is undefined, else a skipped test whose name says why: the end of `npm test` counts it by that.
 * `testIf(chromium === undefined ? 'no chromium' : undefined)('renders', …)`
 */
export function testIf(
  missing: string | undefined
): (name: string, body: () => void | Promise<void>, ms?: number) => void {
  return (name, body, ms) => {
    if (missing === undefined) test(name, body, ms)
    else test.skip(`${name} [${missing}]`, body)
  }
}
