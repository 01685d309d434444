/** What of the checks a whole run on the emulated Azure can't show; the rest is in `test/scenario/checks.test.ts`. */
import { expect, test } from '@jest/globals'
import type { Observed } from '../../../src/model/observed.ts'
import type { Finding } from '../../../src/model/plan.ts'
import type { Spec } from '../../../src/model/spec.ts'
import { checkAll, RULES } from '../../../src/plan/checks/index.ts'
import { TAG } from '../../../src/plan/run-tags.ts'
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
