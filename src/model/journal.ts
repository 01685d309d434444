/**
 * What is about to be changed, written before the call that changes it: a line of JSON each. If the process is killed, the
 * post step still knows what may stand. Written synchronously: a line that comes after the call would be of no use.
 */
import { splitArmId } from './arm-id.ts'

export type JournalEntry = StepEntry | CallEntry

export type StepEntry = {
  at: number
  step: string
  /** `begin` before the step's first change, `end` when it has succeeded, `fail` when it hasn't. */
  event: 'begin' | 'end' | 'fail'
  kind: string
  /** ARM id of what the step touches. */
  target: string
  title: string
}

/** One call that creates, changes or deletes something; where it is sent again, that is the same call. */
export type CallEntry = {
  at: number
  event: 'call'
  /** `PUT`, `PATCH`, `POST` or `DELETE`. */
  method: string
  /** The path of its URL: an ARM id, of a POST with the action behind it. */
  target: string
}

export type ReadJournal = {
  unfinished: StepEntry[]
  finished: StepEntry[]
  failed: StepEntry[]
  /** Azure may have seen it, or not. */
  lastCall?: CallEntry
}

export type Journal = { write(entry: JournalEntry): void }

/** What was begun and neither ended nor failed, everything that was made on the way, and the last call of all. */
export function readJournal(text: string): ReadJournal {
  const entries = text
    .split('\n')
    .filter(line => line.trim() !== '')
    .flatMap((line): JournalEntry[] => {
      try {
        const entry: unknown = JSON.parse(line)
        return isEntry(entry) ? [entry] : []
      } catch {
        return [] // the last line of a killed process may be cut off
      }
    })
  const steps = entries.filter(entry => entry.event !== 'call')
  const lastCall = entries.findLast(entry => entry.event === 'call')
  const last = new Map(steps.map(entry => [entry.step, entry]))
  const of = (event: StepEntry['event']): StepEntry[] => [...last.values()].filter(entry => entry.event === event)
  return { unfinished: of('begin'), finished: of('end'), failed: of('fail'), ...(lastCall && { lastCall }) }
}

/** Whole, with a time and a resource that can be: anything can stand in a file. */
function isEntry(value: unknown): value is JournalEntry {
  if (typeof value !== 'object' || value === null) return false
  const { at, event, ...rest } = value as Record<string, unknown>
  const isAt = typeof at === 'number' && Math.abs(at) <= LATEST_AT
  const hasTexts = (...names: string[]): boolean => names.every(name => typeof rest[name] === 'string')
  if (event === 'call') return isAt && hasTexts('method', 'target')
  const isOfStep = event === 'begin' || event === 'end' || event === 'fail'
  return (
    isAt && isOfStep && hasTexts('step', 'kind', 'target', 'title') && splitArmId(String(rest['target'])) !== undefined
  )
}

/** The last moment that a Date can hold, in ms since the epoch. */
const LATEST_AT = 8.64e15
