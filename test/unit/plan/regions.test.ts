import { expect, test } from '@jest/globals'
import { planRegions, replicasFor, type RegionQuestion } from '../../../src/plan/image/regions.ts'

const BASE = { asked: [], source: 'eastus2', replicationMode: 'Full' } as const
const one = (region: string, replicas = 1) => ({ region, replicas })

test.each([
  [0, 1],
  [1, 1],
  [300, 1],
  [301, 2],
  [5_000, 17]
])('%i nodes need %i replicas: one for each 300 begun', (nodes, replicas) => {
  expect(replicasFor(nodes)).toBe(replicas)
})

type Asked = Omit<Partial<RegionQuestion>, 'accounts'> & { account?: string | null; nodes?: number }

test.each<[string, Asked, ReturnType<typeof planRegions>]>([
  ['source and account in one region', {}, { first: [one('eastus2')], later: [], awaited: ['eastus2'] }],
  [
    'an account elsewhere: both come first, and the run waits for the account’s only',
    { account: 'westus3' },
    { first: [one('eastus2'), one('westus3')], later: [], awaited: ['westus3'] }
  ],
  [
    'further regions wait until the image is proved',
    { asked: [one('northeurope', 3), { region: 'eastus2' }] },
    { first: [one('eastus2')], later: [one('northeurope', 3)], awaited: ['eastus2'] }
  ],
  [
    'a shallow version can gain none later',
    { asked: [one('northeurope')], replicationMode: 'Shallow' },
    { first: [one('northeurope'), one('eastus2')], later: [], awaited: ['eastus2'] }
  ],
  [
    'an image alone: all at once, and all are awaited',
    { account: null, asked: [one('westus3')], nodes: 0 },
    { first: [one('westus3'), one('eastus2')], later: [], awaited: ['westus3', 'eastus2'] }
  ],
  [
    'replicas by nodes, in the account’s region only',
    { account: 'westus3', nodes: 700, asked: [{ region: 'northeurope' }] },
    { first: [one('eastus2'), one('westus3', 3)], later: [one('northeurope')], awaited: ['westus3'] }
  ],
  [
    'replicas that are asked for stay as they are',
    { nodes: 700, asked: [one('eastus2', 1)] },
    { first: [one('eastus2')], later: [], awaited: ['eastus2'] }
  ],
  [
    'display names and short names are one region',
    { asked: [one('East US 2', 2), one('eastus2', 5)], account: 'East US 2' },
    { first: [one('eastus2', 2)], later: [], awaited: ['eastus2'] }
  ]
])('regions: %s', (_, { account = 'eastus2', nodes = 20, ...change }, expected) => {
  const accounts = account === null ? [] : [{ region: account, nodes }]
  expect(planRegions({ ...BASE, ...change, accounts })).toEqual(expected)
})

test('with pools in several regions each comes first, is awaited, and has replicas for its own nodes', () => {
  const accounts = [
    { region: 'East US 2', nodes: 20 },
    { region: 'westus3', nodes: 301 }
  ]
  expect(planRegions({ ...BASE, accounts, asked: [{ region: 'northeurope' }] })).toEqual({
    first: [one('eastus2'), one('westus3', 2)],
    later: [one('northeurope')],
    awaited: ['eastus2', 'westus3']
  })
})
