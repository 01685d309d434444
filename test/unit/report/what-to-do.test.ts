import { expect, test } from '@jest/globals'
import type { Failure, Standing, StandingState } from '../../../src/model/outcome.ts'
import { whatToDo } from '../../../src/report/what-to-do.ts'
import { failedOutcome, node } from '../../support/plan-fixtures.ts'

const failure: Failure = { reason: 'nodes-unhealthy', message: 'm', wayOut: 'look at the nodes', details: [] }
const version: Standing = {
  id: '/v',
  kind: 'Microsoft.Compute/galleries/images/versions',
  role: 'image version',
  state: 'open-version',
  note: 'n'
}
const poolOf = (state: StandingState): Standing => ({
  id: '/p',
  kind: 'Microsoft.Batch/batchAccounts/pools',
  role: 'pool',
  state,
  note: 'n'
})

const noted = (state: StandingState): Standing => ({ ...version, state })
const BY_NODES = ['nodes-unhealthy', 'nodes-stuck'] as const

test.each(BY_NODES)('after %s of a version that was tagged for it the same image is not advised again', reason => {
  const failure: Failure = { reason, message: 'm', wayOut: 'look at the nodes', details: [] }
  const standing = [noted('failed-version')]
  const advice = whatToDo(failure, failedOutcome({ failure, standing })).join('\n')
  expect(advice).toContain('a new run makes another version')
  expect(advice).not.toContain('resumes where this one stopped')
})

test.each(BY_NODES)('after %s of a version that is still open, it is said that another run takes it up', reason => {
  const failure: Failure = { reason, message: 'm', wayOut: 'look at the nodes', details: [] }
  const advice = whatToDo(failure, failedOutcome({ failure, standing: [noted('open-version')] })).join('\n')
  expect(advice).toContain('resumes where this one stopped')
  expect(advice).toContain('delete the version first')
})

test.each(BY_NODES)(
  'after %s of a version that was only rolled out, and is tagged for it, another is advised',
  reason => {
    const failure: Failure = { reason, message: 'm', wayOut: 'look at the nodes', details: [] }
    const standing = [poolOf('former-pool'), noted('failed-given-version')]
    const advice = whatToDo(failure, failedOutcome({ failure, standing })).join('\n')
    expect(advice).toContain('latest-proved')
    expect(advice).toContain('unless force is "true"')
    expect(advice).not.toMatch(/resumes where this one stopped|makes another version|delete/)
  }
)

test.each(BY_NODES)('after %s of a version that was there before, nobody is told to delete it', reason => {
  const failure: Failure = { reason, message: 'm', wayOut: 'look at the nodes', details: [] }
  const advice = whatToDo(failure, failedOutcome({ failure, standing: [noted('former-version')] })).join('\n')
  expect(advice).not.toMatch(/makes another version|delete/)
})

test('after any other failure the same inputs go on from what stands', () => {
  const drained: Failure = { ...failure, reason: 'drain-timeout' }
  const advice = whatToDo(drained, failedOutcome({ failure: drained, standing: [version] }))
  expect(advice[0]).toBe('Look at the nodes.')
  expect(advice.join('\n')).toContain('resumes where this one stopped, and makes nothing twice')
})

test.each([
  [1, '1 node, which costs money while it stands'],
  [2, '2 nodes, which cost money while they stand']
])('%i nodes of a pool that this run made are named as what costs money', (count, text) => {
  const outcome = failedOutcome({ failure, standing: [poolOf('new-pool')] })
  const [pool] = outcome.pools
  if (pool === undefined) throw new Error('the fixture has no pool')
  const nodes = Array.from({ length: count }, (_, index) => node(index + 1))
  expect(whatToDo(failure, { ...outcome, pools: [{ ...pool, nodes }] }).join('\n')).toContain(text)
})

test('nobody is told to shrink or delete a pool that was there before', () => {
  const former = poolOf('former-pool')
  const advice = whatToDo(failure, failedOutcome({ failure, standing: [version, former] })).join('\n')
  expect(advice).not.toContain('resize it')
  expect(advice).toContain('delete what stands save the pool')
  expect(whatToDo(failure, failedOutcome({ failure, standing: [former] })).join('\n')).not.toContain('delete')
})

test.each<[string, Standing[]]>([
  ['a version that is promoted', [noted('finished-version')]],
  ['a pool that has its nodes', [version, poolOf('finished-pool')]]
])('nobody is told to delete %s', (_, standing) => {
  expect(whatToDo(failure, failedOutcome({ failure, standing })).join('\n')).not.toMatch(/delete what stands|resize it/)
})

test('nobody is told to delete the source VM', () => {
  const vm: Standing = {
    id: '/vm',
    kind: 'Microsoft.Compute/virtualMachines',
    role: 'source VM',
    state: 'held-vm',
    note: 'is stopped'
  }
  const advice = (standing: Standing[]): string => whatToDo(failure, failedOutcome({ failure, standing })).join('\n')
  expect(advice([vm, version])).toContain('delete what stands save the source VM, which was there before')
  expect(advice([vm, version, poolOf('former-pool')])).toContain('the source VM and the pool, which were there')
  expect(advice([vm])).not.toContain('delete')
})

test.each([
  ['policy-denied', undefined, 'before, it would fail in the same way'],
  ['azure-unreachable', undefined, 'nother run with the same inputs resumes where this one stopped'],
  ['azure-error', undefined, 'isn’t known'],
  ['image-failed', 'after-change', 'before, it would fail in the same way'],
  ['image-failed', 'helps', 'nother run with the same inputs resumes where this one stopped'],
  ['image-failed', 'unknown', 'isn’t known']
] as const)('after %s (%s) the same inputs are advised as far as they help', (reason, repetition, said) => {
  const given: Failure = { ...failure, reason, ...(repetition && { repetition }) }
  const advice = whatToDo(given, failedOutcome({ failure: given, standing: [version] }))
  expect(advice.filter(text => text.includes('resumes where this one stopped'))).toEqual([
    expect.stringContaining(said)
  ])
})
