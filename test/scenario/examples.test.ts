/** The workflows that people copy first, on the pool that the run before has left. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { definitionResource, versionResource } from '../support/gallery-resources.ts'
import { PORTAL_POOL } from '../support/portal-pool.ts'
import { defaultWorld, IDS, onAzure, POOL_SPEC } from '../support/story.ts'
import { inputsIn } from '../support/workflow-inputs.ts'

const WEEK_MS = 7 * 24 * 3_600_000
const root = join(import.meta.dirname, '../..')

const VARS: Record<string, string> = {
  SOURCE_VM_ID: IDS.vm,
  IMAGE_DEFINITION_ID: IDS.definition,
  BATCH_ACCOUNT_ID: IDS.account
}

const read = (path: string): string => readFileSync(join(root, path), 'utf8')

/** The pool spec of a workflow is a file of the caller's; here it is the test's. */
function withSpec(yaml: string, spec: string): Record<string, string> {
  const { 'pool-spec': _, ...inputs } = inputsIn(yaml, VARS)
  return { ...inputs, 'pool-spec-inline': spec }
}

const README_WORKFLOW = /```yaml\n([^]*?)```/.exec(read('README.md'))?.[1] ?? ''

test.each([
  ['README.md', README_WORKFLOW],
  ['on-schedule.yml', read('docs/examples/on-schedule.yml')]
])('the workflow of %s releases a new image to the same pool, week after week', async (_, yaml) => {
  await onAzure({}, async ({ clock, emulator, story }) => {
    const versions: string[] = []
    for (const runId of ['1', '2', '3']) {
      const told = await story({ inputs: withSpec(yaml, POOL_SPEC), context: { runId } })
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
      const planned = await story({ inputs: withSpec(onPullRequest ?? '', pinned(version)) })
      expect([planned.ok, planned.changes]).toEqual([true, []])
      const told = await story({ inputs: withSpec(onPush ?? '', pinned(version)) })
      expect(told.outputs).toMatchObject({ 'failure-reason': '', 'current-dedicated-nodes': '20' })
      expect(JSON.stringify(emulator.state().find(({ id }) => id === IDS.pool))).toContain(`/versions/${version}"`)
    }
  })
})

test('pool-by-name.yml moves a pool that nobody described to one image after the other, and twice to the same is once', async () => {
  const yaml = read('docs/examples/pool-by-name.yml')
  const [first, next] = ['1.0.0', '2.0.0'].map(version => `${IDS.definition}/versions/${version}`) as [string, string]
  const world = defaultWorld()
  const { resources } = world
  resources.push(definitionResource(IDS.definition), versionResource(first), versionResource(next), PORTAL_POOL)
  await onAzure({ world }, async ({ emulator, story }) => {
    for (const { imageId, changed } of [
      { imageId: first, changed: 'true' },
      { imageId: first, changed: 'false' },
      { imageId: next, changed: 'true' }
    ]) {
      const told = await story({ inputs: inputsIn(yaml, { ...VARS, 'image-id': imageId }) })
      expect(told.outputs).toMatchObject({ 'failure-reason': '', 'current-dedicated-nodes': '4', changed })
      expect(JSON.stringify(emulator.state().find(({ id }) => id === IDS.pool))).toContain(`"${imageId}"`)
    }
  })
})
