import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { createEmulator, WorldError, type Fault, type WorldFile } from '../../emulator/index.ts'
import { DURATION_NAMES } from '../../emulator/kernel/durations.ts'
import { nearest } from '../../emulator/world-file/nearest.ts'
import { SUBSCRIPTION } from './caller.ts'

const defaultWorld = createRequire(import.meta.url)('../../emulator/worlds/default.json') as WorldFile
const DISK = `${SUBSCRIPTION}/resourceGroups/g/providers/Microsoft.Compute/disks/d`
const LOCK = `${SUBSCRIPTION}/providers/Microsoft.Authorization/locks/l`

/** As JSON from a file, which no compiler has seen. */
const started = (world: unknown, faults: unknown = []): unknown =>
  createEmulator({ world: world as WorldFile, faults: faults as Fault[], clock: () => 0 })

const told = (world: unknown, faults?: unknown): string => {
  try {
    started(world, faults)
    return 'nothing'
  } catch (error) {
    expect(error).toBeInstanceOf(WorldError)
    return (error as Error).message
  }
}

const withBehaviour = (behaviour: object): object => ({
  ...defaultWorld,
  behaviour: { ...defaultWorld.behaviour, ...behaviour }
})
const withResources = (...resources: unknown[]): object => ({ resources })

test.each<[string, object, string]>([
  ['a part of a world', { resources: [], behavior: {} }, 'behavior ({}): not a known name; the nearest is "behaviour"'],
  [
    'a part of behaviour',
    withBehaviour({ node: { render: {} } }),
    'behaviour.node ({"render":{}}): not a known name; the nearest is "nodes"'
  ],
  [
    'a behaviour of nodes',
    withBehaviour({ nodes: { 'render-pool': { startTaskFail: 'all' } } }),
    'behaviour.nodes["render-pool"].startTaskFail ("all"): not a known name; the nearest is "startTaskFails"'
  ],
  [
    'a property deep inside',
    withBehaviour({ nodes: { render: { preempted: [{ index: 0, afterMs: 1, restoreAfterMs: 2 }] } } }),
    'behaviour.nodes.render.preempted[0].restoreAfterMs (2): not a known name; the nearest is "restoredAfterMs"'
  ],
  [
    'what a task does',
    withBehaviour({ nodes: { render: { tasks: [{ index: [0], exitcode: 1 }] } } }),
    'behaviour.nodes.render.tasks[0].exitcode (1): not a known name; the nearest is "exitCode"'
  ],
  [
    'a duration',
    withBehaviour({ durationsMs: { 'pool.firstnode': 3000 } }),
    'behaviour.durationsMs["pool.firstnode"] (3000): not a known name; the nearest is "pool.firstNode"'
  ],
  [
    'a region of a duration',
    withBehaviour({ durationsMs: { 'galleryImageVersion.replicate.eastus22': 1 } }),
    'behaviour.durationsMs["galleryImageVersion.replicate.eastus22"] (1): not a region of Azure; the nearest is "eastus2"'
  ],
  [
    'a region of sizes',
    withBehaviour({ virtualMachineSkusByRegion: { 'West Europe': [] } }),
    'behaviour.virtualMachineSkusByRegion["West Europe"] ([]): the short form of a region is needed, such as eastus2'
  ],
  [
    'a region of sizes that isn’t one',
    withBehaviour({ virtualMachineSkusByRegion: { westeurop: [] } }),
    'behaviour.virtualMachineSkusByRegion.westeurop ([]): not a region of Azure; the nearest is "westeurope"'
  ],
  [
    'a region of capacity',
    withBehaviour({ capacity: [{ region: 'westeurop', family: '*', from: 0, cores: 1 }] }),
    'behaviour.capacity[0].region ("westeurop"): not a region of Azure; the nearest is "westeurope"'
  ],
  [
    'a family of capacity',
    withBehaviour({ capacity: [{ region: 'eastus2', family: 'standardDSv5Famly', from: 0, cores: 1 }] }),
    'behaviour.capacity[0].family ("standardDSv5Famly"): not "*" nor the family of a size in behaviour.virtualMachineSkus; the nearest is "standardDSv5Family"'
  ],
  [
    'a region that copies fail in',
    withBehaviour({ replicationFails: [{ region: 'West US 33', times: 1 }] }),
    'behaviour.replicationFails[0].region ("West US 33"): not a region of Azure; the nearest is "westus3"'
  ],
  [
    'a role action',
    withBehaviour({ denied: ['Microsoft.Compute/snapshot/write'] }),
    'behaviour.denied[0] ("Microsoft.Compute/snapshot/write"): not an action that is asked for; the nearest is "Microsoft.Compute/snapshots/write"'
  ],
  [
    'a pool property that a PATCH leaves',
    withBehaviour({ leftByPatch: ['startTasks'] }),
    'behaviour.leftByPatch[0] ("startTasks"): not a property of pools; the nearest is "startTask"'
  ],
  [
    'a bucket',
    withBehaviour({ throttling: { SubscriptionRead: { size: 1, refillPerMinute: 1 } } }),
    'behaviour.throttling.SubscriptionRead ({"size":1,"refillPerMinute":1}): not a bucket of any operation; the nearest is "SubscriptionReads"'
  ],
  [
    'one of a few words',
    withBehaviour({ managedImagePools: 'acepted' }),
    'behaviour.managedImagePools ("acepted"): not a value of this; the nearest is "accepted"'
  ],
  [
    'a type of resource',
    withResources({ id: DISK, type: 'Microsoft.Compute/disk' }),
    'resources[0].type ("Microsoft.Compute/disk"): not a type that is emulated; the nearest is "Microsoft.Compute/disks"'
  ],
  [
    'a name at the top of a resource',
    withResources({ id: DISK, type: 'Microsoft.Compute/disks', propertys: {} }),
    'resources[0].propertys ({}): not a known name; the nearest is "properties"'
  ],
  [
    'a level of a lock',
    withResources({ id: LOCK, type: 'Microsoft.Authorization/locks', properties: { level: 'ReadOnlly' } }),
    'resources[0].properties.level ("ReadOnlly"): not a value of this; the nearest is "ReadOnly"'
  ]
])(
  'a name in a world that isn’t known is refused with its place, its value and the nearest: %s',
  (_, world, message) => {
    expect(told(world)).toBe(`world: a problem\n  ${message}`)
  }
)

