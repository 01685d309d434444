import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { request } from 'node:https'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { WorldFile } from '../../emulator/index.ts'
import { startServer, type ServedAzure } from '../../emulator/server.ts'
import { type Body, COMPUTE, DISKS, OS_DISK, snapshotBody } from './caller.ts'

const world = createRequire(import.meta.url)('../../emulator/worlds/default.json') as WorldFile

let azure: ServedAzure
let ca: string

beforeAll(async () => {
  azure = await startServer({ world, speed: 8 })
  ca = readFileSync(azure.ready.caFile, 'utf8')
})
afterAll(() => azure.close())

type Answer = { status: number; headers: Record<string, unknown>; body: Body }

/** One call over HTTPS that trusts the emulator's CA alone; rejects when the connection is cut. */
function call(
  method: string,
  url: string,
  more: { token?: string; body?: string; type?: string; trusts?: string } = {}
): Promise<Answer> {
  const { token, body, type = 'application/json', trusts = ca } = more
  const headers = { 'content-type': type, ...(token !== undefined && { authorization: `Bearer ${token}` }) }
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, ca: trusts, headers }, response => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (text += chunk))
      response.on('end', () => {
        const isJson = response.headers['content-type']?.includes('application/json') ?? false
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: isJson ? JSON.parse(text) : text })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

async function makesSnapshot(served: ServedAzure): Promise<Answer> {
  const { resourceManagerUrl, caFile } = served.ready
  const token = await tokenFor(resourceManagerUrl, served)
  const url = `${resourceManagerUrl}${COMPUTE}/snapshots/s?api-version=${DISKS}`
  return call('PUT', url, { token, body: JSON.stringify(snapshotBody()), trusts: readFileSync(caFile, 'utf8') })
}

async function tokenFor(audience: string, served = azure): Promise<string> {
  const { env, signIn, resourceManagerUrl, caFile } = served.ready
  const trusts = readFileSync(caFile, 'utf8')
  const asked = `${env['ACTIONS_ID_TOKEN_REQUEST_URL']}&audience=${encodeURIComponent('api://AzureADTokenExchange')}`
  const { body: idToken } = await call('GET', asked, { token: env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? '', trusts })
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: signIn['client-id'],
    scope: `${audience}/.default`,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: idToken.value
  })
  const url = `${resourceManagerUrl}/${signIn['tenant-id']}/oauth2/v2.0/token`
  const { body } = await call('POST', url, { body: form.toString(), type: 'application/x-www-form-urlencoded', trusts })
  return body.access_token as string
}

test('a client that trusts the CA signs in and reads, by name and by address', async () => {
  const { resourceManagerUrl } = azure.ready
  const token = await tokenFor(resourceManagerUrl)
  for (const base of [resourceManagerUrl, resourceManagerUrl.replace('localhost', '127.0.0.1')]) {
    expect((await call('GET', `${base}${OS_DISK}?api-version=${DISKS}`, { token })).status).toBe(200)
  }
})

test('each Batch account has a port of its own, which its endpoint names', async () => {
  const { resourceManagerUrl } = azure.ready
  const state = await call('GET', `${resourceManagerUrl}/_emulator/state`)
  const account = state.body.find(({ type }: { type: string }) => type === 'Microsoft.Batch/batchAccounts')
  const endpoint = account.properties.accountEndpoint as string
  expect(endpoint).toMatch(/^localhost:\d+$/)
  const token = await tokenFor('https://batch.core.emulated.azure')
  const { status } = await call('GET', `https://${endpoint}/supportedimages?api-version=2025-06-01`, { token })
  expect(status).toBe(200)
})

test('Retry-After shrinks with the speed: exact in ms, whole seconds rounded up', async () => {
  const { headers } = await makesSnapshot(azure)
  expect([headers['retry-after'], headers['retry-after-ms']]).toEqual(['1', '250'])
})

test('Retry-After is as ever for callers whose own time runs as fast', async () => {
  const asFast = await startServer({ world, speed: 8, callersSpeed: 8 })
  try {
    const { headers } = await makesSnapshot(asFast)
    expect([headers['retry-after'], headers['retry-after-ms']]).toEqual(['2', undefined])
  } finally {
    await asFast.close()
  }
})

test('faults come in over the control plane, and one of them cuts the connection', async () => {
  const { resourceManagerUrl } = azure.ready
  const token = await tokenFor(resourceManagerUrl)
  const faults = [{ operation: 'Disks_Get', times: 1, respond: { reset: 'before' } }]
  const put = await call('PUT', `${resourceManagerUrl}/_emulator/faults`, { body: JSON.stringify(faults) })
  expect(put).toMatchObject({ status: 200, body: faults })
  await expect(call('GET', `${resourceManagerUrl}${OS_DISK}?api-version=${DISKS}`, { token })).rejects.toThrow(
    'socket hang up'
  )
  expect(azure.emulator.unusedFaults()).toEqual([])
})

test.each([
  ['faults', 'PUT', '{}'],
  ['faults', 'PUT', '[{"operation":"Disks_Get"}]'],
  ['clock', 'POST', '{"advanceMs":-1}']
])('a bad body for %s is refused (%s %s)', async (name, method, body) => {
  const answer = await call(method, `${azure.ready.resourceManagerUrl}/_emulator/${name}`, { body })
  expect([answer.status, answer.body.error]).toEqual([400, expect.stringContaining('needed')])
})

test('the clock can be moved on, and the journal is a line of JSON for each exchange', async () => {
  const { resourceManagerUrl } = azure.ready
  const before = azure.emulator.now()
  await call('POST', `${resourceManagerUrl}/_emulator/clock`, { body: '{"advanceMs":3600000}' })
  expect(azure.emulator.now() - before).toBeGreaterThanOrEqual(3_600_000)
  const { body } = await call('GET', `${resourceManagerUrl}/_emulator/journal`)
  const lines = (body as string)
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as { at: number })
  expect(lines.length).toBe(azure.emulator.journal().length)
})
