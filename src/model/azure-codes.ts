/**
 * What Azure’s error codes mean for a run: which failure it is, whether a run with the same inputs can go well, and the way out.
 * Data alone; `azure-meaning.ts` finds the row of an error. Of several rows for a code, the first whose `says` fits counts.
 * In a way out, `{name|words}` stands for what the error itself names, and for the words where it names nothing.
 */
import type { FailureReason, Repetition } from './failure.ts'

export type AzureCode = {
  /** Compared without regard to case. `*`: any, where `says` is what tells. */
  codes: readonly string[]
  /** What message or details must say, where a code means many things. */
  says?: RegExp
  /** `step`: as the step that failed has it (`snapshot-failed`, `image-failed`, `pool-refused`, …), else `azure-error`. */
  reason: FailureReason | 'step'
  repetition: Repetition
  means: string
  wayOut: string
  /** Documentation, contract, recording or public report. */
  source: string
}

const ERRORS = 'Resource Manager, common deployment errors'
const BATCH = 'Batch status and error codes'
const GALLERY = 'azure-compute-gallery (limits)'
const SNAPSHOTS = 'disks-incremental-snapshots (restrictions)'

export const AZURE_CODES: readonly AzureCode[] = [
  {
    codes: ['RequestDisallowedByPolicy'],
    reason: 'policy-denied',
    repetition: 'after-change',
    means: 'an Azure Policy refuses what would be made or changed',
    wayOut:
      'make it as {policy|the policy that the message names} wants it: tags that it asks for go into "tags", another resource group for the snapshots into "work-resource-group"; or ask those who run the policy for an exemption',
    source: 'Azure Policy, effect deny; body in Azure/karpenter-provider-azure#794 and SupportArticles-docs#1600'
  },
  // Quotas and limits. What says how fast comes before what says how many.
  {
    codes: ['*'],
    says: /incremental snapshots?\b.{0,160}\b(5|five) min|\b(7|seven) incremental snapshots/i,
    reason: 'step',
    repetition: 'helps',
    means: 'more than 7 incremental snapshots of one disk within 5 minutes',
    wayOut: 'run again in 5 minutes: a disk takes 7 incremental snapshots in that time, whoever makes them',
    source: `${SNAPSHOTS}; the text is a guess`
  },
  {
    codes: ['*'],
    says: /\b500\b.{0,160}\bincremental snapshots?\b|\bincremental snapshots?\b.{0,160}\b500\b|maximum number of (incremental )?snapshots/i,
    reason: 'azure-quota-reached',
    repetition: 'after-change',
    means: 'the disk has its 500 incremental snapshots',
    wayOut:
      'delete incremental snapshots of the source disk that nobody needs any more (az snapshot list): a disk takes 500, whoever made them',
    source: `${SNAPSHOTS}; the text is a guess`
  },
  {
    codes: ['*'],
    says: /\b(galler(y|ies)|image (versions?|definitions?)|replicas?)\b.{0,160}\b(quota|limit|maximum)\b.{0,80}\b(reached|exceed)|\bexceed\w*\b.{0,80}\b(quota|limit|maximum)\b.{0,80}\b(galler(y|ies)|image (versions?|definitions?)|replicas?)\b/i,
    reason: 'azure-quota-reached',
    repetition: 'after-change',
    means: 'the subscription has no more room for galleries, definitions, versions or replicas',
    wayOut:
      'delete versions, definitions or galleries that nobody needs any more, or ask for fewer replicas: a subscription takes 100 galleries, 1,000 definitions and 10,000 versions in a region, a version 100 replicas in each',
    source: `${GALLERY}; the text is a guess`
  },
  {
    codes: ['GallerySourceResourceExceedsMaxSize'],
    reason: 'step',
    repetition: 'after-change',
    means: 'a source disk is larger than a gallery image takes: 2,048 GiB, by the message',
    wayOut: 'leave the disk out ("data-disks"), shrink it, or make the version with "replication-mode: Shallow"',
    source: 'troubleshooting-shared-images (azure-docs#113012)'
  },
  {
    codes: [
      'QuotaExceeded',
      'ResourceQuotaExceeded',
      'ResourceCountExceedsLimitDueToTemplate',
      'SubscriptionQuotaExceeded'
    ],
    reason: 'azure-quota-reached',
    repetition: 'after-change',
    means: 'a quota of the subscription is used up',
    wayOut:
      'delete what nobody needs any more of what the message counts, or ask for more quota of the subscription in that region (Azure portal, Quotas)',
    source: `${ERRORS}; recorded for Batch accounts (azure-sdk-for-node, 2020)`
  },
  {
    codes: ['OperationNotAllowed', 'Conflict', 'BadRequest', 'Forbidden'],
    says: /exceed\w* (approved|the (maximum )?(quota|limit)|quota limits?)|\bquota\b.{0,60}\b(reached|exceeded|used up)/i,
    reason: 'azure-quota-reached',
    repetition: 'after-change',
    means: 'a quota of the subscription is used up',
    wayOut:
      'delete what nobody needs any more of what the message counts, or ask for more quota of the subscription in that region (Azure portal, Quotas)',
    source: 'recorded: OperationNotAllowed for cores (azure-libraries-for-java, azure-sdk-for-net)'
  },
  {
    codes: ['PoolQuotaReached', 'AccountPoolQuotaReached'],
    reason: 'quota-reached',
    repetition: 'after-change',
    means: 'the Batch account has as many pools as it may',
    wayOut: 'delete a pool of the account that nobody needs any more, or ask for more pool quota of the Batch account',
    source: BATCH
  },
  {
    codes: ['TooManyRequests', 'SubscriptionRequestsThrottled', 'ResourceRequestsThrottled'],
    reason: 'throttled',
    repetition: 'helps',
    means: 'Azure is asked too often',
    wayOut: 'run again later with the same inputs; see what else calls Azure so often',
    source: 'recorded 429 answers; Compute’s in aks-engine#2295'
  },
  {
    codes: ['RetryableError', 'RetryableErrorDueToAnotherOperation', 'ServerBusy', 'OperationTimedOut'],
    reason: 'azure-unreachable',
    repetition: 'helps',
    means: 'Azure is too busy',
    wayOut: 'run again later with the same inputs',
    source: 'recorded 429 answers; Compute’s in aks-engine#2295'
  },
  // Who may.
  {
    codes: ['LinkedAuthorizationFailed', 'InvalidAuthenticationTokenTenant'],
    says: /current tenant .* is not authorized to access linked subscription|wrong issuer|must match the tenant/i,
    reason: 'step',
    repetition: 'after-change',
    means: 'something that the run names is in another tenant than the one that it signs in to; no role helps',
    wayOut:
      'use source, gallery, image and Batch account of one tenant, that of "tenant-id": Azure takes no image across tenants here. An image of another tenant must be copied into a gallery of this one first',
    source: 'azure-docs#68563, azure-cli#30976; media-services-v3-dotnet#51'
  },
  {
    codes: ['SubscriptionNotFound', 'InvalidSubscriptionId', 'InvalidSubscription'],
    reason: 'step',
    repetition: 'after-change',
    means: 'there is no such subscription for the identity that signs in',
    wayOut:
      'check the subscription in the ids: it is of another cloud or tenant than "cloud" and "tenant-id" say, or the identity has no role in it',
    source: ERRORS
  },
  {
    codes: ['ReadOnlyDisabledSubscription', 'SubscriptionDisabled', 'DisabledSubscription'],
    reason: 'step',
    repetition: 'after-change',
    means: 'the subscription is disabled, and nothing in it can be changed',
    wayOut: 'have the subscription reactivated by its owner or billing administrator (Azure portal, Subscriptions)',
    source: `${ERRORS}; subscription-disabled`
  },
  {
    codes: ['AccountIsDisabled'],
    reason: 'step',
    repetition: 'after-change',
    means: 'the Batch account is disabled',
    wayOut: 'have the Batch account’s subscription reactivated, or ask Azure’s support why the account is disabled',
    source: BATCH
  },
  {
    codes: [
      'AuthorizationFailed',
      'LinkedAuthorizationFailed',
      'AuthorizationFailure',
      'AuthorizationPermissionMismatch',
      'PermissionDenied',
      'InsufficientAccountPermissions'
    ],
    reason: 'permission-denied',
    repetition: 'after-change',
    means: 'a role is missing, on the thing itself or on something linked to it',
    wayOut:
      'give the identity that signs in {role|a role that allows this call} on this scope; a new role assignment takes up to 10 minutes to count',
    source: `${ERRORS}; recorded (azure-sdk-for-net, 2018 and 2019)`
  },
  {
    codes: ['MissingSubscriptionRegistration', 'SubscriptionNotRegistered', 'NoRegisteredProviderFound'],
    reason: 'step',
    repetition: 'after-change',
    means: 'a resource provider isn’t registered in the subscription',
    wayOut:
      'register it once, as somebody who may: az provider register --namespace {namespace|of the resource type}, in the subscription of what was to be made',
    source: 'error-register-resource-provider'
  },
  {
    codes: ['ScopeLocked'],
    reason: 'step',
    repetition: 'after-change',
    means: 'a lock forbids the change or deletion',
    wayOut:
      'ask who holds the lock on {lock|the scope that the message names} to take it off (az lock list), then run again',
    source: 'lock-resources; batch-pool-node-error-checking'
  },
  // What isn’t there, or goes.
  {
    codes: ['ResourceGroupBeingDeleted'],
    reason: 'step',
    repetition: 'after-change',
    means: 'somebody deletes the resource group',
    wayOut:
      'find out who deletes the resource group; make it again when it is gone, or name another ("work-resource-group")',
    source: ERRORS
  },
  {
    codes: ['ResourceGroupNotFound'],
    reason: 'step',
    repetition: 'after-change',
    means: 'the resource group isn’t there',
    wayOut: 'create the resource group, or correct its name in the inputs ("work-resource-group", or in the ids)',
    source: 'recorded often'
  },
  {
    codes: ['AccountNotFound'],
    reason: 'step',
    repetition: 'after-change',
    means: 'the Batch account isn’t there, or no longer',
    wayOut: 'check "batch-account", and find out who deletes the account',
    source: 'recorded'
  },
  {
    codes: ['ResourceNotFound', 'ParentResourceNotFound', 'NotFound', 'GalleryImageNotFound', 'ImageNotFound'],
    reason: 'step',
    repetition: 'after-change',
    means: 'something that the call needs isn’t there: on a PUT its source',
    wayOut: 'find out who deletes {target|what the message names}, or correct its id, then run again',
    source: 'recorded: a snapshot of a missing disk, an image of a missing snapshot'
  },
  // What Azure doesn’t take.
  {
    codes: ['PropertyChangeNotAllowed'],
    reason: 'step',
    repetition: 'after-change',
    means: 'something that exists has a property that can’t be changed',
    wayOut:
      'make it under another name (of a version: "image-version"), or delete the one that is there: {property|the property that the message names} can’t be changed',
    source: 'recorded (azure-libraries-for-java); for versions packer#9716'
  },
  {
    codes: ['PropertyCannotBeUpdated'],
    reason: 'step',
    repetition: 'after-change',
    means: 'a property of the pool can’t be changed, or not while it has nodes',
    wayOut:
      'take {property|the property that the message names} out of the change, or make another pool with it (another name)',
    source: 'Azure/Batch#85'
  },
  {
    codes: ['InvalidApplicationPackageReferences', 'ApplicationNotFound'],
    reason: 'step',
    repetition: 'after-change',
    means: 'an application package isn’t there, isn’t active, or has no default version',
    wayOut:
      'upload and activate the package in the Batch account, name a version, or set a default version: applicationPackages in the pool spec',
    source: `${BATCH}; recorded (azure-xplat-cli)`
  },
  {
    codes: ['SkuNotAvailable', 'NotAvailableForSubscription'],
    reason: 'step',
    repetition: 'after-change',
    means: 'the region, or the subscription in it, doesn’t have the size or kind of storage',
    wayOut:
      'choose another vmSize or region (az vm list-skus --location), or ask Azure’s support to open the size for the subscription',
    source: 'error-sku-not-available'
  },
  {
    codes: ['MarketplacePurchaseEligibilityFailed', 'ResourcePurchaseValidationFailed', 'VMMarketplaceInvalidInput'],
    reason: 'step',
    repetition: 'after-change',
    means: 'the terms of a marketplace image weren’t accepted, or its plan is missing',
    wayOut:
      'accept the terms once (az vm image terms accept), and give the image definition the plan of its base image',
    source: 'recorded (azure-sdk-for-net, 2019); azure-docs#84662'
  },
  {
    codes: [
      'InvalidParameter',
      'InvalidPropertyValue',
      'InvalidRequestBody',
      'InvalidRequestContent',
      'InvalidInput',
      'LinkedInvalidPropertyId',
      'MissingRequiredProperty',
      'UnsupportedProperty',
      'OutOfRangeInput',
      'MetadataTooLarge',
      'InvalidMetadata',
      'EmptyMetadataKey',
      'InvalidAutoScalingSettings',
      'AutoScalingFormulaSyntaxError',
      'AutoScalingFormulaTooLong',
      'NodeAgentSKUNotFound',
      'LocationNotAvailableForResourceType'
    ],
    reason: 'step',
    repetition: 'after-change',
    means: 'Azure doesn’t take a value that it was sent',
    wayOut: 'correct {property|what the message names} in the inputs or the pool spec',
    source: `${BATCH}; recorded`
  },
  // What goes on at the same time.
  {
    codes: ['Conflict', 'OperationNotAllowed', 'BadRequest'],
    says: /\bis in (a )?failed state\b/i,
    reason: 'step',
    repetition: 'after-change',
    means: 'something that the call needs is in a failed state',
    wayOut: 'make what the message names again: it is in a failed state',
    source: 'recorded (azure-service-operator: a disk access)'
  },
  {
    codes: ['*'],
    says: /\b(is|are|being) (currently )?replicat(ed|ing)\b|replication .{0,80}\bin progress\b/i,
    reason: 'step',
    repetition: 'helps',
    means: 'the image is being replicated',
    wayOut: 'run again when the replication has ended (az sig image-version show --expand ReplicationStatus)',
    source: 'image-version (update of a version); the text is a guess'
  },
  {
    codes: [
      'AnotherOperationInProgress',
      'OperationPreempted',
      'ResourceBeingUpdated',
      'ReferencedResourceNotProvisioned'
    ],
    reason: 'step',
    repetition: 'helps',
    means: 'another operation is at work on the same thing',
    wayOut: 'run again when it has ended, and see what else works on it (activity log)',
    source: ERRORS
  },
  {
    codes: ['Conflict', 'OperationNotAllowed'],
    says: /another operation|in progress|\bis being (updated|created|deleted|modified)|transition/i,
    reason: 'step',
    repetition: 'helps',
    means: 'another operation is at work on the same thing',
    wayOut: 'run again when it has ended, and see what else works on it (activity log)',
    source: ERRORS
  },
  {
    codes: ['ConditionNotMet', 'PreconditionFailed'],
    reason: 'step',
    repetition: 'helps',
    means: 'somebody else has changed it just then',
    wayOut: 'see in the activity log who changed it, and run again once that is done',
    source: `${BATCH}; recorded`
  },
  {
    codes: ['PoolBeingDeleted', 'PoolBeingCreated', 'PoolBeingResized', 'OperationInvalidForCurrentState'],
    reason: 'step',
    repetition: 'helps',
    means: 'the pool is just then changed by somebody else',
    wayOut: 'see in the activity log who works on the pool, and run again once that is done',
    source: `${BATCH}; recorded`
  },
  {
    codes: ['AllocationFailed', 'ZonalAllocationFailed'],
    reason: 'step',
    repetition: 'helps',
    means: 'the region has no room for the VM size now',
    wayOut: 'run again when the region has room, or change the VM’s size',
    source: ERRORS
  },
  {
    codes: ['OverconstrainedAllocationRequest', 'OverconstrainedZonalAllocationRequest'],
    reason: 'step',
    repetition: 'after-change',
    means: 'the region can’t meet all that is asked of the VM at once',
    wayOut: 'ask for less of the VM (size, zone, proximity group, kind of disk)',
    source: ERRORS
  },
  {
    codes: ['ReplicationJobFailed'],
    reason: 'step',
    repetition: 'helps',
    means: 'the gallery could not copy a version to one or more of its regions',
    wayOut:
      'run again with the same inputs: the copy is tried again; if it fails again, ask for another region, or see Azure’s status page',
    source: 'Azure/azure-cli#15539 (the message, which advises to try again); the code is a guess'
  },
  {
    codes: [
      'InternalError',
      'InternalServerError',
      'InternalOperationError',
      'InternalExecutionError',
      'InternalDiskManagementError',
      'MultipleErrorsOccurred',
      'ServerTimeout',
      'GatewayTimeout',
      'ServiceUnavailable',
      'Canceled'
    ],
    reason: 'step',
    repetition: 'helps',
    means: 'something went wrong in Azure itself, or the operation was cut off',
    wayOut: 'run again with the same inputs; if it comes back, see Azure’s status page',
    source: `${ERRORS}; recorded`
  }
]
