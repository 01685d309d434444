/** Checks of what is only named, where a whole run can't show each shade; the rest is in `test/scenario/checks.test.ts`. */
import { describe, expect, test } from '@jest/globals'
import type { AccountNetwork, Observed, Subnet } from '../../../src/model/observed.ts'
import type { Spec } from '../../../src/model/spec.ts'
import { checkAll } from '../../../src/plan/checks/index.ts'
import { situationOf } from '../../../src/plan/situation.ts'
import * as f from '../../support/observed-fixtures.ts'

const said = (rule: string, spec: Spec, seen: Observed): string[] =>
  checkAll(situationOf(spec, seen, f.CONTEXT))
    .filter(finding => finding.rule === rule)
    .map(({ severity, message }) => `${severity} ${message}`)

const SUBNET = '/subscriptions/s/resourceGroups/r/providers/Microsoft.Network/virtualNetworks/farm/subnets/nodes'
const inSubnet = f.releaseSpec({}, f.rolloutSpec({ pool: { networkConfiguration: { subnetId: SUBNET } } }))

test.each<[string, string[] | undefined, string[]]>([
  ['nothing', undefined, []],
  ['no item', [], []],
  ['two items', ['etag', 'state'], ['etag, state']]
])('a note names what was left aside of a spec: %s', (_, leftAside, named) => {
  const spec = f.releaseSpec({}, f.rolloutSpec(leftAside === undefined ? {} : { leftAside }))
  expect(said('left-aside', spec, f.observed()).map(line => line.split(': ')[2])).toEqual(named)
})

describe('room in a subnet', () => {
  const roomOf = (subnet: Partial<Subnet>, change: Partial<Observed> = {}): string[] => {
    const subnets = [
      { name: 'Nodes', addressPrefixes: [], usedAddresses: 0, delegations: [], isPrivate: false, ...subnet }
    ]
    const named = { identities: [], packages: [], publicIPs: [], encryptionSets: [] }
    const network = { found: { location: 'eastus2', subnets } }
    return said('subnet', inSubnet, f.observed({ ...change, named: { ...named, network } })).map(
      line => /(\d+) free addresses/.exec(line)?.[1] ?? line
    )
  }

  test.each<[string, Partial<Subnet>, string[]]>([
    ['32 addresses without the 5 that Azure keeps', { addressPrefixes: ['10.0.0.0/27'] }, []],
    ['7 of them in use', { addressPrefixes: ['10.0.0.0/27'], usedAddresses: 7 }, []],
    ['8 of them in use', { addressPrefixes: ['10.0.0.0/27'], usedAddresses: 8 }, ['19']],
    ['two ranges', { addressPrefixes: ['10.0.0.0/28', '10.0.1.0/28'] }, []],
    ['an IPv6 range beside one of IPv4', { addressPrefixes: ['10.0.0.0/28', 'fd00::/64'] }, ['11']],
    ['no range that is shown', {}, []]
  ])('for 20 nodes: %s', (_, subnet, left) => {
    expect(roomOf(subnet)).toEqual(left)
  })

  test('nodes that the pool has already have their addresses', () => {
    const addressPrefixes = ['10.0.0.0/28']
    expect(roomOf({ addressPrefixes }, { pool: f.pool({ currentDedicatedNodes: 9 }) })).toEqual([])
    expect(roomOf({ addressPrefixes }, { pool: f.pool({ currentDedicatedNodes: 8 }) })).toEqual(['11'])
  })
})

describe('the node management endpoint', () => {
  const saidOf = (network: Partial<AccountNetwork>, spec: Spec): number =>
    said(
      'nodes-reach-account',
      spec,
      f.observed({ account: f.account({ network: { publicAccess: 'Enabled', privateEndpoints: [], ...network } }) })
    ).length

  test.each<[string, Partial<AccountNetwork>, Spec, number]>([
    ['closed by rules, and no subnet', { nodeManagement: { allowed: [] } }, f.releaseSpec(), 1],
    ['closed for all, and no subnet', { publicAccess: 'Disabled' }, f.releaseSpec(), 1],
    ['closed, a subnet, and no private endpoint', { publicAccess: 'Disabled' }, inSubnet, 1],
    [
      'closed, a subnet, and a private endpoint',
      { publicAccess: 'Disabled', privateEndpoints: ['nodeManagement'] },
      inSubnet,
      0
    ],
    [
      'closed, a subnet, and a private endpoint for another purpose',
      { publicAccess: 'Disabled', privateEndpoints: ['batchAccount'] },
      inSubnet,
      1
    ],
    [
      'open to some addresses, which may be the nodes’',
      { nodeManagement: { allowed: ['1.2.3.4'] } },
      f.releaseSpec(),
      0
    ],
    ['rules for callers alone', { account: { allowed: [] } }, f.releaseSpec(), 0]
  ])('%s', (_, network, spec, count) => {
    expect(saidOf(network, spec)).toBe(count)
  })
})

test('a list of regions that is empty is no answer', () => {
  const spec = f.releaseSpec({ publishTo: f.toGallery({ targetRegions: [{ region: 'eastus2' }] }) })
  expect(said('regions-offered', spec, f.observed({ regions: { found: [] } }))).toEqual([])
  expect(said('regions-offered', spec, f.observed({ regions: { found: ['westus3'] } }))).toHaveLength(1)
})

describe('500 incremental snapshots of a disk', () => {
  const many = (count: number, incremental: boolean) =>
    f.observed({
      snapshots: Array.from({ length: count }, (_, index) =>
        f.snapshot(`s${index}`, { incremental, sourceResourceId: f.diskIdOf('source-os').toUpperCase() })
      )
    })

  test.each([
    [500, true, 1],
    [499, true, 0],
    [500, false, 0]
  ])('%i, incremental %s', (count, incremental, findings) => {
    expect(said('snapshot-limit', f.releaseSpec(), many(count, incremental))).toHaveLength(findings)
  })

  test('where the image is there, none is taken', () => {
    const versions = [f.version('1.0.0', { tags: f.tagsOf('complete') })]
    expect(said('snapshot-limit', f.releaseSpec(), { ...many(500, true), versions })).toEqual([])
  })
})

test.each([
  ['49 tags', 49, {}, 0],
  ['50 tags', 50, {}, 1],
  ['50 tags, of which one is the lease of an earlier run', 49, { 'Batch-Image-Rollout-Lease': lease() }, 0]
])('a VM that is to be stopped has %s', (_, count, more, findings) => {
  const tags = { ...Object.fromEntries(Array.from({ length: count }, (_, index) => [`t${index}`, 'x'])), ...more }
  const seen = f.observed({ source: f.source({ tags, powerState: 'running' }) })
  expect(said('vm-tags', f.releaseSpec({ stopVm: true }), seen)).toHaveLength(findings)
  expect(said('vm-tags', f.releaseSpec(), seen)).toEqual([])
})

function lease(): string {
  return JSON.stringify({ repository: 'r', runId: '1', runAttempt: 1, nonce: 'n', until: '2026-11-23T08:00:00.000Z' })
}

test.each([
  ['room for one pool more', 1, 2, 0],
  ['no room', 2, 2, 1]
])('an account with %s', (_, pools, poolQuota, findings) => {
  const otherPools = Array.from({ length: pools }, () => f.pool())
  const account = f.account({ poolQuota })
  expect(said('pool-quota', f.releaseSpec(), f.observed({ account, otherPools }))).toHaveLength(findings)
  expect(said('pool-quota', f.releaseSpec(), f.observed({ account, otherPools, pool: f.pool() }))).toEqual([])
})