test.each<[string, object, string]>([
  [
    'a duration below 0',
    withBehaviour({ durationsMs: { 'pool.delete': -1 } }),
    '(-1): 0 milliseconds or more is needed'
  ],
  [
    'a duration as text',
    withBehaviour({ durationsMs: { 'pool.delete': '2s' } }),
    '("2s"): a number of milliseconds is needed'
  ],
  [
    'a list that is none',
    withBehaviour({ denied: 'Microsoft.Compute/*' }),
    '("Microsoft.Compute/*"): a list is needed'
  ],
  [
    'nodes that are no indexes',
    withBehaviour({ nodes: { render: { unusable: 'first' } } }),
    '("first"): a list of indexes, each a whole number of 0 or more, or "all" is needed'
  ],
  [
    'an error that is relayed by who doesn’t refuse',
    withBehaviour({
      capacity: [{ region: 'eastus2', family: '*', from: 0, cores: 1, relays: { code: 'a', message: 'b' } }]
    }),
    'behaviour.capacity[0].relays ({"code":"a","message":"b"}): is read with refuses: true only'
  ],
  ['an address that is none', withBehaviour({ callerAddress: '10.0.0' }), 'an IPv4 address or "private" is needed'],
  ['no list of resources', { resources: {} }, 'resources ({}): a list is needed'],
  ['a resource without a type', withResources({ id: DISK }), 'resources[0].type (nothing): a text is needed'],
  [
    'the same resource twice',
    withResources(
      { id: DISK, type: 'Microsoft.Compute/disks' },
      { id: DISK.toUpperCase(), type: 'Microsoft.Compute/disks' }
    ),
    'is there twice'
  ],
  [
    'an id of another type',
    withResources({ id: DISK, type: 'Microsoft.Compute/snapshots' }),
    'the id of a Microsoft.Compute/disks, where type says Microsoft.Compute/snapshots'
  ],
  ['no object', [], 'resources (nothing): a list is needed']
])('a value in a world that can’t be is refused with its place and what is needed: %s', (_, world, message) => {
  expect(told(world)).toContain(message)
})

