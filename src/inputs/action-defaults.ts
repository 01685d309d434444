/** Every input of action.yml with its default (empty: none). Generated from there by `npm run sync`. */
import type { CommandName } from '../model/spec.ts'

export const ACTION_DEFAULTS = {
  command: 'release',
  'dry-run': 'false',
  'client-id': '',
  'tenant-id': '',
  'subscription-id': '',
  audience: 'api://AzureADTokenExchange',
  cloud: 'AzureCloud',
  'source-vm': '',
  'data-disks': 'all',
  'stop-vm': 'false',
  generalize: '',
  'publish-to': '',
  'image-version': 'auto',
  'target-regions': '',
  'replication-mode': 'Full',
  promote: 'when-proved',
  'wait-for-regions': 'pool',
  'image-id': '',
  pool: '',
  'pool-spec': '',
  'pool-spec-inline': '',
  'batch-account': '',
  'max-parallel': '4',
  'image-change': 'auto',
  prove: 'auto',
  'on-failure': 'auto',
  'stop-after': '',
  'canary-nodes': '1',
  'smoke-test': '',
  'smoke-test-timeout': '10m',
  'wave-size': 'all',
  'resize-timeout': '',
  'node-timeout': '30m',
  'repair-attempts': '1',
  'resize-attempts': '3',
  'max-unhealthy': '5%',
  bake: '0m',
  drain: 'task-completion',
  'drain-timeout': '1h',
  'keep-snapshots': 'false',
  'work-resource-group': '',
  tags: '',
  deadline: '5h',
  'poll-interval': '30s',
  'allow-retired': 'false',
  force: 'false'
} as const

export type InputName = keyof typeof ACTION_DEFAULTS

export const INPUT_NAMES = Object.keys(ACTION_DEFAULTS) as InputName[]

export const COMMAND_NAMES = ['release', 'image', 'rollout'] as const satisfies readonly CommandName[]

/** Which command uses which input: “Used by …” or “Needed by …” of its description, else all of them. */
export const USED_BY: Readonly<Record<InputName, readonly CommandName[]>> = {
  command: ['release', 'image', 'rollout'],
  'dry-run': ['release', 'image', 'rollout'],
  'client-id': ['release', 'image', 'rollout'],
  'tenant-id': ['release', 'image', 'rollout'],
  'subscription-id': ['release', 'image', 'rollout'],
  audience: ['release', 'image', 'rollout'],
  cloud: ['release', 'image', 'rollout'],
  'source-vm': ['release', 'image'],
  'data-disks': ['release', 'image'],
  'stop-vm': ['release', 'image'],
  generalize: ['release', 'image'],
  'publish-to': ['release', 'image'],
  'image-version': ['release', 'image'],
  'target-regions': ['release', 'image'],
  'replication-mode': ['release', 'image'],
  promote: ['release', 'image'],
  'wait-for-regions': ['release', 'image'],
  'image-id': ['rollout'],
  pool: ['release', 'rollout'],
  'pool-spec': ['release', 'rollout'],
  'pool-spec-inline': ['release', 'rollout'],
  'batch-account': ['release', 'rollout'],
  'max-parallel': ['release', 'rollout'],
  'image-change': ['release', 'rollout'],
  prove: ['release', 'rollout'],
  'on-failure': ['release', 'rollout'],
  'stop-after': ['release', 'rollout'],
  'canary-nodes': ['release', 'rollout'],
  'smoke-test': ['release', 'rollout'],
  'smoke-test-timeout': ['release', 'rollout'],
  'wave-size': ['release', 'rollout'],
  'resize-timeout': ['release', 'rollout'],
  'node-timeout': ['release', 'rollout'],
  'repair-attempts': ['release', 'rollout'],
  'resize-attempts': ['release', 'rollout'],
  'max-unhealthy': ['release', 'rollout'],
  bake: ['release', 'rollout'],
  drain: ['release', 'rollout'],
  'drain-timeout': ['release', 'rollout'],
  'keep-snapshots': ['release', 'image'],
  'work-resource-group': ['release', 'image'],
  tags: ['release', 'image'],
  deadline: ['release', 'image', 'rollout'],
  'poll-interval': ['release', 'image', 'rollout'],
  'allow-retired': ['release', 'rollout'],
  force: ['rollout']
}

/** And which can’t do without it. One of several inputs that serve is judged where they are parsed. */
export const NEEDED_BY: Partial<Record<InputName, readonly CommandName[]>> = {
  'source-vm': ['release', 'image'],
  'publish-to': ['release', 'image']
}
