/** Several pools in one run: names, ids, files and globs, each pool once. */
import { expect, test } from '@jest/globals'
import { accountId, ELSEWHERE, parseRun, POOL, poolId, problemsOf, ROLLOUT, type Given } from './support.ts'

const spec = (name: string, more = ''): string => `${more}${POOL.replace('render', name)}`
const FILES = {
  'pools/render.yml': spec('render'),
  'pools/bake.yml': spec('bake'),
  'pools/notes.txt': '',
  'other.yml': spec('other')
}
const withFiles = (lines: string): Given => ({ ...ROLLOUT, 'pool-spec-inline': '', 'pool-spec': lines })
const withPools = (lines: string): Given => ({ ...ROLLOUT, 'pool-spec-inline': '', pool: lines })
const namesOf = (given: Given, files: Given = {}): string[] =>
  parseRun(given, {}, files).rollouts.map(({ poolName }) => poolName)

test.each([
  ['a path a line', 'pools/render.yml\n\n  other.yml \n', ['render', 'other']],
  ['a glob, in the order of the names', 'pools/*.yml', ['bake', 'render']],
  ['both, each file once', 'pools/render.yml\npools/*.yml', ['render', 'bake']]
])('pool-spec: %s', (_, lines, names) => {
  expect(namesOf(withFiles(lines), FILES)).toEqual(names)
})

test('pool: a name or an id a line, each in its own account', () => {
  const other = `${accountId().replace('/farm', '/forge')}/pools/bake`
  const { rollouts } = parseRun({ ...withPools(`${poolId()}\n${other}`), 'batch-account': '' })
  expect(rollouts.map(({ batchAccountId, poolName, poolFrom }) => [batchAccountId, poolName, poolFrom])).toEqual([
    [accountId(), 'render', 'pool'],
    [accountId().replace('/farm', '/forge'), 'bake', 'pool']
  ])
  expect(namesOf(withPools('render\nbake'))).toEqual(['render', 'bake'])
})

test('a spec with its pool’s id needs no batch-account, and batch-account wins', () => {
  const other = accountId().replace('/farm', '/forge')
  const files = { 'a.yml': spec('render', `id: ${other}/pools/render\n`), 'b.yml': spec('bake') }
  expect(parseRun({ ...withFiles('a.yml'), 'batch-account': '' }, {}, files).rollouts[0]?.batchAccountId).toBe(other)
  expect(parseRun(withFiles('a.yml\nb.yml'), {}, files).rollouts.map(one => one.batchAccountId)).toEqual([
    accountId(),
    accountId()
  ])
  expect(problemsOf({ ...withFiles('a.yml\nb.yml'), 'batch-account': '' }, {}, files)).toEqual([
    'batch-account: is missing; command "rollout" needs it'
  ])
})

test('all that is wrong is told at once, with the file that it is in', () => {
  const files = { ...FILES, 'pools/bad.yml': spec('bad').replace('vmSize', 'vmsize'), 'pools/worse.yml': 'name: "a b"' }
  const problems = problemsOf(withFiles('pools/*.yml\nno.yml'), {}, files)
  expect(problems).toHaveLength(4)
  expect(problems).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^pool-spec: pools\/bad\.yml: properties\.vmsize/),
      expect.stringMatching(/^pool-spec: pools\/worse\.yml: name .*is not a pool name/),
      expect.stringMatching(/^pool-spec: pools\/worse\.yml: properties: is missing/),
      expect.stringMatching(/^pool-spec: "no\.yml" could not be read/)
    ])
  )
})

test.each<[string, Given, string]>([
  [
    'two files of one pool',
    withFiles('other.yml\npools/other.yml'),
    'pool-spec: names pool "other" twice; each pool once'
  ],
  ['a name that comes twice', withPools('render\nRENDER'), 'pool: names pool "RENDER" twice; each pool once'],
  [
    'no number of pools at once',
    { ...ROLLOUT, 'max-parallel': '0' },
    'max-parallel: "0" is not a whole number of at least 1'
  ],
  [
    'a pool of another account than batch-account',
    withPools(`render\n${poolId(ELSEWHERE).replace(/render$/, 'bake')}`),
    `batch-account: "${accountId()}" is not "${accountId(ELSEWHERE)}", the account of pool "bake" in pool; leave it out`
  ]
])('%s: refused', (_, given, problem) => {
  expect(problemsOf(given, {}, { ...FILES, 'pools/other.yml': spec('other') })).toEqual([problem])
})
