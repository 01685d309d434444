/** Several pools, a smoke test and a proof first, with the bundle as the runner starts it. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { POOL_SPEC, releaseInputs, withAzure } from './azure.ts'

const MINUTES = 60_000
const POOLS = 'Microsoft.Batch/batchAccounts/pools'

test(
  'two pools of two files get an image that passes its smoke test, and the next one once a temporary pool has proved it',
  async () => {
    await withAzure({ hurried: 1_200 }, async azure => {
      const folder = join(azure.workspace, 'pools')
      mkdirSync(folder)
      for (const name of ['bake', 'render']) {
        const text = POOL_SPEC.replace('name: render', `name: ${name}`).replace(
          'targetDedicatedNodes: 6',
          'targetDedicatedNodes: 2'
        )
        writeFileSync(join(folder, `${name}.yml`), text)
      }
      const inputs = { ...releaseInputs(azure.served), 'pool-spec': 'pools/*.yml', 'smoke-test': 'render --probe' }
      const first = await azure.step({ inputs })
      expect([first.exitCode, first.stderr]).toEqual([0, ''])
      expect(JSON.parse(first.outputs['pools'] ?? '').map(({ name }: { name: string }) => name)).toEqual([
        'bake',
        'render'
      ])
      expect(first.summary).toContain('### Smoke test')

      const next = { ...inputs, 'image-version': '2.0.0', 'image-change': 'in-place' }
      const second = await azure.step({ inputs: next, env: { GITHUB_RUN_ID: '17000000002' } })
      expect([second.exitCode, second.outputs['failure-reason']]).toEqual([0, ''])
      expect(azure.changes().filter(line => line.startsWith('PUT') && line.includes('-proof-'))).toHaveLength(1)
      expect(azure.standing(POOLS).filter(id => !id.includes('-proof-'))).toHaveLength(2)
    })
  },
  3 * MINUTES
)
