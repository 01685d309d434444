/** Recorded traffic, where it lies beside the checkout, through the gateway and its readers. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@jest/globals'
import { AzureError } from '../../src/azure/errors.ts'
import { readError } from '../../src/azure/read/error.ts'
import {
  readGalleryImage,
  readGalleryImageVersion,
  readManagedImage,
  readSnapshot
} from '../../src/azure/read/image.ts'
import { at, listAt } from '../../src/azure/read/json.ts'
import { readNode, readNodeCounts, readSupportedImage } from '../../src/azure/read/node.ts'
import { readAccount, readPool } from '../../src/azure/read/pool.ts'
import { diskIdsOf, readDisk, readSource } from '../../src/azure/read/source.ts'
import { type GalleryImageId, type ImageId, type SnapshotId, splitArmId } from '../../src/model/arm-id.ts'
import type { Json, JsonObject } from '../../src/model/json.ts'
import { testIf } from '../support/test-if.ts'
import { type Script, type ScriptedAnswer, calls, withAzure } from './azure.ts'

type Exchange = {
  op: string
  request: { method: string; uri: string; body?: JsonObject | null }
  response: { status: number; headers: Record<string, string>; body: Json }
}

const FOLDER = join(import.meta.dirname, '../../../shared/recorded')
const missing = existsSync(FOLDER) ? undefined : 'no recordings beside the checkout'
const recordings = missing
  ? []
  : readdirSync(FOLDER)
      .filter(name => name.endsWith('.jsonl'))
      .map(load)

function load(name: string): { name: string; exchanges: Exchange[] } {
  const lines = readFileSync(join(FOLDER, name), 'utf8').split('\n').filter(Boolean)
  return { name, exchanges: lines.map(line => JSON.parse(line) as Exchange) }
}

function answersTo(op: string, status = 200): Json[] {
  const exchanges = recordings.flatMap(recording => recording.exchanges)
  return exchanges
    .filter(exchange => exchange.op === op && exchange.response.status === status)
    .map(({ response }) => response.body)
}

/** The readers that every recorded answer of a kind goes through; each must give the id that the answer has. */
const READERS: [op: string, read: (body: Json) => string][] = [
  ['compute:snapshot.get', body => readSnapshot(body).snapshotId],
  ['compute:disk.get', body => readDisk(body).diskId],
  ['compute:image.get', body => readManagedImage(body).imageId],
  ['compute:galleryImage.get', body => readGalleryImage(body).galleryImageId],
  ['compute:galleryImageVersion.get', body => readGalleryImageVersion(body).versionId],
  ['compute:vm.get', body => readSource({ vm: body, extensions: [], disks: new Map() }).id],
  ['armbatch:account.get', body => readAccount(body).accountId],
  ['armbatch:pool.get', body => readPool(body).poolId],
  ['armbatch:pool.update', body => readPool(body).poolId]
]

for (const [op, read] of READERS) {
  testIf(missing)(`every recorded ${op} can be read`, () => {
    const bodies = answersTo(op).filter(body => at(body, 'id') !== undefined)
    expect(bodies.length).toBeGreaterThan(0)
    expect(bodies.map(read)).toEqual(bodies.map(body => at(body, 'id')))
  })
}

const LISTS: [op: string, read: (item: Json) => unknown][] = [
  ['compute:snapshot.list', readSnapshot],
  ['compute:disk.list', readDisk],
  ['compute:vm.list', diskIdsOf],
  ['armbatch:pool.list', item => readPool(item)],
  ['dp:node.list', readNode],
  ['dp:nodecounts', readNodeCounts],
  ['dp:supportedimages', readSupportedImage]
]

for (const [op, read] of LISTS) {
  testIf(missing)(`every item of every recorded ${op} can be read`, () => {
    const items = answersTo(op).flatMap(body => listAt(body, 'value'))
    expect(items.length).toBeGreaterThan(0)
    for (const item of items) expect(() => read(item)).not.toThrow()
  })
}

