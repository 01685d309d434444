import { expect, test } from '@jest/globals'
import { readError } from '../../../src/azure/read-error.ts'

const LONG = 'x'.repeat(5_000_000)

test('of an error that echoes megabytes, only so much is kept that a person could read it', () => {
  const error = {
    code: LONG,
    message: LONG,
    details: Array.from({ length: 500 }, () => ({ code: 'a', message: LONG }))
  }
  const { code, message, details } = readError({ error }, 400)
  expect([code.length, message.length, details.length, details[99]?.message.length]).toEqual([200, 10_000, 100, 10_000])
  expect(message.endsWith('…')).toBe(true)
})

test('a page of text in the place of an error is cut where it shows', () => {
  expect(readError('y'.repeat(1_000), 502).message).toBe(`${'y'.repeat(199)}…`)
})
