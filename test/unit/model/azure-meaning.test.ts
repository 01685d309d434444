import { describe, expect, test } from '@jest/globals'
import { AZURE_CODES } from '../../../src/model/azure-codes.ts'
import { meaningOf, type AzureErrorLike, type Meaning } from '../../../src/model/azure-meaning.ts'

const error = (code: string, message = 'm', more: Partial<AzureErrorLike> = {}): AzureErrorLike => ({
  operation: 'Snapshots_CreateOrUpdate',
  code,
  message,
  details: [],
  ...more
})

const unauthorized =
  "The client 'a' with object id 'b' has permission to perform action 'Microsoft.Compute/virtualMachines/write' on scope '/s'; " +
  "however, it does not have permission to perform action 'Microsoft.KeyVault/vaults/deploy/action' on the linked scope(s) '/v'."
const acrossTenants =
  "The client has permission to perform action 'Microsoft.Compute/galleries/images/versions/read' on scope '/s', however the " +
  "current tenant 'd79f' is not authorized to access linked subscription 'adb2'."
const wrongIssuer =
  "The access token is from the wrong issuer 'https://sts.windows.net/b7/'. It must match the tenant 'https://sts.windows.net/be/'."
const cores =
  'Operation results in exceeding quota limits of Core. Maximum allowed: 100, Current in use: 97, Additional requested: 4.'

/** As recorded, documented or reported; the source of each is in its row. */
const CASES: [
  name: string,
  error: AzureErrorLike,
  reason: Meaning['reason'],
  repetition: Meaning['repetition'],
  wayOut: string
][] = [
  ['a policy', error('RequestDisallowedByPolicy'), 'policy-denied', 'after-change', '"work-resource-group"'],
  ['cores', error('OperationNotAllowed', cores), 'azure-quota-reached', 'after-change', 'more quota'],
  ['a quota', error('QuotaExceeded'), 'azure-quota-reached', 'after-change', 'more quota'],
  ['Batch accounts', error('SubscriptionQuotaExceeded'), 'azure-quota-reached', 'after-change', 'more quota'],
  ['resources', error('ResourceQuotaExceeded'), 'azure-quota-reached', 'after-change', 'delete'],
  [
    '500 snapshots of a disk',
    error('BadRequest', 'The disk has reached the limit of 500 incremental snapshots.'),
    'azure-quota-reached',
    'after-change',
    'az snapshot list'
  ],
  [
    '7 snapshots in 5 minutes',
    error('Conflict', 'Only 7 incremental snapshots of a disk can be created within 5 minutes.'),
    undefined,
    'helps',
    'in 5 minutes'
  ],
  [
    'a region that a new version could not be replicated to',
    error('ReplicationJobFailed', 'Gallery replication jobs failed in one or more regions.'),
    undefined,
    'helps',
    'with the same inputs'
  ],
  [
    'versions of a gallery',
    error(
      'OperationNotAllowed',
      'The maximum number of gallery image versions has been reached: limit of 10000 image versions exceeded.'
    ),
    'azure-quota-reached',
    'after-change',
    '10,000 versions'
  ],
  ['a disk that is too large', error('GallerySourceResourceExceedsMaxSize'), undefined, 'after-change', '"data-disks"'],
  ['pools', error('PoolQuotaReached'), 'quota-reached', 'after-change', 'delete a pool'],
  ['pools, by another name', error('AccountPoolQuotaReached'), 'quota-reached', 'after-change', 'delete a pool'],
  ['too many calls', error('SubscriptionRequestsThrottled'), 'throttled', 'helps', 'later'],
  [
    'a role',
    error('LinkedAuthorizationFailed', unauthorized),
    'permission-denied',
    'after-change',
    'vaults/deploy/action'
  ],
  ['another tenant', error('LinkedAuthorizationFailed', acrossTenants), undefined, 'after-change', 'one tenant'],
  [
    'a token of another tenant',
    error('InvalidAuthenticationTokenTenant', wrongIssuer),
    undefined,
    'after-change',
    'one tenant'
  ],
  ['no subscription', error('SubscriptionNotFound'), undefined, 'after-change', '"tenant-id"'],
  ['a bad subscription', error('InvalidSubscriptionId'), undefined, 'after-change', 'subscription in the ids'],
  ['a disabled subscription', error('ReadOnlyDisabledSubscription'), undefined, 'after-change', 'reactivated'],
  [
    'a provider',
    error('MissingSubscriptionRegistration', "The subscription is not registered to use namespace 'Microsoft.Batch'."),
    undefined,
    'after-change',
    '--namespace Microsoft.Batch,'
  ],
  [
    'a lock',
    error(
      'ScopeLocked',
      "The scope '/a' cannot perform delete operation because following scope(s) are locked: '/g'. Please"
    ),
    undefined,
    'after-change',
    'lock on "/g"'
  ],
  [
    'a group that goes',
    error('ResourceGroupBeingDeleted'),
    undefined,
    'after-change',
    'who deletes the resource group'
  ],
  ['no group', error('ResourceGroupNotFound'), undefined, 'after-change', 'create the resource group'],
  ['no account', error('AccountNotFound'), undefined, 'after-change', '"batch-account"'],
  ['no source', error('NotFound', 'm', { about: '/disks/d' }), undefined, 'after-change', 'who deletes "/disks/d"'],
  [
    'a property for good',
    error('PropertyChangeNotAllowed', 'm', { about: 'priority' }),
    undefined,
    'after-change',
    '"priority" can’t'
  ],
  [
    'a property of a pool with nodes',
    error('PropertyCannotBeUpdated', 'm', {
      details: [{ code: 'PropertyPath', message: 'virtualMachineConfiguration' }]
    }),
    undefined,
    'after-change',
    '"virtualMachineConfiguration"'
  ],
  ['a package', error('InvalidApplicationPackageReferences'), undefined, 'after-change', 'activate the package'],
  ['a size', error('SkuNotAvailable'), undefined, 'after-change', 'vmSize or region'],
  ['terms', error('ResourcePurchaseValidationFailed'), undefined, 'after-change', 'accept the terms'],
  [
    'a parameter',
    error('InvalidParameter', 'm', { about: 'hyperVGeneration' }),
    undefined,
    'after-change',
    'correct "hyperVGeneration"'
  ],
  [
    'a property of Batch',
    error('InvalidPropertyValue', 'm', { details: [{ code: 'PropertyName', message: 'subnetId' }] }),
    undefined,
    'after-change',
    'correct "subnetId"'
  ],
  [
    'a failed neighbour',
    error('Conflict', "DiskAccess resource 'd' is in failed state."),
    undefined,
    'after-change',
    'make'
  ],
  [
    'a neighbour at work',
    error('Conflict', 'Another operation on this resource is in progress'),
    undefined,
    'helps',
    'has ended'
  ],
  [
    'a version that is replicated',
    error('Conflict', 'The image version is being replicated'),
    undefined,
    'helps',
    'replication'
  ],
  ['a pool that resizes', error('OperationInvalidForCurrentState'), undefined, 'helps', 'activity log'],
  ['a region without room', error('AllocationFailed'), undefined, 'helps', 'room'],
  ['Azure itself', error('InternalOperationError'), undefined, 'helps', 'run again']
]

