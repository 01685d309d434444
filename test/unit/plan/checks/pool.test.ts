/** Rules of the pool and its account, at their edges; that each fires is in `test/scenario/checks.test.ts`. */
import { describe, expect, test } from '@jest/globals'
import type { JsonObject } from '../../../../src/model/json.ts'
import type { Observed, SupportedImage, VmSize } from '../../../../src/model/observed.ts'
import { findingsOf, severitiesOf } from '../../../support/findings.ts'
import * as f from '../../../support/observed-fixtures.ts'

const DAY = 86_400_000
const day = (offset: number): string => new Date(f.AT + offset * DAY).toISOString()
const ofPool = (properties: JsonObject, rollout: Parameters<typeof f.rolloutSpec>[0] = {}) =>
  f.releaseSpec({}, f.rolloutSpec({ pool: properties, ...rollout }))
const agent = (nodeAgentSkuId: string): JsonObject => ({
  deploymentConfiguration: { virtualMachineConfiguration: { nodeAgentSkuId } }
})

describe('a base image whose support has ended', () => {
  const [own] = f.observed().supportedImages as [SupportedImage]
  const ended = { ...own, batchSupportEndOfLife: day(-1) }
  const other = (change: Partial<SupportedImage>): SupportedImage => ({ ...own, sku: 'another', ...change })
  const said = (others: SupportedImage[], change: Partial<Observed> = {}) =>
    severitiesOf(
      'base-image-end-of-life',
      f.releaseSpec(),
      f.observed({ supportedImages: [ended, ...others], ...change })
    )

  test.each<[string, SupportedImage[], string]>([
    ['and its node agent is for no other', [], 'error'],
    ['and all others of its node agent have ended too', [other({ batchSupportEndOfLife: day(-1) })], 'error'],
    ['and another of its node agent goes on', [other({ batchSupportEndOfLife: day(1) })], 'warning'],
    ['and another of its node agent ends just now', [other({ batchSupportEndOfLife: day(0) })], 'warning'],
    ['and another of its node agent has no end', [other({})], 'warning'],
    ['and only one of another node agent goes on', [other({ nodeAgentSkuId: 'batch.node.x' })], 'error']
  ])('%s', (_, others, severity) => {
    expect(said(others)).toEqual([severity])
  })

  test('stops no pool that is there', () => {
    expect(said([], { pool: f.pool() })).toEqual(['warning'])
  })
})

describe('a node agent', () => {
  const listed = [
    ...f.observed().supportedImages,
    { ...f.observed().supportedImages[0]!, nodeAgentSkuId: 'batch.node.x', sku: 'x' }
  ]
  const matches = (spec = f.releaseSpec(), change: Partial<Observed> = {}) =>
    severitiesOf('node-agent-matches', spec, f.observed({ supportedImages: listed, ...change }))
  const known = (spec = f.releaseSpec(), change: Partial<Observed> = {}) =>
    severitiesOf('node-agent-listed', spec, f.observed({ supportedImages: listed, ...change }))
  const withAgent = (nodeAgentSkuId: string) =>
    f.pool({ properties: agent(nodeAgentSkuId), imageId: f.versionIdOf('0.9.0') })

  test('that the spec names is held against the base image', () => {
    expect(matches(ofPool(agent('batch.node.x')))).toEqual(['warning'])
    expect(matches(ofPool(agent(f.AGENT)))).toEqual([])
  })

  test('that the spec doesn’t name is none of the spec’s mistakes', () => {
    expect(matches(f.releaseSpec(), { pool: withAgent('batch.node.x') })).toEqual([])
    expect(known(f.releaseSpec(), { pool: withAgent('batch.node.gone') })).toEqual([])
  })

  test.each([
    ['that Batch lists, in any casing', 'BATCH.NODE.X', undefined, []],
    ['that Batch doesn’t list', 'batch.node.gone', undefined, ['warning']],
    ['that the pool has already', 'batch.node.gone', 'batch.node.GONE', []]
  ])('%s', (_, named, present, severities) => {
    const change = present === undefined ? {} : { pool: withAgent(present) }
    expect(known(ofPool(agent(named)), change)).toEqual(severities)
  })

  test('is not doubted where Batch lists nothing at all', () => {
    expect(known(ofPool(agent('batch.node.gone')), { supportedImages: [] })).toEqual([])
  })
})

