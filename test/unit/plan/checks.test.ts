/** What of the checks a whole run on the emulated Azure can't show; the rest is in `test/scenario/checks.test.ts`. */
import { expect, test } from '@jest/globals'
import type { Observed } from '../../../src/model/observed.ts'
import type { Finding } from '../../../src/model/plan.ts'
import type { Spec } from '../../../src/model/spec.ts'
import { checkAll, RULES } from '../../../src/plan/checks/index.ts'
import { TAG } from '../../../src/rules/run-tags.ts'
import { situationOf } from '../../../src/plan/situation.ts'
import * as f from '../../support/observed-fixtures.ts'

const said = (rule: string, spec: Spec, seen: Observed): Pick<Finding, 'severity' | 'message'>[] =>
  checkAll(situationOf(spec, seen, f.CONTEXT))
    .filter(finding => finding.rule === rule)
    .map(({ severity, message }) => ({ severity, message }))

test('rule ids are unique and in kebab-case: docs are keyed by them', () => {
  const ids = RULES.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.filter(id => !/^[a-z]+(-[a-z]+)*$/.test(id))).toEqual([])
})

test('every rule has a source', () => {
  expect(RULES.filter(({ source }) => source.length < 5)).toEqual([])
})

test.each([
  ['Completed', []],
  ['Replicating', [{ severity: 'error', message: 'image-id: the replica of "1.0.0" in "eastus2" is Replicating' }]]
])('a replica that is %s in the pool’s region', (state, expected) => {
  const replication = { aggregatedState: state, regions: [{ region: 'eastus2', state, progress: 50 }] }
  const seen = f.rolloutObserved({ rolloutVersion: f.version('1.0.0', { replication }) })
  expect(said('rollout-image-ready', f.rolloutOnlySpec(), seen)).toEqual(expected)
})

test('a snapshot that this action made of the same disk is no obstacle; one of anybody else’s is', () => {
  const spec = f.releaseSpec()
  const [id] = f.planOf(spec, f.observed()).image!.snapshotIds
  const there = (tags: Record<string, string>) =>
    f.observed({
      snapshots: [f.snapshot('x', { snapshotId: id!, tags, sourceResourceId: f.diskIdOf('source-os').toUpperCase() })]
    })
  expect(said('snapshot-taken', spec, there(f.tagsOf('open')))).toEqual([])
  expect(said('snapshot-taken', spec, there({}))).toMatchObject([{ severity: 'error' }])
})

const endsIn = (days: number, own: Observed): Observed => ({
  ...own,
  supportedImages: own.supportedImages.map(image => ({
    ...image,
    batchSupportEndOfLife: new Date(f.AT + days * 86_400_000).toISOString()
  }))
})

test.each([
  [181, []],
  [180, ['warning']],
  [0, ['warning']],
  [-1, ['error']]
])('support of the base image that ends in %i days', (days, severities) => {
  const findings = said('base-image-end-of-life', f.releaseSpec(), endsIn(days, f.observed()))
  expect(findings.map(({ severity }) => severity)).toEqual(severities)
})

test('of an image that is rolled out, the message names image-id: there is no source-vm', () => {
  const [finding] = said('base-image-end-of-life', f.rolloutOnlySpec(), endsIn(-1, f.rolloutObserved()))
  expect(finding?.message).toMatch(/^image-id: /)
})

const quota = (change: Parameters<typeof f.account>[0], others: Observed['otherPools'] = []) =>
  said('core-quota', f.releaseSpec(), f.observed({ account: f.account(change), otherPools: others }))

