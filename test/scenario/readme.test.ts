/** What people copy first must work on the pool that the run before has left. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { IDS, onAzure, POOL_SPEC } from '../support/story.ts'

const WEEK_MS = 7 * 24 * 3_600_000
const root = join(import.meta.dirname, '../..')

type Workflow = { jobs: Record<string, { steps: { uses: string; with?: Record<string, unknown> }[] }> }

const VARS: Record<string, string> = {
  SOURCE_VM_ID: IDS.vm,
  IMAGE_DEFINITION_ID: IDS.definition,
  BATCH_ACCOUNT_ID: IDS.account
}

/** Of the README's workflow, with its variables put in; the sign-in is the embedded Azure's own. */
function readmeInputs(): Record<string, string> {
  const [, yaml = ''] = /```yaml\n([^]*?)```/.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? []
  const { jobs } = parse(yaml) as Workflow
  const step = Object.values(jobs)
    .flatMap(({ steps }) => steps)
    .find(({ uses }) => uses.includes('batch-image-rollout'))
  const { 'pool-spec': _file, ...given } = step?.with ?? {}
  const inputs = Object.entries(given).filter(([name]) => name !== 'client-id' && name !== 'tenant-id')
  return Object.fromEntries(
    inputs.map(([name, value]) => [
      name,
      String(value).replace(/\$\{\{ vars\.(\w+) \}\}/, (_, variable: string) => VARS[variable] ?? '')
    ])
  )
}

test('the README’s workflow releases a new image to the same pool, week after week', async () => {
  const inputs = { ...readmeInputs(), 'pool-spec-inline': POOL_SPEC }
  await onAzure({}, async ({ clock, emulator, story }) => {
    const versions: string[] = []
    for (const runId of ['1', '2', '3']) {
      const told = await story({ inputs, context: { runId } })
      expect(told.outputs).toMatchObject({ 'failure-reason': '', 'current-dedicated-nodes': '20' })
      versions.push(told.outputs['image-version'])
      await clock.sleep(WEEK_MS)
    }
    expect(new Set(versions).size).toBe(3)
    const pool = emulator.state().find(({ id }) => id === IDS.pool)
    expect(JSON.stringify(pool)).toContain(`/versions/${versions.at(-1) ?? ''}"`)
  })
})
