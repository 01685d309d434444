import type { ResizeError } from './observed.ts'

/** Why a run failed, as the output `failure-reason` says it. The list is part of the interface: names are stable. */
export const FAILURE_REASONS = {
  'input-invalid': 'the inputs or the pool spec are not what the command needs; nothing was called',
  'sign-in-failed': 'no token could be had from GitHub or Microsoft Entra ID',
  'permission-denied': 'Azure refused a call because a role is missing',
  'policy-denied': 'an Azure Policy refuses what would be made or changed',
  'check-failed':
    'a check of the source, the image, the account or the pool says that this can’t work; nothing was made',
  'pool-change-refused':
    'the pool needs a change that was not asked for, or that needs another pool; nothing was changed',
  'snapshot-failed': 'a snapshot could not be made',
  'vm-failed': 'the source VM could not be stopped for its snapshots, or not be started again',
  'image-failed': 'the image could not be made',
  'replication-failed':
    'the image version could not be replicated to a region that the pool needs, or that the run was to wait for',
  'pool-refused': 'Batch refused to create or change the pool, or accepted a change and didn’t make it',
  'pool-leased': 'another run is at work on the pool',
  'pool-changed': 'somebody else changed the pool while the run was at it',
  'drain-timeout': 'nodes were not free of their tasks in time; a pool that was to be emptied got its former size back',
  'quota-reached': 'a quota of the Batch account is used up: its cores, or its pools',
  'azure-quota-reached':
    'a quota of Azure outside of the Batch account is used up: of snapshots, images, a gallery, cores',
  'allocation-failed': 'Azure did not give the nodes: the region is short, or it can’t make such nodes',
  'nodes-unhealthy':
    'more nodes than max-unhealthy are unusable or failed their start task, also after a second chance',
  'nodes-stuck': 'more nodes than max-unhealthy neither became ready nor failed within node-timeout',
  'smoke-test-failed':
    'the smoke test did not exit 0 on each node that was to prove the image, or couldn’t be run there',
  'autoscale-failed': 'Batch could not evaluate the autoscale formula',
  'deadline-exceeded': 'the run’s deadline came before its end',
  cancelled: 'the run was cancelled',
  'azure-error': 'Azure answered with an error that no retry helps against',
  throttled: 'Azure’s limits for requests were used up for longer than the run could wait',
  'azure-unreachable': 'Azure could not be reached, or kept failing',
  'runner-failed': 'a file that the runner gives the step could not be written',
  'internal-error': 'a defect of this action'
} as const satisfies Record<string, string>

export type FailureReason = keyof typeof FAILURE_REASONS

/**
 * Whether a run with the same inputs can go well after a failure. `helps`: what was in the way passes by itself.
 * `after-change`: it fails in the same way until what the way out says was done.
 */
export type Repetition = 'helps' | 'after-change' | 'unknown'

/** Where the failure itself doesn't know better. */
export const REPETITION: Readonly<Record<FailureReason, Repetition>> = {
  'input-invalid': 'after-change',
  'sign-in-failed': 'unknown',
  'permission-denied': 'after-change',
  'policy-denied': 'after-change',
  'check-failed': 'after-change',
  'pool-change-refused': 'after-change',
  'snapshot-failed': 'unknown',
  'vm-failed': 'unknown',
  'image-failed': 'unknown',
  'replication-failed': 'unknown',
  'pool-refused': 'after-change',
  'pool-leased': 'helps',
  'pool-changed': 'helps',
  'drain-timeout': 'unknown',
  'quota-reached': 'after-change',
  'azure-quota-reached': 'after-change',
  'allocation-failed': 'unknown',
  'nodes-unhealthy': 'after-change',
  'nodes-stuck': 'after-change',
  'smoke-test-failed': 'after-change',
  'autoscale-failed': 'after-change',
  'deadline-exceeded': 'helps',
  cancelled: 'helps',
  'azure-error': 'unknown',
  throttled: 'helps',
  'azure-unreachable': 'helps',
  'runner-failed': 'after-change',
  'internal-error': 'unknown'
}

/** A failure that knows its reason and the way out; everything else that is thrown is classified at the top. */
export class RunError extends Error {
  readonly reason: FailureReason
  /** What to do, a sentence. */
  readonly wayOut: string
  /** Further lines, such as one for each unhealthy node. */
  readonly details: readonly string[]
  /** Undefined: as is usual for the reason, or for the Azure error that is its cause. */
  readonly repetition: Repetition | undefined
  /** Of a pool that is gone when the run is reported: what Azure said of its last resize. */
  readonly resizeErrors: readonly ResizeError[]
  constructor({ reason, message, wayOut, cause, details = [], repetition, resizeErrors = [] }: RunErrorFields) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'RunError'
    this.reason = reason
    this.wayOut = wayOut
    this.details = details
    this.repetition = repetition
    this.resizeErrors = resizeErrors
  }
}

type RunErrorFields = Pick<RunError, 'reason' | 'message' | 'wayOut'> &
  Partial<Pick<RunError, 'cause' | 'details' | 'repetition' | 'resizeErrors'>>