test.each([
  ['as many cores as needed', { dedicatedCoreQuota: 80 }, []],
  ['one core less', { dedicatedCoreQuota: 79 }, ['error']],
  ['no quota of its own (user subscription)', { dedicatedCoreQuota: undefined as never }, []],
  [
    'a family’s quota that isn’t enforced',
    { dedicatedCoreQuotaPerVMFamily: [{ name: 'standardDSv5Family', coreQuota: 4 }] },
    []
  ],
  [
    'a family’s quota by another spelling',
    {
      dedicatedCoreQuotaPerVMFamilyEnforced: true,
      dedicatedCoreQuotaPerVMFamily: [{ name: 'Standard DSv5 Family', coreQuota: 4 }]
    },
    ['error']
  ]
])('20 nodes of 4 cores with %s', (_, change, severities) => {
  expect(quota(change).map(({ severity }) => severity)).toEqual(severities)
})

test('the pool’s own nodes aren’t counted twice; those of others are', () => {
  const own = f.pool()
  const other = { ...own, poolId: `${own.poolId}-2` as typeof own.poolId }
  expect(quota({ dedicatedCoreQuota: 80 }, [own])).toEqual([])
  expect(quota({ dedicatedCoreQuota: 159 }, [other])).toEqual([
    {
      severity: 'warning',
      message:
        'pool-spec: 20 dedicated nodes of Standard_D4s_v5 need 80 dedicated cores; the account’s quota is 159, of which its other pools have 80'
    }
  ])
})

test('a base image in the tag of a version is checked as that of a VM', () => {
  const tags = { [TAG.baseImage]: 'nobody:knows:this' }
  const seen = f.rolloutObserved({ rolloutVersion: f.version('1.0.0', { tags }), pool: f.pool() })
  expect(said('base-image-supported', f.rolloutOnlySpec(), seen)).toMatchObject([
    { severity: 'warning', message: expect.stringMatching(/^image-id: /) }
  ])
})

const PLAN = { publisher: 'almalinux', product: 'almalinux-hpc', name: '8_6-hpc' }
const unlike = (definition: Parameters<typeof f.galleryImage>[0], source: Parameters<typeof f.source>[0] = {}) =>
  said(
    'definition-matches',
    f.releaseSpec(),
    f.observed({ galleryImage: f.galleryImage(definition), source: f.source(source) })
  )
const osDisk = (change: object) => ({
  osDisk: { ...f.source().osDisk, disk: { ...f.source().osDisk.disk!, ...change } }
})

test.each<[string, Parameters<typeof f.galleryImage>[0], Parameters<typeof f.source>[0], string]>([
  ['osType', { osType: 'Windows' }, {}, 'osType Windows where the source has Linux'],
  ['osState', { osState: 'Specialized' }, {}, 'osState Specialized where the source has Generalized'],
  ['generation', { hyperVGeneration: 'V1' }, {}, 'hyperVGeneration V1 where the source has V2'],
  ['architecture', { architecture: 'Arm64' }, {}, 'architecture Arm64 where the source has x64'],
  [
    'SecurityType',
    { features: { SecurityType: 'TrustedLaunch' } },
    {},
    'SecurityType TrustedLaunch where the source has Standard'
  ],
  [
    'no SecurityType',
    { features: {} },
    { securityType: 'ConfidentialVM' },
    'SecurityType Standard where the source has ConfidentialVM'
  ],
  ['no plan', {}, { plan: PLAN }, 'purchasePlan none where the source has almalinux:almalinux-hpc:8_6-hpc'],
  [
    'another plan',
    { purchasePlan: { ...PLAN, name: '8_7-hpc' } },
    { plan: PLAN },
    'purchasePlan almalinux:almalinux-hpc:8_7-hpc where the source has almalinux:almalinux-hpc:8_6-hpc'
  ],
  [
    'a plan that the disk names',
    {},
    osDisk({ purchasePlan: PLAN }),
    'purchasePlan none where the source has almalinux:almalinux-hpc:8_6-hpc'
  ]
])(
  'a definition with another %s than the source is refused, and told how they differ',
  (_, definition, source, differs) => {
    expect(unlike(definition, source)).toEqual([
      { severity: 'error', message: `publish-to: definition "node" has ${differs}; a definition can’t change these` }
    ])
  }
)

