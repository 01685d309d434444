import { expect, test } from '@jest/globals'
import { TAG } from '../../../src/rules/run-tags.ts'
import { chooseVersion, compareVersions, type VersionQuestion } from '../../../src/rules/versions.ts'
import {
  AT,
  CONTEXT,
  imageSpec,
  OTHER_RUN,
  snapshot,
  tagsOf,
  toGallery,
  version
} from '../../support/observed-fixtures.ts'
import { imageKey } from '../../../src/rules/run-tags.ts'

const image = imageSpec({ publishTo: toGallery({ version: 'auto' }) })
const key = imageKey(image)

const choose = (change: Partial<VersionQuestion>) =>
  chooseVersion({ asked: 'auto', key, at: AT, versions: [], snapshots: [], context: CONTEXT, goesOn: true, ...change })

test('a version that the input names is taken as it is, whatever is there', () => {
  const versions = [version('1.0.0', { tags: tagsOf('open', image) })]
  expect(choose({ asked: '7.8.9', versions })).toEqual({ version: '7.8.9', reason: 'image-version names it' })
})

test.each([
  ['2026.1123.1', Date.UTC(2026, 10, 23, 9)],
  ['2026.105.1', Date.UTC(2026, 0, 5)],
  ['2026.1231.1', Date.UTC(2026, 11, 31, 23, 59, 59)],
  ['2027.101.1', Date.UTC(2027, 0, 1)]
])('an automatic version is year, month and day without leading zeros, and a number: %s', (expected, at) => {
  expect(choose({ at })).toEqual({ version: expected, reason: 'the next of the day (UTC)' })
})

test('the last second of a year in UTC is another day where the tests run: a local day would be seen', () => {
  expect(new Date(Date.UTC(2026, 11, 31, 23, 59, 59)).getDate()).toBe(1)
})

test.each([
  { what: 'versions', versions: ['2026.1123.1', '2026.1123.2'], begun: [], expected: '2026.1123.3' },
  {
    what: 'versions by number, not by text',
    versions: ['2026.1123.9', '2026.1123.10'],
    begun: [],
    expected: '2026.1123.11'
  },
  {
    what: 'gaps (a deleted one is not made again below another)',
    versions: ['2026.1123.5'],
    begun: [],
    expected: '2026.1123.6'
  },
  { what: 'snapshots of other inputs', versions: [], begun: ['2026.1123.4'], expected: '2026.1123.5' },
  { what: 'other days', versions: ['2026.1122.7', '2025.1123.8'], begun: [], expected: '2026.1123.1' },
  {
    what: 'a number that none can follow',
    versions: ['2026.1123.2147483647', '2026.1123.4'],
    begun: [],
    expected: '2026.1123.5'
  },
  { what: 'days that begin alike', versions: ['2026.11230.7'], begun: [], expected: '2026.1123.1' }
])('the number follows the highest of the day: $what', ({ versions, begun, expected }) => {
  const snapshots = begun.map(name => snapshot(`s-${name}`, { tags: { [TAG.version]: name, [TAG.key]: 'another' } }))
  expect(choose({ versions: versions.map(name => version(name)), snapshots }).version).toBe(expected)
})

const OPEN = tagsOf('open', image)

test('what another run left open with the same inputs is taken up, the newest by number', () => {
  const versions = ['2026.1120.9', '2026.1120.10'].map(name => version(name, { tags: OPEN }))
  expect(choose({ versions })).toEqual({ version: '2026.1120.10', reason: 'run 4000 attempt 2 left it unfinished' })
})

test('what an earlier attempt of the same run has made is not called unfinished', () => {
  const versions = [version('2026.1123.1', { tags: tagsOf('complete', image, CONTEXT) })]
  expect(choose({ versions })).toEqual({ version: '2026.1123.1', reason: 'run 4711 attempt 1 has made it' })
})

test.each([
  ['complete', tagsOf('complete', image)],
  ['failed', tagsOf('failed', image)],
  ['open with other inputs', tagsOf('open', imageSpec())],
  ['without tags', {}]
])('what another run left %s is not taken up', (_, tags) => {
  expect(choose({ versions: [version('2026.1123.1', { tags })] }).version).toBe('2026.1123.2')
})

test.each([
  ['of this run, however old', CONTEXT, 72, '2026.1120.1'],
  ['of another run, within a day', OTHER_RUN, 23, '2026.1120.1'],
  ['of another run, older: the source has moved on', OTHER_RUN, 25, '2026.1123.1']
])('begun snapshots %s', (_, run, hours, expected) => {
  const timeCreated = new Date(AT - hours * 3_600_000).toISOString()
  const tags = { ...tagsOf('open', image, run), [TAG.version]: '2026.1120.1' }
  expect(choose({ snapshots: [snapshot('s', { tags, timeCreated })] }).version).toBe(expected)
})

