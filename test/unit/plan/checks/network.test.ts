/** Rules of the network and of what a pool spec names, at their edges; that each fires is in `test/scenario/checks.test.ts`. */
import { describe, expect, test } from '@jest/globals'
import { childId } from '../../../../src/model/arm-id.ts'
import type { JsonObject } from '../../../../src/model/json.ts'
import type { Looked, Named, Observed, PublicIP, VirtualNetwork } from '../../../../src/model/observed.ts'
import { findingsOf, severitiesOf } from '../../../support/findings.ts'
import * as f from '../../../support/observed-fixtures.ts'

const GROUP = '/subscriptions/s/resourceGroups/r/providers'
const NETWORK = `${GROUP}/Microsoft.Network/virtualNetworks/farm`
const SUBNET = `${NETWORK}/subnets/nodes`
const IP = `${GROUP}/Microsoft.Network/publicIPAddresses/ip` as Named['publicIPs'][number]['id']
const IDENTITY = `${GROUP}/Microsoft.ManagedIdentity/userAssignedIdentities/me` as Named['identities'][number]['id']
const SET = `${GROUP}/Microsoft.Compute/diskEncryptionSets/set` as Named['encryptionSets'][number]['id']
const PACKAGE = childId(f.ACCOUNT, 'applications', 'tool') as Named['packages'][number]['id']

const named = (change: Partial<Named>): Partial<Observed> => ({
  named: { identities: [], packages: [], publicIPs: [], encryptionSets: [], ...change }
})
const ofPool = (properties: JsonObject = {}) => f.releaseSpec({}, f.rolloutSpec({ pool: properties }))
const messagesOf = (rule: string, spec: ReturnType<typeof ofPool>, change: Partial<Observed>): string[] =>
  findingsOf(rule, spec, f.observed(change)).map(({ severity, message }) => `${severity} ${message}`)
/** A pool whose body names `id`. */
const poolNaming = (properties: JsonObject): Partial<Observed> => ({ pool: f.pool({ properties }) })

describe('the subnet', () => {
  const inSubnet = (configuration: JsonObject = {}) =>
    ofPool({ networkConfiguration: { subnetId: SUBNET, ...configuration } })
  const subnet: VirtualNetwork['subnets'][number] = {
    name: 'Nodes',
    addressPrefixes: [],
    usedAddresses: 0,
    delegations: [],
    isPrivate: false
  }
  const found = (change: Partial<VirtualNetwork> = {}): Partial<Observed> =>
    named({ network: { found: { location: 'East US 2', subnets: [subnet], ...change } } })

  test.each<[string, Partial<Observed>, string[]]>([
    ['in the account’s region', found(), []],
    [
      'in another region',
      found({ location: 'westus' }),
      ['error .* is in "westus", and the Batch account in "eastus2"']
    ],
    [
      'in another region, with no account to hold it against',
      { ...found({ location: 'westus' }), account: undefined as never },
      []
    ],
    [
      'that is not there',
      found({
        subnets: [
          { ...subnet, name: 'a' },
          { ...subnet, name: 'b' }
        ]
      }),
      ['error .* does not exist; it has "a", "b"$']
    ],
    ['of a network without any', found({ subnets: [] }), ['error .* does not exist; it has none$']],
    [
      'of a network that is not there',
      named({ network: { found: undefined } }),
      ['error .*there is no such virtual network$']
    ],
    [
      'that is not there, and that the pool has',
      {
        ...named({ network: { found: undefined } }),
        ...poolNaming({ networkConfiguration: { subnetId: SUBNET.toUpperCase() } })
      },
      ['warning .*there is no such virtual network$']
    ],
    [
      'that is delegated',
      found({ subnets: [{ ...subnet, delegations: ['a/b', 'c/d'] }] }),
      ['warning .* is delegated to a/b, c/d;']
    ],
    [
      'that nobody could look at',
      named({ network: { unread: { action: 'x/read', why: 'Azure gave no answer' } } }),
      ['note .*the subnet could not be checked']
    ]
  ])('%s', (_, change, lines) => {
    expect(messagesOf('subnet', inSubnet(), change)).toEqual(
      lines.map(line => expect.stringMatching(new RegExp(`^${line}`)))
    )
  })

  test.each<[string, Partial<VirtualNetwork['subnets'][number]>, string, number]>([
    ['none, and no addresses', { isPrivate: true }, 'NoPublicIPAddresses', 1],
    ['none, and addresses', { isPrivate: true }, 'BatchManaged', 0],
    ['one, and no addresses', { isPrivate: false }, 'nopublicipaddresses', 0]
  ])('with a way out: %s', (_, change, provision, count) => {
    const spec = inSubnet({ publicIPAddressConfiguration: { provision } })
    expect(
      messagesOf(
        'subnet-outbound',
        spec,
        found({
          subnets: [
            { ...subnet, name: 'other' },
            { ...subnet, ...change }
          ]
        })
      )
    ).toHaveLength(count)
  })

  test('that nobody could look at is not said to be without a way out', () => {
    const spec = inSubnet({ publicIPAddressConfiguration: { provision: 'NoPublicIPAddresses' } })
    expect(messagesOf('subnet-outbound', spec, named({ network: { unread: { action: 'x', why: 'y' } } }))).toEqual([])
    expect(messagesOf('subnet-outbound', spec, named({}))).toEqual([])
  })
})