test('all that differs is told at once', () => {
  const [finding] = unlike({ osType: 'Windows', hyperVGeneration: 'V1', architecture: 'Arm64' })
  expect(finding?.message.match(/ where the source has /g)).toHaveLength(3)
})

test.each<[string, Parameters<typeof f.galleryImage>[0], Parameters<typeof f.source>[0]]>([
  ['the same', {}, {}],
  ['the same plan in another casing', { purchasePlan: { ...PLAN, publisher: 'AlmaLinux' } }, { plan: PLAN }],
  ['an architecture, where the disk says none', { architecture: 'Arm64' }, osDisk({ architecture: undefined })],
  ['a security type that supports several', { features: { SecurityType: 'TrustedLaunchSupported' } }, {}],
  ['no security type, as a Standard source has none', { features: {} }, {}],
  ['generation 1, where the disk says none', { hyperVGeneration: 'V1' }, osDisk({ hyperVGeneration: undefined })]
])('a definition with %s matches', (_, definition, source) => {
  expect(unlike(definition, source)).toEqual([])
})

test.each<[number, string | undefined, boolean]>([
  [300, 'PT5M', false],
  [301, 'PT29M', true],
  [301, 'PT30M', false],
  [301, undefined, false],
  [3_000, 'PT44M', true],
  [3_000, 'PT45M', false]
])('a resize of %i nodes that may take %s is too short: %s', (count, resizeTimeout, isShort) => {
  const fixedScale = { targetLowPriorityNodes: count, ...(resizeTimeout && { resizeTimeout }) }
  const spec = f.releaseSpec({}, f.rolloutSpec({ pool: { scaleSettings: { fixedScale } } }))
  expect(said('resize-timeout', spec, f.observed())).toHaveLength(isShort ? 1 : 0)
})

test('cores of a family are those of the other pools of that family, in any casing of their size', () => {
  const family = {
    dedicatedCoreQuota: 1_000,
    dedicatedCoreQuotaPerVMFamilyEnforced: true,
    dedicatedCoreQuotaPerVMFamily: [{ name: 'standardDSv5Family', coreQuota: 100 }]
  }
  const of = (name: string, vmSize: string) => ({ ...f.pool({ vmSize }), poolId: `${f.POOL}-${name}` as typeof f.POOL })
  const vmSizes = [
    { name: 'Standard_D4s_v5', familyName: 'standardDSv5Family', vCpus: 4 },
    { name: 'Standard_E4s_v5', familyName: 'standardESv5Family', vCpus: 4 }
  ]
  const found = (...otherPools: ReturnType<typeof of>[]) =>
    said('core-quota', f.releaseSpec(), f.observed({ account: f.account(family), otherPools, vmSizes }))
  expect(found(of('a', 'standard_e4s_V5'))).toEqual([])
  expect(found(of('a', 'STANDARD_D4S_V5'))).toMatchObject([{ severity: 'warning' }])
  expect(found(of('a', 'standard_d4s_v5'))).toMatchObject([{ severity: 'warning' }])
})

test('low-priority cores are counted by themselves', () => {
  const scaleSettings = { fixedScale: { targetDedicatedNodes: 2, targetLowPriorityNodes: 20 } }
  const spec = f.releaseSpec({}, f.rolloutSpec({ pool: { scaleSettings } }))
  const found = (account: Parameters<typeof f.account>[0], otherPools: Observed['otherPools'] = []) =>
    said('core-quota', spec, f.observed({ account: f.account(account), otherPools }))
  const other = f.pool({ currentDedicatedNodes: 0, currentLowPriorityNodes: 10 })
  const others = [{ ...other, poolId: `${other.poolId}-2` as typeof other.poolId }]
  expect(found({ dedicatedCoreQuota: 8, lowPriorityCoreQuota: 80 })).toEqual([])
  expect(found({ dedicatedCoreQuota: 7, lowPriorityCoreQuota: 80 })).toMatchObject([{ severity: 'error' }])
  expect(found({ dedicatedCoreQuota: 8, lowPriorityCoreQuota: 79 })).toMatchObject([
    { severity: 'error', message: expect.stringContaining('20 low-priority nodes') }
  ])
  expect(found({ dedicatedCoreQuota: 8, lowPriorityCoreQuota: 119 }, others)).toMatchObject([{ severity: 'warning' }])
  expect(found({ dedicatedCoreQuota: 8, lowPriorityCoreQuota: 120 }, others)).toEqual([])
})

