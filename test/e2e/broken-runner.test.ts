/** A runner whose files are gone, full or odd, and files that have no end: each is one sentence, and costs nothing else. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, jest, test } from '@jest/globals'
import { IMAGE_NAME, POOL, releaseInputs, withAzure, type E2eAzure } from './azure.ts'
import { runStep, type StepResult } from './harness.ts'

jest.setTimeout(60_000)

const GONE = '/gone/for/good'
const folder = mkdtempSync(join(tmpdir(), 'hostile-'))

function imageInputs(azure: E2eAzure): Record<string, string> {
  const { 'pool-spec': _, 'batch-account': __, 'wave-size': ___, ...inputs } = releaseInputs(azure.served)
  return { ...inputs, command: 'image' }
}

const toldOf = ({ commands }: StepResult, level: string): string[] =>
  commands.filter(({ command }) => command === level).map(({ message }) => message)

test.each([
  ['there is no folder for temporary files', { RUNNER_TEMP: GONE }, 'the journal of changes could not be written'],
  ['the folder for temporary files can’t be written', { RUNNER_TEMP: '/proc' }, 'the journal of changes could not be'],
  ['there is no file for the state', { GITHUB_STATE: GONE }, 'what the post step needs could not be written'],
  ['there is no room for the state', { GITHUB_STATE: '/dev/full' }, 'what the post step needs could not be written']
])('where %s, a run ends before it changes anything, with outputs and summary', async (_, env, sentence) => {
  await withAzure({}, async azure => {
    const step = await azure.step({ env })
    expect([step.exitCode, step.stderr, azure.changes()]).toEqual([1, '', []])
    expect(step.outputs['failure-reason']).toBe('runner-failed')
    expect(toldOf(step, 'error')).toEqual([expect.stringContaining(sentence)])
    expect(step.summary).toContain('runner-failed')
    expect(step.stdout).not.toMatch(/^\s+at /m)
    const post = await azure.step({ phase: 'post', state: step.state, env })
    expect([post.exitCode, post.stderr]).toEqual([0, ''])
  })
})

test.each([
  ['are gone', GONE],
  ['have no room', '/dev/full']
])('where the outputs %s, a run that made its image ends red, for the jobs that want its id', async (_, path) => {
  await withAzure({}, async azure => {
    const step = await azure.step({ inputs: imageInputs(azure), env: { GITHUB_OUTPUT: path } })
    expect([step.exitCode, step.stderr]).toEqual([1, ''])
    expect(toldOf(step, 'error')).toEqual([expect.stringContaining('the outputs (GITHUB_OUTPUT) could not be written')])
    expect(step.summary).toContain('runner-failed')
    expect(step.stdout).toContain(IMAGE_NAME)
  })
})

test('where the summary has no folder, the run says so, and succeeds', async () => {
  await withAzure({}, async azure => {
    const step = await azure.step({ inputs: imageInputs(azure), env: { GITHUB_STEP_SUMMARY: GONE } })
    expect([step.exitCode, step.stderr, step.outputs['image-name']]).toEqual([0, '', IMAGE_NAME])
    expect(toldOf(step, 'warning')).toContainEqual(expect.stringContaining('the job summary could not be written'))
  })
})

test('a log that nobody reads any more costs neither image nor outputs nor summary', async () => {
  await withAzure({}, async azure => {
    const { child, done } = azure.start({ inputs: imageInputs(azure) })
    child.stdout?.destroy()
    child.stderr?.destroy()
    const step = await done
    expect([step.exitCode, step.outputs['image-name']]).toEqual([0, IMAGE_NAME])
    expect(step.summary).toContain(IMAGE_NAME)
  })
})

const ODD_LINES = [
  'null',
  '3',
  '[]',
  '"x"',
  '{}',
  '{"event":"begin"}',
  '{"at":1e300,"event":"call","method":"PUT","target":"/a"}',
  '{"at":0,"event":"begin","step":"x","kind":"x","target":"/a","title":"x"}'
]
const A_LINE = { at: 0, event: 'begin', step: 'scale-pool', kind: 'scale-pool', target: POOL, title: 'grow' }

test('odd lines of a killed run’s journal hide none of the others, and no summary is no failure', async () => {
  const journal = join(folder, 'journal.jsonl')
  writeFileSync(journal, [...ODD_LINES, JSON.stringify(A_LINE), '{"at":0,"ev'].join('\n'))
  const post = await runStep({ phase: 'post', state: { journal }, env: { GITHUB_STEP_SUMMARY: GONE } })
  expect([post.exitCode, post.stderr]).toEqual([0, ''])
  expect(toldOf(post, 'error')).toEqual([expect.stringContaining('in the middle of scale-pool')])
  expect(toldOf(post, 'warning')).toEqual([expect.stringContaining('the job summary could not be written')])
})

test.each(['null', '{', '3', '[]', '{"nonce":"n","vmId":"x"}'])(
  'a saved state that is %s is told, and fails no job',
  async undo => {
    const post = await runStep({ phase: 'post', state: { journal: GONE, undo, ended: 'failed' } })
    expect([post.exitCode, post.stderr]).toEqual([0, ''])
    expect(post.stdout).toContain('what the main step kept for it can’t be read')
  }
)

const KEYS = `name: a\nproperties:\n${Array.from({ length: 20_000 }, (_, index) => `  key${index}: 1\n`).join('')}`

function pipe(): string {
  const path = join(mkdtempSync(join(folder, 'p-')), 'pipe')
  execFileSync('mkfifo', [path])
  return path
}

function fileOf(bytes: Buffer): string {
  const path = join(mkdtempSync(join(folder, 'f-')), 'pool.yml')
  writeFileSync(path, bytes)
  return path
}

function largeFile(): string {
  const path = fileOf(Buffer.from('name: a'))
  truncateSync(path, 64 * 1024 * 1024)
  return path
}

test.each([
  ['a named pipe', pipe, 'it is a named pipe; a regular file is expected'],
  ['a device', () => '/dev/zero', 'it is a device; a regular file is expected'],
  ['a directory', () => folder, 'it is a directory; a regular file is expected'],
  ['64 MB large', largeFile, 'it has more than 33554432 bytes'],
  ['two megabytes large', () => fileOf(Buffer.alloc(2_000_000, 'a')), 'is 2000000 characters long; 1048576 at most'],
  [
    'no UTF-8',
    () => fileOf(Buffer.from('name: a\nproperties: {displayName: "caf\xe9"}\n', 'latin1')),
    'line 2 is no UTF-8'
  ],
  ['a loop', () => fileOf(Buffer.from('a: &a [*a]')), 'alias *a stands inside of what it names'],
  ['nested 100,000 times', () => fileOf(Buffer.from('['.repeat(100_000))), 'is nested too deeply; 100 levels at most'],
  ['of 20,000 keys', () => fileOf(Buffer.from(KEYS)), 'properties'],
  ['one long name', () => fileOf(Buffer.from(`? ${'x'.repeat(500_000)}\n: 1\nname: 1`)), '…']
])('a pool spec that is %s is a problem of the inputs, told in a bounded line', async (_, make, problem) => {
  const step = await runStep({ inputs: { command: 'rollout', 'pool-spec': make() } })
  expect([step.exitCode, step.stderr, step.outputs['failure-reason']]).toEqual([1, '', 'input-invalid'])
  const [error = ''] = toldOf(step, 'error')
  expect(
    error
      .split('\n')
      .filter(line => line.includes('pool-spec:'))
      .join('\n')
  ).toContain(problem)
  for (const line of step.stdout.split('\n').filter(one => !one.startsWith('::')))
    expect(line.length).toBeLessThan(2_000)
})

test('an event that is a named pipe, and a journal that is one, are waited for by nobody', async () => {
  await withAzure({}, async azure => {
    const env = { GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: pipe() }
    const step = await azure.step({ inputs: { ...imageInputs(azure), 'dry-run': 'true' }, env })
    expect(step.exitCode).toBe(0)
    const post = await azure.step({ phase: 'post', state: { journal: pipe() } })
    expect([post.exitCode, post.stderr]).toEqual([0, ''])
  })
})

test('an input that nobody declared makes no real run: the one that was meant is named', async () => {
  await withAzure({}, async azure => {
    const step = await azure.step({ env: { INPUT_DRY_RUN: 'true' } })
    expect([step.exitCode, azure.served.emulator.journal()]).toEqual([1, []])
    expect(toldOf(step, 'error')).toEqual([expect.stringContaining('dry_run: is not an input of this action')])
    expect(step.stdout).toContain('did you mean "dry-run"?')
  })
})
