/** The workflows that people copy first, on the pool that the run before has left. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { IDS, onAzure, POOL_SPEC } from '../support/story.ts'

const WEEK_MS = 7 * 24 * 3_600_000
const root = join(import.meta.dirname, '../..')

type Given = { with?: Record<string, unknown> }
type Workflow = { jobs: Record<string, Given & { steps?: Given[] }> }

const VARS: Record<string, string> = {
  SOURCE_VM_ID: IDS.vm,
  IMAGE_DEFINITION_ID: IDS.definition,
  BATCH_ACCOUNT_ID: IDS.account
}

const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const declared = Object.keys((parse(read('action.yml')) as { inputs: object }).inputs)

/** What a workflow gives the action, with its variables put in. The sign-in is the embedded Azure's own; the spec is the test's. */
function inputsIn(yaml: string, spec: string): Record<string, string> {
  const { jobs } = parse(yaml) as Workflow
  const withs = Object.values(jobs).flatMap(job => [job.with, ...(job.steps ?? []).map(step => step.with)])
  const given = Object.entries(withs.find(one => one !== undefined && 'batch-account' in one) ?? {})
  const inputs = given
    .filter(([name]) => declared.includes(name) && !['client-id', 'tenant-id', 'pool-spec'].includes(name))
    .map(([name, value]) => [name, String(value).replace(VARIABLE, (_, variable: string) => VARS[variable] ?? '')])
  return { ...(Object.fromEntries(inputs) as Record<string, string>), 'pool-spec-inline': spec }
}

const VARIABLE = /\$\{\{ vars\.(\w+) \}\}/
const README_WORKFLOW = /```yaml\n([^]*?)```/.exec(read('README.md'))?.[1] ?? ''

test.each([
  ['README.md', README_WORKFLOW],
  ['on-schedule.yml', read('docs/examples/on-schedule.yml')]
])('the workflow of %s releases a new image to the same pool, week after week', async (_, yaml) => {
  await onAzure({}, async ({ clock, emulator, story }) => {
    const versions: string[] = []
    for (const runId of ['1', '2', '3']) {
      const told = await story({ inputs: inputsIn(yaml, POOL_SPEC), context: { runId } })
      expect(told.outputs).toMatchObject({ 'failure-reason': '', 'current-dedicated-nodes': '20' })
      versions.push(told.outputs['image-version'])
      await clock.sleep(WEEK_MS)
    }
    expect(new Set(versions).size).toBe(3)
    const pool = emulator.state().find(({ id }) => id === IDS.pool)
    expect(JSON.stringify(pool)).toContain(`/versions/${versions.at(-1) ?? ''}"`)
  })
})

const pinned = (version: string): string => `${POOL_SPEC}  deploymentConfiguration:
    virtualMachineConfiguration:
      imageReference: { id: ${IDS.definition}/versions/${version} }
`

test('a pin that moves on is planned by on-pull-request.yml, rolled out by on-push.yml, and taken back by a revert', async () => {
  const [onPullRequest, onPush] = ['on-pull-request', 'on-push'].map(name => read(`docs/examples/${name}.yml`))
  const image = { command: 'image', 'source-vm': IDS.vm, generalize: 'done', 'publish-to': IDS.definition }
  await onAzure({}, async ({ emulator, story }) => {
    for (const version of ['1.0.0', '2.0.0'])
      expect((await story({ inputs: { ...image, 'image-version': version } })).ok).toBe(true)
    for (const version of ['1.0.0', '2.0.0', '1.0.0']) {
      const planned = await story({ inputs: inputsIn(onPullRequest ?? '', pinned(version)) })
      expect([planned.ok, planned.changes]).toEqual([true, []])
      const told = await story({ inputs: inputsIn(onPush ?? '', pinned(version)) })
      expect(told.outputs).toMatchObject({ 'failure-reason': '', 'current-dedicated-nodes': '20' })
      expect(JSON.stringify(emulator.state().find(({ id }) => id === IDS.pool))).toContain(`/versions/${version}"`)
    }
  })
})