describe('a size', () => {
  const said = (spec = f.releaseSpec(), change: Partial<Observed> = {}) =>
    severitiesOf('vm-size', spec, f.observed(change))
  const none = ofPool({ vmSize: undefined })
  const gone: VmSize[] = [{ name: 'Standard_X' }]
  const size = (change: Partial<VmSize>): Partial<Observed> => ({ vmSizes: [{ name: 'standard_d4s_V5', ...change }] })

  test('may only be left out where the pool has one', () => {
    expect(said(none)).toEqual(['error'])
    expect(said(none, { pool: f.pool() })).toEqual([])
  })

  test('that Batch no longer offers stops a new pool, and only warns of one that has it', () => {
    expect(said(f.releaseSpec(), { vmSizes: gone })).toEqual(['error'])
    expect(said(f.releaseSpec(), { vmSizes: gone, pool: f.pool() })).toEqual(['warning'])
    expect(said(none, { vmSizes: gone, pool: f.pool() })).toEqual(['warning'])
    expect(said(ofPool({ vmSize: 'Standard_Y' }), { vmSizes: gone, pool: f.pool() })).toEqual(['error'])
  })

  test('is not doubted where Batch lists none', () => {
    expect(said(f.releaseSpec(), { vmSizes: [] })).toEqual([])
  })

  test.each<[string, Partial<VmSize>, string[]]>([
    ['boots both generations', { hyperVGenerations: ['V1', 'V2'] }, []],
    ['boots the other generation only', { hyperVGenerations: ['V1'] }, ['error']],
    ['doesn’t say what it boots', {}, []],
    ['has the image’s architecture, in any casing', { architecture: 'X64' }, []],
    ['has another architecture', { architecture: 'Arm64' }, ['error']]
  ])('that %s', (_, change, severities) => {
    expect(said(f.releaseSpec(), size(change))).toEqual(severities)
  })

  test('of which the pool has nodes of this very image is proved', () => {
    const proved = f.rolloutObserved({ ...size({ hyperVGenerations: ['V1'] }), pool: f.pool() })
    const empty = { ...proved, pool: f.pool({ currentDedicatedNodes: 0 }) }
    expect(severitiesOf('vm-size', f.rolloutOnlySpec(), proved)).toEqual([])
    expect(severitiesOf('vm-size', f.rolloutOnlySpec(), empty)).toEqual(['error'])
  })
})

describe('the core quota', () => {
  const said = (
    account: Parameters<typeof f.account>[0],
    change: Partial<Observed> = {},
    goal: JsonObject = { targetDedicatedNodes: 20 }
  ) =>
    findingsOf(
      'core-quota',
      ofPool({ scaleSettings: { fixedScale: goal } }),
      f.observed({ account: f.account(account), ...change })
    )
  const other = (currentDedicatedNodes: number, vmSize = 'standard_d4s_v5') => ({
    ...f.pool({ currentDedicatedNodes, vmSize }),
    poolId: `${f.POOL}-2` as typeof f.POOL
  })

  test.each<[number, number, string]>([
    [79, 0, 'at most 19 dedicated nodes'],
    [3, 0, 'at most 0 dedicated nodes'],
    [100, 10, 'at most 15 dedicated nodes'],
    [80, 100, 'at most 0 dedicated nodes']
  ])('of %d, with %d nodes in another pool, leaves %s', (dedicatedCoreQuota, nodes, left) => {
    const [finding] = said({ dedicatedCoreQuota }, { otherPools: [other(nodes)] })
    expect(finding?.wayOut).toContain(left)
  })

  test.each([
    [20, 'warning'],
    [19, 'error']
  ])('that was lowered below what a pool of %d nodes has', (currentDedicatedNodes, severity) => {
    const pool = f.pool({ currentDedicatedNodes })
    expect(said({ dedicatedCoreQuota: 79 }, { pool }).map(one => one.severity)).toEqual([severity])
  })

  test('of low-priority nodes is held against the low-priority nodes that the pool has', () => {
    const pool = f.pool({ currentDedicatedNodes: 0, currentLowPriorityNodes: 20 })
    const found = said({ lowPriorityCoreQuota: 79 }, { pool }, { targetLowPriorityNodes: 20 })
    expect(found.map(one => one.severity)).toEqual(['warning'])
  })

  test('counts no cores of a size that Batch doesn’t list', () => {
    expect(said({ dedicatedCoreQuota: 80 }, { otherPools: [other(10, 'standard_gone')] })).toEqual([])
  })

  test.each<[string, Parameters<typeof f.account>[0]]>([
    ['of the subscription is not the account’s', { poolAllocationMode: 'UserSubscription', dedicatedCoreQuota: 0 }],
    [
      'of another family doesn’t count',
      {
        dedicatedCoreQuotaPerVMFamilyEnforced: true,
        dedicatedCoreQuotaPerVMFamily: [{ name: 'standardESv5Family', coreQuota: 0 }]
      }
    ]
  ])('%s', (_, account) => {
    expect(said(account)).toEqual([])
  })

  test('can’t be held against a formula, nor against a size that doesn’t say its cores', () => {
    const account = f.account({ dedicatedCoreQuota: 0 })
    const formula = ofPool({ scaleSettings: { autoScale: { formula: '$TargetDedicatedNodes = 20;' } } })
    expect(severitiesOf('core-quota', formula, f.observed({ account }))).toEqual([])
    expect(said({ dedicatedCoreQuota: 0 }, { vmSizes: [{ name: 'Standard_D4s_v5' }] })).toEqual([])
  })
})

