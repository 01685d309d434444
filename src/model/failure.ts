/** Why a run failed, as the output `failure-reason` says it. The list is part of the interface: names are stable. */
export const FAILURE_REASONS = {
  'input-invalid': 'the inputs or the pool spec are not what the command needs; nothing was called',
  'sign-in-failed': 'no token could be had from GitHub or Microsoft Entra ID',
  'permission-denied': 'Azure refused a call for want of a role',
  'check-failed':
    'a check of the source, the image, the account or the pool says that this can’t work; nothing was made',
  'pool-change-refused':
    'the pool needs a change that was not asked for, or that needs another pool; nothing was changed',
  'snapshot-failed': 'a snapshot could not be made',
  'vm-failed': 'the source VM could not be stopped for its snapshots, or not be started again',
  'image-failed': 'the image could not be made',
  'replication-failed': 'the image version could not be replicated to a region that the pool needs',
  'pool-refused': 'Batch refused to create or change the pool',
  'pool-leased': 'another run is at work on the pool',
  'pool-changed': 'somebody else changed the pool while the run was at it',
  'drain-timeout': 'the nodes were not drained in time; the pool got its former size back',
  'quota-reached': 'the account’s core quota is used up',
  'allocation-failed': 'the region did not give the nodes',
  'nodes-unhealthy': 'more nodes than max-unhealthy are unusable or failed their start task',
  'nodes-stuck': 'nodes neither became ready nor failed for longer than the resize timeout',
  'autoscale-failed': 'Batch could not evaluate the autoscale formula',
  'deadline-exceeded': 'the run’s deadline came before its end',
  cancelled: 'the run was cancelled',
  'azure-error': 'Azure answered with an error that no retry helps against',
  'azure-unreachable': 'Azure could not be reached, or kept failing',
  'internal-error': 'a defect of this action'
} as const satisfies Record<string, string>

export type FailureReason = keyof typeof FAILURE_REASONS

/** A failure that knows its reason and the way out; everything else that is thrown is classified at the top. */
export class RunError extends Error {
  readonly reason: FailureReason
  /** What to do, a sentence. */
  readonly wayOut: string
  /** Further lines, such as one for each unhealthy node. */
  readonly details: readonly string[]
  constructor(
    reason: FailureReason,
    message: string,
    wayOut: string,
    cause?: unknown,
    details: readonly string[] = []
  ) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'RunError'
    this.reason = reason
    this.wayOut = wayOut
    this.details = details
  }
}
