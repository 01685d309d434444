/** The worlds that the benchmarks run on: the default one, with as many disks, regions and nodes as asked for. */
import { defaultWorld, IDS, RELEASE_INPUTS, type World } from '../test/support/story.ts'
import type { Chain, CloudTimes } from './critical-path.ts'

export const REGIONS = ['eastus2', 'westus3', 'northeurope', 'westeurope', 'southeastasia'] as const

export type Size = { dataDisks: number; regions: number; nodes: number }

/** Disks and regions enough that what could be done side by side shows. */
export const LARGE: Size = { dataDisks: 16, regions: 3, nodes: 500 }

const CANARY_NODES = 1
/** Recorded medians; where there is none, what the embedded Azure takes. */
const REPLICATE_MS = [452_000, 690_000, 810_000, 760_000, 905_000]
const START_MS = 60_000
const START_TASK_MS = 5_000
const DURATIONS_MS = {
  'snapshot.create': 1_000,
  'snapshot.delete': 500,
  'galleryImage.create': 0,
  'galleryImageVersion.update': 0,
  'pool.firstNode': 30_000,
  'pool.nextNode': 900
}

export type Bench = { world: World; inputs: Record<string, string>; chain: Chain; times: CloudTimes }

/** @param vary a factor for each duration; 1 by default */
export function benchOf({ dataDisks, regions, nodes }: Size, vary: () => number = () => 1): Bench {
  const names = REGIONS.slice(0, regions)
  const varied = (ms: number): number => Math.round(ms * vary())
  const durations = mapped(DURATIONS_MS, varied)
  const replicate = Object.fromEntries(names.map((region, index) => [region, varied(REPLICATE_MS[index] ?? 0)]))
  const [startMs, startTaskMs] = [varied(START_MS), varied(START_TASK_MS)]
  const world = defaultWorld()
  withDataDisks(world, dataDisks)
  withRoomForDisks(world)
  withQuota(world, nodes)
  const replication = Object.entries(replicate).map(([region, ms]) => [`galleryImageVersion.replicate.${region}`, ms])
  world.behaviour = {
    ...world.behaviour,
    durationsMs: { ...durations, ...Object.fromEntries(replication) },
    nodes: { render: { startMs, startTaskMs } }
  }
  return {
    world,
    inputs: inputsFor(names, nodes),
    chain: { disks: dataDisks + 1, regions: names, nodes, canaryNodes: CANARY_NODES },
    times: {
      snapshotCreate: durations['snapshot.create'],
      snapshotDelete: durations['snapshot.delete'],
      galleryImageCreate: durations['galleryImage.create'],
      replicate,
      versionUpdate: durations['galleryImageVersion.update'],
      firstNode: durations['pool.firstNode'],
      nextNode: durations['pool.nextNode'],
      nodeReady: startMs + startTaskMs
    }
  }
}

function mapped<K extends string>(values: Record<K, number>, change: (value: number) => number): Record<K, number> {
  return Object.fromEntries(Object.entries<number>(values).map(([name, value]) => [name, change(value)])) as Record<
    K,
    number
  >
}

function inputsFor(regions: readonly string[], nodes: number): Record<string, string> {
  const { 'wave-size': _, ...inputs } = RELEASE_INPUTS
  return {
    ...inputs,
    'target-regions': regions.join(', '),
    'canary-nodes': String(CANARY_NODES),
    'pool-spec-inline': JSON.stringify({
      name: 'render',
      properties: {
        vmSize: 'Standard_D4s_v5',
        startTask: { commandLine: "/bin/bash -c 'mount -a'", waitForSuccess: true },
        scaleSettings: { fixedScale: { targetDedicatedNodes: nodes } }
      }
    })
  }
}

type Json = Record<string, unknown>

const resourceOf = (world: World, ending: RegExp): Json =>
  world.resources.find(({ id }) => ending.test(String(id))) as Json

/** Copies of the first data disk, by LUN. */
function withDataDisks(world: World, count: number): void {
  const vm = resourceOf(world, /\/virtualMachines\/render-source$/)
  const storage = (vm['properties'] as { storageProfile: { dataDisks: Json[] } }).storageProfile
  const [attached] = storage.dataDisks
  const model = resourceOf(world, /\/disks\/render-source-assets$/)
  world.resources = world.resources.filter(({ id }) => !/\/disks\/render-source-(assets|cache)$/.test(String(id)))
  storage.dataDisks = Array.from({ length: count }, (_, lun) => {
    const name = `render-source-data${lun}`
    const id = `${IDS.vm.replace(/\/virtualMachines\/.*/, '')}/disks/${name}`
    const properties = {
      ...(model['properties'] as Json),
      uniqueId: `00000000-0000-4000-8000-${String(lun).padStart(12, '0')}`
    }
    world.resources.push({ ...model, id, name, properties })
    return { ...attached, lun, name, managedDisk: { ...(attached?.['managedDisk'] as Json), id } }
  })
}

/** Azure's own sizes take 64 data disks at most; those of the default world fewer. */
function withRoomForDisks(world: World): void {
  for (const sku of world.behaviour?.virtualMachineSkus ?? []) {
    const capabilities = sku['capabilities'] as { name: string; value: string }[]
    for (const one of capabilities) if (one.name === 'MaxDataDiskCount') one.value = '64'
  }
}

function withQuota(world: World, nodes: number): void {
  const account = resourceOf(world, /\/batchAccounts\/renderfarm$/)['properties'] as Json
  const cores = Math.max(1_000, nodes * 4)
  account['dedicatedCoreQuota'] = cores
  account['dedicatedCoreQuotaPerVMFamily'] = (account['dedicatedCoreQuotaPerVMFamily'] as Json[]).map(row =>
    row['name'] === 'standardDSv5Family' ? { ...row, coreQuota: cores } : row
  )
}
