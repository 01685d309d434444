import { expect, test } from '@jest/globals'
import type { Clock } from '../../../src/shared/clock.ts'
import { withHeartbeat } from '../../../src/shared/heartbeat.ts'
import { inVirtualTime } from '../../support/virtual-time.ts'

const MINUTE = 60_000

/** Minutes of the words of a work, and of the heartbeats between them as `minute (minutes of silence)`. */
function lived(work: (clock: Clock, spoke: () => void) => Promise<unknown>, signal = new AbortController().signal) {
  return inVirtualTime(0, async clock => {
    const beats: string[] = []
    const tell = (silentMs: number) => void beats.push(`${clock.now() / MINUTE} (${silentMs / MINUTE})`)
    await withHeartbeat({ clock, signal, tell }, spoke => work(clock, spoke)).catch(() => undefined)
    const endedAt = clock.now() / MINUTE
    await clock.sleep(60 * MINUTE)
    return { beats, endedAt }
  })
}

test('who speaks at least every five minutes is never interrupted', async () => {
  const { beats } = await lived(async (clock, spoke) => {
    for (let word = 0; word < 10; word++) {
      await clock.sleep(4.9 * MINUTE)
      spoke()
    }
  })
  expect(beats).toEqual([])
})

test('silence is told every five minutes, and counted from the last word', async () => {
  const { beats, endedAt } = await lived(async (clock, spoke) => {
    await clock.sleep(2 * MINUTE)
    spoke()
    await clock.sleep(16 * MINUTE)
    spoke()
    await clock.sleep(4 * MINUTE)
  })
  expect(beats).toEqual(['7 (5)', '12 (10)', '17 (15)'])
  expect(endedAt).toBe(22)
})

test('it ends with the work, also where that fails', async () => {
  const { beats } = await lived(async clock => {
    await clock.sleep(6 * MINUTE)
    throw new Error('over')
  })
  expect(beats).toEqual(['5 (5)'])
})

test('it ends with the run, though the work hangs on', async () => {
  const stop = new AbortController()
  const { beats } = await lived(async clock => {
    await clock.sleep(7 * MINUTE)
    stop.abort()
    await clock.sleep(30 * MINUTE)
  }, stop.signal)
  expect(beats).toEqual(['5 (5)'])
})
