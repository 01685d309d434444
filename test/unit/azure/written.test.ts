/** Our own write, whose answer was lost, told from somebody else's by what the pool shows. */
import { expect, test } from '@jest/globals'
import { showsWritten } from '../../../src/azure/written.ts'
import type { JsonObject } from '../../../src/model/json.ts'

const METADATA = [{ name: 'batch-image-rollout', value: 'pixel/farm run 4711' }]
const fixed = (more: JsonObject): JsonObject => ({ scaleSettings: { fixedScale: more } })
const image = (id: string): JsonObject => ({
  deploymentConfiguration: { virtualMachineConfiguration: { imageReference: { id } } }
})

test.each<[string, JsonObject, JsonObject, boolean]>([
  ['as it was written', { metadata: METADATA }, { metadata: METADATA }, true],
  ['of another run', { metadata: [{ ...METADATA[0], value: 'pixel/farm run 4712' }] }, { metadata: METADATA }, false],
  ['with an item more', { metadata: [...METADATA, { name: 'a', value: 'b' }] }, { metadata: METADATA }, false],
  ['with an item less', { metadata: [] }, { metadata: METADATA }, false],
  ['without any', {}, { metadata: METADATA }, false],
  ['none, where none was written', {}, { metadata: [] }, true],
  [
    'with defaults on top',
    fixed({ targetDedicatedNodes: 5, resizeTimeout: 'PT15M' }),
    fixed({ targetDedicatedNodes: 5 }),
    true
  ],
  ['with other nodes', fixed({ targetDedicatedNodes: 6 }), fixed({ targetDedicatedNodes: 5 }), false],
  [
    'without what Batch never shows',
    fixed({ targetDedicatedNodes: 5 }),
    fixed({ targetDedicatedNodes: 5, nodeDeallocationOption: 'Requeue' }),
    true
  ],
  ['with the image in another casing', image('/SUBSCRIPTIONS/A'), image('/subscriptions/a'), true],
  ['with another image', image('/subscriptions/b'), image('/subscriptions/a'), false],
  [
    'with one of two as written',
    { metadata: METADATA, ...fixed({ targetDedicatedNodes: 6 }) },
    { metadata: METADATA, ...fixed({ targetDedicatedNodes: 5 }) },
    false
  ],
  ['anything, where nothing that can be compared was written', { taskSlotsPerNode: 4 }, { taskSlotsPerNode: 4 }, false]
])('a pool %s', (_, present, written, isOurs) => {
  expect(showsWritten({ properties: present }, { properties: written })).toBe(isOurs)
})
