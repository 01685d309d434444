/** Rules of the source VM and its disks, at their edges; that each fires is in `test/scenario/checks.test.ts`. */
import { describe, expect, test } from '@jest/globals'
import type { Observed, Source } from '../../../../src/model/observed.ts'
import type { ImageSpec } from '../../../../src/model/spec.ts'
import { findingsOf, severitiesOf } from '../../../support/findings.ts'
import * as f from '../../../support/observed-fixtures.ts'

const { osDisk: OS, dataDisks: [ASSETS, CACHE] = [] } = f.source()
const managed = { publishTo: { kind: 'managed', imageId: f.MANAGED_IMAGE } } as unknown as Partial<ImageSpec>
const os = (disk: object) => ({ osDisk: { ...OS, disk: { ...OS.disk!, ...disk } } })
const assets = (disk: object) => ({ dataDisks: [{ ...ASSETS!, disk: { ...ASSETS!.disk!, ...disk } }, CACHE!] })
const without = (disk: Source['osDisk']): Source['osDisk'] => {
  const { diskId: _id, disk: _disk, ...rest } = disk
  return rest
}
const messagesOf = (
  rule: string,
  source: Partial<Source>,
  image: Partial<ImageSpec> = {},
  more: Partial<Observed> = {}
) =>
  findingsOf(rule, f.releaseSpec(image), f.observed({ source: f.source(source), ...more })).map(
    ({ severity, message }) => `${severity} ${message}`
  )
/** The image is there, and the source no longer matters. */
const whole = { versions: [f.version('1.0.0', { tags: f.tagsOf('complete') })] }

test.each<[string, Partial<Source>, Partial<ImageSpec>, string[]]>([
  ['all disks', {}, {}, []],
  [
    'an OS disk that nobody sees',
    { osDisk: { ...OS, disk: undefined as never } },
    {},
    ['disk "source-os" is not there']
  ],
  [
    'two disks that nobody sees',
    { dataDisks: [ASSETS!, CACHE!].map(disk => ({ ...disk, disk: undefined as never })) },
    {},
    ['disks "source-assets", "source-cache" are not there']
  ],
  [
    'a disk that nobody sees, and that isn’t chosen',
    { dataDisks: [ASSETS!, { ...CACHE!, disk: undefined as never }] },
    { dataDisks: [0] },
    []
  ],
  [
    'an OS disk on the host, which can’t be seen',
    { osDisk: { ...OS, disk: undefined as never, ephemeral: true } },
    {},
    []
  ],
  ['a disk that Azure doesn’t manage', { osDisk: without(OS) }, {}, []]
])('a source with %s', (_, source, image, texts) => {
  expect(messagesOf('source-exists', source, image)).toEqual(texts.map(text => expect.stringContaining(text)))
})

test('a source that is gone matters only where the image isn’t there', () => {
  const gone = { source: undefined as never }
  expect(severitiesOf('source-exists', f.releaseSpec(), f.observed(gone))).toEqual(['error'])
  expect(severitiesOf('source-exists', f.releaseSpec(), f.observed({ ...gone, ...whole }))).toEqual([])
})

test.each([
  [false, false, ['error']],
  [true, false, []],
  [false, true, []]
])('generalized by Azure: %s, by the inputs: %s', (generalized, said, severities) => {
  const spec = f.releaseSpec({ generalized: said })
  expect(severitiesOf('generalized', spec, f.observed({ source: f.source({ generalized }) }))).toEqual(severities)
  expect(severitiesOf('generalized', spec, f.observed({ source: f.source({ generalized }), ...whole }))).toEqual([])
})

test.each<[string | undefined, boolean, string[]]>([
  ['running', false, ['warning']],
  ['running', true, []],
  ['deallocated', false, []],
  ['stopped', false, []],
  [undefined, false, []]
])('a VM that is %s, with stop-vm %s', (powerState, stopVm, severities) => {
  const source = f.source({ powerState: powerState as string })
  expect(severitiesOf('vm-running', f.releaseSpec({ stopVm }), f.observed({ source }))).toEqual(severities)
})

test('only of several disks is it said that their moments differ', () => {
  expect(messagesOf('vm-running', { powerState: 'running' })[0]).toContain('not the same instant for all disks')
  expect(messagesOf('vm-running', { powerState: 'running', dataDisks: [] })[0]).not.toContain('not the same instant')
})

