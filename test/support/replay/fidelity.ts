/** Every recording, replayed against the embedded Azure: a row for each operation. */
import { note } from '../contract/ledger.ts'
import { differences, factsOf, type Difference } from './compare.ts'
import { keepsRetryAfter, readRecordings, type Recorded, type Recording } from './recordings.ts'
import { replay } from './replay.ts'

export type Found = Difference & { op: string; recordedAt: string; recording: string; index: number }
export type Row = {
  op: string
  recorded: number
  replayed: number
  same: number
  past: number
  notEmulated: number
  found: Found[]
}

type Compared = {
  recordedAt: string
  recording: string
  index: number
  asked: string
  status: string
  facts: ReturnType<typeof factsOf>
  differing: Difference[]
}

/** Differences that a later recording of the same operation doesn't show are Azure's past, and left out of `found`. */
export function fidelity(recordings: Recording[] = readRecordings()): Row[] {
  const rows = new Map<string, Row & { compared: Compared[] }>()
  for (const recording of recordings) {
    for (const [index, exchange] of recording.exchanges.entries()) {
      const row = rows.get(exchange.op) ?? {
        op: exchange.op,
        recorded: 0,
        replayed: 0,
        same: 0,
        past: 0,
        notEmulated: 0,
        found: [],
        compared: []
      }
      rows.set(exchange.op, row)
      row.recorded += 1
      const replayed = replay(recording, index)
      if (replayed.kind === 'not emulated') row.notEmulated += 1
      if (replayed.kind !== 'answered') continue
      row.replayed += 1
      row.compared.push(compare(recording, index, replayed.answer))
      note('recording', replayed.exchange)
    }
  }
  return [...rows.values()].map(({ compared, ...row }) => ({ ...row, ...judge(row.op, compared) }))
}

function compare(recording: Recording, index: number, answer: Parameters<typeof factsOf>[0]): Compared {
  const exchange = recording.exchanges[index] as Recorded
  const withRetryAfter = keepsRetryAfter(recording)
  const facts = factsOf(exchange.response, { withRetryAfter })
  return {
    recordedAt: exchange.recordedAt ?? '2023',
    recording: recording.name.replace('.jsonl', ''),
    index,
    asked: askedFor(exchange),
    status: String(exchange.response.status),
    facts,
    differing: differences(facts, factsOf(answer, { withRetryAfter }))
  }
}

/** Method and path without names: what the recordings call one operation of the Batch service is sometimes several. */
function askedFor({ op, request: { method, uri } }: Recorded): string {
  if (!op.startsWith('dp:')) return op
  return `${method} ${new URL(uri).pathname.replaceAll(/(?<=\/(?:pools|nodes|jobs|jobschedules|tasks|files)\/)[^/]+/g, '*')}`
}

function judge(op: string, compared: Compared[]): Pick<Row, 'same' | 'past' | 'found'> {
  const same = compared.filter(({ differing }) => differing.length === 0).length
  const found = compared.map(one => presentDifferences(op, one, compared))
  const past = found.filter(differences => differences.length === 0).length - same
  return { same, past, found: found.flat() }
}

function presentDifferences(op: string, one: Compared, compared: Compared[]): Found[] {
  const { recordedAt, recording, index } = one
  const present = one.differing.filter(difference => !isPast(difference, one, compared))
  return present.map(difference => ({ ...difference, op, recordedAt, recording, index }))
}

/** Whether a later answer of the same status, in which the matter arose, was as ours is. */
function isPast({ about }: Difference, { recordedAt, status, asked }: Compared, compared: Compared[]): boolean {
  const arose = about.startsWith('body .') ? about.slice(0, about.lastIndexOf('.')) : 'status'
  return compared.some(
    other =>
      other.recordedAt > recordedAt &&
      other.asked === asked &&
      other.status.charAt(0) === status.charAt(0) &&
      !other.differing.some(one => one.about === about || one.about === 'status') &&
      (other.facts.has(about) || other.facts.get(arose === 'body ' ? 'body' : arose) === 'there' || arose === 'status')
  )
}
