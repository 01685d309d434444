import { expect, test } from '@jest/globals'
import { cloudFromMetadata } from '../../src/azure/cloud.ts'
import type { SnapshotId } from '../../src/model/arm-id.ts'
import { GROUP, SUBSCRIPTION, type Script, calls, withAzure } from './azure.ts'

const SNAPSHOTS = `${GROUP}/providers/Microsoft.Compute/snapshots`
const SNAPSHOT = `${SNAPSHOTS}/os` as SnapshotId
const FIRST = `https://management.azure.com${SNAPSHOTS}?api-version=2026-03-02`
const page = (name: string, nextLink?: string) => ({
  status: 200,
  body: {
    value: [{ id: `${SNAPSHOTS}/${name}`, location: 'westus3', properties: { provisioningState: 'Succeeded' } }],
    ...(nextLink === undefined ? {} : { nextLink })
  }
})
const list = (script: Script) =>
  withAzure(script, async ({ azure }) => (await azure.compute.listSnapshots(SUBSCRIPTION, 'images-rg')).length)

test.each([
  ['whole', `${FIRST}&$skiptoken=a%2bb`],
  ['a path', `${SNAPSHOTS}?api-version=2026-03-02&$skiptoken=a%2bb`],
  ['a query', '?api-version=2026-03-02&$skiptoken=a%2bb']
])('the link to the next page may be %s', async (_, link) => {
  const second = `GET ${FIRST}&$skiptoken=a%2bb`
  expect(await list({ [`GET ${FIRST}`]: [page('a', link)], [second]: [page('b')] })).toBe(2)
})

test('a page that is its own next one ends the list as an error, not never', async () => {
  const told = list({ [`GET ${FIRST}`]: [page('a', FIRST)] })
  await expect(told).rejects.toMatchObject({
    code: 'UnexpectedAnswer',
    message: expect.stringContaining('a list whose next page is one that was read before')
  })
})

test('a next page that is no URL is told as such', async () => {
  const told = list({ [`GET ${FIRST}`]: [page('a', 'https://[')] })
  await expect(told).rejects.toMatchObject({ code: 'UnexpectedAnswer' })
})

test.each([
  'https://evilmanagement.azure.com/poll',
  'https://management.azure.com.evil.example/poll',
  'https://management.azure.com@evil.example/poll',
  'https://sub.management.azure.com/poll',
  '//evilmanagement.azure.com/poll'
])('a poll at %s gets no token', async url => {
  const script = { [`PUT ${SNAPSHOT}`]: [{ status: 202, headers: { location: url } }] }
  await withAzure(script, async ({ azure, sent }) => {
    await expect(azure.compute.createSnapshot(SNAPSHOT, {})).rejects.toMatchObject({ reason: 'sign-in-failed' })
    expect(calls(sent)).toHaveLength(1)
  })
})

test('a next page at another host gets no token', async () => {
  const told = list({ [`GET ${FIRST}`]: [page('a', 'https://evilmanagement.azure.com/next')] })
  await expect(told).rejects.toMatchObject({ reason: 'sign-in-failed' })
})

test.each([
  ['renders.westus3.batch.azure.test', true],
  ['evilazure.test', false],
  ['evil.azure.test.example', false],
  ['azure.test', false]
])('beside a Resource Manager of its own, Batch’s token may go to %s: %s', (host, may) => {
  const cloud = cloudFromMetadata('https://management.azure.test', {
    authentication: { loginEndpoint: 'https://login.azure.test', audiences: ['https://management.azure.test'] },
    batch: 'https://batch.azure.test'
  })
  expect(cloud.isBatchHost(host)).toBe(may)
})
