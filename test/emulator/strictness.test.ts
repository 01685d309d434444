import { expect, test } from '@jest/globals'
import { COMPUTE, DISKS, GALLERIES, makeCaller, snapshotBody, SUBSCRIPTION } from './caller.ts'

const SNAPSHOT = `${COMPUTE}/snapshots/os`

test.each([
  ['a path', 'GET', `${COMPUTE}/virtualMachineScaleSets?api-version=2026-04-01`, 'virtualMachineScaleSets'],
  ['a host', 'GET', 'https://vault.emulated.azure/secrets', 'vault.emulated.azure'],
  ['a method', 'POST', `${SNAPSHOT}?api-version=${DISKS}`, 'method POST'],
  ['an api-version', 'GET', `${SNAPSHOT}?api-version=2099-01-01`, '2099-01-01'],
  ['a query parameter', 'GET', `${SNAPSHOT}?api-version=${DISKS}&$filter=x`, '$filter'],
  ['an $expand', 'GET', `${COMPUTE}/virtualMachines/render-source?$expand=userData&api-version=2026-04-01`, 'userData']
])('%s that is not emulated is answered 501 and named', (_, method, path, named) => {
  const { status, body } = makeCaller().arm(method, path)
  expect(status).toBe(501)
  expect(body.error.code).toBe('NotEmulated')
  expect(body.error.message).toContain(named)
})

test.each([
  ['at the top', { location: 'eastus2', propertys: {} }, '"propertys"'],
  [
    'inside',
    { location: 'eastus2', properties: { creationData: { sourceResourceID: 'x' } } },
    '"properties.creationData.sourceResourceID"'
  ]
])('a body property that is not known, %s, is answered 501 and named, and nothing is made', (_, body, named) => {
  const caller = makeCaller()
  const answer = caller.arm('PUT', `${SNAPSHOT}?api-version=${DISKS}`, body)
  expect([answer.status, answer.body.error.message]).toEqual([501, expect.stringContaining(named)])
  expect(caller.arm('GET', `${SNAPSHOT}?api-version=${DISKS}`).status).toBe(404)
})

test('a property inside of a list is checked too', () => {
  const regions = { publishingProfile: { targetRegions: [{ name: 'eastus2', replicas: 1 }] } }
  const { body } = makeCaller().arm(
    'PUT',
    `${COMPUTE}/galleries/farm/images/d/versions/1.0.0?api-version=${GALLERIES}`,
    {
      location: 'eastus2',
      properties: regions
    }
  )
  expect(body.error.message).toContain('"properties.publishingProfile.targetRegions[0].replicas"')
})

test('a call without api-version is refused as Resource Manager does', () => {
  const { status, body } = makeCaller().arm('GET', SNAPSHOT)
  expect([status, body.error.code]).toEqual([400, 'MissingApiVersionParameter'])
})

test('a body that is no JSON is refused', () => {
  const caller = makeCaller()
  const authorization = `Bearer ${caller.token('https://management.core.emulated.azure/').body.access_token}`
  const url = `https://management.emulated.azure${SNAPSHOT}?api-version=${DISKS}`
  const { status, body } = caller.raw({ method: 'PUT', url, headers: { authorization }, body: '{' })
  expect([status, body.error.code]).toEqual([400, 'InvalidRequestContent'])
})

test('words and names of an id match in any casing, and the id comes back as it was made', () => {
  const caller = makeCaller()
  caller.arm('PUT', `${SNAPSHOT}?api-version=${DISKS}`, snapshotBody())
  const shouted = SNAPSHOT.toUpperCase().replace('/SUBSCRIPTIONS', '/subscriptions')
  const { status, body } = caller.arm('GET', `${shouted}?api-version=${DISKS}`)
  expect([status, body.id]).toEqual([200, SNAPSHOT])
})

test.each([
  [
    'group',
    `${SUBSCRIPTION}/resourceGroups/none/providers/Microsoft.Compute/snapshots/os`,
    'ResourceGroupNotFound',
    'gateway'
  ],
  ['resource', SNAPSHOT, 'ResourceNotFound', 'gateway'],
  ['subscription', SNAPSHOT.replace('0001', '0009'), 'SubscriptionNotFound', 'gateway']
])('a missing %s is a 404 of the gateway with its own code', (_, path, code, cause) => {
  const { status, headers, body } = makeCaller().arm('GET', `${path}?api-version=${DISKS}`)
  expect([status, body.error.code, headers['x-ms-failure-cause']]).toEqual([404, code, cause])
})

test('seconds after a deletion the provider itself answers 404, then the gateway', () => {
  const caller = makeCaller()
  const url = `${SNAPSHOT}?api-version=${DISKS}`
  caller.arm('PUT', url, snapshotBody())
  caller.time.now += 2_000
  caller.arm('DELETE', url)
  caller.time.now += 1_000
  const soon = caller.arm('GET', url)
  expect([soon.status, soon.body.error.code, soon.headers['x-ms-failure-cause']]).toEqual([404, 'NotFound', undefined])
  caller.time.now += 40_000
  expect(caller.arm('GET', url).body.error.code).toBe('ResourceNotFound')
  expect(caller.arm('DELETE', url)).toMatchObject({ status: 204, body: undefined })
})

test('a PUT under a parent that is not there names the parent', () => {
  const { status, body } = makeCaller().arm('PUT', `${COMPUTE}/galleries/none/images/d?api-version=${GALLERIES}`, {})
  expect([status, body.error.code]).toEqual([404, 'ParentResourceNotFound'])
})
