import { expect, test } from '@jest/globals'
import { estimateAt, longestOf, onward, type Course } from '../../../src/execute/estimate.ts'

const courseOf = (marks: readonly [at: number, done: number][], of = 100): Course =>
  marks.reduce<Course | undefined>((course, [at, done]) => onward(course, { at, done }, of), undefined) as Course

test.each<{ says: string; marks: [number, number][]; now: number; remainingMs: number; stillMs: number }>([
  {
    says: 'the rest at the rate so far',
    marks: [
      [0, 0],
      [10, 10],
      [40, 40]
    ],
    now: 40,
    remainingMs: 60,
    stillMs: 0
  },
  {
    says: 'less what has passed since',
    marks: [
      [0, 0],
      [10, 10],
      [40, 40]
    ],
    now: 50,
    remainingMs: 50,
    stillMs: 10
  },
  {
    says: 'a look that shows no progress changes nothing',
    marks: [
      [0, 0],
      [10, 10],
      [40, 40],
      [50, 40]
    ],
    now: 50,
    remainingMs: 50,
    stillMs: 10
  },
  {
    says: 'never below 0',
    marks: [
      [0, 0],
      [10, 10],
      [90, 90],
      [300, 90]
    ],
    now: 300,
    remainingMs: 0,
    stillMs: 210
  },
  {
    says: 'not by the time before the first movement',
    marks: [
      [0, 0],
      [500, 10],
      [530, 40]
    ],
    now: 530,
    remainingMs: 60,
    stillMs: 0
  },
  {
    says: 'after a step back, anew',
    marks: [
      [0, 0],
      [10, 50],
      [20, 60],
      [30, 0],
      [40, 10],
      [50, 30]
    ],
    now: 50,
    remainingMs: 35,
    stillMs: 0
  }
])('an estimate is $says', ({ marks, now, remainingMs, stillMs }) => {
  expect(estimateAt(courseOf(marks), now)).toEqual({ remainingMs, stillMs })
})

test.each<{ says: string; marks: [number, number][] }>([
  { says: 'one look', marks: [[0, 30]] },
  {
    says: 'one movement',
    marks: [
      [0, 0],
      [10, 30],
      [20, 30]
    ]
  },
  {
    says: 'all done',
    marks: [
      [0, 0],
      [10, 30],
      [20, 100]
    ]
  }
])('there is none after $says', ({ marks }) => {
  expect(estimateAt(courseOf(marks), 25)).toBeUndefined()
})

test('another goal is another course', () => {
  const course = onward(
    courseOf([
      [0, 0],
      [10, 10],
      [20, 20]
    ]),
    { at: 30, done: 20 },
    500
  )
  expect(course).toEqual({ last: { at: 30, done: 20 }, of: 500 })
})

test('of several the one that takes longest counts', () => {
  const long = { remainingMs: 9, stillMs: 0 }
  expect(longestOf([{ remainingMs: 3, stillMs: 5 }, undefined, long])).toBe(long)
  expect(longestOf([undefined])).toBeUndefined()
})
