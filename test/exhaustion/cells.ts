/** What is to be tried of a story: exchanges times disturbances, those of one kind merged. */
import { DISTURBANCES, LONG_RUNNING, type Disturbance } from './disturbances.ts'
import type { Calm, Traced } from './trace.ts'

/** One exchange of a story, disturbed in one way; `merged`: exchanges of the same kind for which it stands, itself included. */
export type Cell = { story: string; at: number; disturbance: string; exchange: Traced; merged: number }

/** `37:reset-after`, as `--cell` takes it. */
export const idOf = ({ at, disturbance }: Pick<Cell, 'at' | 'disturbance'>): string => `${at}:${disturbance}`

/** The command is the story's. Whether a condition was sent, and a body came, tells begins of one operation apart. */
const kindOf = ({ operation, path, phase, stage, status, isConditional }: Traced): string =>
  [operation, typesOf(path), phase, stage, status < 300, isConditional].join(' ')

/** Each of a kind is tried at its first exchange, and where there are several at its last too: more was made by then. */
export function cellsOf({ story, exchanges }: Calm): Cell[] {
  return DISTURBANCES.flatMap(one => {
    const { id: disturbance } = one
    const kinds = Map.groupBy(metBy(one, exchanges), kindOf)
    return [...kinds.values()].flatMap(group => {
      const [first, last] = [group[0], group.at(-1)] as [Traced, Traced]
      const ends = first === last ? [first] : [first, last]
      return ends.map(exchange => ({
        story,
        at: exchange.at,
        disturbance,
        exchange,
        merged: exchange === first ? group.length - ends.length + 1 : 1
      }))
    })
  })
}

/** `galleries/images/versions`: the types in an ARM id; the literal parts of any other path. */
export function typesOf(path: string): string {
  const [, after] = path.split(/\/providers\/[^/]+\//)
  const segments = (after ?? path.slice(1)).split('/')
  return segments.filter((_, index) => index % 2 === 0).join('/')
}

/** Every exchange by itself. */
export function unmergedCellsOf({ story, exchanges }: Calm): Cell[] {
  return DISTURBANCES.flatMap(one =>
    metBy(one, exchanges).map(exchange => ({ story, at: exchange.at, disturbance: one.id, exchange, merged: 1 }))
  )
}

function metBy({ meets, wrong }: Disturbance, exchanges: readonly Traced[]): Traced[] {
  const met = exchanges.filter(meets)
  if (wrong.kind !== 'operation' || wrong.outcome !== 'endless') return met
  // All operations of a kind are endless from the start: a run never comes to the second.
  const kinds = Map.groupBy(met, exchange => LONG_RUNNING[exchange.operation]?.(exchange).join(' '))
  return [...kinds.values()].flatMap(([first]) => (first === undefined ? [] : [first]))
}

/** What `npm test` tries: both kills at everything that changes something, and of the rest every n-th. */
export function chosen(cells: readonly Cell[], every: number): Cell[] {
  const isKillAtChange = ({ disturbance, exchange }: Cell): boolean =>
    disturbance.startsWith('killed-') && exchange.phase === 'begin'
  return [
    ...cells.filter(isKillAtChange),
    ...cells.filter(cell => !isKillAtChange(cell)).filter((_, index) => index % every === 0)
  ]
}