describe('public IP addresses', () => {
  const address = (change: Partial<PublicIP> = {}): Looked<PublicIP> => ({
    found: { location: 'East US 2', sku: 'Standard', allocationMethod: 'Static', ...change }
  })
  const said = (looked: Looked<PublicIP>, change: Partial<Observed> = {}) =>
    messagesOf('public-ips', ofPool(), { ...named({ publicIPs: [{ id: IP, looked }] }), ...change })

  test.each<[string, Looked<PublicIP>, Partial<Observed>, string[]]>([
    ['of the right kind', address(), {}, []],
    ['that say nothing of their kind', { found: { location: 'eastus2' } }, {}, []],
    ['in another region', address({ location: 'westus' }), {}, ['error .* is in "westus"']],
    [
      'in another region, with no account to hold them against',
      address({ location: 'westus' }),
      { account: undefined as never },
      []
    ],
    ['of the basic kind, in any casing', address({ sku: 'basic' }), {}, ['warning .* is basic, Static;']],
    ['that change, in any casing', address({ allocationMethod: 'DYNAMIC' }), {}, ['warning .* is Standard, DYNAMIC;']],
    ['that something uses', address({ usedBy: 'x' }), {}, ['warning .* is used by x already']],
    ['that something uses, which may be the pool', address({ usedBy: 'x' }), { pool: f.pool() }, []],
    ['that are not there', { found: undefined }, {}, ['error .* does not exist in subscription "s"$']],
    [
      'that are not there, and that the pool has',
      { found: undefined },
      poolNaming({ list: [{ id: IP }] }),
      ['warning .* does not exist']
    ]
  ])('%s', (_, looked, change, lines) => {
    expect(said(looked, change)).toEqual(lines.map(line => expect.stringMatching(new RegExp(`^${line}`))))
  })

  test.each<[number, number, number, string[]]>([
    [1, 100, 0, []],
    [1, 101, 0, ['error']],
    [2, 100, 100, []],
    [2, 150, 50, ['warning']],
    [2, 101, 100, ['error']],
    [1, 50, 50, ['warning']],
    [3, 150, 50, []]
  ])('%d of them for %d dedicated and %d low-priority nodes', (count, dedicated, lowPriority, severities) => {
    const fixedScale = { targetDedicatedNodes: dedicated, targetLowPriorityNodes: lowPriority }
    const publicIPs = Array.from({ length: count }, () => ({ id: IP, looked: address() }))
    const found = messagesOf('public-ips', ofPool({ scaleSettings: { fixedScale } }), named({ publicIPs }))
    expect(found.map(line => line.split(' ')[0])).toEqual(severities)
  })

  test('as many as are needed are named, one of each kind of nodes begun', () => {
    const fixedScale = { targetDedicatedNodes: 101, targetLowPriorityNodes: 1 }
    const [finding] = findingsOf(
      'public-ips',
      ofPool({ scaleSettings: { fixedScale } }),
      f.observed(named({ publicIPs: [{ id: IP, looked: address() }] }))
    )
    expect(finding).toMatchObject({
      message: expect.stringContaining('1 public IP address for 101 dedicated and 1 low-priority nodes'),
      wayOut: expect.stringMatching(/^name 3 or more/)
    })
  })

  test('can’t be counted against a formula', () => {
    const formula = ofPool({ scaleSettings: { autoScale: { formula: '$TargetDedicatedNodes = 500;' } } })
    expect(messagesOf('public-ips', formula, named({ publicIPs: [{ id: IP, looked: address() }] }))).toEqual([])
  })
})

