import { expect, test } from '@jest/globals'
import { remedyOf } from '../../../src/model/remedy.ts'

test.each([
  ['AllocationTimedout', 'retry'],
  ['AllocationTimedOut', 'retry'],
  ['RemoveNodesFailed', 'retry'],
  ['Unknown', 'retry'],
  ['PoolBeingResized', 'retry'],
  ['ResizeStopped', 'give-up'],
  ['AccountCoreQuotaReached', 'wait-for-quota'],
  ['AccountLowPriorityCoreQuotaReached', 'wait-for-quota'],
  ['AccountSpotCoreQuotaReached', 'wait-for-quota'],
  ['AccountVMSeriesCoreQuotaReached', 'wait-for-quota'],
  ['UnsupportedVMSize', 'fix-input'],
  ['OverconstrainedAllocationRequestError', 'fix-input'],
  ['OperationsRestrictedByPolicy', 'fix-input'],
  ['ACCOUNTCOREQUOTAREACHED', 'wait-for-quota'],
  ['NobodyKnowsThis', 'give-up'],
  ['', 'give-up'],
  ['constructor', 'give-up']
] as const)('%s: %s', (code, remedy) => {
  expect(remedyOf({ code })).toBe(remedy)
})

test.each([
  ["cannot boot Hypervisor Generation '2'", 'fix-input'],
  ['The subnet has a delegation to external resources', 'fix-input'],
  ['The image was not found', 'fix-input'],
  ['is not authorized to perform action', 'fix-input'],
  ['An internal error occurred', 'retry'],
  ['insufficient capacity in the region', 'retry'],
  ['something new', 'give-up']
] as const)('AllocationFailed that says "%s": %s', (text, remedy) => {
  expect(remedyOf({ code: 'AllocationFailed', message: 'm', details: [{ message: 'x' }, { message: text }] })).toBe(
    remedy
  )
  expect(remedyOf({ code: 'allocationfailed', message: text })).toBe(remedy)
})

test('where details say both, what no retry helps against decides', () => {
  const details = [{ message: 'internal error' }, { message: 'The image was not found' }]
  expect(remedyOf({ code: 'AllocationFailed', details })).toBe('fix-input')
})