describe('an account', () => {
  test.each<[string | undefined, string[]]>([
    ['Deleting', ['error']],
    ['Invalid', ['error']],
    ['Creating', ['warning']],
    ['Failed', ['warning']],
    ['Cancelled', ['warning']],
    ['Succeeded', []],
    [undefined, []]
  ])('that is %s', (provisioningState, severities) => {
    const account = f.account(provisioningState === undefined ? {} : { provisioningState })
    expect(severitiesOf('account-state', f.releaseSpec(), f.observed({ account }))).toEqual(severities)
    expect(severitiesOf('account-state', f.imageOnlySpec(), f.observed({ account }))).toEqual([])
  })

  const refused = 'answered 403' as unknown as NonNullable<Observed['serviceRefused']>
  const reach = (network: Partial<ReturnType<typeof f.account>['network']>, serviceRefused?: typeof refused) =>
    findingsOf(
      'account-reachable',
      f.releaseSpec(),
      f.observed({
        account: f.account({ network: { publicAccess: 'Enabled', privateEndpoints: [], ...network } }),
        ...(serviceRefused && { serviceRefused })
      })
    )

  test.each<[string, Parameters<typeof reach>[0], string, string]>([
    [
      'is closed',
      { publicAccess: 'Disabled' },
      'has publicNetworkAccess "Disabled"',
      'run the job on a self-hosted runner'
    ],
    [
      'has a perimeter',
      { publicAccess: 'SecuredByPerimeter' },
      'has publicNetworkAccess "SecuredByPerimeter"',
      'inbound rule'
    ],
    [
      'lets nobody in',
      { account: { allowed: [] } },
      'lets no address in by its network rules',
      'add the runner’s public address'
    ],
    [
      'lets one in',
      { account: { allowed: ['1.2.3.4'] } },
      'lets in 1 address or range alone',
      'add the runner’s public address'
    ],
    [
      'lets some in',
      { account: { allowed: ['1', '2'] } },
      'lets in 2 addresses or ranges alone',
      'add the runner’s public address'
    ]
  ])('that %s, and refuses the runner, is told with its own way in', (_, network, restriction, wayIn) => {
    const [finding] = reach(network, refused)
    expect(finding).toMatchObject({
      severity: 'error',
      message: expect.stringContaining(restriction),
      wayOut: expect.stringContaining(wayIn)
    })
    expect(finding?.wayOut.includes('perimeter')).toBe(network.publicAccess === 'SecuredByPerimeter')
  })

  test('that is restricted and takes the runner, or refuses it and is open, is not called closed', () => {
    expect(reach({ publicAccess: 'Disabled' })).toEqual([])
    expect(reach({}, refused)).toEqual([])
  })
})

test.each([
  [299 * 60_000, []],
  [300 * 60_000, ['warning']]
])('a drain of %d ms fits in a deadline of five hours', (drainTimeoutMs, severities) => {
  const spec = (imageChange: 'in-place' | 'auto') => f.releaseSpec({}, f.rolloutSpec({ imageChange, drainTimeoutMs }))
  const pool = f.pool({ imageId: f.versionIdOf('0.9.0') })
  expect(severitiesOf('drain-deadline', spec('in-place'), f.observed({ pool }))).toEqual(severities)
  expect(severitiesOf('drain-deadline', spec('in-place'), f.observed())).toEqual([])
  expect(severitiesOf('drain-deadline', spec('auto'), f.observed({ pool }))).toEqual([])
})

