/** Rules of the image and its versions, at their edges; that each fires is in `test/scenario/checks.test.ts`. */
import { describe, expect, test } from '@jest/globals'
import type { GalleryImageVersion, Observed } from '../../../../src/model/observed.ts'
import type { TargetRegion } from '../../../../src/model/spec.ts'
import { findingsOf, severitiesOf } from '../../../support/findings.ts'
import * as f from '../../../support/observed-fixtures.ts'

const nodes = (count: number, rollout: Parameters<typeof f.rolloutSpec>[0] = {}) =>
  f.rolloutSpec({ pool: { scaleSettings: { fixedScale: { targetDedicatedNodes: count } } }, ...rollout })
const to = (...targetRegions: TargetRegion[]) => ({ publishTo: f.toGallery({ targetRegions }) })
/** The version that is published to is there, and goes on as it is. */
const there = (change: Partial<GalleryImageVersion> = {}, more: Partial<Observed> = {}): Observed =>
  f.observed({ versions: [f.version('0.9.0'), f.version('1.0.0', { tags: f.tagsOf('complete'), ...change })], ...more })
const messagesOf = (...args: Parameters<typeof findingsOf>): string[] =>
  findingsOf(...args).map(({ severity, message }) => `${severity} ${message}`)

describe('replicas in the account’s region', () => {
  const said = (count: number, replicas: number | undefined, rollout: Parameters<typeof f.rolloutSpec>[0] = {}) =>
    messagesOf(
      'replicas',
      f.releaseSpec(
        to({ region: 'westus', replicas: 1 }, { region: 'East US 2', ...(replicas && { replicas }) }),
        nodes(count, rollout)
      ),
      f.observed()
    )

  test.each<[number, number, string]>([
    [301, 1, '1 replica in "eastus2" for 301 nodes'],
    [601, 2, '2 replicas in "eastus2" for 601 nodes']
  ])('for %d nodes: %d are too few', (count, replicas, text) => {
    expect(said(count, replicas)).toEqual([expect.stringContaining(`warning target-regions: ${text}`)])
  })

  test.each<[number, number | undefined, number | 'all', string[]]>([
    [300, 1, 50, []],
    [300, 1, 51, ['note target-regions: waves of 51 nodes with 1 replica:']],
    [300, undefined, 51, ['note target-regions: waves of 51 nodes with 1 replica:']],
    [300, 2, 100, []],
    [300, 2, 101, ['note target-regions: waves of 101 nodes with 2 replicas:']],
    [40, 1, 200, []],
    [50, 1, 'all', []],
    [51, 1, 'all', ['note target-regions: waves of 51 nodes with 1 replica:']],
    [601, undefined, 10, []]
  ])('for %d nodes, %s replicas and waves of %s: %j', (count, replicas, waveSize, starts) => {
    const found = said(count, replicas, { waveSize })
    expect(found.map((line, index) => line.startsWith(starts[index] ?? '?'))).toEqual(starts.map(() => true))
  })

  test('are not counted where no pool is rolled out', () => {
    expect(severitiesOf('replicas', f.imageOnlySpec(to({ region: 'eastus2', replicas: 1 })), f.observed())).toEqual([])
  })
})

describe('regions that are added', () => {
  const added = (regions: TargetRegion[], change: Partial<Observed> = {}) => ({
    account: severitiesOf('account-region-added', f.releaseSpec(to(...regions)), f.observed(change)),
    source: severitiesOf('source-region-added', f.releaseSpec(to(...regions)), f.observed(change))
  })
  const far = { source: f.source({ location: 'westus' }) }

  test.each<[string, TargetRegion[], Partial<Observed>, ReturnType<typeof added>]>([
    ['none are asked for', [], far, { account: [], source: [] }],
    ['both are asked for', [{ region: 'East US 2' }, { region: 'West US' }], far, { account: [], source: [] }],
    ['the account’s is missing', [{ region: 'westus' }], far, { account: ['note'], source: [] }],
    ['the source’s is missing', [{ region: 'eastus2' }], far, { account: [], source: ['note'] }],
    ['both are one, and missing', [{ region: 'uksouth' }], {}, { account: ['note'], source: [] }],
    [
      'the source’s is missing, and no account is there',
      [{ region: 'uksouth' }],
      { account: undefined as never },
      { account: [], source: ['note'] }
    ]
  ])('where %s', (_, regions, change, expected) => {
    expect(added(regions, change)).toEqual(expected)
  })
})