describe('a confidential VM', () => {
  const VM: Partial<Source> = { securityType: 'ConfidentialVM' }
  const far = {
    publishTo: f.toGallery({ targetRegions: [{ region: 'westus' }, { region: 'West US' }, { region: 'East US 2' }] })
  }

  test('makes no managed image; nor does one of Trusted Launch', () => {
    expect(messagesOf('trusted-launch-managed-image', VM, managed)).toEqual([
      expect.stringContaining('is a confidential VM')
    ])
    expect(messagesOf('trusted-launch-managed-image', { securityType: 'TrustedLaunch' }, managed)).toEqual([
      expect.stringContaining('is a Trusted Launch VM')
    ])
    expect(messagesOf('trusted-launch-managed-image', {}, managed)).toEqual([])
    expect(messagesOf('trusted-launch-managed-image', VM)).toEqual([])
  })

  test('stays in its region, each other of which is named once', () => {
    expect(messagesOf('confidential-source', VM)).toEqual([])
    expect(messagesOf('confidential-source', VM, far)).toEqual([
      expect.stringMatching(/^error .*another region: westus, West US$/)
    ])
    expect(messagesOf('confidential-source', VM, {}, { account: f.account({ location: 'westus' }) })).toEqual([
      expect.stringMatching(/another region: westus$/)
    ])
    expect(messagesOf('confidential-source', {}, far)).toEqual([])
  })

  test.each<[string, Partial<Source>, string[]]>([
    ['a customer’s key', os({ securityType: 'ConfidentialVM_DiskEncryptedWithCustomerKey' }), ['error']],
    ['a platform’s key', os({ securityType: 'ConfidentialVM_DiskEncryptedWithPlatformKey' }), []],
    [
      'an encrypted Windows disk',
      { osType: 'Windows', ...os({ securityType: 'ConfidentialVM_DiskEncryptedWithPlatformKey' }) },
      ['warning']
    ],
    [
      'an unencrypted Windows disk',
      { osType: 'Windows', ...os({ securityType: 'ConfidentialVM_VMGuestStateOnlyEncryptedWithPlatformKey' }) },
      []
    ]
  ])('with %s', (_, source, severities) => {
    const seen = f.observed({ source: f.source({ ...VM, ...source }) })
    expect(severitiesOf('confidential-source', f.releaseSpec(), seen)).toEqual(severities)
  })
})

test.each<[string, Partial<Source>, string[]]>([
  ['an ephemeral OS disk', { osDisk: { ...OS, ephemeral: true } }, ['error']],
  ['an OS disk that is managed', {}, []]
])('a VM with %s', (_, source, severities) => {
  expect(severitiesOf('ephemeral-os-disk', f.releaseSpec(), f.observed({ source: f.source(source) }))).toEqual(
    severities
  )
})

test.each<[string, Partial<Source>, Partial<ImageSpec>, string[]]>([
  ['managed-disks', { osDisk: without(OS) }, {}, ['error .*disk "source-os" is not managed']],
  ['managed-disks', { dataDisks: [{ ...without(ASSETS!), lun: 0 }] }, { dataDisks: 'none' }, []],
  ['azure-disk-encryption', os({ azureDiskEncryption: true }), {}, ['error .*"source-os" is encrypted']],
  ['azure-disk-encryption', assets({ azureDiskEncryption: true }), { dataDisks: [1] }, []],
  ['azure-disk-encryption', {}, {}, []],
  ['disk-type', assets({ sku: 'PremiumV2_LRS' }), {}, ['error .*"source-assets" \\(PremiumV2_LRS\\)']],
  ['disk-type', assets({ sku: 'ultrassd_lrs' }), managed, ['warning .*"source-assets" \\(ultrassd_lrs\\)']],
  ['disk-type', assets({ sku: 'xPremiumV2_LRS' }), {}, []],
  ['disk-type', assets({ sku: 'PremiumV2_LRSx' }), {}, []],
  ['disk-type', assets({ sku: 'Premium_LRS' }), {}, []]
])('%s: %j, %j', (rule, source, image, lines) => {
  expect(messagesOf(rule, source, image)).toEqual(lines.map(line => expect.stringMatching(new RegExp(`^${line}`))))
})

