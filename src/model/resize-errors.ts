/**
 * What Batch’s resize errors mean: `RESIZE_ERRORS` by their own code, `ALLOCATION_FAILURES` by what `AllocationFailed` relays, which is
 * a Reason, or (`Provider Error Json`) the error of Compute or Network. Data alone; `remedy.ts` finds the row.
 */
import type { FailureReason } from './failure.ts'

/** What can be done about it. `give-up`: nothing is known that helps. */
export type Remedy = 'retry' | 'wait-for-quota' | 'fix-input' | 'give-up'

export type ResizeErrorRow = {
  /** Compared without regard to case. */
  codes: readonly string[]
  remedy: Remedy
  /** `allocation-failed` where it is left out. */
  reason?: FailureReason
  wayOut: string
  source: string
}

/** It fits by its code or by its sentence: services word the same in their own ways. */
export type AllocationFailureRow = ResizeErrorRow & { says?: RegExp }

const SUPPORT = 'Azure batch pool resizing failure (2024-02-19)'
const CODES = 'PoolResizeErrorCodes of the Batch client libraries'
const RELAYED = 'batch-pool-node-error-checking (relayed provider errors)'

export const MORE_CAPACITY =
  'run again later, or ask for another vmSize or region; a longer resize-timeout helps a slow region'
const MORE_BATCH_QUOTA = 'ask for more quota of the Batch account, or shrink another pool, then run again'
const AS_POLICY_WANTS =
  'change the pool spec as the policy that the error names wants it, or ask those who run the policy for an exemption'
const ANOTHER_SIZE = 'choose another vmSize in the pool spec, one that Batch offers in the region for such a pool'
const MISSING =
  'find out what became of what the error names, which the pool needs (image, subnet, disk encryption set), and make it again or name another in the pool spec'
const ACCEPT_TERMS =
  'accept the marketplace image’s terms once in the subscription that makes the nodes (az vm image terms accept), and give the image definition the purchase plan of its base image'

export const RESIZE_ERRORS: readonly ResizeErrorRow[] = [
  { codes: ['AllocationTimedout'], remedy: 'retry', wayOut: MORE_CAPACITY, source: SUPPORT },
  {
    // Of a formula’s evaluation: the first one finds no samples yet.
    codes: ['InsufficientSampleData'],
    remedy: 'retry',
    reason: 'autoscale-failed',
    wayOut: 'let autoScale.formula ask GetSamplePercent whether there are samples before it takes them',
    source: 'Automatically scale Batch pools; Pool autoscale event'
  },
  { codes: ['RemoveNodesFailed', 'Unknown'], remedy: 'retry', wayOut: MORE_CAPACITY, source: CODES },
  {
    // The Batch service refuses a resize while another one is under way (data-plane contract; .NET BatchErrorCode).
    codes: ['PoolBeingResized'],
    remedy: 'retry',
    wayOut: 'find out who else resizes the pool, then run again',
    source: 'Batch status and error codes'
  },
  {
    codes: ['ResizeStopped'],
    remedy: 'give-up',
    wayOut: 'find out who has stopped the resize (the pool’s activity log), then run again',
    source: `${SUPPORT}; recorded`
  },
  {
    codes: [
      'AccountCoreQuotaReached',
      'AccountLowPriorityCoreQuotaReached',
      'AccountSpotCoreQuotaReached',
      'AccountVMSeriesCoreQuotaReached'
    ],
    remedy: 'wait-for-quota',
    reason: 'quota-reached',
    wayOut: MORE_BATCH_QUOTA,
    source: `${SUPPORT}; recorded`
  },
  {
    codes: ['CommunicationEnabledPoolReachedMaxVMCount'],
    remedy: 'fix-input',
    wayOut:
      'ask for fewer nodes, or leave interNodeCommunication out of the pool spec: such a pool has a limit of its own',
    source: CODES
  },
  { codes: ['UnsupportedVMSize', 'IncompatibleVMSize'], remedy: 'fix-input', wayOut: ANOTHER_SIZE, source: CODES },
  {
    codes: ['OverconstrainedAllocationRequestError'],
    remedy: 'fix-input',
    wayOut: 'ask for less at once in the pool spec (vmSize, zones, kind of disk), or in another region',
    source: CODES
  },
  { codes: ['DependentResourceNotFound'], remedy: 'fix-input', wayOut: MISSING, source: CODES },
  {
    codes: ['DiskEncryptionFailure'],
    remedy: 'fix-input',
    wayOut: 'correct diskEncryptionConfiguration in the pool spec, or the access of its disk encryption set to the key',
    source: CODES
  },
  {
    codes: ['FailedIdentityOperation'],
    remedy: 'fix-input',
    wayOut: 'correct the identities of the pool spec: they must exist, and Batch must be allowed to assign them',
    source: CODES
  },
  { codes: ['MissingPublisherPropertyInMarketPlacePlan'], remedy: 'fix-input', wayOut: ACCEPT_TERMS, source: CODES },
  {
    codes: [
      'OperationsRestrictedByPolicy',
      'OperationsOnPublicIPRestrictedByPolicy',
      'OperationsOnVirtualNetworkRestrictedByPolicy'
    ],
    remedy: 'fix-input',
    reason: 'policy-denied',
    wayOut: AS_POLICY_WANTS,
    source: CODES
  }
]

