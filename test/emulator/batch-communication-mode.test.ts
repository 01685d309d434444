/** How nodes speak with Batch, as recordings of 2024 show it (Azure/azure-sdk-assets, azure-compute-batch of Java, 2024-04-10). */
import { expect, test } from '@jest/globals'
import type { JsonObject } from '../../emulator/kernel/types.ts'
import { batchWorld, fixedScale, MINUTE, patch, POOL, poolBody, propertiesOf, steadyPool } from './batch-world.ts'

const ARM = '2024-07-01'
const SERVICE = '2024-07-01.20.0'
type World = ReturnType<typeof batchWorld>

function modes({ arm, service }: World, versions: [string, string] = [ARM, SERVICE]): unknown[] {
  const pools = [
    propertiesOf(arm('GET', POOL, { apiVersion: versions[0] })),
    service('GET', '/pools/frames', { apiVersion: versions[1] }).body as JsonObject
  ]
  return pools.flatMap(pool => [pool['targetNodeCommunicationMode'], pool['currentNodeCommunicationMode']])
}

test('the present mode is there once the pool has nodes, and as long as it has some', () => {
  const world = batchWorld()
  const { arm, pass } = world
  arm('PUT', POOL, {
    apiVersion: ARM,
    body: poolBody({ targetNodeCommunicationMode: 'default', scaleSettings: fixedScale(1) })
  })
  expect(modes(world)).toEqual(['Default', undefined, 'default', undefined])
  pass(5 * MINUTE)
  expect(modes(world)).toEqual(['Default', 'Simplified', 'default', 'simplified'])
  arm('PATCH', POOL, patch({ scaleSettings: fixedScale(0) }))
  pass(10 * MINUTE)
  expect(modes(world)).toEqual(['Default', undefined, 'default', undefined])
})

test('a mode that nobody asked for isn’t shown beside the present one', () => {
  expect(modes(batchWorld({ pools: [steadyPool()] }))).toEqual([undefined, 'Simplified', undefined, 'simplified'])
})

test.each([
  ['2023-11-01', '2022-10-01.16.0', ['Simplified', 'Simplified', 'simplified', 'simplified']],
  ['2019-08-01', SERVICE, [undefined, undefined, 'simplified', 'simplified']],
  ['2025-06-01', '2025-06-01', [undefined, undefined, undefined, undefined]]
])('a mode is known to the versions from 2022 until 2025-06-01 (%s, %s)', (arm, service, shown) => {
  const world = batchWorld({ pools: [steadyPool({ targetNodeCommunicationMode: 'Simplified' })] })
  expect(modes(world, [arm, service])).toEqual(shown)
})

test('nodes of a world keep their mode until the pool has been without any', () => {
  const world = batchWorld({ pools: [steadyPool({ currentNodeCommunicationMode: 'Classic' })] })
  const { arm, pass } = world
  for (const [size, mode] of [
    [3, 'Classic'],
    [1, 'Classic'],
    [0, undefined],
    [1, 'Simplified']
  ] as const) {
    arm('PATCH', POOL, patch({ scaleSettings: fixedScale(size) }))
    pass(10 * MINUTE)
    expect([size, ...modes(world)]).toEqual([size, undefined, mode, undefined, mode?.toLowerCase()])
  }
})

test('another mode is taken with nodes there, and changes nothing about them', () => {
  const classic = { targetNodeCommunicationMode: 'Classic', currentNodeCommunicationMode: 'Classic' }
  const world = batchWorld({ pools: [steadyPool(classic)] })
  const { arm, service } = world
  const asked = { body: { properties: { targetNodeCommunicationMode: 'Simplified' } }, apiVersion: '2023-11-01' }
  expect(arm('PATCH', POOL, asked).status).toBe(200)
  expect(modes(world)).toEqual(['Simplified', 'Classic', 'simplified', 'classic'])
  for (const [method, path, status] of [
    ['PATCH', '', 200],
    ['POST', '/updateproperties', 204]
  ] as const) {
    const mode = method === 'PATCH' ? 'default' : 'simplified'
    const body = { targetNodeCommunicationMode: mode }
    expect(service(method, `/pools/frames${path}`, { body, apiVersion: '2024-02-01.19.0' }).status).toBe(status)
    expect(modes(world)).toMatchObject({ 2: mode, 3: 'classic' })
  }
  service('POST', '/pools/frames/updateproperties', { body: {}, apiVersion: SERVICE })
  expect(modes(world)).toEqual([undefined, 'Classic', undefined, 'classic'])
})
