import { expect, test } from '@jest/globals'
import type { RunContext } from '../../../src/model/spec.ts'
import {
  isOfRun,
  leaseOf,
  leaseOfTags,
  leaseState,
  withLease,
  withLeaseTag,
  type LeaseState
} from '../../../src/rules/lease.ts'
import { AT, CONTEXT } from '../../support/observed-fixtures.ts'

const HOUR = 3_600_000
const NAME = 'batch-image-rollout-lease'
const seenBy = (holder: Partial<RunContext>, until = AT + HOUR): LeaseState =>
  leaseState(
    leaseOf(withLease([], { ...CONTEXT, nonce: 'other', ...holder }, until)),
    { ...CONTEXT, runAttempt: 2 },
    AT
  )

test.each<[LeaseState, string, Partial<RunContext>, number]>([
  ['mine', 'this process', { nonce: CONTEXT.nonce }, AT - HOUR],
  ['earlier-attempt', 'an earlier attempt of this run', { runAttempt: 1 }, AT + HOUR],
  ['held', 'another job of this attempt', { runAttempt: 2 }, AT + HOUR],
  ['held', 'a later attempt of this run', { runAttempt: 3 }, AT + HOUR],
  ['held', 'another run of the repository', { runId: '4000', runAttempt: 1 }, AT + HOUR],
  ['held', 'a run of another repository with the same number', { repository: 'other/farm', runAttempt: 1 }, AT + HOUR],
  ['held', 'another run, for one more millisecond', { runId: '4000' }, AT + 1],
  ['ran-out', 'another run, until now', { runId: '4000' }, AT]
])('%s: the lease is of %s', (state, _, holder, until) => {
  expect(seenBy(holder, until)).toBe(state)
})

test('without a lease a pool is free', () => {
  expect(leaseState(leaseOf([{ name: 'team', value: 'fx' }]), CONTEXT, AT)).toBe('free')
})

test.each([
  ['no JSON', 'held by me'],
  ['no date', JSON.stringify({ ...CONTEXT, until: 'tomorrow' })],
  ['nothing', '']
])('a lease that holds %s is nobody’s', (_, value) => {
  expect([leaseOf([{ name: NAME, value }]), leaseOfTags({ [NAME]: value })]).toEqual([undefined, undefined])
})

test('a lease takes the place of the one that is there, and leaves what others wrote', () => {
  const team = { name: 'team', value: 'fx' }
  const twice = withLease(withLease([team], CONTEXT, AT), { ...CONTEXT, runId: '1' }, AT + HOUR)
  expect(twice).toEqual([team, { name: NAME, value: expect.stringContaining('"runId":"1"') }])
  expect(withLease(twice, CONTEXT, undefined)).toEqual([team])
})

test('among tags it is found in any casing, and replaced so', () => {
  const tags = { Team: 'fx', 'Batch-Image-Rollout-LEASE': withLeaseTag({}, CONTEXT, AT)[NAME]! }
  expect(leaseOfTags(tags)).toMatchObject({ runId: CONTEXT.runId, until: new Date(AT).toISOString() })
  expect(Object.keys(withLeaseTag(tags, CONTEXT, AT + HOUR))).toEqual(['Team', NAME])
  expect(withLeaseTag(tags, CONTEXT, undefined)).toEqual({ Team: 'fx' })
})

test('a tag holds 256 characters: a long repository is cut, and the run knows itself by what is left', () => {
  const long = { ...CONTEXT, repository: `pixel/${'farm-'.repeat(40)}` }
  const value = withLeaseTag({}, long, AT)[NAME]!
  expect(value.length).toBeLessThanOrEqual(256)
  expect(isOfRun(leaseOfTags({ [NAME]: value })!, long)).toBe(true)
})