describe('the size of a disk', () => {
  const shallow = { publishTo: f.toGallery({ replicationMode: 'Shallow' }) }

  test.each<[string, Partial<Source>, Partial<ImageSpec>, string[]]>([
    ['OS disk of 2,048 GiB', os({ sizeGB: 2_048 }), {}, []],
    ['OS disk of 2,049 GiB', os({ sizeGB: 2_049 }), {}, ['error']],
    ['OS disk of 2,049 GiB, Shallow', os({ sizeGB: 2_049 }), shallow, []],
    ['data disk of 1,024 GiB', assets({ sizeGB: 1_024 }), {}, []],
    ['data disk of 1,025 GiB', assets({ sizeGB: 1_025 }), {}, ['warning']],
    ['data disk of 2,049 GiB', assets({ sizeGB: 2_049 }), {}, ['error']],
    ['data disk of 2,049 GiB, Shallow', assets({ sizeGB: 2_049 }), shallow, ['warning']],
    ['data disk of 2,049 GiB, in a managed image', assets({ sizeGB: 2_049 }), managed, []],
    ['data disk of nobody knows what', assets({ sizeGB: undefined }), {}, []]
  ])('%s', (_, source, image, severities) => {
    expect(severitiesOf('disk-size', f.releaseSpec(image), f.observed({ source: f.source(source) }))).toEqual(
      severities
    )
  })

  test('only a data disk can be left out', () => {
    const wayOut = (source: Partial<Source>) =>
      findingsOf('disk-size', f.releaseSpec(), f.observed({ source: f.source(source) }))[0]?.wayOut
    expect(wayOut(os({ sizeGB: 3_000 }))).toMatch(/^shrink it/)
    expect(wayOut(assets({ sizeGB: 3_000 }))).toMatch(/^leave it out with data-disks, shrink it/)
  })
})

test.each<[ImageSpec['dataDisks'], Partial<Source>, string[]]>([
  [[0, 1], {}, []],
  [[0, 2, 3], {}, ['LUN 2, 3 is not attached to "source"; it has 0, 1']],
  [[0], { dataDisks: [] }, ['LUN 0 is not attached to "source"; it has none']],
  ['all', { dataDisks: [] }, []]
])('data-disks: %j of %j', (dataDisks, source, texts) => {
  expect(messagesOf('data-disk-luns', source, { dataDisks })).toEqual(texts.map(text => expect.stringContaining(text)))
})

describe('data disks of the image', () => {
  const said = (startTask: boolean, dataDisks: ImageSpec['dataDisks'] = 'all') =>
    severitiesOf(
      'data-disks-mounted',
      f.releaseSpec({ dataDisks }, f.rolloutSpec({ pool: startTask ? {} : { startTask: undefined } })),
      f.observed()
    )
  test('are mounted by a start task, or by nobody', () => {
    expect([said(true), said(false), said(false, 'none')]).toEqual([['note'], ['warning'], []])
    expect(severitiesOf('data-disks-mounted', f.imageOnlySpec(), f.observed())).toEqual(['note'])
  })
})

test.each([
  ['ReadWrite', []],
  ['ReadOnly', ['note']]
] as const)('an OS disk with caching %s', (caching, severities) => {
  const seen = f.observed({ source: f.source({ osDisk: { ...OS, caching } }) })
  expect(severitiesOf('os-disk-caching', f.releaseSpec(), seen)).toEqual(severities)
})

test('the temporary drive is named as the guest names it', () => {
  expect(messagesOf('temporary-drive', { osType: 'Windows' })).toEqual([expect.stringContaining('(D:)')])
  expect(messagesOf('temporary-drive', {})).toEqual([expect.stringContaining('(/mnt, or /mnt/resource)')])
})