testIf(missing)('every recorded error has a code and a message', () => {
  const errors = recordings
    .flatMap(recording => recording.exchanges)
    .filter(({ response }) => response.status >= 400 && response.body !== null)
  expect(errors.length).toBeGreaterThan(50)
  for (const { response } of errors) {
    const facts = readError(response.body, response.status)
    expect(facts.code).toMatch(/^\w+$/)
    expect(facts.message).not.toMatch(/^without|RequestId:|no body/)
  }
})

/** Operations that we start, as they were recorded from the first answer to the end. */
const OPERATIONS = [
  'compute:snapshot.createOrUpdate',
  'compute:image.createOrUpdate',
  'compute:galleryImage.createOrUpdate'
]

type Recorded = { first: Exchange; polls: Exchange[] }

function recordedOperations(op: string): Recorded[] {
  return recordings.flatMap(({ exchanges }) =>
    exchanges.flatMap((first, index) => {
      const url = first.response.headers['azure-asyncoperation']
      if (
        first.op !== op ||
        url === undefined ||
        exchanges.some((other, at) => at < index && other.response.headers['azure-asyncoperation'] === url)
      )
        return []
      const polls = exchanges.filter(({ request }) => request.uri === url)
      const ended = polls.some(({ response }) => at(response.body, 'status') === 'Succeeded')
      return ended && splitArmId(pathOf(first)) !== undefined ? [{ first, polls }] : []
    })
  )
}

const pathOf = ({ request }: Exchange) => new URL(request.uri).pathname

function answer({ response }: Exchange): ScriptedAnswer {
  return {
    status: response.status,
    headers: response.headers,
    ...(response.body === null ? {} : { body: response.body })
  }
}

for (const op of OPERATIONS) {
  testIf(missing)(`every recorded ${op} is followed to its end, at the recorded URLs byte for byte`, async () => {
    const recorded = recordedOperations(op)
    expect(recorded.length).toBeGreaterThan(5)
    for (const { first, polls } of recorded) {
      const path = pathOf(first)
      const end = polls.findIndex(({ response }) => at(response.body, 'status') === 'Succeeded')
      const looks = polls.slice(0, end + 1)
      const url = first.response.headers['azure-asyncoperation'] ?? ''
      const script: Script = { [`PUT ${path}`]: [answer(first)], [`GET ${url}`]: looks.map(answer) }
      const body = first.request.body ?? {}
      await withAzure(script, async ({ azure, sent }) => {
        if (op.includes('snapshot')) await azure.compute.createSnapshot(path as SnapshotId, body)
        else if (op.includes('galleryImage')) await azure.gallery.createGalleryImage(path as GalleryImageId, body)
        else await azure.compute.createManagedImage(path as ImageId, body)
        expect(
          calls(sent)
            .slice(1)
            .map(({ url }) => url)
        ).toEqual(looks.map(() => url))
        expect(calls(sent)[0]?.body).toEqual(body)
      })
    }
  })
}

testIf(missing)('the recorded failure of an operation keeps its code and message', async () => {
  const exchanges = recordings.flatMap(recording => recording.exchanges)
  const failed = exchanges.filter(({ response }) => at(response.body, 'status') === 'Failed')
  expect(failed.length).toBeGreaterThan(0)
  for (const poll of failed) {
    const snapshot = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/snapshots/x' as SnapshotId
    const first = { status: 202, headers: { 'azure-asyncoperation': poll.request.uri } }
    const script = { [`PUT ${snapshot}`]: [first], [`GET ${poll.request.uri}`]: [answer(poll)] }
    const made = withAzure(script, ({ azure }) => azure.compute.createSnapshot(snapshot, {}))
    await expect(made).rejects.toBeInstanceOf(AzureError)
    await expect(made).rejects.toMatchObject({ code: at(poll.response.body, 'error.code') })
  }
})
