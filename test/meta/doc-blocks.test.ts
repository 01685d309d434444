/** What people copy out of the pages is right: workflows, inputs, pool specs, shell. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { parse, stringify } from 'yaml'
import { readActionMetadata } from '../../scripts/action-metadata.ts'
import { parseInputs } from '../../src/commands/parse-inputs.ts'
import { parsePoolSpec } from '../../src/inputs/pool-spec.ts'
import { type Block, blocksOf, PAGES } from '../support/doc-blocks.ts'
import { readText, repositoryFiles, root } from './repository-files.ts'

type Given = Record<string, unknown>
type Step = { uses?: string; with?: Given }
type Workflow = { jobs: Record<string, Step & { steps?: Step[] }> }

const { inputs } = readActionMetadata()
const isInput = (name: string): boolean => inputs.some(input => input.name === name)

const yaml = PAGES.flatMap(page => blocksOf(page, 'yaml')).map(block => {
  const value = parse(block.text) as object
  return { ...block, value, kind: kindOf(value) }
})
const ofKind = (...kinds: string[]): typeof yaml => yaml.filter(({ kind }) => kinds.includes(kind))

function kindOf(value: object): 'workflow' | 'steps' | 'inputs' | 'pool spec' | 'unknown' {
  if (Array.isArray(value)) return 'steps'
  if ('jobs' in value) return 'workflow'
  if ('properties' in value) return 'pool spec'
  return Object.keys(value).every(isInput) ? 'inputs' : 'unknown'
}

test('every block of YAML is one that is checked here: a workflow, its steps, inputs or a pool spec', () => {
  expect(ofKind('unknown').map(({ at }) => at)).toEqual([])
  expect(new Set(yaml.map(({ kind }) => kind)).size).toBe(4)
})

test('workflows and steps in the pages lint clean, with the inputs that action.yml declares', () => {
  const folder = '.out/doc-blocks'
  mkdirSync(join(root, folder), { recursive: true })
  const files = ofKind('workflow', 'steps').map(block => {
    const path = `${folder}/${block.at.replaceAll(/\W+/g, '-')}.yml`
    writeFileSync(join(root, path), asWorkflow(block).replaceAll(/uses: your-org\/batch-image-rollout@\S+/g, OWN))
    return path
  })
  const script = join(root, 'scripts/lint-workflows.ts')
  expect(JSON.parse(execFileSync(process.execPath, [script, ...files], { cwd: root, encoding: 'utf8' }))).toEqual([])
})

/** By this name the linter looks the inputs up. */
const OWN = `uses: own/action@${'0'.repeat(40)}`

function asWorkflow({ kind, text, value }: (typeof yaml)[number]): string {
  if (kind === 'workflow') return text
  return stringify({ on: 'workflow_dispatch', jobs: { job: { 'runs-on': 'ubuntu-latest', steps: value } } })
}

const examples = repositoryFiles(/^docs\/examples\/.*\.yml$/).map(at => ({ at, value: parse(readText(at)) as object }))
const copied = [...ofKind('workflow', 'inputs'), ...examples].map(({ at, value }) => ({ at, given: inputsIn(value) }))

test.each(copied)('$at gives its command what it needs, and nothing that the command does not know', ({ given }) => {
  const values = filledIn(given)
  const isPinned = values['command'] === 'rollout' && values['image-id'] === undefined
  const read = (name: string): string => values[name] ?? inputs.find(input => input.name === name)?.default ?? ''
  const named = (path: string): string =>
    readText('demo/pool.yml').replace(/^name: .*$/m, `name: ${path.replaceAll(/\W+/g, '-')}`)
  const readPool = (path: string): string => named(path) + (isPinned ? PIN : '')
  expect(parseInputs(read, { readText: readPool, glob: pattern => [pattern], env: {} })).toMatchObject({
    command: values['command'] ?? 'release'
  })
})

function inputsIn(value: object): Given {
  if (!('jobs' in value)) return value as Given
  const steps = Object.values((value as Workflow).jobs).flatMap(job => [job, ...(job.steps ?? [])])
  const given = steps.find(({ uses }) => uses?.startsWith('your-org/batch-image-rollout'))?.with ?? {}
  return Object.fromEntries(Object.entries(given).filter(([name]) => isInput(name)))
}

const GUID = '6f1b2c3d-0000-4000-8000-000000000001'
const PROVIDERS = `/subscriptions/${GUID}/resourceGroups/g/providers`
const VALUES: Record<string, string> = {
  'vars.AZURE_CLIENT_ID': GUID,
  'vars.AZURE_PLAN_CLIENT_ID': GUID,
  'vars.AZURE_TENANT_ID': GUID,
  'vars.SOURCE_VM_ID': `${PROVIDERS}/Microsoft.Compute/virtualMachines/v`,
  'vars.IMAGE_DEFINITION_ID': `${PROVIDERS}/Microsoft.Compute/galleries/g/images/i`,
  'vars.IMAGE_VERSION_ID': `${PROVIDERS}/Microsoft.Compute/galleries/g/images/i/versions/1.0.0`,
  'vars.BATCH_ACCOUNT_ID': `${PROVIDERS}/Microsoft.Batch/batchAccounts/account`,
  'inputs.dry-run': 'true',
  'inputs.image-id': `${PROVIDERS}/Microsoft.Compute/galleries/g/images/i/versions/1.0.0`
}
const PIN = `  deploymentConfiguration: { virtualMachineConfiguration: { imageReference: { id: '${VALUES['vars.IMAGE_VERSION_ID']}' } } }\n`

function filledIn(given: Given): Record<string, string> {
  const fill = (value: unknown): string =>
    String(value).replaceAll(/\$\{\{ ([\w.-]+) \}\}/g, (_, name: string) => VALUES[name] ?? `no value for ${name}`)
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, fill(value)]))
}

test.each(ofKind('workflow'))('the workflow at $at lets its job ask for an ID token', ({ value }) => {
  expect(value).toMatchObject({ permissions: { 'id-token': 'write' } })
})

test.each(ofKind('pool spec'))('the pool spec at $at is one', ({ text }) => {
  const whole = text.replaceAll('/subscriptions/…', `${PROVIDERS}/Microsoft.Compute`)
  const named = /^name:/m.test(whole) ? whole : `name: pool\n${whole}`
  const context = { allowRetired: false, managedImage: false, env: {}, secretsNeeded: false }
  expect(parsePoolSpec(named, context).problems).toEqual([])
})

test.each(PAGES.flatMap(page => blocksOf(page, 'sh')))('bash parses the shell at $at', ({ text }: Block) => {
  const { status, stderr } = spawnSync('bash', ['-n'], { input: text, encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
})