describe('what a pool spec names', () => {
  const absent = { found: undefined }
  const denied = { unread: { action: 'x/read', why: 'Azure answered "AuthorizationFailed"' } }

  test.each<[string, string, Partial<Observed>, string[]]>([
    ['an identity', 'identities', named({ identities: [{ id: IDENTITY, looked: { found: {} } }] }), []],
    [
      'an identity that is not there',
      'identities',
      named({ identities: [{ id: IDENTITY, looked: absent }] }),
      ['error']
    ],
    [
      'an identity that is not there, and that the pool has as a key',
      'identities',
      {
        ...named({ identities: [{ id: IDENTITY, looked: absent }] }),
        pool: f.pool({ identity: { userAssignedIdentities: { [IDENTITY.toLowerCase()]: {} } } })
      },
      ['warning']
    ],
    [
      'an encryption set',
      'encryption-sets',
      named({ encryptionSets: [{ id: SET, looked: { found: { location: 'East US 2' } } }] }),
      []
    ],
    [
      'an encryption set elsewhere',
      'encryption-sets',
      named({ encryptionSets: [{ id: SET, looked: { found: { location: 'westus' } } }] }),
      ['error']
    ],
    [
      'an encryption set, with no account to hold it against',
      'encryption-sets',
      {
        ...named({ encryptionSets: [{ id: SET, looked: { found: { location: 'westus' } } }] }),
        account: undefined as never
      },
      []
    ],
    [
      'an encryption set that is not there',
      'encryption-sets',
      named({ encryptionSets: [{ id: SET, looked: absent }] }),
      ['error']
    ],
    [
      'an encryption set that nobody may see',
      'encryption-sets',
      named({ encryptionSets: [{ id: SET, looked: denied }] }),
      ['note']
    ]
  ])('%s', (_, rule, change, severities) => {
    expect(severitiesOf(rule, ofPool(), f.observed(change))).toEqual(severities)
  })

  test.each<[string, Partial<Named['packages'][number]>, string[]]>([
    ['the default version', { looked: { found: { version: '1' } } }, []],
    ['no default version', { looked: { found: {} } }, ['error .*"tool" has no default version']],
    ['a version that is active', { version: '1', looked: { found: { version: '1', state: 'Active' } } }, []],
    [
      'a version that is pending',
      { version: '1', looked: { found: { version: '1', state: 'Pending' } } },
      ['error .*"tool" version "1" was uploaded and not activated']
    ],
    ['a version that is not there', { version: '1', looked: absent }, ['error .*"tool" version "1" does not exist']]
  ])('of an application package, %s', (_, change, lines) => {
    const packages = [{ id: PACKAGE, looked: absent, ...change }]
    expect(messagesOf('application-packages', ofPool(), named({ packages }))).toEqual(
      lines.map(line => expect.stringMatching(new RegExp(`^${line}`)))
    )
  })

  test('a package of another account is refused, whatever is there', () => {
    const id = PACKAGE.replace('/farm/', '/other/') as typeof PACKAGE
    const packages = [{ id, version: '2', looked: { found: { version: '2', state: 'Active' } } }]
    expect(messagesOf('application-packages', ofPool(), named({ packages }))).toEqual([
      expect.stringMatching(/^error .*"tool" version "2" is of account "other"/)
    ])
  })

  test.each([
    ['Azure answered "AuthorizationFailed"', /^give the identity that signs in a role with the action "x\/read"/],
    ['Azure answered "LinkedAccessCheckDenied"', /^give the identity/],
    ['Azure answered "Forbidden"', /^give the identity/],
    ['Azure gave no answer in 3 minutes', /^make sure of it by hand/]
  ])('what could not be looked at, because %s, is told with the way to it', (why, wayOut) => {
    const [finding] = findingsOf(
      'identities',
      ofPool(),
      f.observed(named({ identities: [{ id: IDENTITY, looked: { unread: { action: 'x/read', why } } }] }))
    )
    expect(finding).toMatchObject({ severity: 'note', wayOut: expect.stringMatching(wayOut) })
  })
})