/** What no retry helps against comes first: an error may say more than one thing. */
export const ALLOCATION_FAILURES: readonly AllocationFailureRow[] = [
  {
    codes: ['RequestDisallowedByPolicy'],
    says: /\bwas disallowed by policy\b/i,
    remedy: 'fix-input',
    reason: 'policy-denied',
    wayOut: AS_POLICY_WANTS,
    source: 'Azure Policy, effect deny'
  },
  {
    codes: ['ScopeLocked'],
    says: /\bscope\(s\) are locked\b/i,
    remedy: 'fix-input',
    wayOut: 'ask who holds the lock that the error names to take it off (az lock list), then run again',
    source: RELAYED
  },
  {
    codes: ['GalleryImageNotFound', 'ImageNotFound', 'PlatformImageNotFound'],
    says: /\bimages?( versions?)?\b.{0,200}\b((was|were|is|could|can|be)( not|not) found|does not exist|has no replica|(has been|was|is) deleted)\b/i,
    remedy: 'fix-input',
    wayOut:
      'make the image again (another "image-version"), or add the account’s region to it again ("target-regions"): nodes need it for as long as the pool grows',
    source: `${RELAYED}; batch-sig-images; the code by packer-plugin-azure`
  },
  {
    codes: ['SubnetIsFull'],
    says: /\bnot (have )?enough (capacity|free addresses|addresses) for \d+ (private )?IP ?addresses\b|\bsubnet\b.{0,200}\bis full\b/i,
    remedy: 'fix-input',
    wayOut:
      'enlarge the subnet of the pool, free addresses in it, or ask for fewer nodes: Azure keeps 5 addresses of each subnet for itself',
    source: 'azure-docs#88211, karpenter-provider-azure#734'
  },
  {
    codes: [],
    says: /\bsubnet\b.{0,200}\bdelegat(ed|ions?)\b|\bdelegation to external resources\b/i,
    remedy: 'fix-input',
    wayOut: 'take the delegation off the subnet of the pool, or name another subnet (networkConfiguration.subnetId)',
    source: SUPPORT
  },
  {
    codes: ['NetworkSecurityGroupsNotAllowed', 'InvalidNetworkSecurityGroup'],
    says: /\bnetwork security (group|rule)s?\b.{0,200}\b(block|den(y|ies|ied)|not allow|does not|invalid|missing|conflict)/i,
    remedy: 'fix-input',
    wayOut:
      'let Batch’s own traffic pass in the network security group of the pool’s subnet (service tag BatchNodeManagement)',
    source: 'batch-virtual-network; the text is a guess'
  },
  {
    codes: ['SubnetNotFound', 'VirtualNetworkNotFound', 'DiskEncryptionSetNotFound', 'ResourceNotFound', 'NotFound'],
    remedy: 'fix-input',
    wayOut: MISSING,
    source: RELAYED
  },
  {
    codes: [],
    says: /\bVM size\b.{0,100}\b(does not|doesn't) support (the )?storage account type\b|\bstorage account type\b.{0,100}\bnot supported\b/i,
    remedy: 'fix-input',
    wayOut:
      'in the pool spec choose another kind of disk (osDisk.managedDisk.storageAccountType, and of dataDisks managedDisk.storageAccountType or storageAccountType), or a vmSize that takes it: premium storage needs a size with an "s" in its name',
    source: 'azure-docs#119870'
  },
  {
    codes: [],
    says: /\bephemeral (os disks?|vms?)\b/i,
    remedy: 'fix-input',
    wayOut:
      'choose a vmSize whose cache or temporary disk holds the image’s OS disk, or leave osDisk.ephemeralOSDiskSettings out of the pool spec',
    source: 'ephemeral-os-disks'
  },
  {
    codes: [],
    says: /\bcannot boot hypervisor generation\b/i,
    remedy: 'fix-input',
    wayOut:
      'choose a vmSize in the pool spec that boots the generation of the image (HyperVGenerations of az vm list-skus)',
    source: `${SUPPORT}; ${RELAYED}`
  },
  {
    codes: [],
    says: /\bnot (valid|supported)\b.{0,160}\bsecurity ?type\b|\bsecurity ?(type|profile)\b.{0,160}\b(not (valid|supported|compatible|allowed)|invalid|mismatch|required|must be)\b|\b(trusted ?launch|confidential ?vm)\b.{0,160}\b(not (valid|supported|compatible)|only supported|required|must be)\b/i,
    remedy: 'fix-input',
    wayOut:
      'make image and pool of one security type: securityProfile of the pool spec, SecurityType of the image definition, and a vmSize that has it',
    source: 'trusted-launch (its error messages)'
  },
  {
    codes: ['MarketplacePurchaseEligibilityFailed', 'ResourcePurchaseValidationFailed', 'VMMarketplaceInvalidInput'],
    says: /\blegal terms have not been accepted\b|\bmarketplace purchase eligibility\b|\bplan information\b.{0,160}\b(missing|required|must|not)\b/i,
    remedy: 'fix-input',
    wayOut: ACCEPT_TERMS,
    source: 'azure-docs#84662; recorded for VMs (azure-sdk-for-net, 2019)'
  },
  {
    codes: ['SkuNotAvailable', 'NotAvailableForSubscription'],
    says: /\brequested (vm )?size\b.{0,200}\bnot available\b/i,
    remedy: 'fix-input',
    wayOut:
      'choose another vmSize or region (az vm list-skus --location), or ask Azure’s support to open the size for the subscription',
    source: 'error-sku-not-available'
  },
  {
    codes: ['QuotaExceeded'],
    says: /\bexceed\w* (approved|quota limits?)\b|\bcore quota\b.{0,80}\b(reached|exceeded)\b/i,
    remedy: 'wait-for-quota',
    reason: 'azure-quota-reached',
    wayOut:
      'ask for more vCPUs of the subscription that makes the nodes, in that region (Azure portal, Quotas; az vm list-usage), or free some, then run again',
    source: 'recorded: OperationNotAllowed for cores (azure-libraries-for-java); user-subscription accounts'
  },
  {
    codes: ['OverconstrainedAllocationRequest', 'OverconstrainedZonalAllocationRequest'],
    remedy: 'fix-input',
    wayOut: 'ask for less at once in the pool spec (vmSize, zones, kind of disk), or in another region',
    source: 'allocation-failure'
  },
  {
    codes: ['KeyVaultAccessForbidden'],
    says: /\bnot authorized to access (the )?key ?vault\b|\bkey ?vault\b.{0,160}\b(access denied|forbidden|no access)\b/i,
    remedy: 'fix-input',
    wayOut: 'give Batch access to the key vault of the account (user subscription) or of the disk encryption set',
    source: SUPPORT
  },
  {
    codes: ['LinkedAuthorizationFailed', 'AuthorizationFailed'],
    says: /\bdesired permissions\b|\b(does not|doesn't) have (permission|authorization) to perform action\b|\bnot authorized to (perform|access)\b/i,
    remedy: 'fix-input',
    wayOut:
      'give Batch the role that the error names: in a user-subscription account to "Microsoft Azure Batch" on the subscription, else on image, subnet or key',
    source: SUPPORT
  },
  {
    codes: ['AllocationFailed', 'ZonalAllocationFailed'],
    says: /\binsufficient capacity\b|\b(sufficient|enough) (available )?capacity (for the requested vm size|in (this|the) (region|zone|cluster))\b/i,
    remedy: 'retry',
    wayOut: MORE_CAPACITY,
    source: `${SUPPORT}; allocation-failure`
  },
  {
    codes: [
      'InternalServerError',
      'InternalError',
      'InternalExecutionError',
      'InternalOperationError',
      'ServerTimeout'
    ],
    says: /\binternal (server )?error\b/i,
    remedy: 'retry',
    wayOut: MORE_CAPACITY,
    source: SUPPORT
  }
]
