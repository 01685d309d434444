/** The page for the first hour, worked through: its shell with stand-ins for az, gh and ssh, its workflow on the embedded Azure. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { readText } from '../meta/repository-files.ts'
import { blocksOf } from '../support/doc-blocks.ts'
import { defaultWorld, IDS, onAzure } from '../support/story.ts'
import { inputsIn } from '../support/workflow-inputs.ts'

const PAGE = 'docs/first-hour.md'
const [poolSpec = '', workflow = ''] = blocksOf(PAGE, 'yaml').map(({ text }) => text)
const roles = blocksOf('docs/permissions.md', 'json').map(({ text }) => text)
const SUBSCRIPTION = IDS.vm.split('/')[2] ?? ''

/** They answer what the page asks them, and note what they were told. */
const STAND_INS = `
az() {
  printf 'az %s\\n' "$*" >> told
  case "$*" in
    'account show --query tenantId'*) echo the-tenant ;;
    'account show --query id'*) echo ${SUBSCRIPTION} ;;
    'group show'*) echo the-group ;;
    'vm show'*publicIps*) echo 192.0.2.7 ;;
    'vm show'*'--query id'*) echo ${IDS.vm} ;;
    'sig show'*) echo ${IDS.definition.replace(/\/images\/.*/, '')} ;;
    'batch account show'*'--query id'*) echo ${IDS.account} ;;
    'ad app create'*) echo the-client ;;
    'ad sp create'*) echo the-principal ;;
    'role assignment list'*) echo one two ;;
    'role definition create'*) printf '%s\\0' "$5" >> roles ;;
  esac
}
gh() {
  printf 'gh %s\\n' "$*" >> told
  case "$1 $2" in
    'repo view') echo render/images ;;
    'variable set') printf '%s=%s\\n' "$3" "$5" >> variables ;;
  esac
}
ssh() { printf 'ssh %s\\n' "$*" >> told; }
`

const folder = mkdtempSync(join(tmpdir(), 'first-hour-'))
const left = (file: string): string => readFileSync(join(folder, file), 'utf8')
const told = (pattern: RegExp): string[] => [...left('told').matchAll(pattern)].map(([, found = '']) => found)

beforeAll(() => {
  for (const [index, name] of ['image-source', 'image-target', 'pool'].entries())
    writeFileSync(join(folder, `${name}.json`), roles[index] ?? '')
  const blocks = blocksOf(PAGE, 'sh').map(({ text }) => text)
  const script = ['set -eu -o pipefail', STAND_INS, ...blocks].join('\n')
  const { status, stderr } = spawnSync('bash', ['-c', script], { cwd: folder, encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
})

afterAll(() => rmSync(folder, { recursive: true }))

test('its credential is for the jobs of the main branch, as GitHub names them', () => {
  const { subject } = defaultWorld().behaviour?.signIn ?? {}
  expect(JSON.parse(left('credential.json'))).toMatchObject({ subject, audiences: ['api://AzureADTokenExchange'] })
})

test('its roles are those of the page on permissions, in the subscription, and each is assigned', () => {
  const made = left('roles')
    .split('\0')
    .slice(0, -1)
    .map(json => JSON.parse(json) as { Name: string })
  expect(made).toEqual(roles.map(json => JSON.parse(json.replace('{subscription}', SUBSCRIPTION)) as unknown))
  const assigned = told(/role assignment create .*--role (.*) --scope the-group/g)
  expect(assigned).toEqual(made.map(({ Name }) => Name))
})

test('its workflow plans without a change, then makes the image and the pool of the page', async () => {
  const variables = Object.fromEntries(
    left('variables')
      .trim()
      .split('\n')
      .map(line => line.split('='))
  )
  const inputs = (dryRun: boolean): Record<string, string> => {
    const { 'pool-spec': path, ...given } = inputsIn(workflow, { ...variables, 'dry-run': String(dryRun) })
    expect(readText(PAGE)).toContain(`\`${path}\`, the pool`)
    return { ...given, 'pool-spec-inline': poolSpec }
  }
  await onAzure({}, async ({ story }) => {
    const planned = await story({ inputs: inputs(true) })
    expect([planned.ok, planned.changes]).toEqual([true, []])
    const made = await story({ inputs: inputs(false) })
    expect(made.outputs).toMatchObject({ 'failure-reason': '', 'pool-name': 'render', 'current-dedicated-nodes': '2' })
  })
})

test('its workflow reads each variable that the page sets, and no other', () => {
  const read = [...workflow.matchAll(/vars\.(\w+)/g)].map(([, name]) => name)
  expect(told(/gh variable set (\w+)/g).sort()).toEqual(read.sort())
})

test('what it makes it also undoes: roles, application, resource group, variables', () => {
  expect(told(/role definition delete --name (.*)/g)).toEqual(
    told(/role assignment create .*--role (Batch.*) --scope/g)
  )
  expect(told(/az (ad app|group) delete/g)).toEqual(told(/az (ad app|group) create/g).sort())
  expect(told(/gh variable delete (\w+)/g)).toEqual(told(/gh variable set (\w+)/g))
})
