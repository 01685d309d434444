/** How a pool, its nodes and its image stand: small questions that much hangs on. */
import { expect, test } from '@jest/globals'
import type { JsonObject } from '../../../src/model/json.ts'
import type { Pool, Scale } from '../../../src/model/observed.ts'
import { ask } from '../../../src/decide/ask-nodes.ts'
import { factsOf } from '../../../src/plan/facts.ts'
import { formulaShortfall } from '../../../src/rules/formula-shortfall.ts'
import { isOlderThan } from '../../../src/rules/node-health.ts'
import { scaleToRestore, withRestorePoint, NO_CHANGE } from '../../../src/rules/pool-metadata.ts'
import { isAsAsked, isAsFound, isAtZero } from '../../../src/rules/pool-standing.ts'
import { situationOf } from '../../../src/plan/situation.ts'
import { hasCustomersKey, regionEncryption } from '../../../src/plan/image/security.ts'
import * as f from '../../support/observed-fixtures.ts'

const fixed = (targetDedicatedNodes: number, targetLowPriorityNodes = 0): Scale => ({
  kind: 'fixed',
  targetDedicatedNodes,
  targetLowPriorityNodes
})
const auto = (formula: string): Scale => ({ kind: 'auto', formula })

test.each<[Scale, boolean]>([
  [fixed(0), true],
  [fixed(1), false],
  [fixed(0, 1), false],
  [fixed(2, 2), false],
  [auto('$x = 0'), false]
])('a pool with scale %j is asked for no nodes: %s', (scale, is) => {
  expect(isAtZero(f.pool({ scale }))).toBe(is)
})

test.each<[string, Partial<Pool>, boolean]>([
  ['the same, in another casing', { imageId: f.versionIdOf('1.0.0').toUpperCase() }, true],
  ['another image', { imageId: f.versionIdOf('2.0.0') }, false],
  ['no image', { imageId: undefined as never }, false],
  ['more dedicated nodes', { scale: fixed(21) }, false],
  ['a low-priority node', { scale: fixed(20, 1) }, false],
  ['a formula', { scale: auto('x') }, false]
])('a pool with %s is as it was found: %s', (_, change, is) => {
  expect(isAsFound(f.pool(change), f.pool())).toBe(is)
})

test('of a formula only its text counts', () => {
  const of = (scale: Scale) => f.pool({ scale })
  expect(isAsFound(of({ ...auto('x'), evaluationInterval: 'PT5M' } as Scale), of(auto('x')))).toBe(true)
  expect(isAsFound(of(auto('x')), of(auto('y')))).toBe(false)
  expect(isAsFound(of(fixed(0)), of(auto('x')))).toBe(false)
})

const METADATA = [{ name: 'a', value: '1' }]
const SCALE_BODY = { fixedScale: { targetDedicatedNodes: 20, targetLowPriorityNodes: 0 } }

test.each<[string, JsonObject, boolean]>([
  ['all of it', { metadata: METADATA, scaleSettings: SCALE_BODY, taskSlotsPerNode: 4 }, true],
  ['metadata alone', { metadata: METADATA }, true],
  ['other metadata', { metadata: [{ name: 'a', value: '2' }] }, false],
  ['another scale', { metadata: METADATA, scaleSettings: { fixedScale: { targetDedicatedNodes: 21 } } }, false],
  ['another property', { metadata: METADATA, taskSlotsPerNode: 2 }, false],
  ['no metadata, so that nobody can say whose it is', { scaleSettings: SCALE_BODY }, false]
])('a pool is as it was asked to be by a body with %s: the last column', (_, properties, is) => {
  const pool = f.pool({ properties: { metadata: METADATA, scaleSettings: SCALE_BODY, taskSlotsPerNode: 4 } })
  expect(isAsAsked(pool, { properties })).toBe(is)
})

