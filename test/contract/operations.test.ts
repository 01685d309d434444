import { describe, expect, test } from '@jest/globals'
import { AzureError } from '../../src/azure/errors.ts'
import type { GalleryImageId, GalleryImageVersionId, ImageId, SnapshotId } from '../../src/model/arm-id.ts'
import { GROUP, START, SUBSCRIPTION, type Script, type ScriptedAnswer, calls, withAzure } from './azure.ts'

const SNAPSHOT = `${GROUP}/providers/Microsoft.Compute/snapshots/os` as SnapshotId
const IMAGE = `${GROUP}/providers/Microsoft.Compute/images/image` as ImageId
const DEFINITION = `${GROUP}/providers/Microsoft.Compute/galleries/g/images/d` as GalleryImageId
const VERSION = `${DEFINITION}/versions/1.0.0` as GalleryImageVersionId
const OPERATIONS = `https://management.azure.com/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Compute/locations/westus3`
/** Signed URLs have what a URL parser would write otherwise: a space as `+`, an apostrophe, an empty parameter. */
const STATUS = `${OPERATIONS}/DiskOperations/6c0f?p=1&api-version=2026-03-02&t=63&c=MII%2b+'x'&s=${'s'.repeat(3_000)}&h=`
const LOCATION = `${STATUS}&monitor=true`
const running = { status: 200, body: { startTime: '2026-11-23T07:00:00.1+08:00', status: 'InProgress', name: '6c0f' } }
const succeeded = { status: 200, body: { startTime: '2026-11-23T07:00:00.1+08:00', status: 'Succeeded', name: '6c0f' } }
const accepted = {
  status: 202,
  headers: { 'azure-asyncoperation': STATUS, location: LOCATION, 'retry-after': '2' },
  body: {}
}

async function snapshotTimes(script: Script): Promise<number[]> {
  return withAzure(script, async ({ azure, sent }) => {
    await azure.compute.createSnapshot(SNAPSHOT, { location: 'westus3', properties: { unheardOf: true } })
    return calls(sent).map(({ at }) => at - START)
  })
}

test('a snapshot is put verbatim, and its status URL comes back byte for byte', async () => {
  await withAzure({ [`PUT ${SNAPSHOT}`]: [accepted], [`GET ${STATUS}`]: [succeeded] }, async ({ azure, sent }) => {
    await azure.compute.createSnapshot(SNAPSHOT, { location: 'westus3', properties: { unheardOf: true } })
    const [put, poll] = calls(sent)
    expect(put?.url).toBe(`https://management.azure.com${SNAPSHOT}?api-version=2026-03-02`)
    expect(put?.body).toEqual({ location: 'westus3', properties: { unheardOf: true } })
    expect(poll?.url).toBe(STATUS)
  })
})

test.each<{ says: string; polls: Script[string]; times: number[] }>([
  {
    says: 'Retry-After of the first answer is obeyed, then the shortest wait goes on',
    polls: [running, running, succeeded],
    times: [0, 2_000, 4_000, 6_000]
  },
  {
    says: 'Retry-After on a poll is obeyed',
    polls: [{ ...running, headers: { 'retry-after': '60' } }, succeeded],
    times: [0, 2_000, 62_000]
  },
  {
    says: 'Retry-After of a poll that was refused to the end is obeyed',
    polls: [...Array.from({ length: 6 }, () => ({ status: 429, headers: { 'retry-after': '17' } })), succeeded],
    times: [0, 2_000, 19_000, 36_000, 53_000, 70_000, 87_000, 104_000]
  }
])('pace of polls: $says', async ({ polls, times }) => {
  expect(await snapshotTimes({ [`PUT ${SNAPSHOT}`]: [accepted], [`GET ${STATUS}`]: polls })).toEqual(times)
})

test.each([
  { says: '503 with an empty body', answer: { status: 503 } },
  {
    says: '500 MultipleErrorsOccurred',
    answer: { status: 500, body: { error: { code: 'MultipleErrorsOccurred', message: 'x' } } }
  },
  { says: '504', answer: { status: 504, body: { error: { code: 'ResourceReadFailed', message: 'x' } } } },
  { says: 'a broken connection', answer: { fails: 'ECONNRESET' } }
])('a poll that fails with $says is no result, be it ten times in a row', async ({ answer }) => {
  const polls = [...Array.from({ length: 10 }, () => answer), succeeded]
  expect(await snapshotTimes({ [`PUT ${SNAPSHOT}`]: [accepted], [`GET ${STATUS}`]: polls })).toHaveLength(12)
})

