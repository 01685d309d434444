/** How many calls a rollout makes, of which kinds, and what they grow with. */
import { callsByKind, kindRows } from './kinds.ts'
import { serialRollout } from './serial.ts'
import { table } from './table.ts'
import { rollout } from './told.ts'
import { benchOf, LARGE, type Size } from './world.ts'

const SMALL: Size = { dataDisks: 3, regions: 1, nodes: 10 }

export async function callsSection(): Promise<string> {
  const ours = await rollout(benchOf(LARGE))
  const serial = await serialRollout(benchOf(LARGE), 30_000)
  return [
    `1 OS and ${LARGE.dataDisks} data disks, ${LARGE.regions} regions, ${LARGE.nodes} nodes; looks of the serial script each 30 s`,
    '',
    table(
      ['calls', 'this action', 'serial script'],
      kindRows([callsByKind(ours.exchanges), callsByKind(serial.exchanges)])
    ),
    '',
    await growth('disks (OS disk included)', [1, 4, 16, 64], disks => ({ ...SMALL, dataDisks: disks - 1 })),
    '',
    await growth('regions', [1, 3, 5], regions => ({ ...SMALL, regions })),
    '',
    await growth('nodes', [10, 300, 2_500], nodes => ({ ...SMALL, nodes }))
  ].join('\n')
}

async function growth(what: string, amounts: readonly number[], sizeOf: (amount: number) => Size): Promise<string> {
  const runs = []
  for (const amount of amounts) runs.push(await rollout(benchOf(sizeOf(amount))))
  const rows = kindRows(runs.map(({ exchanges }) => callsByKind(exchanges)))
  const minutes = ['minutes of the run', ...runs.map(run => run.minutes.toFixed(1))]
  return table(
    [`calls by ${what}`, ...amounts.map(String)],
    [...rows.filter(row => grows(row) || row[0] === 'all'), minutes]
  )
}

const grows = ([, ...counts]: (string | number)[]): boolean => new Set(counts).size > 1