describe('a region of a version whose replication failed', () => {
  const failed = (region: string, change: Partial<GalleryImageVersion> = {}): Observed =>
    there({
      targetRegions: [...new Set(['eastus2', region])].map(one => ({ region: one, replicas: 1 })),
      replication: {
        aggregatedState: 'Failed',
        regions: [{ region, state: 'Failed', progress: 0, details: 'no room' }]
      },
      ...change
    })
  const said = (spec: Parameters<typeof findingsOf>[1], seen: Observed) => messagesOf('region-failed', spec, seen)

  test('is fixed where it is asked for, by whichever input', () => {
    const fixed = [expect.stringMatching(/^note .*"westus" has failed: no room; it is taken off and added again$/)]
    expect(said(f.releaseSpec(to({ region: 'West US' })), failed('westus'))).toEqual(fixed)
    const ofSource = { ...failed('westus'), source: f.source({ location: 'westus' }) }
    expect(said(f.releaseSpec(), ofSource)).toEqual(fixed)
    const ofAccount = { ...failed('westus'), account: f.account({ location: 'westus' }) }
    expect(said(f.releaseSpec(), ofAccount)).toEqual(fixed)
  })

  test('is only told where nobody asks for it', () => {
    expect(said(f.releaseSpec(), failed('westus'))).toEqual([
      expect.stringMatching(/^warning .* has failed: no room, and target-regions doesn’t ask for it$/)
    ])
  })

  test.each<[string, string, Partial<GalleryImageVersion>, Parameters<typeof findingsOf>[1], string]>([
    [
      'the version’s own, which the pool needs',
      'eastus2',
      {},
      f.releaseSpec(),
      'error .*: a version keeps its own region$'
    ],
    [
      'the version’s own, and no pool is there',
      'eastus2',
      {},
      f.imageOnlySpec(),
      'warning .*: a version keeps its own region$'
    ],
    [
      'one of a shallow version',
      'westus',
      { replicationMode: 'Shallow' },
      f.releaseSpec(),
      'warning .*: a shallow version gains no region$'
    ]
  ])('can’t be fixed: %s', (_, region, change, spec, line) => {
    expect(said(spec, failed(region, change))).toEqual([expect.stringMatching(new RegExp(`^${line}`))])
  })
})

describe('replicas of a version that is there', () => {
  const said = (targetRegions: TargetRegion[], change: Partial<GalleryImageVersion> = {}) =>
    messagesOf(
      'replicas-kept',
      f.releaseSpec({ publishTo: f.toGallery({ targetRegions }) }),
      there({ targetRegions: [{ region: 'eastus2', replicas: 2 }], ...change })
    )
  const SHALLOW = { replicationMode: 'Shallow' }

  test.each<[string, TargetRegion[], Partial<GalleryImageVersion>, string[]]>([
    ['as many as asked for', [{ region: 'East US 2', replicas: 2 }], SHALLOW, []],
    ['any number, where none is asked for', [{ region: 'eastus2' }], SHALLOW, []],
    [
      'more than asked for',
      [{ region: 'eastus2', replicas: 1 }],
      {},
      ['note .* has 2 replicas in "eastus2", more than the 1 asked for; they stay$']
    ],
    ['fewer than asked for', [{ region: 'eastus2', replicas: 3 }], {}, []],
    [
      'fewer than asked for, and shallow',
      [{ region: 'eastus2', replicas: 3 }],
      SHALLOW,
      ['warning .* is Shallow and has 2 replicas in "eastus2"; it gains none later$']
    ],
    ['none in the region asked for', [{ region: 'westus' }], {}, []],
    [
      'none in the region asked for, and shallow',
      [{ region: 'westus' }],
      SHALLOW,
      ['warning .* is Shallow and not in "westus"']
    ]
  ])('%s', (_, regions, change, lines) => {
    expect(said(regions, change)).toEqual(lines.map(line => expect.stringMatching(new RegExp(`^${line}`))))
  })

  test('one is no plural', () => {
    expect(
      said([{ region: 'eastus2', replicas: 3 }], { ...SHALLOW, targetRegions: [{ region: 'eastus2', replicas: 1 }] })
    ).toEqual([expect.stringContaining('has 1 replica in')])
  })
})