const T0 = '2026-11-23T09:00:00Z'
const T1 = '2026-11-23T09:00:01Z'
test.each<[string | undefined, string | undefined, boolean]>([
  [T0, T1, true],
  [T1, T1, false],
  [T1, T0, false],
  [undefined, T1, false],
  [T0, undefined, false]
])('a node of %s is older than a version of %s: %s', (allocatedAt, publishedAt, is) => {
  expect(isOlderThan({ allocatedAt } as never, { publishedAt } as never)).toBe(is)
})

test.each<[Scale, Scale, boolean]>([
  [fixed(0), fixed(20, 5), true],
  [fixed(19, 5), fixed(20, 5), true],
  [fixed(20, 4), fixed(20, 5), true],
  [fixed(20, 5), fixed(20, 5), false],
  [fixed(21, 6), fixed(20, 5), false],
  [auto('x'), fixed(20), false],
  [fixed(20), auto('x'), true]
])('a pool at %j whose former scale was %j still has that to get back: %s', (present, former, is) => {
  const imageId = f.versionIdOf('1.0.0')
  const { set } = withRestorePoint(NO_CHANGE, { scale: former, imageId }, f.CONTEXT)
  const pool = (own: string) => ({ scale: present, imageId: own as typeof imageId, metadata: set })
  expect(scaleToRestore(pool(imageId)) !== undefined).toBe(is)
  // With another image the drain isn't over, whatever the scale.
  expect(scaleToRestore(pool(f.versionIdOf('2.0.0')))).toEqual(former)
})

const error = { code: 'AllocationFailed', message: 'm', details: [] }
const short = (change: Partial<Pool>) => formulaShortfall(f.pool({ scale: auto('x'), ...change }))

test('a formula fell short where its last resize ended with an error and fewer nodes than it asked for', () => {
  const resize = { targetDedicatedNodes: 21, errors: [error] }
  expect(short({ resize })).toEqual({
    asked: { dedicated: 21, lowPriority: 0 },
    has: { dedicated: 20, lowPriority: 0 },
    error
  })
  expect(short({ resize: { targetLowPriorityNodes: 1, errors: [error] } })?.asked).toEqual({
    dedicated: 20,
    lowPriority: 1
  })
})

test.each<[string, Partial<Pool>]>([
  ['while the pool resizes', { allocationState: 'Resizing', resize: { targetDedicatedNodes: 21, errors: [error] } }],
  ['without an error', { resize: { targetDedicatedNodes: 21, errors: [] } }],
  ['without a resize', {}],
  ['where all came', { resize: { targetDedicatedNodes: 20, errors: [error] } }],
  ['where nobody says what was asked for', { resize: { errors: [error] } }],
  ['with a fixed scale', { scale: fixed(21), resize: { targetDedicatedNodes: 21, errors: [error] } }]
])('a formula did not fall short %s', (_, change) => {
  expect(short(change)).toBeUndefined()
})

test('a scale that the pool has already is asked for by way of the nodes that are there', () => {
  const pool = f.pool({ scale: fixed(20, 5), currentDedicatedNodes: 18 })
  const has = { dedicated: 18, lowPriority: 0 }
  const target = { dedicated: 20, lowPriority: 5 }
  expect(ask(pool, target, 'r')).toEqual({
    kind: 'resize',
    progress: { target: has, then: target, attempt: 1, had: has },
    reason: 'r, by way of 18 dedicated nodes'
  })
  const more = { dedicated: 20, lowPriority: 6 }
  expect(ask(pool, more, 'r')).toEqual({
    kind: 'resize',
    progress: { target: more, attempt: 1, had: has },
    reason: 'r'
  })
  expect(ask({ ...pool, scale: auto('x') }, target, 'r')).toMatchObject({ progress: { target } })
})