test.each(CASES)('%s', (_, given, reason, repetition, wayOut) => {
  expect(meaningOf(given)).toEqual({ reason, repetition, wayOut: expect.stringContaining(wayOut) })
})

test('codes are matched without regard to case', () => {
  expect(meaningOf(error('requestdisallowedbypolicy'))?.reason).toBe('policy-denied')
})

test.each([
  ['a code that nobody knows', error('NobodyKnowsThis')],
  ['a conflict that says nothing', error('Conflict', 'no')],
  [
    'a limit that is no quota',
    error('OperationNotAllowed', 'The maximum number of data disks allowed to be attached to a VM of this size is 16.')
  ],
  ['the name of a property of objects', error('constructor')],
  ['no code', error('')]
])('%s has no row', (_, given) => {
  expect(meaningOf(given)).toBeUndefined()
})

test('what is wrapped says more than what wraps it', () => {
  const details = [{ code: 'RequestDisallowedByPolicy', message: 'no' }]
  expect(meaningOf(error('BadRequest', 'm', { details }))?.reason).toBe('policy-denied')
})

test('facts among the details are no codes', () => {
  const details = [
    { code: 'Reason', message: 'x' },
    { code: 'PropertyName', message: 'NotFound' }
  ]
  expect(meaningOf(error('InvalidPropertyValue', 'm', { details }))?.wayOut).toContain('correct "NotFound"')
})

describe('a policy', () => {
  test('is named by assignment and definition', () => {
    const details = [
      { code: 'policy assignment', message: 'Tags (a1)' },
      { code: 'policy definition', message: 'Require a tag (d1)' }
    ]
    const meaning = meaningOf(error('RequestDisallowedByPolicy', 'm', { details }))
    expect(meaning?.wayOut).toContain('as the policy assignment "Tags (a1)" of "Require a tag (d1)" wants it')
  })
})

describe('a missing role of the Batch service', () => {
  test.each([
    ['Job_List', 'the data action "Microsoft.Batch/batchAccounts/jobs/read", which Owner and Contributor lack'],
    ['Job_GetTaskCounts', 'the data action "Microsoft.Batch/batchAccounts/jobs/read"'],
    ['JobSchedule_List', 'the data action "Microsoft.Batch/batchAccounts/jobSchedules/read"'],
    ['ComputeNode_List', 'a role with the action "Microsoft.Batch/batchAccounts/read"'],
    ['Snapshots_Get', 'a role that allows this call']
  ])('that %s names in no word', (operation, role) => {
    expect(meaningOf(error('PermissionDenied', 'no', { operation }))?.wayOut).toContain(role)
  })
})

test('each row has a source, says what it means, and leaves no placeholder unfilled', () => {
  for (const { codes, source, means } of AZURE_CODES) {
    expect([codes.length > 0, source !== '', means !== '']).toEqual([true, true, true])
  }
  for (const [, given] of CASES) expect(meaningOf(given)?.wayOut).not.toMatch(/[{}|]/)
})

test('where the same inputs must fail again, nobody is told to run again with the same inputs', () => {
  const wrong = AZURE_CODES.filter(
    row => row.repetition === 'after-change' && /^run again|same inputs/.test(row.wayOut)
  )
  expect(wrong).toEqual([])
})