test.each<[number, number, Partial<Observed>, string[]]>([
  [301, 1, {}, ['warning']],
  [300, 1, {}, []],
  [601, 2, {}, ['warning']],
  [301, 1, { account: f.account({ location: 'westus' }) }, []]
])('a rollout to %d nodes of a version with %d replicas', (count, replicas, change, severities) => {
  const rolloutVersion = f.version('1.0.0', { targetRegions: [{ region: 'eastus2', replicas }] })
  const seen = f.rolloutObserved({ rolloutVersion, ...change })
  expect(severitiesOf('rollout-replicas', f.rolloutOnlySpec(nodes(count)), seen)).toEqual(severities)
})

describe('the greatest version', () => {
  const said = (...names: string[]) =>
    messagesOf(
      'promotion-without-effect',
      f.releaseSpec(),
      f.observed({ versions: names.map(name => f.version(name, { excludeFromLatest: false })) })
    )

  test('that stays the latest is named', () => {
    expect(said('1.0.1', '1.10.0', '1.9.0')).toEqual([expect.stringContaining('"latest" stays "1.10.0"')])
  })

  test('that is the one published to is no obstacle', () => {
    expect(said('1.0.0', '0.9.0')).toEqual([])
  })
})

describe('what is there under the version’s number', () => {
  const said = (rule: string, change: Partial<GalleryImageVersion>) =>
    severitiesOf(rule, f.releaseSpec(), f.observed({ versions: [f.version('0.9.0'), f.version('1.0.0', change)] }))

  test('is only taken up where it answers the same inputs', () => {
    expect(said('version-taken', {})).toEqual(['error'])
    expect(said('version-taken', { tags: f.tagsOf('open') })).toEqual([])
  })

  test.each([
    ['Deleting', ['error']],
    ['Succeeded', []]
  ])('may be %s', (provisioningState, severities) => {
    expect(said('version-deleting', { provisioningState, tags: f.tagsOf('open') })).toEqual(severities)
  })

  test.each<[string, string, string[]]>([
    ['Shallow', 'westus', ['error']],
    ['Shallow', 'East US 2', []],
    ['Full', 'westus', []]
  ])('is %s, in %s', (replicationMode, region, severities) => {
    expect(said('shallow-region', { replicationMode, targetRegions: [{ region, replicas: 1 }] })).toEqual(severities)
  })
})

test.each<[string, Partial<Observed>, string[]]>([
  ['not there', { gallery: { exists: false } }, ['error']],
  ['there', {}, []]
])('a gallery that is %s', (_, change, severities) => {
  expect(severitiesOf('gallery-exists', f.releaseSpec(), f.observed(change))).toEqual(severities)
})

describe('a managed image', () => {
  const spec = f.releaseSpec({ publishTo: { kind: 'managed', imageId: f.MANAGED_IMAGE } as never })
  const key = f.imageSpec({ publishTo: { kind: 'managed', imageId: f.MANAGED_IMAGE } as never })
  const said = (rule: string, change: Partial<Observed>) => severitiesOf(rule, spec, f.observed(change))

  test('of other inputs is never replaced', () => {
    expect(said('managed-image-taken', { managedImage: f.managedImage() })).toEqual(['error'])
    expect(said('managed-image-taken', { managedImage: f.managedImage({ tags: f.tagsOf('open', key) }) })).toEqual([])
    expect(said('managed-image-taken', {})).toEqual([])
  })

  test('is made in its source’s region, which must be the account’s', () => {
    expect(said('managed-image-pool-region', {})).toEqual([])
    expect(said('managed-image-pool-region', { account: f.account({ location: 'westus' }) })).toEqual(['error'])
    expect(said('managed-image-pool-region', { account: undefined as never })).toEqual([])
  })
})

