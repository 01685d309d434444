import mermaid from 'mermaid'
import { diagramsOf } from '../render/page.ts'
import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { DEFINITION, GROUPS, MANAGED_IMAGE, POOL, releaseInputs, withAzure } from './azure.ts'

const MINUTES = 60_000

test(
  'a release ends with healthy nodes, outputs, state and a job summary, and a second one changes nothing',
  async () => {
    await withAzure({}, async azure => {
      const first = await azure.step()
      expect([first.exitCode, first.stderr]).toEqual([0, ''])
      expect(first.outputs).toMatchObject({
        'image-id': `${DEFINITION}/versions/1.0.0`,
        'image-name': 'farm/render-node/1.0.0',
        'pool-id': POOL,
        'allocation-state': 'Steady',
        'current-dedicated-nodes': '6',
        'failure-reason': '',
        'failed-step': '',
        changed: 'true'
      })
      expect(JSON.parse(first.outputs['pool-state'] ?? '')).toMatchObject({ version: 1, name: 'render' })
      expect(JSON.parse(readFileSync(first.outputs['plan-file'] ?? '', 'utf8'))).toMatchObject({ command: 'release' })
      expect(first.state).toEqual({
        journal: expect.stringContaining('journal.jsonl'),
        undo: expect.stringMatching(/"nonce":"[0-9a-f-]{36}"/),
        ended: 'succeeded'
      })
      expect(readFileSync(first.summaryFile, 'utf8')).toContain('## ✅ `farm/render-node/1.0.0` runs on pool `render`')
      const diagrams = diagramsOf(first.summary)
      expect(diagrams).toHaveLength(1)
      for (const diagram of diagrams) expect(await mermaid.parse(diagram)).toMatchObject({ diagramType: 'gantt' })
      expect(azure.standing('Microsoft.Compute/snapshots')).toEqual([])

      const from = azure.served.emulator.journal().length
      const second = await azure.step({ env: { GITHUB_RUN_ID: '17000000002' } })
      expect([second.exitCode, azure.changes(from)]).toEqual([0, []])
      const { 'plan-file': _, ...outputs } = second.outputs
      expect(outputs).toMatchObject({ changed: 'false', 'current-dedicated-nodes': '6', 'pool-id': POOL })
    })
  },
  3 * MINUTES
)

test(
  'where Batch accepts managed images, allow-retired ends with healthy nodes and keeps the snapshots',
  async () => {
    await withAzure({ behaviour: { managedImagePools: 'accepted' } }, async azure => {
      const { 'image-version': _, ...inputs } = releaseInputs(azure.served)
      const step = await azure.step({ inputs: { ...inputs, 'publish-to': MANAGED_IMAGE, 'allow-retired': 'true' } })
      expect(step.exitCode).toBe(0)
      expect(step.outputs).toMatchObject({ 'image-id': MANAGED_IMAGE, 'current-dedicated-nodes': '6' })
      expect(azure.standing('Microsoft.Compute/snapshots')).toEqual([
        expect.stringContaining(`${GROUPS}/render-images/`),
        expect.anything(),
        expect.anything()
      ])
      const versions = new Set(
        azure.served.emulator
          .journal()
          .filter(({ request }) => request.url.includes('/batchAccounts/renderfarm/pools/render'))
          .map(({ request }) => new URL(request.url).searchParams.get('api-version'))
      )
      expect([...versions]).toEqual(['2019-08-01'])
    })
  },
  3 * MINUTES
)

test(
  'where Batch refuses managed images, the answer is explained, with the gallery as the way out',
  async () => {
    await withAzure({ behaviour: { managedImagePools: 'refused' } }, async azure => {
      const { 'image-version': _, ...inputs } = releaseInputs(azure.served)
      const step = await azure.step({ inputs: { ...inputs, 'publish-to': MANAGED_IMAGE, 'allow-retired': 'true' } })
      expect(step.exitCode).toBe(1)
      expect(step.outputs).toMatchObject({ 'failure-reason': 'pool-refused', 'failed-step': 'create-pool' })
      expect(step.commands.filter(({ command }) => command === 'error')).toEqual([
        expect.objectContaining({ message: expect.stringMatching(/galler/) })
      ])
    })
  },
  3 * MINUTES
)
