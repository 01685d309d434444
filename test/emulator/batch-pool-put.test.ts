/** A PUT over a pool that is there, as Terraform, Bicep and other templates send it. */
import { expect, test } from '@jest/globals'
import type { Answer, JsonObject } from '../../emulator/kernel/types.ts'
import {
  batchWorld,
  deployment,
  fixedScale,
  MINUTE,
  patch,
  POOL,
  poolBody,
  propertiesOf,
  VERSION
} from './batch-world.ts'

const errorOf = (answer: Answer): JsonObject => (answer.body as { error: JsonObject }).error
const BODY = { metadata: [{ name: 'a', value: '1' }], startTask: { commandLine: 'setup' }, taskSlotsPerNode: 2 }
const OTHER_IMAGE = { deploymentConfiguration: deployment(`${VERSION.slice(0, -5)}2.0.0`) }

/** A pool of `nodes` that was made by a PUT of {@link BODY}, and is steady. */
function made({ nodes = 2, more = {} } = {}) {
  const world = batchWorld()
  const put = (change: JsonObject, request = {}): Answer =>
    world.arm('PUT', POOL, { body: poolBody({ ...BODY, scaleSettings: fixedScale(nodes), ...change }), ...request })
  put(more)
  world.pass(5 * MINUTE)
  return { ...world, put }
}

test('the same pool again is no change: the ETag stays, and nothing is resized', () => {
  const { arm, put } = made()
  const before = arm('GET', POOL)
  const answer = put({})
  expect(answer).toEqual({ ...before, status: 200 })
  expect(propertiesOf(answer)['allocationState']).toBe('Steady')
})

test('the same pool again is taken while it resizes', () => {
  const { put } = made()
  const grown = { scaleSettings: fixedScale(20) }
  put(grown)
  expect(propertiesOf(put(grown))).toMatchObject({ allocationState: 'Resizing' })
  const answer = put({ scaleSettings: fixedScale(21) })
  expect([answer.status, errorOf(answer)['code']]).toEqual([409, 'PoolBeingResized'])
})

test('passwords aren’t compared: nobody sees whether they are others', () => {
  const account = (password: string): JsonObject => ({ userAccounts: [{ name: 'u', password }] })
  const { arm, put } = made({ more: account('one') })
  const etag = arm('GET', POOL).headers?.['etag']
  expect(put(account('two')).headers?.['etag']).toBe(etag)
})

test('another scale alone begins a resize', () => {
  const { put } = made()
  expect(propertiesOf(put({ scaleSettings: fixedScale(7) }))).toMatchObject({
    allocationState: 'Resizing',
    resizeOperationStatus: { targetDedicatedNodes: 7 }
  })
})

test('what is left out is removed, or has its default', () => {
  const { arm, put, pool } = made()
  const etag = arm('GET', POOL).headers?.['etag']
  const answer = put({ metadata: null, startTask: null })
  expect(answer.headers?.['etag']).not.toBe(etag)
  for (const name of ['metadata', 'startTask']) expect(pool()).not.toHaveProperty(name)
  expect(pool()).toMatchObject({ currentDedicatedNodes: 2, allocationState: 'Steady' })
})

test.each<[string, JsonObject]>([
  ['deploymentConfiguration', OTHER_IMAGE],
  ['vmSize', { vmSize: 'Standard_D4s_v3' }],
  ['taskSlotsPerNode', { taskSlotsPerNode: null }],
  ['networkConfiguration', { networkConfiguration: { dynamicVnetAssignmentScope: 'none' } }],
  ['userAccounts', { userAccounts: [] }],
  ['displayName', { displayName: '' }]
])('another %s is refused while there are nodes, and the pool stays as it was', (name, change) => {
  const { put, pool } = made()
  const before = pool()
  const answer = put(change)
  expect([answer.status, errorOf(answer)]).toMatchObject([
    400,
    { code: 'PropertyCannotBeUpdated', details: [{ code: 'Reason' }, { message: name }, { code: 'PropertyPath' }] }
  ])
  expect(pool()).toEqual(before)
})

test('without nodes the image changes too, by an api-version that changes it', () => {
  const { put, pool } = made({ nodes: 0 })
  const older = put(OTHER_IMAGE, { apiVersion: '2023-11-01' })
  expect([older.status, errorOf(older)['code']]).toEqual([400, 'PropertyCannotBeUpdated'])
  expect(put(OTHER_IMAGE).status).toBe(200)
  expect(pool()).toMatchObject(OTHER_IMAGE)
})

test('identities are added, and the same ones are no change', () => {
  const { arm } = made({ nodes: 0 })
  const put = (...ids: string[]): Answer => {
    const userAssignedIdentities = Object.fromEntries(ids.map(id => [id, {}]))
    const body = poolBody({ ...BODY, scaleSettings: fixedScale(0) })
    return arm('PUT', POOL, { body: { ...body, identity: { type: 'UserAssigned', userAssignedIdentities } } })
  }
  const identity = (): string[] => {
    const shown = (arm('GET', POOL).body as JsonObject)['identity'] as { userAssignedIdentities: JsonObject }
    return Object.keys(shown.userAssignedIdentities)
  }
  put('/i/one')
  const answer = put('/i/two')
  expect(identity()).toEqual(['/i/one', '/i/two'])
  expect(put('/I/TWO').headers?.['etag']).toBe(answer.headers?.['etag'])
})

test('conditions hold, and what a new pool can’t be, neither can a replacement', () => {
  const { put, arm } = made()
  expect(put({}, { headers: { 'if-match': 'W/"0x8DE000000000000"' } }).status).toBe(412)
  expect(put({}, { headers: { 'if-none-match': '*' } }).status).toBe(412)
  expect(errorOf(put({ taskSlotsPerNode: 9 }))['code']).toBe('InvalidPropertyValue')
  expect(errorOf(put({ vmSize: null }))['code']).toBe('MissingRequiredProperty')
  arm('DELETE', POOL)
  expect(errorOf(put({}))['code']).toBe('PoolBeingDeleted')
})

test('empty accounts, mounts and addresses come back as none', () => {
  const network = {
    networkConfiguration: { publicIPAddressConfiguration: { provision: 'BatchManaged', ipAddressIds: [] } }
  }
  const { pool, arm } = made({ nodes: 0, more: { userAccounts: [], mountConfiguration: [], ...network } })
  for (const name of ['userAccounts', 'mountConfiguration']) expect(pool()).not.toHaveProperty(name)
  expect(pool()['networkConfiguration']).toEqual({ publicIPAddressConfiguration: { provision: 'BatchManaged' } })
  expect(arm('PATCH', POOL, patch(network)).status).toBe(200)
})
