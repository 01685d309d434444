import { expect, test } from '@jest/globals'
import { deallocationOption, scaleSettingsOf } from '../../../src/rules/scale-body.ts'

test.each([
  ['task-completion', 'TaskCompletion'],
  ['requeue', 'Requeue'],
  ['terminate', 'Terminate']
] as const)('drain: %s is sent as %s', (drain, option) => expect(deallocationOption(drain)).toBe(option))

test('a former scale is given back with all that it had, and nothing that it hadn’t', () => {
  expect(scaleSettingsOf({ kind: 'auto', formula: 'x', evaluationInterval: 'PT5M' })).toStrictEqual({
    autoScale: { formula: 'x', evaluationInterval: 'PT5M' }
  })
  expect(scaleSettingsOf({ kind: 'auto', formula: 'x' })).toStrictEqual({ autoScale: { formula: 'x' } })
  expect(
    scaleSettingsOf({ kind: 'fixed', targetDedicatedNodes: 3, targetLowPriorityNodes: 1, resizeTimeout: 'PT30M' })
  ).toStrictEqual({
    fixedScale: { targetDedicatedNodes: 3, targetLowPriorityNodes: 1, resizeTimeout: 'PT30M' }
  })
  expect(scaleSettingsOf({ kind: 'fixed', targetDedicatedNodes: 3, targetLowPriorityNodes: 1 })).toStrictEqual({
    fixedScale: { targetDedicatedNodes: 3, targetLowPriorityNodes: 1 }
  })
})
