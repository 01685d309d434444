import { expect, test } from '@jest/globals'
import { snapshotIdOf } from '../../support/observed-fixtures.ts'
import { readJournal, type CallEntry, type JournalEntry, type StepEntry } from '../../../src/model/journal.ts'

const entry = (step: string, event: StepEntry['event']): StepEntry => ({
  at: 1,
  step,
  event,
  kind: 'create-snapshot',
  target: snapshotIdOf(step),
  title: step
})
const lines = (...entries: JournalEntry[]): string => entries.map(one => JSON.stringify(one)).join('\n')

test('a step is what its last line says', () => {
  const text = lines(
    entry('a', 'begin'),
    entry('b', 'begin'),
    entry('a', 'end'),
    entry('c', 'begin'),
    entry('c', 'fail')
  )
  const { unfinished, finished, failed } = readJournal(text)
  expect([unfinished, finished, failed].map(list => list.map(({ step }) => step))).toEqual([['b'], ['a'], ['c']])
})

test('a last line that was cut off takes nothing of the others away', () => {
  const text = `${lines(entry('a', 'begin'))}\n${JSON.stringify(entry('a', 'end')).slice(0, 20)}`
  expect(readJournal(text).unfinished.map(({ step }) => step)).toEqual(['a'])
})

test.each([
  'null',
  '3',
  '[]',
  '"x"',
  '{}',
  '{"event":"begin"}',
  '{"at":"soon","event":"call","method":"PUT","target":"/a"}',
  '{"at":1e300,"event":"call","method":"PUT","target":"/a"}',
  '{"at":1,"event":"begin","step":"b","kind":"create-pool","target":"no id","title":"b"}'
])('an odd line, %s, is left out, and takes nothing of the others away', odd => {
  const { unfinished, lastCall } = readJournal([odd, lines(entry('a', 'begin')), odd].join('\n'))
  expect([unfinished.map(({ step }) => step), lastCall]).toEqual([['a'], undefined])
})

test('an empty journal has nothing in it', () => {
  expect(readJournal('\n \n')).toEqual({ unfinished: [], finished: [], failed: [] })
})

test('calls are told apart from steps, and the last one is known', () => {
  const call = (at: number): CallEntry => ({ at, event: 'call', method: 'PATCH', target: '/subscriptions/s' })
  const { unfinished, lastCall } = readJournal(lines(entry('a', 'begin'), call(2), entry('b', 'begin'), call(3)))
  expect(unfinished.map(({ step }) => step)).toEqual(['a', 'b'])
  expect(lastCall).toEqual(call(3))
})
