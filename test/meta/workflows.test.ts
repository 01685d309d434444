import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { testIf } from '../support/test-if.ts'
import { readText, repositoryFiles, root } from './repository-files.ts'

type Step = {
  uses?: string
  run?: string
  shell?: string
  env?: Record<string, string>
  with?: Record<string, unknown>
}
type Job = { uses?: string; permissions?: Record<string, string>; steps?: Step[] }
type Workflow = { permissions?: Record<string, string>; concurrency?: unknown; jobs: Record<string, Job> }

const workflows = repositoryFiles(/^\.github\/workflows\/.*\.ya?ml$/)
const examples = repositoryFiles(/^docs\/examples\/.*\.ya?ml$/)
const linted = ['action.yml', ...workflows, ...examples]

test('action.yml, workflows and examples lint clean, inputs of examples included', () => {
  const script = join(root, 'scripts', 'lint-workflows.ts')
  const printed = execFileSync(process.execPath, [script, ...linted], { cwd: root, encoding: 'utf8' })
  expect(JSON.parse(printed)).toEqual([])
})

testIf(missing('actionlint'))('the actionlint of this machine finds nothing in workflows', () => {
  const ignored = [
    '-ignore',
    'property "workflow_(sha|repository)" is not defined',
    '-ignore',
    'unexpected key "queue"'
  ]
  expect(outputOf('actionlint', [...ignored, ...workflows])).toBe('')
})

testIf(missing('zizmor'))('the zizmor of this machine finds nothing in workflows', () => {
  expect(outputOf('zizmor', ['--offline', '--quiet', '--format', 'plain', ...workflows])).toBe('')
})

test.each([...workflows, ...examples])('%s uses other actions by commit, with the version beside it', path => {
  const uses = readText(path).match(/^.*\buses: .*$/gm) ?? []
  const pinned =
    /uses: (\.\/|your-org\/batch-image-rollout\/\.github\/|[\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$)/
  expect(uses.filter(line => !pinned.test(line))).toEqual([])
})

test.each(workflows)('%s gives nothing by default, and each job at most what it needs', path => {
  const { permissions, jobs } = parse(readText(path)) as Workflow
  expect(permissions).toEqual({})
  const given = Object.values(jobs).flatMap(job => Object.entries(job.permissions ?? { missing: 'permissions' }))
  const allowed = path.endsWith('image-rollout.yml') ? ['contents: read', 'id-token: write'] : ['contents: read']
  expect(given.map(([scope, access]) => `${scope}: ${access}`)).toEqual(allowed)
})

test.each([...workflows, ...examples])('%s hands values to scripts by env only', path => {
  expect(stepsOf(path).filter(({ run }) => run?.includes('${{'))).toEqual([])
})

test.each(workflows)('%s keeps no credentials in what it checks out', path => {
  const checkouts = stepsOf(path).filter(({ uses }) => uses?.startsWith('actions/checkout@'))
  expect(checkouts.filter(step => step.with?.['persist-credentials'] !== false)).toEqual([])
})

test.each(examples)('%s is short, and leaves concurrency to the workflow that it calls', path => {
  const { concurrency, jobs } = parse(readText(path)) as Workflow
  expect(concurrency).toBeUndefined()
  expect(readText(path).split('\n').length).toBeLessThan(25)
  expect(Object.values(jobs).map(({ uses }) => uses?.split('@')[0])).toEqual([
    'your-org/batch-image-rollout/.github/workflows/image-rollout.yml'
  ])
})

function stepsOf(path: string): Step[] {
  return Object.values((parse(readText(path)) as Workflow).jobs).flatMap(job => job.steps ?? [])
}

function missing(program: string): string | undefined {
  return spawnSync(program, ['--version']).error === undefined ? undefined : `no ${program} on this machine`
}

function outputOf(program: string, args: string[]): string {
  const { stdout, stderr, status } = spawnSync(program, args, { cwd: root, encoding: 'utf8' })
  return status === 0 ? '' : stdout + stderr
}
