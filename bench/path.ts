/** How much longer a rollout takes than the cloud itself, and than the same steps one after the other. */
import { criticalPath, serialPath, totalMs } from './critical-path.ts'
import { serialRollout } from './serial.ts'
import { median, spoken, table } from './table.ts'
import { rollout } from './told.ts'
import { waitsOf } from './waits.ts'
import { benchOf, LARGE } from './world.ts'
import { seeded } from '../test/support/virtual-time.ts'

/** A script's own wait where Azure names none; the Azure CLI's default. */
const SCRIPT_LOOKS_EVERY_MS = 30_000
const WORLDS = 25

export async function pathSection(): Promise<string> {
  const bench = benchOf(LARGE)
  const path = criticalPath(bench.times, bench.chain)
  const told = await rollout(bench)
  const startedAt = told.exchanges[0]?.at ?? 0
  const actualMs = told.minutes * 60_000
  const waits = waitsOf(told.exchanges, startedAt, startedAt + actualMs)
  const rows = path.map(({ name, ms }) => {
    const { ms: took, lastWaitMs } = waits.find(wait => wait.name === name) ?? { ms: 0, lastWaitMs: 0 }
    return [
      name,
      spoken(ms),
      spoken(took),
      spoken(took - ms),
      spoken(lastWaitMs),
      took - ms <= lastWaitMs ? 'yes' : 'NO'
    ]
  })
  return [
    `1 OS and ${LARGE.dataDisks} data disks, ${LARGE.regions} regions, ${LARGE.nodes} nodes, poll-interval 30s; virtual time`,
    '',
    table(
      ['critical path', 'the cloud', 'this action', 'beyond', 'its last wait', 'within one look'],
      [
        ...rows,
        [
          'whole',
          spoken(totalMs(path)),
          spoken(actualMs),
          spoken(actualMs - totalMs(path)),
          '',
          ratio(actualMs, totalMs(path))
        ]
      ]
    ),
    '',
    await comparison(actualMs),
    '',
    await otherWorlds()
  ].join('\n')
}

async function comparison(actualMs: number): Promise<string> {
  const bench = benchOf(LARGE)
  const pathMs = totalMs(criticalPath(bench.times, bench.chain))
  const serial = await serialRollout(bench, SCRIPT_LOOKS_EVERY_MS)
  const row = (name: string, ms: number): string[] => [name, spoken(ms), ratio(ms, pathMs)]
  return table(
    ['whole rollout', 'time', 'over the critical path'],
    [
      row('this action', actualMs),
      row('one step after the other, without any wait of its own', totalMs(serialPath(bench.times, bench.chain))),
      row('one step after the other, a look each 30 s', serial.ms)
    ]
  )
}

/** Each duration between a quarter and four times what it is above: what Azure takes on another day, or for another image. */
async function otherWorlds(): Promise<string> {
  const ratios: number[] = []
  for (let seed = 1; seed <= WORLDS; seed++) {
    const random = seeded(seed)
    const bench = benchOf(LARGE, () => 4 ** (2 * random() - 1))
    const { minutes } = await rollout(bench, { 'resize-timeout': '2h' })
    ratios.push((minutes * 60_000) / totalMs(criticalPath(bench.times, bench.chain)))
  }
  const shown = [median(ratios), Math.max(...ratios)].map(value => value.toFixed(3))
  return table([`${WORLDS} worlds with other durations`, 'median', 'worst'], [['over the critical path', ...shown]])
}

const ratio = (ms: number, of: number): string => (ms / of).toFixed(3)
