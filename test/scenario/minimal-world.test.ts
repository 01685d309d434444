import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { createEmulator } from '../../emulator/index.ts'
import { STORY_STARTS_AT, tellStory, type World } from '../support/story.ts'
import { inVirtualTime } from '../support/virtual-time.ts'

const OWN = '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/own/providers'

const POOL_SPEC = `
name: work
properties:
  vmSize: Standard_D2s_v5
  scaleSettings: { fixedScale: { targetDedicatedNodes: 2 } }
`

test('the minimal world of the emulator’s README is enough for a release that changes its pool to the new image', async () => {
  const file = join(import.meta.dirname, '../../emulator/worlds/minimal.json')
  const world = JSON.parse(readFileSync(file, 'utf8')) as World
  await inVirtualTime(STORY_STARTS_AT, async clock => {
    const emulator = createEmulator({ world, clock: () => clock.now() })
    const told = await tellStory(emulator, clock, {
      inputs: {
        'source-vm': `${OWN}/Microsoft.Compute/virtualMachines/source`,
        generalize: 'done',
        'publish-to': `${OWN}/Microsoft.Compute/galleries/images/images/node`,
        'image-version': '1.0.0',
        'batch-account': `${OWN}/Microsoft.Batch/batchAccounts/farm`,
        'pool-spec-inline': POOL_SPEC,
        'image-change': 'in-place'
      }
    })
    expect([told.ok, told.annotations.filter(({ level }) => level !== 'notice')]).toEqual([true, []])
    expect(told.outputs).toMatchObject({
      'image-name': 'images/node/1.0.0',
      'pool-id': `${OWN}/Microsoft.Batch/batchAccounts/farm/pools/work`,
      'current-dedicated-nodes': '2',
      'node-states': '{"dedicated":{"idle":2},"lowPriority":{}}'
    })
  })
})
