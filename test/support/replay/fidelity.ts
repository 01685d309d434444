/** Every recording, replayed against the embedded Azure: a row for each operation. */
import { note } from '../contract/ledger.ts'
import { differences, factsOf, type Difference } from './compare.ts'
import { explanationOf } from './explained.ts'
import { replayOnOwnState } from './own-state.ts'
import { isPast, type Compared } from './past.ts'
import { keepsRetryAfter, readRecordings, type Recorded, type Recording } from './recordings.ts'
import { replay, type Answer } from './replay.ts'

export type Found = Difference & {
  op: string
  recordedAt: string
  recording: string
  index: number
  onOwnState: boolean
}
/** Exchanges by how they are answered: `strict` is the same in all that is compared, `old` and `explained` differ in what is known, `old` in what Azure answered once. */
export type Tally = { strict: number; past: number; old: number; explained: number; unexplained: number }
export type Row = Tally & {
  op: string
  recorded: number
  /** GETs that are answered the same by a world that was made of the recorded answer itself. */
  seeded: number
  /** GETs after writes that are replayed too; a GET counts here besides where it counts above. */
  ownState: Tally
  notEmulated: number
  noWorld: number
  /** What differs and isn't Azure's past, explained or not. */
  found: Found[]
}

type Replays = { fromAnswer: Compared[]; onOwnState: Compared[]; fromWorld: Compared[] }
type Counts = Pick<Row, 'recorded' | 'notEmulated' | 'noWorld'>

export function fidelity(recordings: Recording[] = readRecordings()): Row[] {
  const ops = new Map<string, { counts: Counts; replays: Replays }>()
  for (const recording of recordings) {
    for (const [index, exchange] of recording.exchanges.entries()) {
      const of = ops.get(exchange.op) ?? {
        counts: noCounts(),
        replays: { fromAnswer: [], onOwnState: [], fromWorld: [] }
      }
      ops.set(exchange.op, of)
      add(of, recording, index)
    }
  }
  return [...ops].map(([op, { counts, replays }]) => rowOf(op, counts, replays))
}

const noCounts = (): Counts => ({ recorded: 0, notEmulated: 0, noWorld: 0 })

function add({ counts, replays }: { counts: Counts; replays: Replays }, recording: Recording, index: number): void {
  counts.recorded += 1
  const replayed = replay(recording, index)
  if (replayed.kind === 'not emulated') counts.notEmulated += 1
  if (replayed.kind === 'absent') counts.noWorld += 1
  if (replayed.kind !== 'answered') return
  const exchange = recording.exchanges[index] as Recorded
  const isSeeded = ['GET', 'HEAD'].includes(exchange.request.method) && !exchange.op.endsWith(':poll')
  replays[isSeeded ? 'fromAnswer' : 'fromWorld'].push(compare(recording, index, replayed.answer))
  note('recording', replayed.exchange)
  const own = replayOnOwnState(recording, index)
  if (own.kind === 'answered') replays.onOwnState.push(compare(recording, index, own.answer))
}

function compare(recording: Recording, index: number, answer: Answer): Compared {
  const exchange = recording.exchanges[index] as Recorded
  const withRetryAfter = keepsRetryAfter(recording)
  const facts = factsOf(exchange.response, { withRetryAfter })
  const differing = differences(facts, factsOf(answer, { withRetryAfter }))
  return { exchange, recording: recording.name.replace('.jsonl', ''), index, facts, differing }
}

function rowOf(op: string, counts: Counts, { fromAnswer, onOwnState, fromWorld }: Replays): Row {
  const [seeded, world, own] = [judge(op, fromAnswer), judge(op, fromWorld), judge(op, onOwnState)]
  return {
    ...{ op, ...counts, seeded: seeded.tally.strict, ...sumOf([{ ...seeded.tally, strict: 0 }, world.tally]) },
    ownState: own.tally,
    found: [...seeded.found, ...world.found, ...own.found.map(one => ({ ...one, onOwnState: true }))]
  }
}

export function sumOf(tallies: Tally[]): Tally {
  const sum = noTally()
  for (const one of tallies) for (const key of KEYS) sum[key] += one[key]
  return sum
}

const KEYS = ['strict', 'past', 'old', 'explained', 'unexplained'] as const
const noTally = (): Tally => ({ strict: 0, past: 0, old: 0, explained: 0, unexplained: 0 })

function judge(op: string, compared: Compared[]): { tally: Tally; found: Found[] } {
  const tally = noTally()
  const found: Found[] = []
  for (const one of compared) {
    const present = one.differing
      .filter(difference => !isPast(difference, one, compared))
      .map(difference => ({ ...difference, ...whereOf(op, one) }))
    found.push(...present)
    tally[outcomeOf(one, present)] += 1
  }
  return { tally, found }
}

function outcomeOf({ differing }: Compared, present: Found[]): keyof Tally {
  if (differing.length === 0) return 'strict'
  if (present.length === 0) return 'past'
  const explanations = present.map(explanationOf)
  if (explanations.includes(undefined)) return 'unexplained'
  return explanations.every(one => one?.until !== undefined) ? 'old' : 'explained'
}

const whereOf = (op: string, { exchange, recording, index }: Compared): Omit<Found, keyof Difference> => ({
  ...{ op, recording, index, onOwnState: false },
  recordedAt: exchange.recordedAt ?? '2023'
})
