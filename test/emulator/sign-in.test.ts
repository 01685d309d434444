import { expect, test } from '@jest/globals'
import { actionOf } from '../../emulator/sign-in/authorize.ts'
import { computeOperations } from '../../emulator/compute/index.ts'
import type { Call } from '../../emulator/kernel/types.ts'
import * as c from './caller.ts'

const ARM = 'https://management.core.emulated.azure'
const BATCH = 'https://batch.core.emulated.azure'
const DISK = `${c.RESOURCE_MANAGER}${c.OS_DISK}?api-version=${c.DISKS}`

test.each([
  ['2022-09-01', (body: c.Body) => body, ''],
  ['2019-05-01', (body: c.Body) => body[0], '/']
])('metadata of %s name login endpoint and audiences, without a token', (version, cloud, slash) => {
  const { body } = c
    .makeCaller()
    .raw({ method: 'GET', url: `${c.RESOURCE_MANAGER}/metadata/endpoints?api-version=${version}` })
  expect(cloud(body)).toMatchObject({
    authentication: {
      loginEndpoint: `https://login.emulated.azure${slash}`,
      audiences: [`${ARM}/`, `${c.RESOURCE_MANAGER}/`]
    },
    batch: `${BATCH}/`
  })
})

test.each([
  `${ARM}//.default`,
  `${ARM}/.default`,
  `${c.RESOURCE_MANAGER}/.default`,
  `${BATCH}//.default`,
  `${BATCH}/.default`
])('a token is given for %s, for an hour', scope => {
  const caller = c.makeCaller()
  const { status, body } = c.askToken(caller, { scope, client_assertion: caller.idToken() })
  expect([status, body.token_type, body.expires_in]).toEqual([200, 'Bearer', 3599])
})

const scope = `${ARM}//.default`
test.each([
  ['another grant', { scope, grant_type: 'password' }, 400, 70003],
  ['another client', { scope, client_id: 'somebody' }, 400, 700016],
  ['no scope', { scope: '' }, 400, 900144],
  ['a scope that is none', { scope: ARM }, 400, 1002012],
  ['an unknown resource', { scope: 'https://graph.example/.default' }, 400, 500011],
  ['no assertion', { scope }, 401, 7000216],
  ['a forged assertion', { scope, client_assertion: 'eyJ.eyJ.sig' }, 401, 700027]
])('%s is refused in the words of Entra', (_, fields, status, code) => {
  const answer = c.askToken(c.makeCaller(), fields)
  expect([answer.status, answer.body.error_codes]).toEqual([status, [code]])
  expect(answer.body.error_description).toMatch(new RegExp(`^AADSTS${code}: `))
})

test('an assertion for another audience has no federated identity', () => {
  const caller = c.makeCaller()
  const { body } = c.askToken(caller, { scope, client_assertion: caller.idToken('api://else') })
  expect([body.error, body.error_codes]).toEqual(['invalid_client', [700212]])
})

test('an assertion is good for five minutes', () => {
  const caller = c.makeCaller()
  const assertion = caller.idToken()
  caller.time.now += 299_000
  expect(c.askToken(caller, { scope, client_assertion: assertion }).status).toBe(200)
  caller.time.now += 1_000
  const { status, body } = c.askToken(caller, { scope, client_assertion: assertion })
  expect([status, body.error, body.error_codes]).toEqual([401, 'invalid_client', [700024]])
})

test('another tenant is not found', () => {
  const url = 'https://login.emulated.azure/other/v2.0/.well-known/openid-configuration'
  expect(c.makeCaller().raw({ method: 'GET', url })).toMatchObject({ status: 400, body: { error_codes: [90002] } })
})

test('an ID token needs the request token of the job', () => {
  const { raw, emulator } = c.makeCaller()
  const { status } = raw({ method: 'GET', url: emulator.connection.env.ACTIONS_ID_TOKEN_REQUEST_URL })
  expect(status).toBe(401)
})

function getDisk(caller: c.Caller, authorization?: string): c.Answer {
  return caller.raw({ method: 'GET', url: DISK, ...(authorization !== undefined && { headers: { authorization } }) })
}

