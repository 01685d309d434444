/** Every recorded way in which Azure begins an operation, lets it be polled, fails, throttles and lists: fed to the gateway as bytes. */
import { expect } from '@jest/globals'
import { at, listAt } from '../../src/azure/read/json.ts'
import { sameId, type SnapshotId } from '../../src/model/arm-id.ts'
import { readRecordings, withoutRecordings, type Recorded } from '../support/replay/recordings.ts'
import { testIf } from '../support/test-if.ts'
import { type ScriptedAnswer, type Sent, calls, withAzure } from './azure.ts'

const fed = testIf(withoutRecordings)
const recordings = readRecordings()
const exchanges = recordings.flatMap(recording => recording.exchanges)
const SNAPSHOT = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/snapshots/x' as SnapshotId

function answer({ response: { status, headers, body } }: Recorded): ScriptedAnswer {
  // JSON.parse has made an integer of it; on the wire it is a float
  const text = body === null ? '' : JSON.stringify(body).replaceAll(/("completionPercent":\d+)(?=[,}])/g, '$1.0')
  return { status, headers, text }
}

/** An operation of any kind: its first answer, and the polls of the URL that counts, up to its end. */
type Operation = { first: Recorded; polls: Recorded[]; end: 'Succeeded' | 'Failed' | 'error' }

function operationsIn(all: Recorded[]): Operation[] {
  return all.flatMap((first, index) => {
    const { headers, status } = first.response
    // some recorded clients called a region's own host, which is no host of ours
    if (new URL(first.request.uri).host !== 'management.azure.com') return []
    if (first.op.endsWith(':poll') || first.op.startsWith('arm:') || status >= 300) return []
    let url = headers['azure-asyncoperation'] ?? (status === 202 ? headers['location'] : undefined)
    const polls: Recorded[] = []
    for (const one of all.slice(index + 1)) {
      if (one.request.uri !== url) continue
      polls.push(one)
      const end = endOf(one, headers['azure-asyncoperation'] === undefined)
      if (end !== undefined) return [{ first, polls, end }]
      if (one.response.status === 202) url = one.response.headers['location'] ?? url
    }
    return []
  })
}

function endOf({ response: { status, body } }: Recorded, byLocation: boolean): Operation['end'] | undefined {
  if (status >= 500) return undefined
  if (status >= 400) return 'error'
  if (byLocation) return status === 202 ? undefined : 'Succeeded'
  const said = at(body, 'status')
  return said === 'Succeeded' || said === 'Failed' ? said : undefined
}

const operations = recordings.flatMap(recording => operationsIn(recording.exchanges))

function dialectOf({ first: { response, op } }: Operation): string {
  const { status, headers } = response
  const names = { A: 'azure-asyncoperation', L: 'location', N: 'azure-asyncnotification', R: 'retry-after' }
  const sent = Object.entries(names).flatMap(([letter, name]) => (headers[name] === undefined ? [] : [letter]))
  return `${op.split(':')[0]} ${status} ${sent.join('+')}`
}

const dialects = [...new Set(operations.map(dialectOf))].sort()

for (const dialect of dialects) {
  fed(`operations that begin with ${dialect} are followed to their recorded end, at the recorded URLs`, async () => {
    for (const operation of operations.filter(one => dialectOf(one) === dialect)) await follows(operation)
  })
}

async function follows({ first, polls, end }: Operation): Promise<void> {
  const script: Record<string, ScriptedAnswer[]> = { [`PUT ${SNAPSHOT}`]: [answer(first)] }
  for (const poll of polls) (script[`GET ${poll.request.uri}`.toLowerCase()] ??= []).push(answer(poll))
  await withAzure(script, async ({ azure, sent }) => {
    const made = azure.compute.createSnapshot(SNAPSHOT, {})
    if (end === 'Succeeded') await made
    else {
      const body = polls.at(-1)?.response.body ?? null
      await expect(made).rejects.toMatchObject({ code: at(body, 'error.code') })
    }
    expect(urlsOf(sent)).toEqual(polls.map(({ request }) => request.uri))
  })
}

const urlsOf = (sent: Sent[]): string[] =>
  calls(sent)
    .slice(1)
    .map(({ url }) => url)

fed('the recordings hold each dialect that Azure speaks', () => {
  const begun = ['201 A', '201 A+N', '202 A+L', '202 A+L+N', '202 A+L+R', '200 A'].map(words => `compute ${words}`)
  expect(dialects).toEqual(expect.arrayContaining([...begun, 'armbatch 202 L', 'armbatch 202 L+R']))
  expect(new Set(operations.map(({ end }) => end))).toEqual(new Set(['Succeeded', 'Failed', 'error']))
})

