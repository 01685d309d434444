/** What pools name, and who an account lets in. */
import { describe, expect, test } from '@jest/globals'
import type { JsonObject } from '../../emulator/kernel/types.ts'
import { ACCOUNT, batchWorld, patch, POOL, poolBody } from './batch-world.ts'
import { makeCaller, SUBSCRIPTION } from './caller.ts'

const GROUP = `${SUBSCRIPTION}/resourceGroups/render-batch/providers`

describe('resources that a world file has', () => {
  test.each([
    [`${GROUP}/Microsoft.Network/virtualNetworks/farm?api-version=2024-05-01`, 200],
    [`${GROUP}/Microsoft.ManagedIdentity/userAssignedIdentities/render-nodes?api-version=2023-01-31`, 200],
    [`${GROUP}/Microsoft.Network/publicIPAddresses/none?api-version=2024-05-01`, 404],
    [`${GROUP}/Microsoft.Compute/diskEncryptionSets/none?api-version=2024-03-02`, 404],
    [`${GROUP}/Microsoft.Network/virtualNetworks/farm?api-version=2015-01-01`, 501]
  ])('GET %s: %i', (path, status) => {
    expect(makeCaller().arm('GET', path).status).toBe(status)
  })

  test('a subscription of the public cloud offers its regions, and lists geographies among them', () => {
    const { status, body } = makeCaller().arm('GET', `${SUBSCRIPTION}/locations?api-version=2022-12-01`)
    const types = new Map<string, string>(
      body.value.map(({ name, metadata }: { name: string; metadata: { regionType: string } }) => [
        name,
        metadata.regionType
      ])
    )
    expect(status).toBe(200)
    expect(['northeurope', 'europe', 'usgovvirginia', 'nothereurope'].map(name => types.get(name))).toEqual([
      'Physical',
      'Logical',
      undefined,
      undefined
    ])
  })
})

describe('application packages', () => {
  const application = `${ACCOUNT}/applications/blender`
  const type = 'Microsoft.Batch/batchAccounts/applications'
  const version = (state: string): JsonObject => ({
    id: `${application}/versions/4.2`,
    type: `${type}/versions`,
    properties: { state }
  })
  const worldWith = (properties: JsonObject, state = 'Active') =>
    batchWorld({ resources: [{ id: application, type, properties }, version(state)] })
  const withPackage = (reference: JsonObject) => ({ body: poolBody({ applicationPackages: [reference] }) })

  test.each<[string, JsonObject, JsonObject, string, number]>([
    ['a version that is there', {}, { id: application, version: '4.2' }, 'Active', 200],
    ['named by its id', {}, { id: `${application}/versions/4.2` }, 'Active', 200],
    ['the default version', { defaultVersion: '4.2' }, { id: application }, 'Active', 200],
    ['no default version', {}, { id: application }, 'Active', 409],
    ['no such version', {}, { id: application, version: '5.0' }, 'Active', 409],
    ['no such application', {}, { id: `${application}-2`, version: '4.2' }, 'Active', 409],
    ['a version that isn’t active', {}, { id: application, version: '4.2' }, 'Pending', 409]
  ])('%s', (_, properties, reference, state, status) => {
    const { arm } = worldWith(properties, state)
    const answer = arm('PUT', POOL, withPackage(reference))
    expect(answer.status).toBe(status)
    if (status === 409) expect(answer.body).toMatchObject({ error: { code: 'InvalidApplicationPackageReferences' } })
  })

  test('a PATCH is refused as a PUT is', () => {
    const { arm } = worldWith({})
    arm('PUT', POOL, { body: poolBody() })
    expect(arm('PATCH', POOL, patch({ applicationPackages: [{ id: application }] })).status).toBe(409)
  })

  test('an application and its package have a 404 each', () => {
    const { arm } = worldWith({})
    expect(arm('GET', `${application}/versions/5.0`).body).toMatchObject({
      error: { code: 'ApplicationPackageNotFound' }
    })
    expect(arm('GET', `${application}-2/versions/5.0`).body).toMatchObject({ error: { code: 'ApplicationNotFound' } })
  })
})

describe('the Batch service of an account', () => {
  const rules = (...values: string[]): JsonObject => ({
    networkProfile: {
      accountAccess: { defaultAction: 'Deny', ipRules: values.map(value => ({ action: 'Allow', value })) }
    }
  })

  test.each<[string, JsonObject, string | undefined, number]>([
    ['is open to all', {}, undefined, 200],
    ['is closed without public network access', { publicNetworkAccess: 'Disabled' }, undefined, 403],
    ['is closed by a perimeter', { publicNetworkAccess: 'SecuredByPerimeter' }, undefined, 403],
    ['lets private endpoints in', { publicNetworkAccess: 'Disabled' }, 'private', 200],
    ['lets no address in that has no rule', rules(), undefined, 403],
    ['lets an address in', rules('198.51.100.7'), '198.51.100.7', 200],
    ['lets a range in', rules('192.0.2.1', '198.51.100.0/24'), '198.51.100.255', 200],
    ['and nobody beside it', rules('198.51.100.0/24'), '198.51.101.0', 403],
    [
      'takes no token of Entra ID where modes leave it out',
      { allowedAuthenticationModes: ['SharedKey'] },
      'private',
      403
    ]
  ])('%s', (_, account, callerAddress, status) => {
    const behaviour = callerAddress === undefined ? {} : { callerAddress }
    const { arm, service } = batchWorld({ account, behaviour })
    expect(service('GET', '/supportedimages').status).toBe(status)
    expect(arm('GET', ACCOUNT).status).toBe(200)
  })
})