test('polls that go on failing end as an error in the end', async () => {
  const polls = Array.from({ length: 30 }, () => ({ status: 503 }))
  const script = { [`PUT ${SNAPSHOT}`]: [accepted], [`GET ${STATUS}`]: polls }
  await expect(snapshotTimes(script)).rejects.toMatchObject({ operation: 'Snapshots_CreateOrUpdate', status: 503 })
})

test('a failed operation keeps code, message, details and request id', async () => {
  const error = {
    code: 'InvalidParameter',
    message: 'Disks cannot be resized down.',
    details: [{ code: 'Inner', message: 'why' }]
  }
  const poll = { status: 200, headers: { 'x-ms-request-id': 'r-1' }, body: { status: 'Failed', error } }
  const made = snapshotTimes({ [`PUT ${SNAPSHOT}`]: [accepted], [`GET ${STATUS}`]: [running, poll] })
  const message = expect.stringContaining('Snapshots_CreateOrUpdate of os failed with InvalidParameter: Disks cannot')
  await expect(made).rejects.toMatchObject({ ...error, message, status: undefined, requestId: 'r-1' })
  await expect(made).rejects.toBeInstanceOf(AzureError)
})

test('a cancelled operation is an error, though it names none', async () => {
  const polls = [{ status: 200, body: { status: 'Canceled' } }]
  await expect(snapshotTimes({ [`PUT ${SNAPSHOT}`]: [accepted], [`GET ${STATUS}`]: polls })).rejects.toMatchObject({
    code: 'Canceled'
  })
})

test('a 404 on a PUT is about the source, and stays an error', async () => {
  const script = {
    [`PUT ${SNAPSHOT}`]: [{ status: 404, body: { error: { code: 'NotFound', message: 'Resource D is not found.' } } }]
  }
  await expect(snapshotTimes(script)).rejects.toMatchObject({
    status: 404,
    code: 'NotFound',
    message: expect.stringContaining('Resource D')
  })
})

test('a managed image: 201 with Azure-AsyncOperation alone and no Retry-After', async () => {
  const first = {
    status: 201,
    headers: { 'azure-asyncoperation': STATUS },
    body: { properties: { provisioningState: 'Creating' } }
  }
  const script = { [`PUT ${IMAGE}`]: [first], [`GET ${STATUS}`]: [running, succeeded] }
  await withAzure(script, async ({ azure, sent }) => {
    await azure.compute.createManagedImage(IMAGE, { location: 'westus3' })
    expect(calls(sent).map(({ at }) => at - START)).toEqual([0, 2_000, 4_000])
    expect(calls(sent)[0]?.url).toContain('api-version=2026-04-01')
  })
})

test('a definition that is there already: 200 without an operation is the end', async () => {
  const script = { [`PUT ${DEFINITION}`]: [{ status: 200, body: { properties: { provisioningState: 'Succeeded' } } }] }
  await withAzure(script, async ({ azure, sent }) => {
    await azure.gallery.createGalleryImage(DEFINITION, { location: 'westus3' })
    expect(calls(sent)).toHaveLength(1)
  })
})

test('a PUT without any operation header is watched by the resource itself', async () => {
  const state = (provisioningState: string) => ({ status: 200, body: { properties: { provisioningState } } })
  const script = {
    [`PUT ${DEFINITION}`]: [state('Creating')],
    [`GET ${DEFINITION}`]: [state('Creating'), state('Succeeded')]
  }
  await withAzure(script, async ({ azure, sent }) => {
    await azure.gallery.createGalleryImage(DEFINITION, { location: 'westus3' })
    expect(calls(sent)).toHaveLength(3)
  })
})