fed('a recorded 503 without a body is no answer: the call is repeated', async () => {
  const empty = exchanges.filter(({ response }) => response.status === 503 && response.body === null)
  const found = exchanges.find(({ op, response }) => op === 'compute:snapshot.get' && response.status === 200)
  expect(empty.length).toBeGreaterThan(2)
  for (const one of empty) {
    await withAzure({ [`GET ${SNAPSHOT}`]: [answer(one), answer(found as Recorded)] }, async ({ azure }) => {
      expect(await azure.compute.getSnapshot(SNAPSHOT)).toBeDefined()
    })
  }
})

fed('every recorded 429 is waited for: as long as it says, and for a while where it says nothing', async () => {
  const throttled = exchanges.filter(({ response }) => response.status === 429)
  const found = exchanges.find(({ op, response }) => op === 'compute:snapshot.get' && response.status === 200)
  expect(throttled.some(({ response }) => response.headers['retry-after'] === undefined)).toBe(true)
  for (const one of throttled) {
    await withAzure({ [`GET ${SNAPSHOT}`]: [answer(one), answer(found as Recorded)] }, async ({ azure, sent }) => {
      expect(await azure.compute.getSnapshot(SNAPSHOT)).toBeDefined()
      const [first, second] = calls(sent)
      const inWords = /after '(\d+)' seconds/.exec(JSON.stringify(one.response.body))?.[1]
      const saidMs = Number(one.response.headers['retry-after'] ?? inWords ?? 1) * 1_000
      expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(saidMs)
    })
  }
})

fed('a recorded snapshot is Succeeded with completionPercent 0.0, and its data is not there', async () => {
  const copying = exchanges.filter(
    ({ op, response }) => op === 'compute:snapshot.get' && at(response.body, 'properties.completionPercent') === 0
  )
  expect(copying.length).toBeGreaterThan(0)
  for (const one of copying) {
    await withAzure({ [`GET ${SNAPSHOT}`]: [answer(one)] }, async ({ azure }) => {
      const snapshot = await azure.compute.getSnapshot(SNAPSHOT)
      expect(snapshot).toMatchObject({ provisioningState: 'Succeeded', completionPercent: 0 })
    })
  }
})

fed('what recorded lists call in upper case is what single answers call as it was made', async () => {
  const list = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/snapshots'
  const shouted = exchanges.filter(
    ({ op, response }) =>
      op === 'compute:snapshot.list' && /resourceGroups\/[A-Z0-9]+\//.test(JSON.stringify(response.body))
  )
  const single = exchanges.filter(({ op, response }) => op === 'compute:snapshot.get' && response.status === 200)
  expect(shouted.length).toBeGreaterThan(0)
  for (const one of shouted) {
    await withAzure({ [`GET ${list}`]: [answer(one)] }, async ({ azure }) => {
      const listed = await azure.compute.listSnapshots('s', 'g')
      expect(listed).toHaveLength(listAt(one.response.body, 'value').length)
      const known = listed.filter(({ snapshotId }) =>
        single.some(({ response }) => {
          const id = String(at(response.body, 'id'))
          return id !== snapshotId && sameId(id, snapshotId)
        })
      )
      expect(known.length).toBeGreaterThan(0)
    })
  }
})

fed('every recorded refusal comes out of the gateway with its own code and words', async () => {
  const refused = exchanges.filter(
    ({ op, response }) =>
      response.status >= 400 &&
      response.status < 500 &&
      ![404, 408, 429].includes(response.status) &&
      !op.endsWith(':poll')
  )
  expect(refused.length).toBeGreaterThan(20)
  for (const one of refused) {
    const isService = one.op.startsWith('dp:')
    const script = { [isService ? 'GET /supportedimages' : `PUT ${SNAPSHOT}`]: [answer(one)] }
    await withAzure(script, async ({ azure }) => {
      const asked = isService
        ? azure.batchService('a.eastus2.batch.azure.com').listSupportedImages()
        : azure.compute.createSnapshot(SNAPSHOT, {})
      const said = isService ? one.response.body : (at(one.response.body, 'error') ?? null)
      const message = String(at(said, isService ? 'message.value' : 'message')).split('\n')[0] ?? ''
      await expect(asked).rejects.toMatchObject({
        status: one.response.status,
        code: at(said, 'code'),
        message: expect.stringContaining(message.trim().slice(0, 40))
      })
    })
  }
})