test('a version whose nodes were not healthy is not taken up, not even by another attempt of the same run', () => {
  const versions = [version('2026.1123.1', { tags: tagsOf('failed', image, CONTEXT) })]
  expect(choose({ versions, context: { ...CONTEXT, runAttempt: 2 } }).version).toBe('2026.1123.2')
})

test.each(['open', 'complete'] as const)('another attempt of the same run goes on with what it left %s', state => {
  const versions = [version('2026.1122.1', { tags: tagsOf(state, image, CONTEXT) })]
  expect(choose({ versions, context: { ...CONTEXT, runAttempt: 2 } }).version).toBe('2026.1122.1')
})

test('the same run number in another repository is another run', () => {
  const tags = tagsOf('complete', image, { ...CONTEXT, repository: 'someone/else' })
  expect(choose({ versions: [version('2026.1122.1', { tags })] }).version).toBe('2026.1123.1')
})

test('snapshots that were begun for a version that is not there yet are taken up, the newest by number', () => {
  const begun = (name: string) => snapshot(`s-${name}`, { tags: { ...OPEN, [TAG.version]: name } })
  expect(choose({ snapshots: [begun('2026.1122.2'), begun('2026.1122.10')] })).toEqual({
    version: '2026.1122.10',
    reason: 'run 4000 attempt 2 had begun its snapshots'
  })
})

test.each(['', 'latest', '1.2'])('a snapshot whose tag was made to say "%s" by hand is no begun work', name => {
  const snapshots = [snapshot('s', { tags: { ...OPEN, [TAG.version]: name } })]
  expect(choose({ snapshots }).version).toBe('2026.1123.1')
})

test('snapshots whose version is there are not begun work', () => {
  const snapshots = [snapshot('s', { tags: { ...OPEN, [TAG.version]: '2026.1122.1' } })]
  const versions = [version('2026.1122.1', { tags: tagsOf('complete', image, OTHER_RUN) })]
  expect(choose({ snapshots, versions }).version).toBe('2026.1123.1')
})

test('a version left open goes before snapshots that were begun', () => {
  const versions = [version('2026.1120.1', { tags: OPEN })]
  const snapshots = [snapshot('s', { tags: { ...OPEN, [TAG.version]: '2026.1122.1' } })]
  expect(choose({ versions, snapshots }).version).toBe('2026.1120.1')
})

test.each([
  ['1.9.0', '1.10.0', -1],
  ['2.0.0', '1.99.99', 1],
  ['1.2.3', '1.2.3', 0]
])('versions compare by number: %s to %s', (a, b, sign) => {
  expect(Math.sign(compareVersions(a, b))).toBe(sign)
})

const DAY = 86_400_000
const daysAgo = (days: number): string => new Date(AT - days * DAY).toISOString()
const stoppedWith = (name: string, days: number) =>
  version(name, { tags: tagsOf('stopped', image, OTHER_RUN), publishedAt: daysAgo(days) })

const PROVED_SINCE = { ...tagsOf('stopped', image, OTHER_RUN), [TAG.proved]: 'yes' }

test.each<[string, Partial<VersionQuestion>, string]>([
  ['a run that goes to its end takes it up, however long somebody has looked', {}, '2026.1113.1'],
  ['one that stops there too makes another: the source has moved on since', { goesOn: false }, '2026.1123.1'],
  [
    'it does the same again within a day',
    { goesOn: false, versions: [stoppedWith('2026.1123.1', 0.5)] },
    '2026.1123.1'
  ],
  [
    'another version of the same inputs since then takes its place',
    {
      versions: [stoppedWith('2026.1113.1', 10), version('2026.1120.1', { tags: tagsOf('complete', image, OTHER_RUN) })]
    },
    '2026.1123.1'
  ],
  [
    'one that a rollout has proved since waits for nothing',
    { versions: [version('2026.1113.1', { ...stoppedWith('2026.1113.1', 10), tags: PROVED_SINCE })] },
    '2026.1123.1'
  ],
  [
    'one of other inputs doesn’t',
    { versions: [stoppedWith('2026.1113.1', 10), version('2026.1120.1', { tags: {} })] },
    '2026.1113.1'
  ],
  [
    'one whose run was cut off is as old as before',
    { versions: [version('2026.1113.1', { tags: tagsOf('open', image, OTHER_RUN), publishedAt: daysAgo(10) })] },
    '2026.1123.1'
  ]
])('of a version that waits for the next run: %s', (_, change, expected) => {
  expect(choose({ versions: [stoppedWith('2026.1113.1', 10)], ...change }).version).toBe(expected)
})

test('the reason says what the version waits for', () => {
  expect(choose({ versions: [stoppedWith('2026.1113.1', 10)] }).reason).toBe(
    'run 4000 attempt 2 stopped when it was proved'
  )
})
