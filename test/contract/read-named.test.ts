/** Reads that checks alone need, over answers as Azure documents or was recorded to give them. */
import { describe, expect, test } from '@jest/globals'
import type { Azure } from '../../src/azure/gateway.ts'
import {
  armId,
  childId,
  type ApplicationId,
  type EncryptionSetId,
  type IdentityId,
  type PublicIPId
} from '../../src/model/arm-id.ts'
import { GROUP, START, SUBSCRIPTION, calls, withAzure, type ScriptedAnswer } from './azure.ts'

const NETWORK = armId(SUBSCRIPTION, 'images-rg', 'Microsoft.Network/virtualNetworks', 'farm')
const APPLICATION: ApplicationId = childId(
  armId(SUBSCRIPTION, 'images-rg', 'Microsoft.Batch/batchAccounts', 'renders'),
  'applications',
  'blender'
)
const PUBLIC_IP = `${GROUP}/providers/Microsoft.Network/publicIPAddresses/ip` as PublicIPId
const IDENTITY = `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i` as IdentityId
const ENCRYPTION_SET = `${GROUP}/providers/Microsoft.Compute/diskEncryptionSets/s` as EncryptionSetId

const ok = (body: unknown): ScriptedAnswer => ({ status: 200, body })
const error = (status: number, code: string): ScriptedAnswer => ({ status, body: { error: { code, message: 'x' } } })

async function read<T>(path: string, answer: ScriptedAnswer, ask: (azure: Azure) => Promise<T>): Promise<[T, string]> {
  return withAzure({ [`GET ${path}`]: [answer] }, async ({ azure, sent }) => [
    await ask(azure),
    new URL(calls(sent).at(-1)?.url ?? '').searchParams.get('api-version') ?? ''
  ])
}