test.each<{ says: string; script: Script }>([
  {
    says: 'status URL',
    script: { [`DELETE ${SNAPSHOT}`]: [{ ...accepted, text: '' }], [`GET ${STATUS}`]: [running, succeeded] }
  },
  {
    says: 'Location alone, a new one with each answer, the last one 200 and empty',
    script: {
      [`DELETE ${SNAPSHOT}`]: [{ status: 202, headers: { location: LOCATION } }],
      [`GET ${LOCATION}`]: [{ status: 202, headers: { location: `${LOCATION}2` } }],
      [`GET ${LOCATION}2`]: [{ status: 200 }]
    }
  },
  { says: '204: gone before', script: { [`DELETE ${SNAPSHOT}`]: [{ status: 204 }] } },
  {
    says: 'the group is gone',
    script: {
      [`DELETE ${SNAPSHOT}`]: [{ status: 404, body: { error: { code: 'ResourceGroupNotFound', message: 'x' } } }]
    }
  }
])('deleting a snapshot ends when it is gone: $says', async ({ script }) => {
  await withAzure(script, async ({ azure }) => {
    await expect(azure.compute.deleteSnapshot(SNAPSHOT)).resolves.toBeUndefined()
  })
})

test('a version is put verbatim, and tells its failure only when it has failed', async () => {
  const body = { location: 'westus3', tags: { a: 'b' }, properties: { futureProperty: { deep: [1] } } }
  const failed = { status: 200, body: { status: 'Failed', error: { code: 'ReplicationFailed', message: 'no room' } } }
  const script = {
    [`PUT ${VERSION}`]: [{ status: 201, headers: { 'azure-asyncoperation': STATUS }, body }],
    [`GET ${STATUS}`]: [running, ...Array.from({ length: 14 }, () => ({ status: 503 })), failed]
  }
  await withAzure(script, async ({ azure, sent }) => {
    const started = await azure.gallery.putVersion(VERSION, body)
    expect(calls(sent)[0]?.body).toEqual(body)
    expect(await started.failure()).toBeUndefined()
    expect(await started.failure()).toBeUndefined()
    expect(await started.failure()).toMatchObject({ code: 'ReplicationFailed', target: 'g/d/1.0.0' })
  })
})

test('an abort ends a wait at once, with the reason', async () => {
  await withAzure({ [`PUT ${SNAPSHOT}`]: [accepted] }, async ({ azure, clock, abort }) => {
    const made = azure.compute.createSnapshot(SNAPSHOT, {})
    void clock.sleep(500).then(() => abort.abort(new Error('deadline')))
    await expect(made).rejects.toThrow('deadline')
    expect(clock.now()).toBe(START + 500)
  })
})

test('until: the same connection under another signal', async () => {
  await withAzure({ [`PUT ${SNAPSHOT}`]: [accepted], [`GET ${STATUS}`]: [succeeded] }, async ({ azure, abort }) => {
    abort.abort(new Error('over'))
    await expect(azure.compute.createSnapshot(SNAPSHOT, {})).rejects.toThrow('over')
    await azure.until(new AbortController().signal).compute.createSnapshot(SNAPSHOT, {})
  })
})

describe('one look at a version’s operation', () => {
  const failed = (status: number, code: string): ScriptedAnswer => ({ status, body: { error: { code, message: 'x' } } })
  const look = (by: 'azure-asyncoperation' | 'location', ...answers: ScriptedAnswer[]) =>
    withAzure(
      { [`PUT ${VERSION}`]: [{ status: 202, headers: { [by]: STATUS } }], [`GET ${STATUS}`]: answers },
      async ({ azure }) => (await azure.gallery.putVersion(VERSION, {})).failure()
    )

  test('at a Location: the poll’s own status is the operation’s', async () => {
    expect(await look('location', failed(409, 'Conflict'))).toMatchObject({ status: 409, code: 'Conflict' })
    expect(await look('location', { status: 200 })).toBeUndefined()
  })

  test('at a status: what Azure no longer knows is no failure, and a refusal to look is none of the operation’s', async () => {
    const gone = Array.from({ length: 12 }, () => failed(404, 'NotFound'))
    expect(await look('azure-asyncoperation', ...gone)).toBeUndefined()
    await expect(look('azure-asyncoperation', failed(403, 'AuthorizationFailed'))).rejects.toMatchObject({
      status: 403
    })
  })

  test('at a status: an answer without one is told', async () => {
    expect(await look('azure-asyncoperation', { status: 204 })).toMatchObject({ code: 'UnexpectedAnswer' })
  })
})
