import { expect, test } from '@jest/globals'
import { ACTION_DEFAULTS, INPUT_NAMES } from '../../../src/inputs/action-defaults.ts'
import { InputError } from '../../../src/inputs/input-error.ts'
import { parseInputs } from '../../../src/commands/parse-inputs.ts'
import {
  accountId,
  definitionId,
  HERE,
  IMAGE,
  managedId,
  parse,
  POOL,
  poolId,
  poolWith,
  problemsOf,
  RELEASE,
  ROLLOUT,
  versionId,
  vmId
} from './support.ts'

const COMMON = {
  dryRun: false,
  signIn: { kind: 'default' },
  cloud: { kind: 'named', name: 'AzureCloud' },
  deadlineMs: 18_000_000,
  pollIntervalMs: 30_000,
  tags: {}
}

const IMAGE_SPEC = {
  source: { input: 'source-vm', id: vmId() },
  dataDisks: 'all',
  stopVm: false,
  generalized: false,
  publishTo: {
    kind: 'gallery',
    galleryImageId: definitionId(),
    version: 'auto',
    targetRegions: [],
    replicationMode: 'Full',
    promote: 'when-proved',
    keepSnapshots: false,
    waitForRegions: 'pool'
  }
}

const ROLLOUT_SPEC = {
  batchAccountId: accountId(),
  poolName: 'render',
  poolFrom: 'pool-spec-inline',
  pool: {
    properties: { vmSize: 'STANDARD_D4S_V5', scaleSettings: { fixedScale: { targetDedicatedNodes: 10 } } }
  },
  imageChange: 'auto',
  prove: 'auto',
  onFailure: 'auto',
  canaryNodes: 1,
  waveSize: 'all',
  nodeTimeoutMs: 1_800_000,
  repairAttempts: 1,
  resizeAttempts: 3,
  maxUnhealthy: { share: 0.05 },
  bakeMs: 0,
  refreshNodes: 'none',
  drain: 'task-completion',
  drainTimeoutMs: 3_600_000,
  allowRetired: false,
  force: false
}

test('every default of action.yml is accepted, by each command, and an input that is not given leaves no property', () => {
  expect(parse(RELEASE)).toEqual({ ...COMMON, command: 'release', image: IMAGE_SPEC, rollout: ROLLOUT_SPEC })
  expect(parse(IMAGE)).toStrictEqual({ ...COMMON, command: 'image', image: IMAGE_SPEC })
  expect(parse(ROLLOUT)).toStrictEqual({
    ...COMMON,
    command: 'rollout',
    rollout: { ...ROLLOUT_SPEC, imageId: versionId(), imageFrom: 'image-id' }
  })
})

test('every input is read once, whatever the command, and no other', () => {
  for (const given of [RELEASE, IMAGE, ROLLOUT]) {
    const asked: string[] = []
    parseInputs(
      name => {
        asked.push(name)
        return { ...ACTION_DEFAULTS, ...given }[name] ?? ''
      },
      { readText: () => '', glob: () => [], env: {} }
    )
    expect(asked.toSorted()).toEqual(INPUT_NAMES.toSorted())
  }
})

test('an empty input counts as left out and gets its default', () => {
  const empty = Object.fromEntries(INPUT_NAMES.map(name => [name, '']))
  expect(parse({ ...empty, ...RELEASE })).toEqual(parse(RELEASE))
})

test('what is given arrives in the spec', () => {
  const given = {
    ...RELEASE,
    'dry-run': 'true',
    'client-id': HERE,
    'tenant-id': HERE,
    'subscription-id': HERE,
    cloud: 'https://management.local:8443/',
    'data-disks': '5, 0,2',
    'stop-vm': 'true',
    generalize: 'done',
    'image-version': '1.0.2147483647',
    'target-regions': 'East US 2=2, westus3',
    'replication-mode': 'Shallow',
    promote: 'never',
    'keep-snapshots': 'true',
    'wait-for-regions': 'all',
    'work-resource-group': 'rg-work',
    tags: 'team=render\ncost=a=b, c',
    'image-change': 'in-place',
    'canary-nodes': '0',
    'wave-size': '100',
    'resize-timeout': '45m',
    'node-timeout': '50m',
    'repair-attempts': '0',
    'resize-attempts': '5',
    'max-unhealthy': '3',
    'refresh-nodes': 'reimage',
    drain: 'requeue',
    'drain-timeout': '90m',
    deadline: '2d',
    'poll-interval': '90s',
    'allow-retired': 'true'
  }
  expect(parse(given)).toStrictEqual({
    command: 'release',
    dryRun: true,
    signIn: {
      kind: 'github-oidc',
      clientId: HERE,
      tenantId: HERE,
      subscriptionId: HERE,
      audience: 'api://AzureADTokenExchange'
    },
    cloud: { kind: 'resource-manager', url: 'https://management.local:8443' },
    deadlineMs: 172_800_000,
    pollIntervalMs: 90_000,
    tags: { team: 'render', cost: 'a=b, c' },
    image: {
      source: { input: 'source-vm', id: vmId() },
      dataDisks: [0, 2, 5],
      stopVm: true,
      generalized: true,
      publishTo: {
        kind: 'gallery',
        galleryImageId: definitionId(),
        version: '1.0.2147483647',
        targetRegions: [{ region: 'eastus2', replicas: 2 }, { region: 'westus3' }],
        replicationMode: 'Shallow',
        promote: 'never',
        keepSnapshots: true,
        waitForRegions: 'all'
      },
      workResourceGroup: 'rg-work'
    },
    rollout: {
      ...ROLLOUT_SPEC,
      imageChange: 'in-place',
      canaryNodes: 0,
      waveSize: 100,
      resizeTimeoutMs: 2_700_000,
      nodeTimeoutMs: 3_000_000,
      repairAttempts: 0,
      resizeAttempts: 5,
      maxUnhealthy: { nodes: 3 },
      refreshNodes: 'reimage',
      drain: 'requeue',
      drainTimeoutMs: 5_400_000,
      allowRetired: true
    }
  })
})