test('all that is wrong with a world is told together', () => {
  const world = {
    resources: [{ id: DISK, type: 'Microsoft.Compute/disk' }],
    behaviour: { node: {}, durationsMs: { 'pool.delete': -1 } },
    faults: []
  }
  expect(told(world).split('\n')).toEqual([
    'world: 4 problems',
    '  faults ([]): not a known name; known: resources, behaviour',
    '  resources[0].type ("Microsoft.Compute/disk"): not a type that is emulated; the nearest is "Microsoft.Compute/disks"',
    '  behaviour.durationsMs["pool.delete"] (-1): 0 milliseconds or more is needed',
    '  behaviour.node ({}): not a known name; the nearest is "nodes"'
  ])
})

test.each<[string, object, string]>([
  [
    'an operation that isn’t one',
    { operation: 'Pool_Creat', times: 1, respond: { status: 500 } },
    'faults[0].operation ("Pool_Creat"): not an operation; the nearest is "Pool_Create"'
  ],
  [
    'a property that isn’t one',
    { operation: 'Pool_Create', times: 1, respond: { statusCode: 500 } },
    'faults[0].respond.statusCode (500): not a known name; the nearest is "status"'
  ],
  ['a fault that says nothing', { operation: 'Pool_Create', times: 1 }, 'either respond or outcome is needed'],
  [
    'a fault that never happens',
    { operation: 'Pool_Create', times: -1, respond: {} },
    'faults[0].times (-1): a whole number of 0 or more is needed'
  ],
  [
    'an end of what ends at once',
    { operation: 'Pool_Create', times: 1, outcome: 'Failed', code: 'a', message: 'b' },
    'faults[0].outcome ("Failed"): Pool_Create ends at once; respond is needed'
  ],
  ['no list', {}, 'faults']
])('a fault that can’t be is refused: %s', (what, fault, message) => {
  expect(told(defaultWorld, what === 'no list' ? fault : [fault])).toContain(message)
})

test('a fault that is added later is held to the same, and none is added beside it', () => {
  const { addFaults, unusedFaults } = createEmulator({ world: defaultWorld, clock: () => 0 })
  const good: Fault = { operation: 'Pool_Get', times: 1, respond: { status: 500 } }
  expect(() => addFaults([good, { ...good, operation: 'Pool_Gte' }])).toThrow(WorldError)
  expect(unusedFaults()).toEqual([])
})

test.each([
  ['pool.firstnode', 'pool.firstNode'],
  ['node', 'nodes'],
  ['xyz', undefined]
])('the nearest name takes the fewest edits, and is none where most letters differ: %s', (name, near) => {
  expect(nearest(name, ['nodes', 'pool.firstNode', 'denied'])).toBe(near)
})

test('a duration that a world may set is read somewhere: a known name that nothing reads would be silent too', () => {
  const root = join(import.meta.dirname, '../../emulator')
  const files = ['batch', 'compute', 'kernel'].flatMap(folder =>
    readdirSync(join(root, folder)).map(name => join(root, folder, name))
  )
  const code = files.filter(name => !name.endsWith('durations.ts')).map(name => readFileSync(name, 'utf8'))
  expect(DURATION_NAMES.filter(name => !code.some(text => text.includes(`'${name}'`)))).toEqual([])
})
