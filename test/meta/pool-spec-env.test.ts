import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { readText } from './repository-files.ts'

type Workflow = { jobs: { rollout: { steps: { name: string; run?: string }[] } } }

const { jobs } = parse(readText('.github/workflows/image-rollout.yml')) as Workflow
const script = jobs.rollout.steps.find(({ name }) => name === 'Hand the pool spec its values')?.run ?? ''

/** Runs the workflow's own script as the runner does: bash with -e. */
function handOver(secret: string) {
  const file = join(mkdtempSync(join(tmpdir(), 'env-')), 'env')
  writeFileSync(file, '')
  const env = { PATH: process.env['PATH'], POOL_SPEC_ENV: secret, GITHUB_ENV: file }
  const { status, stdout } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    env,
    encoding: 'utf8'
  })
  return { status, stdout, written: readFileSync(file, 'utf8') }
}

test('values of the secret pool-spec-env are masked and set, also with "=" and blanks in them', () => {
  expect(handOver('KEY=a=b c\n\nTOKEN_2=$(id) `x` "y"\n')).toEqual({
    status: 0,
    stdout: '::add-mask::a=b c\n::add-mask::$(id) `x` "y"\n',
    written: 'KEY=a=b c\nTOKEN_2=$(id) `x` "y"\n'
  })
})

test('without the secret nothing is set', () => {
  expect(handOver('')).toEqual({ status: 0, stdout: '', written: '' })
})

test.each(['PATH=/x', 'NODE_OPTIONS=--import x', 'GITHUB_TOKEN=x', 'INPUT_CLOUD=x', 'lower=x', 'KEY', 'A<<B'])(
  'a line "%s" stops the job, without showing it',
  line => {
    const { status, stdout, written } = handOver(line)
    expect({ status, written }).toEqual({ status: 1, written: '' })
    expect(stdout).toMatch(/^::error::pool-spec-env: a line is not NAME=value[^\n]*\n$/)
  }
)
