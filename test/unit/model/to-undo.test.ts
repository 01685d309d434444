import { expect, test } from '@jest/globals'
import { readToUndo, toUndoOf } from '../../../src/model/to-undo.ts'
import {
  CONTEXT,
  imageOnlySpec,
  observed,
  planOf,
  POOL,
  releaseSpec,
  source,
  VM
} from '../../support/observed-fixtures.ts'

const STOPPED = { stopVm: true }
const seen = observed({ source: source({ powerState: 'running' }) })

test.each([
  ['a release that stops its VM', releaseSpec(STOPPED), { vmId: VM, pool: { poolId: POOL, apiVersion: '2025-06-01' } }],
  ['a release', releaseSpec(), { pool: { poolId: POOL, apiVersion: '2025-06-01' } }],
  ['an image of a VM that is stopped', imageOnlySpec(STOPPED), { vmId: VM }]
])('of %s is kept what undoing takes, and it is read back', (_, spec, what) => {
  const { cloud, signIn, pollIntervalMs } = spec
  const toUndo = toUndoOf(spec, planOf(spec, seen), CONTEXT)
  expect(toUndo).toEqual({ nonce: CONTEXT.nonce, cloud, signIn, pollIntervalMs, ...what })
  expect(readToUndo(JSON.stringify(toUndo))).toEqual(toUndo)
})

test('of an image alone nothing is kept: what is made is taken up', () => {
  const spec = imageOnlySpec()
  expect(toUndoOf(spec, planOf(spec, seen), CONTEXT)).toBeUndefined()
})

const spec = releaseSpec(STOPPED)
const good = toUndoOf(spec, planOf(spec, seen), CONTEXT)!

test.each([
  ['no JSON', '{'],
  ['null', 'null'],
  ['a list', '[]'],
  ['without a nonce', JSON.stringify({ ...good, nonce: undefined })],
  ['with a cloud over http', JSON.stringify({ ...good, cloud: { kind: 'resource-manager', url: 'http://x' } })],
  ['with another sign-in', JSON.stringify({ ...good, signIn: { kind: 'password' } })],
  ['with a VM that is none', JSON.stringify({ ...good, vmId: POOL })],
  ['with a pool that is none', JSON.stringify({ ...good, pool: { poolId: VM, apiVersion: '2025-06-01' } })],
  ['with another api-version', JSON.stringify({ ...good, pool: { poolId: POOL, apiVersion: '1' } })]
])('a saved state that is %s is not used', (_, text) => {
  expect(readToUndo(text)).toBeUndefined()
})
