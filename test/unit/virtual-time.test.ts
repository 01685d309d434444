import { expect, test } from '@jest/globals'
import { readFile } from 'node:fs/promises'
import { inVirtualTime } from '../support/virtual-time.ts'

const START = Date.UTC(2026, 10, 23)
const HOUR = 3_600_000

test('hours pass at once, and clock and Date agree', async () => {
  const ends = await inVirtualTime(START, async clock => {
    await clock.sleep(5 * HOUR)
    return [clock.now(), Date.now()]
  })
  expect(ends).toEqual([START + 5 * HOUR, START + 5 * HOUR])
})

test('sleepers wake in the order of their times', async () => {
  const woken = await inVirtualTime(START, async clock => {
    const order: number[] = []
    await Promise.all([300, 100, 200].map(async ms => clock.sleep(ms).then(() => order.push(ms))))
    return order
  })
  expect(woken).toEqual([100, 200, 300])
})

test('an aborted sleep ends with the reason, at the time of the abort', async () => {
  await inVirtualTime(START, async clock => {
    const abort = new AbortController()
    void clock.sleep(1_000).then(() => abort.abort(new Error('enough')))
    await expect(clock.sleep(HOUR, abort.signal)).rejects.toThrow('enough')
    expect(clock.now()).toBe(START + 1_000)
  })
})

test('time stands still while a file is read', async () => {
  const passed = await inVirtualTime(START, async clock => {
    setTimeout(() => undefined, HOUR)
    await readFile(import.meta.filename)
    return clock.now() - START
  })
  expect(passed).toBe(0)
})

test('a story that nothing can wake is an error, not a hang', async () => {
  await expect(inVirtualTime(START, () => new Promise(() => undefined))).rejects.toThrow(
    'the story hangs at 2026-11-23'
  )
})

test('chance is the same from run to run', async () => {
  const draw = () => inVirtualTime(START, async () => [Math.random(), Math.random()])
  expect(await draw()).toEqual(await draw())
})