describe('a resource group that inputs name', () => {
  const groups = (looked: Looked<object>): Partial<Observed> => ({
    groups: [{ input: 'work-resource-group', name: 'work', looked }]
  })
  const whole = { versions: [f.version('1.0.0', { tags: f.tagsOf('complete') })] }

  test('must be there, as long as something is to be made in it', () => {
    expect(messagesOf('groups-exist', ofPool(), groups({ found: {} }))).toEqual([])
    expect(messagesOf('groups-exist', ofPool(), groups({ found: undefined }))).toEqual([
      expect.stringMatching(/^error work-resource-group: resource group "work" does not exist$/)
    ])
    expect(messagesOf('groups-exist', ofPool(), { ...groups({ found: undefined }), ...whole })).toEqual([])
    expect(messagesOf('groups-exist', ofPool(), {})).toEqual([])
  })
})

test('only the regions that aren’t offered are told, and only where they were looked up', () => {
  const spec = f.releaseSpec({
    publishTo: f.toGallery({ targetRegions: [{ region: 'West US' }, { region: 'marsnorth' }] })
  })
  expect(messagesOf('regions-offered', spec, { regions: { found: ['westus'] } })).toEqual([
    expect.stringContaining('"marsnorth"')
  ])
  expect(messagesOf('regions-offered', spec, {})).toEqual([])
})

describe('nodes that talk to each other', () => {
  const said = (
    rule: string,
    dedicated: number,
    lowPriority: number,
    account: Parameters<typeof f.account>[0] = {},
    interNodeCommunication = 'enabled'
  ) =>
    severitiesOf(
      rule,
      ofPool({
        interNodeCommunication,
        scaleSettings: { fixedScale: { targetDedicatedNodes: dedicated, targetLowPriorityNodes: lowPriority } }
      }),
      f.observed({ account: f.account(account) })
    )

  test.each<[number, number, string[]]>([
    [1, 1, ['error']],
    [2, 0, []],
    [0, 2, []]
  ])('are of one kind: %d dedicated, %d low-priority', (dedicated, lowPriority, severities) => {
    expect(said('inter-node-kinds', dedicated, lowPriority)).toEqual(severities)
    expect(said('inter-node-kinds', dedicated, lowPriority, {}, 'Disabled')).toEqual([])
  })

  test.each<[number, string, string[]]>([
    [100, 'BatchService', []],
    [101, 'BatchService', ['warning']],
    [80, 'UserSubscription', []],
    [81, 'UserSubscription', ['warning']]
  ])('are %d at most in a %s account: %j', (dedicated, poolAllocationMode, severities) => {
    expect(said('inter-node-nodes', dedicated, 0, { poolAllocationMode })).toEqual(severities)
    expect(said('inter-node-nodes', dedicated, 0, { poolAllocationMode }, 'Disabled')).toEqual([])
  })
})

test('several public IP addresses are no single one', () => {
  const fixedScale = { targetDedicatedNodes: 500 }
  const one: Looked<PublicIP> = { found: { location: 'eastus2' } }
  const publicIPs = [1, 2].map(() => ({ id: IP, looked: one }))
  expect(messagesOf('public-ips', ofPool({ scaleSettings: { fixedScale } }), named({ publicIPs }))).toEqual([
    expect.stringContaining('2 public IP addresses for 500 dedicated')
  ])
})
