/** Which exchanges are judged once: what a contract could tell apart must never pass for the same. */
import { expect, test } from '@jest/globals'
import type { Exchange } from '../../emulator/index.ts'
import type { Json } from '../../emulator/kernel/types.ts'
import * as c from '../emulator/caller.ts'
import { violations } from '../support/contract/contract.ts'
import { shapeOf } from '../support/contract/shapes.ts'
import { withoutSpecifications } from '../support/contract/specifications.ts'
import { testIf } from '../support/test-if.ts'

type Parts = { url?: string; status?: number; sent?: Json; shown?: Json; type?: string; scripted?: true }

const URL_OF = 'https://management.emulated.azure/subscriptions/1/snapshots/s-1?api-version=2025-01-02'

const exchange = ({
  url = URL_OF,
  status = 200,
  sent = null,
  shown = null,
  type = 'json',
  scripted
}: Parts): Exchange => ({
  at: 0,
  ...(scripted && { scripted }),
  request: { method: 'PUT', url, headers: {}, body: sent },
  response: { status, headers: { 'content-type': type }, body: shown }
})

const NODE = { id: 'tvmps_0a1b_d', state: 'idle' }

test.each<[string, Parts, Parts]>([
  ['figures', { shown: { size: 30 } }, { shown: { size: 128 } }],
  ['names with figures', {}, { url: URL_OF.replace('s-1', 's-22') }],
  ['ids', { shown: 'abcdabcd-abcd-4000-8000-abcdefabcdef' }, { shown: '00000000-0000-4000-8000-000000000000' }],
  ['times', { shown: '2026-11-23T00:00:00Z' }, { shown: '2027-01-01T10:00:00Z' }],
  ['how many there are of a kind', { shown: [NODE] }, { shown: [NODE, { ...NODE, id: 'tvmps_ffff1_d' }] }]
])('exchanges that differ in %s alone are alike', (_what, one, other) => {
  expect(shapeOf(exchange(one))).toBe(shapeOf(exchange(other)))
})

test.each<[string, Parts, Parts]>([
  ['status', {}, { status: 202 }],
  ['api-version', {}, { url: URL_OF.replace('2025-01-02', '2026-03-02') }],
  ['a word', { shown: { state: 'idle' } }, { shown: { state: 'Idle' } }],
  ['type', { sent: { size: 30 } }, { sent: { size: '30' } }],
  ['a fraction', { sent: { size: 30 } }, { sent: { size: 30.5 } }],
  ['sign', { sent: { size: 30 } }, { sent: { size: -30 } }],
  ['a property more', { shown: [NODE] }, { shown: [NODE, { ...NODE, isDedicated: true }] }],
  ['the type of the content', {}, { type: 'text/plain' }],
  ['who answered', {}, { scripted: true }]
])('exchanges that differ in %s are not', (_what, one, other) => {
  expect(shapeOf(exchange(one))).not.toBe(shapeOf(exchange(other)))
})

const SNAPSHOT = `${c.COMPUTE}/snapshots/s?api-version=${c.DISKS}`

function withWrongRequest(scripted: boolean): Exchange {
  const caller = c.makeCaller()
  caller.arm('PUT', SNAPSHOT, c.snapshotBody())
  const { response, request } = caller.emulator.journal().at(-1) as Exchange
  const body = { ...(request.body as object), tags: { disks: 3 } }
  return { at: 0, ...(scripted && { scripted: true }), request: { ...request, body }, response }
}

const wrong = testIf(withoutSpecifications)

wrong('a request that is wrong is told each time, also after its answer alone was found right', async () => {
  const exchanges = [withWrongRequest(false)]
  expect(await violations(exchanges, 'answers')).toEqual([])
  const told = await violations(exchanges, 'requests and answers')
  expect(told).toContainEqual(expect.stringContaining('INVALID_TYPE /tags/disks'))
  expect(await violations(exchanges, 'requests and answers')).toEqual(told)
})

wrong('of an answer that a fault gave only the request is judged, and that only where requests are', async () => {
  const exchanges = [{ ...withWrongRequest(true), response: { status: 0, headers: {}, body: 'nonsense' } }]
  expect(await violations(exchanges, 'answers')).toEqual([])
  const told = await violations(exchanges, 'requests and answers')
  expect(told.filter(line => !line.includes(', request: '))).toEqual([])
  expect(told).toContainEqual(expect.stringContaining('INVALID_TYPE /tags/disks'))
})
