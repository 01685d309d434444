import { expect, test } from '@jest/globals'
import { DISTURBANCES } from '../exhaustion/disturbances.ts'
import { STORIES } from '../exhaustion/stories.ts'
import { readText } from './repository-files.ts'

/** First cells of the rows under a heading. */
function rowsUnder(heading: string): string[] {
  const [, section = ''] = readText('docs/contributing/reliability.md').split(`## ${heading}\n`)
  const [table = ''] = section.split('\n## ')
  return [...table.matchAll(/^\| `([^`]+)`/gm)].map(([, id = '']) => id)
}

test('the page on reliability tells of the stories and disturbances that there are', () => {
  expect(rowsUnder('Stories')).toEqual(STORIES.map(({ id }) => id))
  expect(rowsUnder('Disturbances')).toEqual(DISTURBANCES.map(({ id }) => id))
  expect(rowsUnder('Each story by disturbance')).toEqual(DISTURBANCES.map(({ id }) => id))
})
