import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { readActionMetadata } from '../../scripts/action-metadata.ts'
import { FAILURE_REASONS } from '../../src/model/failure.ts'
import { RULES } from '../../src/plan/checks/index.ts'
import { parseInputs } from '../../src/commands/parse-inputs.ts'
import { readText, repositoryFiles, root } from './repository-files.ts'

const pages = ['README.md', ...repositoryFiles(/^docs\/.*\.md$/)]

test.each(pages)('links of %s lead to files that are there', page => {
  const links = [...readText(page).matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, link = '']) => link)
  const own = links.filter(link => !/^[a-z]+:/.test(link))
  expect(own.filter(link => !existsSync(join(root, dirname(page), link)))).toEqual([])
})

test('every page of docs can be reached from the README', () => {
  const readme = readText('README.md')
  expect(pages.filter(page => /^docs\/[^/]+\.md$/.test(page) && !readme.includes(`(${page})`))).toEqual([])
})

test('every failure reason and every check is documented', () => {
  const [failures, checks] = [readText('docs/failures.md'), readText('docs/checks.md')]
  expect(Object.keys(FAILURE_REASONS).filter(reason => !failures.includes(`| \`${reason}\``))).toEqual([])
  expect(RULES.filter(({ id }) => !checks.includes(`| \`${id}\``))).toEqual([])
})

type Step = { uses?: string; with?: Record<string, string> }

test('the workflow in the README runs: its inputs are declared, and those that the command needs are there', () => {
  const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(readText('README.md')) ?? []
  const workflow = parse(yaml) as { permissions: object; jobs: Record<string, { steps: Step[] }> }
  expect(workflow.permissions).toMatchObject({ 'id-token': 'write' })
  const steps = Object.values(workflow.jobs).flatMap(job => job.steps)
  const step = steps.find(({ uses }) => uses?.includes('batch-image-rollout'))
  const given = filledIn(step?.with ?? {})
  const { inputs } = readActionMetadata()
  const names = inputs.map(({ name }) => name)
  expect(Object.keys(given).filter(name => !names.includes(name))).toEqual([])
  const read = (name: string): string => given[name] ?? inputs.find(input => input.name === name)?.default ?? ''
  const readPool = (): string => readText('demo/pool.yml')
  expect(parseInputs(read, { readText: readPool, env: {} })).toMatchObject({ command: 'release' })
})

/** Ids from `vars` as their names say. */
function filledIn(values: Record<string, string>): Record<string, string> {
  const guid = '6f1b2c3d-0000-4000-8000-000000000001'
  const provider = `/subscriptions/${guid}/resourceGroups/g/providers`
  const known: Record<string, string> = {
    AZURE_CLIENT_ID: guid,
    AZURE_TENANT_ID: guid,
    SOURCE_VM_ID: `${provider}/Microsoft.Compute/virtualMachines/v`,
    IMAGE_DEFINITION_ID: `${provider}/Microsoft.Compute/galleries/g/images/i`,
    BATCH_ACCOUNT_ID: `${provider}/Microsoft.Batch/batchAccounts/account`
  }
  const fill = (text: string): string =>
    text.replaceAll(/\$\{\{ vars\.(\w+) \}\}/g, (_, name: string) => known[name] ?? '')
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, fill(String(value))]))
}
