import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { runStep, startStep } from './harness.ts'

const ACTION = `
inputs:
  some-name: { description: a }
  with blank: { description: b, default: '7' }
runs: { using: node24, main: main.mjs, post: post.mjs }
`
const MAIN = `
import { appendFileSync } from 'node:fs'
const env = process.env
appendFileSync(env.GITHUB_OUTPUT, 'seen<<END\\n' + [env['INPUT_SOME-NAME'], env.INPUT_WITH_BLANK, env.EXTRA].join('|') + '\\nEND\\n')
appendFileSync(env.GITHUB_OUTPUT, 'names=' + Object.keys(env).filter(name => /JEST|SECRET_OF_THE_TEST/.test(name)) + '\\n')
appendFileSync(env.GITHUB_STATE, 'left=behind\\n')
appendFileSync(env.GITHUB_STEP_SUMMARY, '# Done\\n')
console.log('::error title=T::no')
console.error('warned')
process.exitCode = 3
`
const POST = `console.log('post ' + process.env.STATE_left); setInterval(() => {}, 1000)`

function stubAction(): string {
  const folder = mkdtempSync(join(tmpdir(), 'action-'))
  for (const [name, text] of Object.entries({ 'action.yml': ACTION, 'main.mjs': MAIN, 'post.mjs': POST })) {
    writeFileSync(join(folder, name), text)
  }
  return folder
}

test('a step gets its inputs as the runner hands them over, nothing of the environment around it, and its files are read back', async () => {
  process.env['SECRET_OF_THE_TEST'] = 'x'
  const inputs = { 'some-name': ' as is ' }
  const result = await runStep({ actionFolder: stubAction(), inputs, env: { EXTRA: 'e' } })
  expect(result).toMatchObject({
    exitCode: 3,
    signal: null,
    stdout: '::error title=T::no\n',
    stderr: 'warned\n',
    commands: [{ command: 'error', properties: { title: 'T' }, message: 'no' }],
    outputs: { seen: ' as is |7|e', names: '' },
    state: { left: 'behind' },
    summary: '# Done\n'
  })
})

test('the post step gets the state of the main step, and a signal ends it', async () => {
  const { child, done } = startStep({
    actionFolder: stubAction(),
    phase: 'post',
    state: { left: 'behind' },
    onOutput: () => child.kill('SIGTERM')
  })
  expect(await done).toMatchObject({ exitCode: null, signal: 'SIGTERM', stdout: 'post behind\n' })
})

test('an input that action.yml does not declare is refused', () => {
  expect(() => startStep({ actionFolder: stubAction(), inputs: { typo: '1' } })).toThrow('typo not declared')
})
