/** Which command uses which input, and which it can't do without. */
import type { CommandName } from '../model/spec.ts'
import type { InputName } from './action-defaults.ts'

export const COMMAND_NAMES = ['release', 'image', 'rollout'] as const satisfies readonly CommandName[]

const ALL = COMMAND_NAMES
const IMAGE = ['release', 'image'] as const
const ROLLOUT = ['release', 'rollout'] as const

export const USED_BY: Record<InputName, readonly CommandName[]> = {
  command: ALL,
  'dry-run': ALL,
  'client-id': ALL,
  'tenant-id': ALL,
  'subscription-id': ALL,
  audience: ALL,
  cloud: ALL,
  'source-vm': IMAGE,
  'data-disks': IMAGE,
  'stop-vm': IMAGE,
  generalize: IMAGE,
  'publish-to': IMAGE,
  'image-version': IMAGE,
  'target-regions': IMAGE,
  'replication-mode': IMAGE,
  promote: IMAGE,
  'wait-for-regions': IMAGE,
  'image-id': ['rollout'],
  pool: ROLLOUT,
  'pool-spec': ROLLOUT,
  'pool-spec-inline': ROLLOUT,
  'batch-account': ROLLOUT,
  'image-change': ROLLOUT,
  prove: ROLLOUT,
  'canary-nodes': ROLLOUT,
  'smoke-test': ROLLOUT,
  'smoke-test-timeout': ROLLOUT,
  'wave-size': ROLLOUT,
  'resize-timeout': ROLLOUT,
  'node-timeout': ROLLOUT,
  'repair-attempts': ROLLOUT,
  'resize-attempts': ROLLOUT,
  'max-unhealthy': ROLLOUT,
  'refresh-nodes': ROLLOUT,
  drain: ROLLOUT,
  'drain-timeout': ROLLOUT,
  'keep-snapshots': IMAGE,
  'work-resource-group': IMAGE,
  tags: IMAGE,
  deadline: ALL,
  'poll-interval': ALL,
  'allow-retired': ROLLOUT,
  force: ['rollout']
}

/** One of several inputs that serve (`image-id`, `pool-spec`, `batch-account`) is judged where they are parsed. */
export const NEEDED_BY: Partial<Record<InputName, readonly CommandName[]>> = {
  'source-vm': IMAGE,
  'publish-to': IMAGE
}
