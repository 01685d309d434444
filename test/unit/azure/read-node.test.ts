import { expect, test } from '@jest/globals'
import { jobOnPool, readNode, readNodeCounts, readSupportedImage, readTaskCount } from '../../../src/azure/read/node.ts'

const node = (startTaskInfo?: object) =>
  readNode({ id: 'tvm-1', state: 'starttaskfailed', ...(startTaskInfo && { startTaskInfo }) } as never)

test('a start task that went well tells no failure; one that failed tells it once', () => {
  expect(node().startTask).toBeUndefined()
  expect(node({ state: 'completed', exitCode: 0 }).startTask).toEqual({ state: 'completed', exitCode: 0 })
  const failureInfo = {
    code: 'FailureExitCode',
    message: 'The task exited with an exit code',
    details: [
      { name: 'Message', value: 'The task exited with an exit code' },
      { name: 'AdditionalErrorCode', value: 'x' },
      { value: 'bare' }
    ]
  }
  expect(node({ state: 'completed', exitCode: 3, failureInfo }).startTask).toEqual({
    state: 'completed',
    exitCode: 3,
    failure: 'FailureExitCode: The task exited with an exit code: AdditionalErrorCode: x: bare'
  })
})

test('a node says when it has started last, where it has', () => {
  const bootedAt = '2026-11-23T06:20:00Z'
  expect(readNode({ id: 'tvm-1', state: 'idle', lastBootTime: bootedAt })).toMatchObject({ bootedAt })
  expect(node()).not.toHaveProperty('bootedAt')
})

test('nodes are counted by state and kind, without the total', () => {
  expect(
    readNodeCounts({ dedicated: { idle: 2, startTaskFailed: 1, total: 3 }, lowPriority: { preempted: 4, total: 4 } })
  ).toEqual({
    dedicated: { idle: 2, starttaskfailed: 1 },
    lowPriority: { preempted: 4 }
  })
  expect(readNodeCounts({})).toEqual({ dedicated: {}, lowPriority: {} })
})

test.each([
  [{ executionInfo: { poolId: 'Render' }, poolInfo: { poolId: 'other' } }, 'j'],
  [{ poolInfo: { poolId: 'render' } }, 'j'],
  [{ executionInfo: { poolId: 'other' }, poolInfo: { poolId: 'render' } }, undefined],
  [{ poolInfo: { autoPoolSpecification: {} } }, undefined]
])('a job is on the pool that it runs on, else on the one that it asks for: %j', (job, id) => {
  expect(jobOnPool({ id: 'j', ...job }, 'render')).toBe(id)
})

test('tasks that are active and that run are work; what has ended isn’t', () => {
  expect(readTaskCount({ taskCounts: { active: 2, running: 3, completed: 50, succeeded: 50 } })).toBe(5)
  expect(readTaskCount({})).toBe(0)
})

test('an image is verified in any casing of the word', () => {
  const verified = (verificationType?: string) =>
    readSupportedImage({ nodeAgentSKUId: 'a', ...(verificationType && { verificationType }) }).verified
  expect([verified('Verified'), verified('verified'), verified('Unverified'), verified()]).toEqual([
    true,
    true,
    false,
    false
  ])
})