describe('an image that is rolled out', () => {
  const said = (rule: string, change: Partial<Observed>) =>
    messagesOf(rule, f.rolloutOnlySpec(), f.rolloutObserved(change))

  test('must be there, and of a generalized definition', () => {
    expect(said('rollout-image', {})).toEqual([])
    expect(said('rollout-image', { rolloutVersion: undefined as never })).toEqual([
      expect.stringContaining('does not exist')
    ])
    expect(said('rollout-image', { rolloutDefinition: f.galleryImage({ osState: 'Specialized' }) })).toEqual([
      expect.stringContaining('is of a specialized definition')
    ])
  })

  test('must be replicated to the account’s region, in any spelling of it', () => {
    const rolloutVersion = f.version('1.0.0', { targetRegions: [{ region: 'West US', replicas: 1 }] })
    expect(said('rollout-image-ready', { rolloutVersion, account: f.account({ location: 'westus' }) })).toEqual([])
    expect(said('rollout-image-ready', { rolloutVersion })).toEqual([
      expect.stringContaining('has no replica in "eastus2"')
    ])
  })

  test('whose replica failed is fixed by who made it; one that is under way is waited for', () => {
    const wayOut = (state: string) =>
      findingsOf(
        'rollout-image-ready',
        f.rolloutOnlySpec(),
        f.rolloutObserved({
          rolloutVersion: f.version('1.0.0', {
            replication: {
              aggregatedState: state,
              regions: [
                { region: 'West US', state: 'Completed', progress: 1 },
                { region: 'East US 2', state, progress: 1 }
              ]
            }
          })
        })
      ).map(one => one.wayOut)
    expect(wayOut('Failed')).toEqual([expect.stringMatching(/^run what made the version again/)])
    expect(wayOut('Replicating')).toEqual([expect.stringMatching(/^wait until it is Completed/)])
    expect(wayOut('Completed')).toEqual([])
  })
})

describe('a snapshot of the name that this run would give', () => {
  const [id] = f.planOf(f.releaseSpec(), f.observed()).image!.snapshotIds
  const said = (change: Parameters<typeof f.snapshot>[1]) =>
    messagesOf(
      'snapshot-taken',
      f.releaseSpec(),
      f.observed({
        snapshots: [
          f.snapshot('x', {
            snapshotId: id!,
            tags: f.tagsOf('open'),
            sourceResourceId: f.diskIdOf('source-os'),
            ...change
          })
        ]
      })
    )
  const hoursAgo = (hours: number): string => new Date(f.AT - hours * 3_600_000).toISOString()

  test.each<[string, Parameters<typeof f.snapshot>[1], string[]]>([
    ['of the same disk, of today', { timeCreated: hoursAgo(23) }, []],
    ['of the same disk, whose time isn’t told', {}, []],
    ['that doesn’t tell its disk', { sourceResourceId: undefined as never }, []],
    ['of the same disk, a day old', { timeCreated: hoursAgo(24) }, ['too old to publish as new']],
    ['of another disk', { sourceResourceId: f.diskIdOf('other') }, ['it is of "/subscriptions']],
    [
      'of another VM',
      { tags: { ...f.tagsOf('open'), 'batch-image-rollout-source': `${f.VM}-2` } },
      ['was not made for this image']
    ],
    ['of nobody knows what', { sourceResourceId: undefined as never, tags: {} }, ['it is of "an unknown source"']]
  ])('%s', (_, change, texts) => {
    expect(said(change)).toEqual(texts.map(text => expect.stringContaining(text)))
  })
})

