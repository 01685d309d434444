import { expect, test } from '@jest/globals'
import {
  recommendedResizeTimeoutMs,
  resizeTimeoutMs,
  specResizeTimeoutMs
} from '../../../src/plan/pool/resize-timeout.ts'

const MINUTE = 60_000
const spec = (resizeTimeout: unknown) => ({ scaleSettings: { fixedScale: { resizeTimeout } } }) as never

test.each([
  [0, 20],
  [300, 20],
  [301, 30],
  [2_000, 30],
  [2_001, 45],
  [5_000, 75]
])('a resize to %i nodes may take %i minutes', (nodes, minutes) => {
  expect(recommendedResizeTimeoutMs(nodes)).toBe(minutes * MINUTE)
})

test('the input goes before the spec, the spec before the recommendation', () => {
  expect(resizeTimeoutMs(7 * MINUTE, spec('PT1H'), 10)).toBe(7 * MINUTE)
  expect(resizeTimeoutMs(undefined, spec('PT1H'), 10)).toBe(60 * MINUTE)
  expect(resizeTimeoutMs(undefined, {}, 10)).toBe(20 * MINUTE)
})

test.each([
  [{}],
  [{ scaleSettings: null }],
  [{ scaleSettings: { autoScale: { formula: 'x' } } }],
  [spec(15)],
  [spec('P1M')]
])('a spec without a timeout that is a duration has none: %j', properties =>
  expect(specResizeTimeoutMs(properties as never)).toBeUndefined()
)
