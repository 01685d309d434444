/** What can be done about a failure code; every code maps to exactly one remedy, and an unknown one gives up. */
export type Remedy = 'retry' | 'wait-for-quota' | 'fix-input' | 'give-up'

const REMEDIES: ReadonlyMap<string, Remedy> = new Map(
  Object.entries({
    // Resize errors: "Azure batch pool resizing failure" (support article, 2024-02-19) and, for the names,
    // PoolResizeErrorCodes of the Batch client libraries.
    AllocationTimedout: 'retry',
    RemoveNodesFailed: 'retry',
    Unknown: 'retry',
    ResizeStopped: 'give-up',
    AccountCoreQuotaReached: 'wait-for-quota',
    AccountLowPriorityCoreQuotaReached: 'wait-for-quota',
    AccountSpotCoreQuotaReached: 'wait-for-quota',
    AccountVMSeriesCoreQuotaReached: 'wait-for-quota',
    CommunicationEnabledPoolReachedMaxVMCount: 'fix-input',
    UnsupportedVMSize: 'fix-input',
    IncompatibleVMSize: 'fix-input',
    OverconstrainedAllocationRequestError: 'fix-input',
    DependentResourceNotFound: 'fix-input',
    DiskEncryptionFailure: 'fix-input',
    FailedIdentityOperation: 'fix-input',
    MissingPublisherPropertyInMarketPlacePlan: 'fix-input',
    OperationsRestrictedByPolicy: 'fix-input',
    OperationsOnPublicIPRestrictedByPolicy: 'fix-input',
    OperationsOnVirtualNetworkRestrictedByPolicy: 'fix-input',
    // The Batch service refuses a resize while another one is under way (data-plane contract; .NET BatchErrorCode).
    PoolBeingResized: 'retry'
  } satisfies Record<string, Remedy>).map(([code, remedy]) => [code.toLowerCase(), remedy])
)

/** Parts of the text with which `AllocationFailed` says why, from the support article's scenarios. */
const ALLOCATION_FAILED: readonly [pattern: RegExp, remedy: Remedy][] = [
  [
    /hypervisor generation|delegation to external resources|desired permissions|not authorized|not found|deleted/i,
    'fix-input'
  ],
  [/internal error|insufficient capacity|capacity/i, 'retry']
]

/** A resize error's remedy. Codes are matched without regard to case: two spellings of AllocationTimedout are in use. */
export function remedyOf(error: { code: string; message?: string; details?: readonly { message: string }[] }): Remedy {
  if (error.code.toLowerCase() !== 'allocationfailed') return REMEDIES.get(error.code.toLowerCase()) ?? 'give-up'
  const text = [error.message ?? '', ...(error.details ?? []).map(detail => detail.message)].join('\n')
  return ALLOCATION_FAILED.find(([pattern]) => pattern.test(text))?.[1] ?? 'give-up'
}