test('what is known of a wave that is asked for again stays, and the resize before is remembered', () => {
  const pool = f.pool({ resize: { startTime: T0, errors: [] } })
  const kept = { attempt: 2, chances: 1, hadChance: true, isDenied: true } as const
  const decision = ask(pool, { dedicated: 21, lowPriority: 0 }, 'r', kept)
  expect(decision).toMatchObject({ progress: { ...kept, formerStartTime: T0 } })
  const fresh = ask(f.pool(), { dedicated: 21, lowPriority: 0 }, 'r')
  expect(Object.keys((fresh as { progress: object }).progress).toSorted()).toEqual(['attempt', 'had', 'target'])
})

const facts = (seen: Partial<ReturnType<typeof f.observed>>, spec = f.releaseSpec()): string[] =>
  factsOf(situationOf(spec, f.observed(seen), f.CONTEXT)).map(({ label, value }) => `${label}: ${value}`)

test.each<[string, Parameters<typeof facts>[0], string]>([
  [
    'a VM that is generalized',
    { source: f.source({ generalized: true }) },
    'source: VM source in eastus2 (deallocated, generalized)'
  ],
  [
    'a VM of which nothing is known',
    { source: f.source({ powerState: undefined as never }) },
    'source: VM source in eastus2 (state unknown)'
  ],
  ['a VM from a custom image', { source: f.source({ imageReference: { id: '/x' } }) }, 'base image: /x'],
  ['a VM from an attached disk', { source: f.source({ imageReference: undefined as never }) }, 'base image: not known'],
  [
    'a VM with one disk of unknown size',
    { source: f.source({ dataDisks: [], osDisk: { ...f.source().osDisk, disk: undefined as never } }) },
    'disks: 1 (OS), 0 GiB'
  ],
  ['no definition', { galleryImage: undefined as never }, 'definition: node (to be made)'],
  ['one version', { versions: [f.version('0.9.0')] }, 'definition: node (1 version)'],
  ['two versions', { versions: [f.version('0.9.0'), f.version('0.8.0')] }, 'definition: node (2 versions)'],
  ['no account', { account: undefined as never }, 'account: missing'],
  ['no pool', {}, 'pool: render (to be made)'],
  ['no node agent', { supportedImages: [] }, 'node agent: not known'],
  [
    'a node agent of the pool',
    { source: f.source({ imageReference: undefined as never }), pool: f.pool() },
    'node agent: batch.node.ubuntu 22.04 (pool)'
  ]
])('of %s it is told: %#', (_, seen, line) => {
  expect(facts(seen)).toContain(line)
})

test('of an image alone no pool is told', () => {
  expect(facts({}, f.imageOnlySpec()).filter(line => /^(account|pool|node agent):/.test(line))).toEqual([])
})

const confidential = (securityType?: string) =>
  f.source({
    securityType: 'ConfidentialVM',
    osDisk: { ...f.source().osDisk, disk: { ...f.source().osDisk.disk!, ...(securityType && { securityType }) } }
  })

test.each<[string | undefined, string | undefined, boolean]>([
  ['ConfidentialVM_DiskEncryptedWithPlatformKey', 'EncryptedWithPmk', false],
  ['confidentialvm_vmgueststateonlyencryptedwithplatformkey', 'EncryptedVMGuestStateOnlyWithPmk', false],
  ['ConfidentialVM_NonPersistedTPM', 'NonPersistedTPM', false],
  ['ConfidentialVM_DiskEncryptedWithCustomerKey', undefined, true],
  ['ConfidentialVM_DiskEncryptedWithCustomerKeyX', undefined, false],
  [undefined, undefined, false]
])(
  'of a confidential source whose OS disk says %s, the encryption of a version is %s',
  (type, encryption, isCustomers) => {
    const source = confidential(type)
    expect(regionEncryption(source)).toEqual(
      encryption && { osDiskImage: { securityProfile: { confidentialVMEncryptionType: encryption } } }
    )
    expect(hasCustomersKey(source)).toBe(isCustomers)
    expect(regionEncryption({ ...source, securityType: 'Standard' })).toBeUndefined()
  }
)
