/** One of several threads: tries every n-th cell, and tells of each. */
import { parentPort, workerData } from 'node:worker_threads'
import { allCells, type Wanted } from '../../test/exhaustion/all-cells.ts'
import type { Calm } from '../../test/exhaustion/trace.ts'
import { tryCell, type Tried } from '../../test/exhaustion/try-cell.ts'

export type Share = { wanted: Wanted; first: number; every: number }
export type Told = { of: number } | Tried

const { wanted, first, every } = workerData as Share
const { cells, calm } = await allCells(wanted)
const mine = cells.filter((_, index) => index % every === first)
const tell = (told: Told): void => parentPort?.postMessage(told)

tell({ of: mine.length })
for (const cell of mine) {
  try {
    tell(await tryCell(cell, calm.get(cell.story) as Calm))
  } catch (error) {
    tell({ cell, ended: 'nothing', wrong: [`it could not be tried: ${(error as Error).stack ?? String(error)}`] })
  }
}