describe('a managed image', () => {
  const spec = (fixedScale: JsonObject = {}) =>
    f.rolloutOnlySpec(
      f.rolloutSpec({ imageId: f.MANAGED_IMAGE, allowRetired: true, pool: { scaleSettings: { fixedScale } } })
    )
  const { rolloutVersion: _version, rolloutDefinition: _definition, ...rest } = f.rolloutObserved()
  const seen = (change: Partial<Observed> = {}): Observed => ({ ...rest, managedImage: f.managedImage(), ...change })
  const other = {
    ...f.pool({ imageId: f.MANAGED_IMAGE, currentDedicatedNodes: 100, currentLowPriorityNodes: 50 }),
    poolId: `${f.POOL}-2` as typeof f.POOL
  }

  test.each<[JsonObject, Partial<Observed>, string[]]>([
    [{ targetDedicatedNodes: 2_000 }, {}, []],
    [{ targetDedicatedNodes: 2_001 }, {}, ['warning']],
    [{ targetDedicatedNodes: 2_500 }, {}, ['warning']],
    [{ targetDedicatedNodes: 2_501 }, {}, ['error']],
    [{ targetLowPriorityNodes: 1_000 }, {}, []],
    [{ targetLowPriorityNodes: 1_001 }, {}, ['error']],
    [{ targetDedicatedNodes: 1_900 }, { otherPools: [other] }, []],
    [{ targetDedicatedNodes: 1_901 }, { otherPools: [other] }, ['warning']],
    [{ targetLowPriorityNodes: 950 }, { otherPools: [other] }, []],
    [{ targetLowPriorityNodes: 951 }, { otherPools: [other] }, ['error']]
  ])('serves %j, its other pools counted: %#', (scale, change, severities) => {
    expect(severitiesOf('managed-image-nodes', spec(scale), seen(change))).toEqual(severities)
  })

  test('has no limit that a gallery image shares', () => {
    const many = f.rolloutOnlySpec(
      f.rolloutSpec({ pool: { scaleSettings: { fixedScale: { targetDedicatedNodes: 9_000 } } } })
    )
    expect(severitiesOf('managed-image-nodes', many, f.rolloutObserved())).toEqual([])
  })

  test('is in the account’s region, and its subscription in any casing', () => {
    const place = (image: Parameters<typeof f.managedImage>[0]) =>
      severitiesOf('managed-image-place', spec(), seen({ managedImage: f.managedImage(image) }))
    expect(place({ location: 'eastus2' })).toEqual([])
    expect(place({ location: 'westus' })).toEqual(['error'])
    const shouting = f.MANAGED_IMAGE.replace(/^\/subscriptions\/[^/]+/, one =>
      one.toUpperCase()
    ) as typeof f.MANAGED_IMAGE
    const loud = f.rolloutOnlySpec(f.rolloutSpec({ imageId: shouting, allowRetired: true }))
    expect(severitiesOf('managed-image-place', loud, seen())).toEqual([])
  })

  test.each([
    ['Failed', ['error']],
    ['Deleting', ['error']],
    ['Updating', []],
    ['Succeeded', []]
  ])('that is %s is rolled out', (provisioningState, severities) => {
    expect(
      severitiesOf('image-deleting', spec(), seen({ managedImage: f.managedImage({ provisioningState }) }))
    ).toEqual(severities)
  })
})

test('a version that has failed is no managed image that has', () => {
  const failed = f.rolloutObserved({ rolloutVersion: f.version('1.0.0', { provisioningState: 'Failed' }) })
  expect(severitiesOf('image-deleting', f.rolloutOnlySpec(), failed)).toEqual([])
})

test.each<[string, string, string[]]>([
  ['that is no formula', '$x =', ['error']],
  ['of 8,192 characters', `$TargetDedicatedNodes=1;${' '.repeat(8_192 - 24)}`, []],
  ['of one character more', `$TargetDedicatedNodes=1;${' '.repeat(8_193 - 24)}`, ['error']],
  ['of 100 statements', '$TargetDedicatedNodes=1;'.repeat(100), []],
  ['of one statement more', '$TargetDedicatedNodes=1;'.repeat(101), ['error']],
  ['with a name that nobody knows', '$TargetDedicatedNodes=$nobody;', ['warning']]
])('a formula %s', (_, formula, severities) => {
  expect(
    severitiesOf('autoscale-formula', ofPool({ scaleSettings: { autoScale: { formula } } }), f.observed())
  ).toEqual(severities)
})

