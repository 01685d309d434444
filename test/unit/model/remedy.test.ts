import { expect, test } from '@jest/globals'
import { remedyOf, resizeMeaning, type Remedy } from '../../../src/model/remedy.ts'

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

const relayed = (code: string, message: string): string =>
  JSON.stringify({ error: { code, message } }, undefined, 2).replaceAll('\n', '\r\n')

/** Reasons as services word them, and what they must not be taken for. */
const SENTENCES: [text: string, remedy: Remedy, wayOut: string][] = [
  ["The selected VM size 'STANDARD_A1_V2' cannot boot Hypervisor Generation '2'.", 'fix-input', 'vmSize'],
  ['The subnet has a delegation to external resources', 'fix-input', 'delegation'],
  ['The gallery image version was not found', 'fix-input', 'image-version'],
  ['The gallery image version has no replica in region eastus2: /x', 'fix-input', 'target-regions'],
  ['The service principal is not authorized to perform action', 'fix-input', 'role'],
  ['The Batch service does not have the desired permissions', 'fix-input', 'role'],
  ['Batch is not authorized to access the key vault', 'fix-input', 'key vault'],
  [
    'Deployment allocation failed because VM size does not support storage account type',
    'fix-input',
    'storageAccountType'
  ],
  [
    'OS disk of Ephemeral VM with size greater than 30 GB is not allowed for VM size Standard_DS1_v2',
    'fix-input',
    'ephemeralOSDiskSettings'
  ],
  [
    'Operation could not be completed as it results in exceeding approved Total Regional Cores quota.',
    'wait-for-quota',
    'az vm list-usage'
  ],
  ['Legal terms have not been accepted for this item on this subscription', 'fix-input', 'az vm image terms accept'],
  [
    "The VM size 'x' is not supported for creation of VMs with 'TrustedLaunch' security type.",
    'fix-input',
    'securityProfile'
  ],
  ["Resource 'x-azurebatch-VMSS-D' was disallowed by policy. Policy identifiers: '[]'.", 'fix-input', 'policy'],
  [
    'Subnet render with address prefix 10.0.0.0/26 does not have enough capacity for 20 IP addresses.',
    'fix-input',
    'enlarge the subnet'
  ],
  [
    "The scope '/s' cannot perform write operation because following scope(s) are locked: '/s'. Please remove the lock.",
    'fix-input',
    'lock'
  ],
  ['The requested VM size Standard_D4s_v5 is not available in the current region.', 'fix-input', 'az vm list-skus'],
  ['Allocation failed. We do not have sufficient capacity for the requested VM size in this region.', 'retry', 'later'],
  ['Allocation failed due to insufficient capacity for the requested VM size in the region.', 'retry', 'later'],
  ['The server encountered an internal error', 'retry', 'later'],
  ['the load capacity of something', 'give-up', 'doesn’t know'],
  ['something was not found', 'give-up', 'doesn’t know'],
  ['', 'give-up', 'doesn’t know']
]

test.each(SENTENCES)('AllocationFailed that says "%s": %s', (text, remedy, wayOut) => {
  const asReason = { code: 'AllocationFailed', message: 'm', details: [{ code: 'Reason', message: text }] }
  const asJson = { ...asReason, details: [{ code: 'Provider Error Json', message: relayed('BadRequest', text) }] }
  for (const error of [asReason, asJson, { code: 'allocationfailed', message: text }]) {
    expect(resizeMeaning(error)).toMatchObject({ remedy, wayOut: expect.stringContaining(wayOut) })
  }
})

test.each([
  ['GalleryImageNotFound', 'fix-input', 'allocation-failed'],
  ['SubnetIsFull', 'fix-input', 'allocation-failed'],
  ['ScopeLocked', 'fix-input', 'allocation-failed'],
  ['RequestDisallowedByPolicy', 'fix-input', 'policy-denied'],
  ['QuotaExceeded', 'wait-for-quota', 'azure-quota-reached'],
  ['SkuNotAvailable', 'fix-input', 'allocation-failed'],
  ['OverconstrainedAllocationRequest', 'fix-input', 'allocation-failed'],
  ['ZonalAllocationFailed', 'retry', 'allocation-failed'],
  ['MarketplacePurchaseEligibilityFailed', 'fix-input', 'allocation-failed'],
  ['NobodyKnowsThis', 'give-up', 'allocation-failed']
] as const)('AllocationFailed that relays %s, whatever it says: %s, as %s', (code, remedy, reason) => {
  const details = [{ code: 'Provider Error Json', message: relayed(code, 'x') }]
  const message = 'Internal problem while the pool was resized'
  expect(resizeMeaning({ code: 'AllocationFailed', message, details })).toMatchObject({ remedy, reason })
})

test.each([
  ['a relayed error that was cut', '{ "error": { "code": "ScopeLocked", "message": "the sc'],
  ['JSON that is no error', '{ "a": [1, 2] }'],
  ['braces', 'a {b} c'],
  ['JSON in JSON without end', '{"error":'.repeat(2_000)]
])('%s is looked at as text', (_, message) => {
  expect(remedyOf({ code: 'AllocationFailed', details: [{ code: 'Provider Error Json', message }] })).toBe('give-up')
})

test.each([
  ['AllocationTimedout', 'helps'],
  ['AccountCoreQuotaReached', 'after-change'],
  ['UnsupportedVMSize', 'after-change'],
  ['OperationsRestrictedByPolicy', 'after-change'],
  ['NobodyKnowsThis', 'unknown']
] as const)('after %s a run with the same inputs: %s', (code, repetition) => {
  expect(resizeMeaning({ code }).repetition).toBe(repetition)
})

test('where details say both, what no retry helps against decides', () => {
  const details = [{ message: 'internal error' }, { message: 'The image was not found' }]
  expect(remedyOf({ code: 'AllocationFailed', details })).toBe('fix-input')
})

test('a lock that is relayed beside an internal error decides', () => {
  const locked = relayed('ScopeLocked', 'The scope cannot perform write operation')
  const details = [{ code: 'Provider Error Json', message: locked }]
  const error = { code: 'AllocationFailed', message: 'Internal error occurred while resizing the pool', details }
  expect(resizeMeaning(error)).toMatchObject({ remedy: 'fix-input', repetition: 'after-change' })
})
