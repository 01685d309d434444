/** Every cell of every story, and what an undisturbed telling of each comes to. */
import { cellsOf, idOf, unmergedCellsOf, type Cell } from './cells.ts'
import { STORIES } from './stories.ts'
import { trace, type Calm } from './trace.ts'

/** `unmerged`: each exchange by itself; so is a cell that is asked for. */
export type Wanted = { story?: string; disturbance?: string; cell?: string; unmerged?: boolean }

export async function allCells({ story, disturbance, cell, unmerged = cell !== undefined }: Wanted = {}): Promise<{
  cells: Cell[]
  calm: Map<string, Calm>
}> {
  const calm = new Map<string, Calm>()
  for (const one of STORIES) if (story === undefined || one.id === story) calm.set(one.id, await trace(one))
  const cells = [...calm.values()].flatMap(unmerged ? unmergedCellsOf : cellsOf)
  const isWanted = (one: Cell): boolean =>
    (cell === undefined || idOf(one) === cell) && (disturbance === undefined || one.disturbance === disturbance)
  return { cells: cells.filter(isWanted), calm }
}
