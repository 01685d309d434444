/** Every input of action.yml with its default (empty: none). Generated from there by `npm run sync`. */
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
  'pool-spec': '',
  'pool-spec-inline': '',
  'batch-account': '',
  'image-change': 'auto',
  'canary-nodes': '1',
  'wave-size': 'all',
  'resize-timeout': '',
  'node-timeout': '30m',
  'repair-attempts': '1',
  'resize-attempts': '3',
  'max-unhealthy': '5%',
  drain: 'task-completion',
  'drain-timeout': '1h',
  'keep-snapshots': 'false',
  'work-resource-group': '',
  tags: '',
  deadline: '5h',
  'poll-interval': '30s',
  'allow-retired': 'false'
} as const

export type InputName = keyof typeof ACTION_DEFAULTS

export const INPUT_NAMES = Object.keys(ACTION_DEFAULTS) as InputName[]
