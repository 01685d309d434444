/**
 * What is about to be changed, written before the call that changes it: a line of JSON each. If the process is killed, the
 * post step still knows what may stand. Written synchronously: a line that comes after the call would be of no use.
 */
export type JournalEntry = {
  at: number
  step: string
  /** `begin` before the step's first change, `end` when it has succeeded, `fail` when it hasn't. */
  event: 'begin' | 'end' | 'fail'
  kind: string
  /** ARM id of what the step touches. */
  target: string
  title: string
}

export type ReadJournal = { unfinished: JournalEntry[]; finished: JournalEntry[]; failed: JournalEntry[] }

export type Journal = { write(entry: JournalEntry): void }

/** What was begun and neither ended nor failed, and everything that was made on the way. */
export function readJournal(text: string): ReadJournal {
  const entries = text
    .split('\n')
    .filter(line => line.trim() !== '')
    .flatMap(line => {
      try {
        return [JSON.parse(line) as JournalEntry]
      } catch {
        return [] // the last line of a killed process may be cut off
      }
    })
  const last = new Map(entries.map(entry => [entry.step, entry]))
  const of = (event: JournalEntry['event']): JournalEntry[] => [...last.values()].filter(entry => entry.event === event)
  return { unfinished: of('begin'), finished: of('end'), failed: of('fail') }
}
