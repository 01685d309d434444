import { expect, test } from '@jest/globals'
import type { RunError } from '../../../src/model/failure.ts'
import type { Snapshot } from '../../../src/model/observed.ts'
import type { Plan, Step } from '../../../src/model/plan.ts'
import { breaks, fakeAzure, refuses } from '../../support/fake-azure/index.ts'
import * as f from '../../support/observed-fixtures.ts'
import { failureOf, performed, runOn } from '../../support/one-step.ts'

const MINUTE = 60_000
const PLAN: Plan = f.planOf(f.imageOnlySpec(), f.observed())
const [CREATE] = PLAN.steps.filter(({ kind }) => kind === 'create-snapshot') as Extract<
  Step,
  { kind: 'create-snapshot' }
>[]
const NAME = CREATE!.snapshotId.split('/').at(-1)!

function doing(step: Step, there?: Partial<Snapshot>) {
  const fake = fakeAzure(
    there === undefined ? {} : { snapshots: { [NAME]: f.snapshot(NAME, there), other: f.snapshot('other') } }
  )
  const one = runOn(fake, PLAN)
  const becomes = (minute: number, change: Partial<Snapshot>): void =>
    fake.time.later(minute * MINUTE, () => (fake.world.snapshots = { [NAME]: f.snapshot(NAME, change) }))
  return {
    ...fake,
    ...one,
    becomes,
    ends: () => performed(fake, one, step),
    fails: async () => (await failureOf(fake, one, step)) as RunError
  }
}
const { body: _, ...head } = CREATE!
const AWAIT: Step = { ...head, kind: 'await-snapshot' }
const DELETE: Step = { ...head, kind: 'delete-snapshot' }

test('a snapshot is made by the plan’s body; where Azure gives no percentage its data is there', async () => {
  const run = doing(CREATE!)
  expect(await run.ends()).toBe('copied')
  expect(run.sent('createSnapshot')).toEqual([CREATE!.body])
})

test('succeeded is not copied: all of its data is waited for, and each step of it is said once', async () => {
  const run = doing(AWAIT, { completionPercent: 0 })
  run.becomes(2, { completionPercent: 99 })
  run.becomes(4, { provisioningState: 'Updating', completionPercent: 100 })
  run.becomes(6, { completionPercent: 100 })
  expect(await run.ends()).toBe('copied')
  expect(run.said).toEqual([0, 99, 100].map(percent => `${AWAIT.id}: ${percent}% copied`))
  expect(run.time.clock.now()).toBeGreaterThanOrEqual(f.AT + 6 * MINUTE)
})

test('one that isn’t there yet without a percentage is waited for too', async () => {
  const run = doing(AWAIT, { provisioningState: 'Creating' })
  run.becomes(3, {})
  await run.ends()
  expect(run.time.clock.now()).toBeGreaterThanOrEqual(f.AT + 3 * MINUTE)
})

test.each<[string, Partial<Snapshot> | undefined]>([
  ['Failed', { provisioningState: 'Failed', completionPercent: 100 }],
  ['gone', undefined]
])('a snapshot that is %s is told, and made again by the next run', async (state, there) => {
  expect(await doing(AWAIT, there).fails()).toMatchObject({
    reason: 'snapshot-failed',
    message: `snapshot ${NAME} is ${state}`,
    repetition: 'helps',
    wayOut: expect.stringContaining('made again')
  })
})

test('what Azure refuses to snapshot is told as that', async () => {
  const run = doing(CREATE!)
  run.next('createSnapshot', refuses(409, 'SnapshotNotAllowed'))
  expect(await run.fails()).toMatchObject({ reason: 'snapshot-failed' })
  const broken = doing(CREATE!)
  broken.next('createSnapshot', breaks())
  expect((await broken.fails()).message).toBe('x is undefined')
})

test('one is deleted, and no other', async () => {
  const run = doing(DELETE, {})
  expect(await run.ends()).toBe('deleted')
  expect(Object.keys(run.world.snapshots ?? {})).toEqual(['other'])
})