test.each([
  ['0', 0],
  ['0m', 0],
  ['0s', 0],
  ['1m', 60_000],
  ['1d', 86_400_000]
])('a bake of %s is %i ms', (bake, bakeMs) => {
  expect(parse({ ...RELEASE, bake, deadline: '2d' }).rollout?.bakeMs).toBe(bakeMs)
})

test('without client-id the run signs in with what is there, guarded by tenant-id and subscription-id', () => {
  const { signIn } = parse({ ...IMAGE, 'tenant-id': HERE, 'subscription-id': HERE })
  expect(signIn).toEqual({ kind: 'default', tenantId: HERE, subscriptionId: HERE })
})

test('tags on one line are separated by commas', () => {
  expect(parse({ ...IMAGE, tags: 'team=render, cost = 42' }).tags).toEqual({ team: 'render', cost: '42' })
})

test('a managed image is made without further ado, and rolled out with allow-retired', () => {
  const image = { ...IMAGE, 'publish-to': managedId() }
  expect(parse(image).image?.publishTo).toEqual({ kind: 'managed', imageId: managedId() })
  const release = parse({ ...RELEASE, 'publish-to': managedId(), 'allow-retired': 'true' })
  expect(release.image?.publishTo.kind).toBe('managed')
  const rollout = parse({ ...ROLLOUT, 'image-id': managedId(), 'allow-retired': 'true' })
  expect(rollout.rollout?.imageId).toBe(managedId())
})

test('rollout takes the image that the pool spec pins, alone or together with the same image-id in any case', () => {
  const pinned = { ...ROLLOUT, 'pool-spec-inline': poolWith(versionId()) }
  expect(parse({ ...pinned, 'image-id': '' }).rollout?.imageId).toBe(versionId())
  expect(parse({ ...pinned, 'image-id': versionId().toUpperCase() }).rollout?.imageId).toBe(versionId().toUpperCase())
})

test('rollout takes the latest version of a definition that is proved; a pin in the spec is kept beside it', () => {
  const latest = `${definitionId()}/latest-proved`
  expect(parse({ ...ROLLOUT, 'image-id': latest, force: 'true' }).rollout).toStrictEqual({
    ...ROLLOUT_SPEC,
    latestProvedOf: definitionId(),
    imageFrom: 'image-id',
    force: true
  })
  const both = { ...ROLLOUT, 'image-id': latest.toUpperCase(), 'pool-spec-inline': poolWith(versionId()) }
  expect(parse(both).rollout).toMatchObject({ latestProvedOf: definitionId().toUpperCase(), imageId: versionId() })
})

test('the pool spec is read from its file', () => {
  const given = { ...RELEASE, 'pool-spec-inline': '', 'pool-spec': 'pools/render.yml' }
  const { rollout } = parse(given, {}, { 'pools/render.yml': POOL })
  expect(rollout).toEqual({ ...ROLLOUT_SPEC, poolFrom: 'pool-spec' })
})

test.each([
  ['its name, in batch-account', 'render', accountId()],
  ['its id', poolId(), ''],
  ['its id, and the same account in other letters', poolId(), accountId().toUpperCase()]
])('a pool that exists is taken by %s, and nothing is asked of it', (_, pool, account) => {
  const { rollout } = parse({ ...ROLLOUT, 'pool-spec-inline': '', pool, 'batch-account': account })
  expect(rollout).toStrictEqual({
    ...ROLLOUT_SPEC,
    batchAccountId: account || accountId(),
    poolFrom: 'pool',
    pool: { properties: {} },
    imageId: versionId(),
    imageFrom: 'image-id'
  })
})

test('a dry run needs no secrets, as it sends nothing', () => {
  const given = { ...RELEASE, 'pool-spec-inline': `${POOL}  displayName: \${env:TITLE}\n` }
  expect(problemsOf(given)).toEqual([
    'pool-spec-inline: properties.displayName (line 6): environment variable TITLE is not set; ' +
      'set it in the step’s env, from a secret'
  ])
  expect(problemsOf({ ...given, 'dry-run': 'true' })).toEqual([])
  expect(parse(given, { TITLE: 'x' }).rollout?.pool.properties['displayName']).toBe('${env:TITLE}')
})

test('all problems come together, in the order of action.yml, as one failure of reason input-invalid', () => {
  const given = { ...RELEASE, deadline: 'soon', command: 'image', 'canary-nodes': '2', 'source-vm': '' }
  expect(() => parse(given)).toThrow(InputError)
  expect(problemsOf(given)).toEqual([
    'source-vm: is missing; command "image" needs it',
    'pool-spec-inline: is not used by command "image", only by release and rollout; leave it out',
    'batch-account: is not used by command "image", only by release and rollout; leave it out',
    'canary-nodes: is not used by command "image", only by release and rollout; leave it out',
    'deadline: "soon" is not a duration; a whole number and s, m, h or d, such as 20m'
  ])
  expect(new InputError([{ input: 'a', message: 'b' }])).toMatchObject({ reason: 'input-invalid', message: 'a: b' })
})