test('where Batch refuses to list its images, the base image is not doubted', () => {
  const source = f.source({ imageReference: { publisher: 'nobody', offer: 'knows', sku: 'this' } })
  expect(said('base-image-supported', f.releaseSpec(), f.observed({ source }))).toMatchObject([{ severity: 'error' }])
  const serviceRefused = 'the account is closed to this network' as unknown as NonNullable<Observed['serviceRefused']>
  const refused = f.observed({ source, supportedImages: [], serviceRefused })
  expect(said('base-image-supported', f.releaseSpec(), refused)).toEqual([])
})

const toGallery = (promote: 'now' | 'when-proved' | 'never') => ({ publishTo: f.toGallery({ promote }) })

test.each([
  ['now, without a pool', f.imageOnlySpec(toGallery('now')), true],
  ['when proved, with a pool', f.releaseSpec(toGallery('when-proved')), true],
  ['when proved, without a pool that could prove it', f.imageOnlySpec(toGallery('when-proved')), false],
  ['never', f.releaseSpec(toGallery('never')), false]
])(
  'a greater version that is the latest stands in the way of one that is promoted %s: the last column',
  (_, spec, is) => {
    const found = (versions: Observed['versions']) => said('promotion-without-effect', spec, f.observed({ versions }))
    expect(found([f.version('2.0.0', { excludeFromLatest: false })])).toHaveLength(is ? 1 : 0)
    expect(found([f.version('2.0.0', { excludeFromLatest: true })])).toEqual([])
    expect(found([f.version('0.9.0', { excludeFromLatest: false })])).toEqual([])
  }
)

test.each<[string, Record<string, string>, string[]]>([
  ['Deleting', f.tagsOf('open'), ['error']],
  ['Deleting', {}, ['error']],
  ['Failed', f.tagsOf('open'), []],
  ['Failed', {}, ['warning']],
  ['Canceled', { team: 'fx' }, ['warning']],
  ['Succeeded', {}, []]
])('a definition that is %s with tags %j', (provisioningState, tags, severities) => {
  const seen = f.observed({ galleryImage: f.galleryImage({ provisioningState, tags }) })
  expect(said('gallery-state', f.releaseSpec(), seen).map(({ severity }) => severity)).toEqual(severities)
})

test('a managed image that no other pool uses is not called shared', () => {
  const spec = f.rolloutOnlySpec(f.rolloutSpec({ imageId: f.MANAGED_IMAGE, allowRetired: true }))
  const own = f.pool({ imageId: f.MANAGED_IMAGE })
  const other = { ...own, poolId: `${own.poolId}-2` as typeof own.poolId }
  const gallery = { ...other, imageId: f.versionIdOf('1.0.0') }
  const found = (otherPools: Observed['otherPools']) =>
    said('managed-image-shared', spec, f.rolloutObserved({ managedImage: f.managedImage(), otherPools }))
  expect(found([own, gallery])).toEqual([])
  expect(found([own, other])).toMatchObject([{ severity: 'warning', message: expect.stringContaining('"render-2"') }])
})

test.each([
  ['TrustedLaunch', 'TrustedLaunch'],
  ['trustedlaunch', 'TrustedLaunch'],
  ['NotTrustedLaunch', 'Standard'],
  ['ConfidentialVM_DiskEncryptedWithPlatformKey', 'ConfidentialVM'],
  ['NoConfidentialVM', 'Standard']
])('an OS disk that says %s makes an image that is %s', (securityType, type) => {
  expect(unlike({ features: { SecurityType: type } }, osDisk({ securityType }))).toEqual([])
})