test('500 incremental snapshots are no obstacle where this run’s own is one of them', () => {
  const [id] = f.planOf(f.releaseSpec(), f.observed()).image!.snapshotIds
  const many = Array.from({ length: 499 }, (_, index) =>
    f.snapshot(`s${index}`, { incremental: true, sourceResourceId: f.diskIdOf('source-os') })
  )
  const own = f.snapshot('x', { snapshotId: id!, incremental: true, sourceResourceId: f.diskIdOf('source-os') })
  expect(severitiesOf('snapshot-limit', f.releaseSpec(), f.observed({ snapshots: [...many, own] }))).toEqual([])
})

test.each([
  ['another subscription', '6f1b2c3d-0000-4000-8000-000000000002', ['note']],
  ['the same subscription in another casing', '6F1B2C3D-0000-4000-8000-000000000001', []]
])('an image in %s than the account', (_, subscription, severities) => {
  const imageId = f.versionIdOf('1.0.0').replace(/[^/]{36}/, subscription) as ReturnType<typeof f.versionIdOf>
  expect(
    severitiesOf('image-subscription', f.rolloutOnlySpec(f.rolloutSpec({ imageId })), f.rolloutObserved())
  ).toEqual(severities)
})

test('a definition that supports several kinds may take no snapshots; a managed image has none to ask', () => {
  const galleryImage = f.galleryImage({ features: { SecurityType: 'TrustedLaunchSupported' } })
  const managed = f.releaseSpec({ publishTo: { kind: 'managed', imageId: f.MANAGED_IMAGE } as never })
  const said = (spec = f.releaseSpec(), change: Partial<Observed> = {}) =>
    messagesOf('definition-supports', spec, f.observed({ galleryImage, ...change }))
  expect(said()).toEqual([expect.stringMatching(/^warning publish-to: definition "node" is TrustedLaunchSupported;/)])
  expect(
    said(f.releaseSpec(), { galleryImage: f.galleryImage({ features: { SecurityType: 'Supported by us' } }) })
  ).toEqual([])
  expect([said(managed), said(f.releaseSpec(), there())]).toEqual([[], []])
})

test('a gallery or a definition that isn’t whole is named by the input that leads to it', () => {
  const gallery = { exists: true, location: 'eastus2', provisioningState: 'Failed' } as never
  expect(messagesOf('gallery-state', f.releaseSpec(), f.observed({ gallery }))).toEqual([
    'warning publish-to: the gallery is Failed; Azure may refuse what is made in it'
  ])
  const rolloutDefinition = f.galleryImage({ provisioningState: 'Deleting' })
  expect(messagesOf('gallery-state', f.rolloutOnlySpec(), f.rolloutObserved({ gallery, rolloutDefinition }))).toEqual([
    'warning image-id: the gallery is Failed; Azure may refuse what is made in it',
    'error image-id: definition "node" is being deleted'
  ])
})

test('a snapshot that is too old is told by its time', () => {
  const [id] = f.planOf(f.releaseSpec(), f.observed()).image!.snapshotIds
  const old = f.snapshot('x', { snapshotId: id!, tags: f.tagsOf('open'), timeCreated: '2026-11-20T00:00:00Z' })
  expect(messagesOf('snapshot-taken', f.releaseSpec(), f.observed({ snapshots: [old] }))).toEqual([
    expect.stringContaining('is of 2026-11-20T00:00:00Z: too old')
  ])
})

test.each([
  ['gallery', ['note', 'warning']],
  ['managed', ['error', 'error']]
] as const)('a purchase plan of the base image, in a %s image', (kind, [users, batch]) => {
  const plan = { publisher: 'p', product: 'q', name: 'n' }
  const publishTo = kind === 'gallery' ? f.toGallery() : ({ kind, imageId: f.MANAGED_IMAGE } as never)
  const said = (poolAllocationMode: string) =>
    severitiesOf(
      'purchase-plan',
      f.releaseSpec({ publishTo }, f.rolloutSpec({ allowRetired: true })),
      f.observed({
        source: f.source({ plan }),
        galleryImage: f.galleryImage({ purchasePlan: plan }),
        account: f.account({ poolAllocationMode })
      })
    )
  expect([said('UserSubscription'), said('BatchService')]).toEqual([[users], [batch]])
})