test.each([
  ['no token', () => undefined, 'AuthenticationFailed'],
  ['a forged token', () => 'Bearer eyJ.eyJ.x', 'InvalidAuthenticationToken'],
  [
    'a token for Batch',
    (caller: c.Caller) => `Bearer ${caller.token(BATCH).body.access_token}`,
    'InvalidAuthenticationTokenAudience'
  ]
])('%s opens nothing', (_, authorization, code) => {
  const caller = c.makeCaller()
  const { status, headers, body } = getDisk(caller, authorization(caller))
  expect([status, body.error.code]).toEqual([401, code])
  expect(headers['www-authenticate']).toMatch(/^Bearer authorization_uri="https:\/\/login\.emulated\.azure\//)
})

test('a token opens for an hour and no longer', () => {
  const caller = c.makeCaller()
  const authorization = `Bearer ${caller.token(ARM).body.access_token}`
  caller.time.now += 3_598_000
  expect(getDisk(caller, authorization).status).toBe(200)
  caller.time.now += 1_000
  expect(getDisk(caller, authorization)).toMatchObject({
    status: 401,
    body: { error: { code: 'ExpiredAuthenticationToken' } }
  })
})

test('the Batch service wants a token of its own audience', () => {
  const caller = c.makeCaller()
  const ask = (audience: string): number =>
    caller.raw({
      method: 'GET',
      url: 'https://renderfarm.eastus2.batch.emulated.azure/supportedimages?api-version=2025-06-01',
      headers: { authorization: `Bearer ${caller.token(audience).body.access_token}` }
    }).status
  expect([ask(ARM), ask(BATCH)]).toEqual([401, 200])
})

test.each([
  ['Microsoft.Compute/snapshots/write', 403],
  ['microsoft.compute/*', 403],
  ['Microsoft.Compute/snapshots/read', 404]
])('denying %s answers a snapshot PUT as Azure words it, or lets it pass', (denied, status) => {
  const caller = c.makeCaller({ behaviour: { denied: [denied] } })
  const answer = caller.arm('PUT', `${c.COMPUTE}/snapshots/os?api-version=${c.DISKS}`, {
    location: 'eastus2',
    properties: { creationData: { createOption: 'Copy', sourceResourceId: `${c.COMPUTE}/disks/none` } }
  })
  expect(answer.status).toBe(status)
  if (status === 403) {
    expect(answer.body.error.code).toBe('AuthorizationFailed')
    expect(answer.body.error.message).toContain(
      `perform action 'Microsoft.Compute/snapshots/write' over scope '${c.COMPUTE}/snapshots/os'`
    )
  }
})

const SNAPSHOT = `${c.COMPUTE}/snapshots/os`
const asVersion = (id: string) => ({
  location: 'eastus2',
  properties: {
    publishingProfile: { targetRegions: [{ name: 'eastus2' }] },
    storageProfile: { osDiskImage: { source: { id } } }
  }
})

test.each([
  ['Microsoft.Compute/disks/beginGetAccess/action', SNAPSHOT, c.snapshotBody()],
  ['Microsoft.Compute/snapshots/write', c.VERSION, asVersion(SNAPSHOT)],
  ['Microsoft.Compute/images/read', c.VERSION, asVersion(`${c.COMPUTE}/images/render`)]
])('%s is needed on what the body names', (denied, id, body) => {
  const caller = c.makeCaller({ behaviour: { denied: [denied] } })
  const version = id === c.VERSION ? c.GALLERIES : c.DISKS
  const { status, body: answer } = caller.arm('PUT', `${id}?api-version=${version}`, body)
  expect([status, answer.error.code]).toEqual([403, 'LinkedAuthorizationFailed'])
  expect(answer.error.message).toContain(
    `does not have permission to perform action(s) '${denied}' on the linked scope`
  )
})

test.each([
  ['VirtualMachines_Deallocate', 'Microsoft.Compute/virtualMachines/deallocate/action'],
  ['VirtualMachines_InstanceView', 'Microsoft.Compute/virtualMachines/instanceView/read'],
  ['GalleryImageVersions_Delete', 'Microsoft.Compute/galleries/images/versions/delete']
])('%s needs %s', (id, action) => {
  const operation = computeOperations.find(row => row.id === id)
  expect(actionOf({ operation } as Call)).toBe(action)
})

const SERVICE = 'https://renderfarm.eastus2.batch.emulated.azure'

test.each([
  ['Microsoft.Batch/batchAccounts/jobs/read', 'GET', '/jobs', '/supportedimages'],
  ['Microsoft.Batch/batchAccounts/jobs/read', 'GET', '/jobs/none/taskcounts', '/jobschedules'],
  ['Microsoft.Batch/batchAccounts/jobs/read', 'GET', '/jobs/none/tasks/none/files/stdout.txt', '/jobschedules'],
  ['Microsoft.Batch/batchAccounts/jobs/write', 'POST', '/jobs/none/tasks', '/jobs'],
  ['Microsoft.Batch/batchAccounts/jobs/write', 'POST', '/jobs/none/tasks/none/terminate', '/jobs'],
  ['Microsoft.Batch/batchAccounts/jobs/delete', 'DELETE', '/jobs/none/tasks/none', '/jobs'],
  ['Microsoft.Batch/batchAccounts/jobSchedules/read', 'GET', '/jobschedules', '/jobs'],
  ['Microsoft.Batch/batchAccounts/read', 'GET', '/nodecounts', '/jobs'],
  ['Microsoft.Batch/batchAccounts/pools/write', 'POST', '/pools/none/resize', '/pools'],
  ['Microsoft.Batch/batchAccounts/pools/delete', 'DELETE', '/pools/none', '/pools']
] as const)('denying %s denies %s %s of the Batch service, and not GET %s', (denied, method, path, other) => {
  const caller = c.makeCaller({ behaviour: { denied: [denied] } })
  const authorization = `Bearer ${caller.token(BATCH).body.access_token}`
  const ask = (verb: string, at: string) =>
    caller.raw({ method: verb, url: `${SERVICE}${at}?api-version=2025-06-01`, headers: { authorization } })
  const answer = ask(method, path)
  expect([answer.status, JSON.stringify(answer.body)]).toEqual([403, expect.stringContaining(`'${denied}'`)])
  expect(ask('GET', other).status).toBe(200)
})