test('a formula that breaks off is told where it ends, and another where it goes wrong', () => {
  const message = (formula: string) =>
    findingsOf('autoscale-formula', ofPool({ scaleSettings: { autoScale: { formula } } }), f.observed())[0]?.message
  expect(message('$x =')).toContain('it ends too early (line 1')
  expect(message('$x = ;')).toContain('";" is out of place (line 1, column 6)')
})

describe('what a change of a pool would take away', () => {
  const starts = (startTask: JsonObject, present?: JsonObject) =>
    findingsOf(
      'start-task-command',
      ofPool({ startTask }),
      f.observed(present === undefined ? {} : { pool: f.pool({ properties: { startTask: present } }) })
    ).map(({ message }) => message)

  test('a start task keeps its command where the pool has one, and needs one otherwise', () => {
    expect(starts({ commandLine: 'x' })).toEqual([])
    expect(starts({ waitForSuccess: true })).toEqual([
      'pool-spec: startTask.commandLine is missing, and a new pool needs one'
    ])
    expect(starts({ waitForSuccess: true }, { commandLine: 'x' })).toEqual([])
    expect(starts({ waitForSuccess: true }, {})).toEqual([
      'pool-spec: startTask.commandLine is missing, and pool "render" has none to keep'
    ])
    const none = ofPool({ startTask: undefined })
    expect(severitiesOf('start-task-command', none, f.observed())).toEqual([])
  })

  const registry = { registryServer: 'r', username: 'u' }
  const extension = { name: 'e', publisher: 'p', type: 't' }
  const machine = (configuration: JsonObject): JsonObject => ({
    deploymentConfiguration: {
      virtualMachineConfiguration: {
        imageReference: { id: f.versionIdOf('1.0.0') },
        nodeAgentSkuId: f.AGENT,
        ...configuration
      }
    }
  })
  const secrets = (present: JsonObject, written: JsonObject = {}) =>
    findingsOf(
      'pool-secrets',
      f.rolloutOnlySpec(f.rolloutSpec({ imageChange: 'in-place', pool: written })),
      f.rolloutObserved({ pool: f.pool({ imageId: f.versionIdOf('0.9.0'), properties: present }) })
    )

  test('a password that no answer shows stops the change; an extension’s may be none', () => {
    const path = 'deploymentConfiguration.virtualMachineConfiguration.'
    const [password] = secrets(
      machine({ imageReference: { id: 'old' }, containerConfiguration: { containerRegistries: [registry] } })
    )
    expect(password).toMatchObject({
      severity: 'error',
      message: `pool "render": a change of deploymentConfiguration sends it whole, and no answer of Batch shows ${path}containerConfiguration.containerRegistries[r].password: the pool would lose it`
    })
    expect(password?.wayOut).not.toContain('as {}')
    const [settings] = secrets(machine({ imageReference: { id: 'old' }, extensions: [extension] }))
    expect(settings).toMatchObject({
      severity: 'error',
      wayOut: expect.stringMatching(/; as \{\} where there is none$/)
    })
    const own = { deploymentConfiguration: { virtualMachineConfiguration: { extensions: [extension] } } }
    expect(secrets(machine({ imageReference: { id: 'old' }, extensions: [extension] }), own)).toMatchObject([
      { severity: 'note', message: expect.stringContaining('a change of deploymentConfiguration sends it whole') }
    ])
    expect(secrets(machine({ imageReference: { id: 'old' } }))).toEqual([])
  })

  test('identities that the pool has beyond the written ones stay, and are named', () => {
    const identity = (...ids: string[]) => ({
      type: 'UserAssigned',
      userAssignedIdentities: Object.fromEntries(ids.map(id => [id, {}]))
    })
    const said = (written: JsonObject | undefined, ...there: string[]) =>
      findingsOf(
        'pool-identities',
        f.releaseSpec({}, f.rolloutSpec(written === undefined ? {} : { pool: { identity: written } })),
        f.observed(there.length === 0 ? {} : { pool: f.pool({ identity: identity(...there) }) })
      ).map(({ message }) => message)
    expect(said(identity('/a'), '/A', '/b', '/c')).toEqual([expect.stringMatching(/^pool "render" keeps \/b, \/c: /)])
    expect(said(identity('/a', '/d'), '/A', '/b')).toEqual([expect.stringMatching(/^pool "render" keeps \/b: /)])
    expect(said(identity('/a'), '/A')).toEqual([])
    expect(said(identity('/a'))).toEqual([])
    expect(said(undefined, '/b')).toEqual([])
  })
})