describe('a VM with the lease of another run in its tags', () => {
  const LEASE = 'batch-image-rollout-lease'
  const hour = (offset: number): string => new Date(f.AT + offset * 3_600_000).toISOString()
  const vm = (offset: number, change: Partial<Source> = {}) =>
    f.source({
      tags: { [LEASE]: JSON.stringify({ ...f.OTHER_RUN, until: hour(offset) }) },
      powerState: 'deallocated',
      ...change
    })
  const said = (spec: Parameters<typeof severitiesOf>[1], source: Source, more: Partial<Observed> = {}) => ({
    held: severitiesOf('vm-held', spec, f.observed({ source, ...more })),
    left: severitiesOf('vm-left-stopped', spec, f.observed({ source, ...more }))
  })
  const [stops, doesnt] = [f.releaseSpec({ stopVm: true }), f.releaseSpec()]

  test.each<[string, Parameters<typeof severitiesOf>[1], Source, Partial<Observed>, ReturnType<typeof said>]>([
    ['that holds it, where this run would stop it', stops, vm(1), {}, { held: ['error'], left: [] }],
    ['that ran out, where this run would stop it', stops, vm(-1), {}, { held: [], left: [] }],
    ['that holds it, where the image is there', stops, vm(1), whole, { held: [], left: ['note'] }],
    ['that ran out, where the image is there', stops, vm(-1), whole, { held: [], left: [] }],
    ['that holds it, where this run doesn’t stop it', doesnt, vm(1), {}, { held: [], left: ['note'] }],
    ['that ran out, where this run doesn’t stop it', doesnt, vm(-1), {}, { held: [], left: ['warning'] }],
    ['that ran out, and it runs', doesnt, vm(-1, { powerState: 'running' }), {}, { held: [], left: [] }],
    ['that ran out, and it starts', doesnt, vm(-1, { powerState: 'starting' }), {}, { held: [], left: [] }],
    [
      'that ran out, in an unknown state',
      doesnt,
      vm(-1, { powerState: undefined as never }),
      {},
      { held: [], left: ['warning'] }
    ],
    ['that is gone', doesnt, vm(1, { tags: {} }), {}, { held: [], left: [] }],
    [
      'by Azure’s time of the read, which counts',
      stops,
      vm(1, { readAt: f.AT + 2 * 3_600_000 }),
      {},
      { held: [], left: [] }
    ]
  ])('%s', (_, spec, source, more, expected) => {
    expect(said(spec, source, more)).toEqual(expected)
  })
})

test.each([
  ['Deleting', ['error']],
  ['Updating', []]
])('a VM that is %s', (provisioningState, severities) => {
  const source = f.source({ provisioningState })
  expect(severitiesOf('vm-deleting', f.releaseSpec(), f.observed({ source }))).toEqual(severities)
  expect(severitiesOf('vm-deleting', f.releaseSpec(), f.observed({ source, ...whole }))).toEqual([])
})

test('extensions are named by publisher and type', () => {
  const extensions = [
    { name: 'a', publisher: 'Microsoft.Azure', type: 'Monitor' },
    { name: 'b', publisher: 'P', type: 'T' }
  ]
  expect(messagesOf('vm-extensions', { extensions })).toEqual([
    expect.stringContaining('has extensions: Microsoft.Azure.Monitor, P.T;')
  ])
  expect(messagesOf('vm-extensions', {})).toEqual([])
})

test('of the data disks only those that are chosen are looked at', () => {
  const said = (dataDisks: ImageSpec['dataDisks']) =>
    messagesOf('azure-disk-encryption', assets({ azureDiskEncryption: true }), { dataDisks })
  expect([said('all').length, said([0]).length, said([1]).length, said('none').length]).toEqual([1, 1, 0, 0])
})

test('a confidential VM of which no account is known goes where it is asked to, and no further', () => {
  const spec = f.imageOnlySpec()
  const seen = f.observed({ source: f.source({ securityType: 'ConfidentialVM' }), account: undefined as never })
  expect(findingsOf('confidential-source', spec, seen)).toEqual([])
})

test('a VM that was left stopped is told with its state, and by whom', () => {
  const until = '2026-11-23T08:00:00.000Z'
  const left = (powerState: string | undefined) =>
    messagesOf('vm-left-stopped', {
      tags: { 'batch-image-rollout-lease': JSON.stringify({ ...f.OTHER_RUN, until }) },
      powerState: powerState as string
    })
  expect(left('stopped')).toEqual([
    'warning source-vm: "source" is stopped: run 4000 attempt 2 of pixel/farm stopped it, and has not started it again'
  ])
  expect(left(undefined)).toEqual([expect.stringContaining('"source" is in an unknown state: run 4000')])
})