describe('what is there', () => {
  test('regions in short form, without geographies and edge zones', async () => {
    const location = (name: string, regionType: string, type = 'Region') => ({ name, type, metadata: { regionType } })
    const value = [
      location('eastus2', 'Physical'),
      location('northeurope', 'Physical'),
      location('europe', 'Logical'),
      location('losangeles', 'Physical', 'EdgeZone')
    ]
    const path = `/subscriptions/${SUBSCRIPTION}/locations`
    expect(await read(path, ok({ value }), ({ named }) => named.listRegions(SUBSCRIPTION))).toEqual([
      { found: ['eastus2', 'northeurope'] },
      '2022-12-01'
    ])
  })

  test('a virtual network with its subnets: one prefix or several, addresses in use, delegations, ways out', async () => {
    const subnets = [
      { name: 'nodes', properties: { addressPrefix: '10.0.0.0/24', ipConfigurations: [{ id: 'a' }, { id: 'b' }] } },
      {
        name: 'dual',
        properties: {
          addressPrefixes: ['10.0.1.0/24', 'fd00::/64'],
          delegations: [{ properties: { serviceName: 'Microsoft.Web/serverFarms' } }]
        }
      },
      { name: 'private', properties: { addressPrefix: '10.0.2.0/24', defaultOutboundAccess: false } },
      {
        name: 'nat',
        properties: { addressPrefix: '10.0.3.0/24', defaultOutboundAccess: false, natGateway: { id: '/nat' } }
      },
      {
        name: 'routed',
        properties: { addressPrefix: '10.0.4.0/24', defaultOutboundAccess: false, routeTable: { id: '/routes' } }
      },
      { name: 'open', properties: { addressPrefix: '10.0.5.0/24', defaultOutboundAccess: true } }
    ]
    const shown = (name: string, ...addressPrefixes: string[]) => ({
      name,
      addressPrefixes,
      usedAddresses: 0,
      delegations: [],
      isPrivate: false
    })
    const answer = ok({ id: NETWORK, location: 'West US 3', properties: { subnets } })
    const [looked, apiVersion] = await read(NETWORK, answer, ({ named }) => named.getVirtualNetwork(NETWORK))
    expect(apiVersion).toBe('2024-05-01')
    expect(looked).toEqual({
      found: {
        location: 'westus3',
        subnets: [
          { ...shown('nodes', '10.0.0.0/24'), usedAddresses: 2 },
          { ...shown('dual', '10.0.1.0/24', 'fd00::/64'), delegations: ['Microsoft.Web/serverFarms'] },
          { ...shown('private', '10.0.2.0/24'), isPrivate: true },
          shown('nat', '10.0.3.0/24'),
          shown('routed', '10.0.4.0/24'),
          shown('open', '10.0.5.0/24')
        ]
      }
    })
  })

  test('a public IP address', async () => {
    const body = {
      location: 'westus3',
      sku: { name: 'Standard' },
      properties: { publicIPAllocationMethod: 'Static', ipConfiguration: { id: '/x' } }
    }
    expect(await read(PUBLIC_IP, ok(body), ({ named }) => named.getPublicIP(PUBLIC_IP))).toEqual([
      { found: { location: 'westus3', sku: 'Standard', allocationMethod: 'Static', usedBy: '/x' } },
      '2024-05-01'
    ])
  })

  test('an identity, and a disk encryption set', async () => {
    expect((await read(IDENTITY, ok({ id: IDENTITY }), ({ named }) => named.getIdentity(IDENTITY)))[0]).toEqual({
      found: {}
    })
    expect(
      await read(ENCRYPTION_SET, ok({ location: 'westus3' }), ({ named }) => named.getEncryptionSet(ENCRYPTION_SET))
    ).toEqual([{ found: { location: 'westus3' } }, '2026-03-02'])
  })

  test.each([
    ['the version asked for', { version: '4.2' }, '/versions/4.2', { name: '4.2', properties: { state: 'Active' } }],
    ['else the default one', {}, '', { name: 'blender', properties: { allowUpdates: true, defaultVersion: '4.2' } }]
  ])('an application package: %s', async (_, asked, path, body) => {
    const [looked, apiVersion] = await read(`${APPLICATION}${path}`, ok(body), ({ named }) =>
      named.getPackage({ id: APPLICATION, ...asked })
    )
    expect(apiVersion).toBe('2025-06-01')
    expect(looked).toMatchObject({ found: { version: '4.2' } })
  })
})

test.each(['ResourceNotFound', 'ResourceGroupNotFound', 'ApplicationPackageNotFound', 'ApplicationNotFound'])(
  'a 404 %s is absence',
  async code => {
    const reference = { id: APPLICATION, version: '4.2' }
    const [looked] = await read(`${APPLICATION}/versions/4.2`, error(404, code), ({ named }) =>
      named.getPackage(reference)
    )
    expect(looked).toEqual({ found: undefined })
  }
)

test.each([
  [403, 'AuthorizationFailed'],
  [404, 'InvalidResourceType'],
  [400, 'NoRegisteredProviderFound']
])('%i %s says nothing of the thing: it stays unread, with the action that the read needs', async (status, code) => {
  const [looked] = await read(IDENTITY, error(status, code), ({ named }) => named.getIdentity(IDENTITY))
  expect(looked).toEqual({
    unread: { action: 'Microsoft.ManagedIdentity/userAssignedIdentities/read', why: `Azure answered "${code}"` }
  })
})

test('an Azure that asks to be left alone holds nobody up for longer than three minutes', async () => {
  const script = { [`GET ${IDENTITY}`]: [{ status: 429, headers: { 'retry-after': '600' } }] }
  await withAzure(script, async ({ azure, clock }) => {
    const looked = await azure.named.getIdentity(IDENTITY)
    expect(looked).toMatchObject({ unread: { why: 'Azure gave no answer in 3 minutes' } })
    expect(clock.now() - START).toBe(180_000)
  })
})

test('an abort is no answer: it ends the read', async () => {
  await withAzure({}, async ({ azure, abort }) => {
    abort.abort(new Error('over'))
    await expect(azure.named.getIdentity(IDENTITY)).rejects.toThrow('over')
  })
})