test('a resize timeout that is too short is told in minutes', () => {
  const spec = ofPool({ scaleSettings: { fixedScale: { targetDedicatedNodes: 301 } } }, { resizeTimeoutMs: 600_000 })
  expect(findingsOf('resize-timeout', spec, f.observed())[0]).toMatchObject({
    message: 'resize-timeout: 10 minutes for 301 nodes from a custom image',
    wayOut: expect.stringMatching(/^at least 30m is recommended/)
  })
})

test('a pool that is being deleted matters to who rolls out to it', () => {
  const pool = f.pool({ provisioningState: 'Deleting' })
  expect(severitiesOf('pool-deleting', f.releaseSpec(), f.observed({ pool }))).toEqual(['error'])
  expect(severitiesOf('pool-deleting', f.imageOnlySpec(), f.observed({ pool }))).toEqual([])
  expect(severitiesOf('pool-deleting', f.releaseSpec(), f.observed({ pool: f.pool() }))).toEqual([])
})

test('data disks of a managed image count against those of a pool, as a version’s do', () => {
  const machine = {
    deploymentConfiguration: { virtualMachineConfiguration: { dataDisks: [{ lun: 3, diskSizeGB: 1 }] } }
  }
  const said = (change: Partial<Observed>, imageId?: typeof f.MANAGED_IMAGE) =>
    severitiesOf(
      'pool-data-disk-luns',
      f.rolloutOnlySpec(f.rolloutSpec({ pool: machine, allowRetired: true, ...(imageId && { imageId }) })),
      f.rolloutObserved(change)
    )
  const managedImage = f.managedImage({ dataLuns: [3] })
  const storageProfile = { dataDiskImages: [{ lun: 3, sizeInGB: 1 }] }
  const rolloutVersion = f.version('1.0.0', { body: { properties: { storageProfile } } })
  const none = { rolloutVersion: undefined as never, rolloutDefinition: undefined as never }
  expect(said({ ...none, managedImage }, f.MANAGED_IMAGE)).toEqual(['warning'])
  expect(said({ rolloutVersion })).toEqual(['warning'])
  expect(said({})).toEqual([])
})

describe('the lease of a pool', () => {
  const hour = 3_600_000
  const said = (change: Partial<typeof f.CONTEXT>, offset: number, more: Partial<Observed> = {}, dryRun = false) => {
    const value = JSON.stringify({ ...f.OTHER_RUN, ...change, until: new Date(f.AT + offset).toISOString() })
    const pool = f.pool({ metadata: [{ name: 'batch-image-rollout-lease', value }] })
    return severitiesOf('pool-leased', { ...f.rolloutOnlySpec(), dryRun }, f.rolloutObserved({ pool, ...more }))
  }

  test('stops a run while another holds it, and is only told to one that changes nothing', () => {
    expect([said({}, hour), said({}, hour, {}, true)]).toEqual([['error'], ['note']])
  })

  test('is no obstacle to its own run, to a later attempt of it, or once it has run out', () => {
    expect(said(f.CONTEXT, hour)).toEqual([])
    expect(said({ ...f.CONTEXT, runAttempt: 0, nonce: 'n' }, hour)).toEqual([])
    expect(said({}, 0)).toEqual([])
  })

  test('runs out by Azure’s time, where the account tells it', () => {
    expect(said({}, hour, { account: f.account({ readAt: f.AT + hour }) })).toEqual([])
    expect(said({}, -hour, { account: f.account({ readAt: f.AT - 2 * hour }) })).toEqual(['error'])
  })
})

test('without an account nobody knows what base images Batch has', () => {
  const source = f.source({ imageReference: { publisher: 'nobody', offer: 'knows', sku: 'this' } })
  const said = (change: Partial<Observed>) =>
    severitiesOf('base-image-supported', f.releaseSpec(), f.observed({ source, ...change }))
  expect(said({ account: undefined as never })).toEqual([])
  expect(said({})).toEqual(['error'])
})
