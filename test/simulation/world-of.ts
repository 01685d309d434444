/** A random world and the inputs of a rollout in it, from a seed. */
import { defaultWorld, IDS, type World } from '../support/story.ts'
import { dice, type Dice } from './dice.ts'
import { inputsOf, type Asked } from './inputs-of.ts'
import { obstacleOf, type Obstacle } from './obstacles.ts'
import { setbacksOf, waitForRegionsOf, withSetbacks, type Setbacks } from './setbacks.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

export type Simulated = Asked & {
  seed: number
  world: World
  /** Whether how the world ends doesn't hang on the order in which nodes came: then lives in it can be compared. */
  comparable: boolean
  /** Between the end of one run and the start of the next, in ms. */
  gapMs: number
  /** Until somebody does something about it, which nobody does here. */
  obstacle?: Obstacle
  /** What must decide nothing. */
  setbacks: Setbacks
}

// The emulated Azure's JSON, at places that the default world is known to have.
/* eslint-disable @typescript-eslint/no-explicit-any */
type Loose = any

export function worldOf(seed: number): Simulated {
  const chance = dice(seed, 0)
  const asked = inputsOf(dice(seed, 1))
  const world = defaultWorld()
  const isManaged = asked.inputs['publish-to'] === IDS.managedImage
  withDisks(world, chance, isManaged || dice(seed, 8).chance(0.04) ? [...ORDINARY, ...SLOW] : ORDINARY)
  withQuotas(world, chance)
  withNeighbours(world)
  const { comparable, nodes } = withBadImage(seed, asked, nodesOf(asked, chance, seed))
  world.behaviour = {
    ...world.behaviour,
    seed,
    durationsMs: durationsOf(chance),
    capacity: capacityOf(asked, chance).map(row => ({ ...row, refuses: dice(seed, 4).chance(0.4) })),
    otherForms: dice(seed, 5).chance(0.4),
    managedImagePools: chance.chance(0.7) ? 'accepted' : 'refused',
    nodes: { render: nodes, '*': withoutTasks(nodes) }
  }
  const obstacle = obstacleOf(seed, asked.before.length > 0)
  const gapMs = chance.logBetween(30, 180) * MINUTE
  const setbacks = setbacksOf(seed, asked.before.length > 0)
  return {
    ...asked,
    inputs: {
      ...asked.inputs,
      ...waitForRegionsOf(seed, asked.inputs),
      ...proveOf(seed, asked.inputs),
      ...onFailureOf(seed, asked.inputs),
      ...bakeOf(seed, asked.inputs),
      ...stopOf(seed, asked)
    },
    seed,
    world: withSetbacks(world, setbacks),
    setbacks,
    comparable,
    gapMs,
    ...(obstacle && { obstacle })
  }
}

const find = (world: World, part: string): Loose => world.resources.find(({ id }) => String(id).endsWith(`/${part}`))

const ORDINARY = ['Premium_LRS', 'StandardSSD_LRS']
/** Their snapshots fill up slowly. */
const SLOW = ['PremiumV2_LRS', 'UltraSSD_LRS']

/** 1 to 6 disks. A gallery takes none of the slow ones, and a run for one ends with that. */
function withDisks(world: World, chance: Dice, kinds: readonly string[]): void {
  const count = chance.between(0, 5)
  const vm = find(world, 'virtualMachines/render-source')
  const [attached] = vm.properties.storageProfile.dataDisks
  const model = find(world, 'disks/render-source-assets')
  world.resources = world.resources.filter(({ id }) => !/disks\/render-source-(assets|cache)$/.test(String(id)))
  vm.properties.storageProfile.dataDisks = Array.from({ length: count }, (_, lun) => {
    const sku = chance.pick(kinds)
    const disk = structuredClone(model)
    disk.id = `${String(model.id).replace('render-source-assets', `render-source-data${lun}`)}`
    Object.assign(disk, { name: `render-source-data${lun}`, sku: { name: sku, tier: sku.split('_')[0] } })
    world.resources.push(disk)
    const managedDisk = { storageAccountType: sku, id: disk.id }
    return { ...structuredClone(attached), lun, name: disk.name, managedDisk }
  })
}

/** Most accounts have room for every goal. */
function withQuotas(world: World, chance: Dice): void {
  const { properties } = find(world, 'renderfarm')
  const short = chance.chance(0.08)
  properties.dedicatedCoreQuota = short ? chance.logBetween(8, 400) : 4_000
  properties.lowPriorityCoreQuota = short ? chance.logBetween(8, 200) : 2_000
  for (const row of properties.dedicatedCoreQuotaPerVMFamily) {
    if (row.name === 'standardDSv5Family') row.coreQuota = properties.dedicatedCoreQuota
  }
}

/** What somebody else has there, named so that a careless rule could take it for ours. */
export function withNeighbours(world: World): void {
  const disk = world.resources.find(({ id }) => String(id).includes('/disks/render-source_OsDisk'))
  const group = IDS.vm.slice(0, IDS.vm.indexOf('/providers/'))
  const snapshot = (name: string, tags: Record<string, string>): Loose => ({
    id: `${group}/providers/Microsoft.Compute/snapshots/${name}`,
    name,
    type: 'Microsoft.Compute/snapshots',
    location: 'eastus2',
    tags,
    sku: { name: 'Standard_LRS', tier: 'Standard' },
    properties: {
      creationData: { createOption: 'Copy', sourceResourceId: disk?.['id'] },
      diskSizeGB: 30,
      provisioningState: 'Succeeded',
      timeCreated: '2026-11-20T09:00:00.0000000+00:00'
    }
  })
  world.resources.push(
    snapshot('render-node-0.9.0-os', {}),
    snapshot('render-node-backup', { 'batch-image-rollout-key': '0000000000000000' })
  )
}

const DURATIONS_MS: Record<string, number> = {
  'snapshot.create': 1_000,
  'snapshot.delete': 500,
  'snapshot.hydrate': 10 * MINUTE,
  'image.create': 5_000,
  'galleryImage.create': 10_000,
  'galleryImageVersion.create': 452_000,
  'galleryImageVersion.update': 60_000,
  'galleryImageVersion.replicate.eastus2': 452_000,
  'galleryImageVersion.replicate.westus3': 12 * MINUTE,
  'galleryImageVersion.replicate.northeurope': 20 * MINUTE,
  'pool.firstNode': 30_000,
  'pool.nextNode': 900,
  'pool.stopResize': 6_000,
  'node.leave': 20_000
}

function durationsOf(chance: Dice): Record<string, number> {
  return Object.fromEntries(
    Object.entries(DURATIONS_MS).map(([name, median]) => [name, chance.around(median, chance.chance(0.1) ? 12 : 3)])
  )
}

function proveOf(seed: number, inputs: Record<string, string>): Record<string, string> {
  if (inputs['image-change'] === undefined || Number(inputs['canary-nodes']) === 0) return {}
  const chance = dice(seed, 9)
  return chance.chance(0.4) ? { prove: chance.pick(['temporary-pool', 'canary', 'none']) } : {}
}

function onFailureOf(seed: number, inputs: Record<string, string>): Record<string, string> {
  if (inputs['image-change'] === undefined) return {}
  return dice(seed, 11).chance(0.2) ? { 'on-failure': 'keep' } : {}
}

type NodesOf = { comparable: boolean; nodes: Loose }

/** An image on which no node comes up, where the pool has run another one well. */
function withBadImage(seed: number, { former, inputs }: Asked, usual: NodesOf): NodesOf {
  const isInPlace = former > 0 && inputs['image-change'] === 'in-place' && inputs['publish-to'] !== IDS.managedImage
  if (!isInPlace || !usual.comparable || !dice(seed, 12).chance(0.3)) return usual
  const part = inputs['image-version'] === 'auto' ? '/versions/20' : '/versions/1.0.0'
  return { comparable: false, nodes: { ...usual.nodes, startTaskFails: 'all', startTaskFailsOn: part } }
}

/** None that no deadline of any world has room for. */
function bakeOf(seed: number, { command, ...inputs }: Record<string, string>): Record<string, string> {
  const chance = dice(seed, 10)
  if (command === 'image' || inputs['pool-spec-inline'] === undefined || !chance.chance(0.25)) return {}
  return { bake: chance.pick(['1m', '5m', '12m']) }
}

/** Where a pool that is there may be proved for; all runs of a life stop there. */
function stopOf(seed: number, { inputs, before }: Asked): Record<string, string> {
  const isInUse = before.length > 0 && inputs['image-change'] === 'in-place' && inputs['promote'] !== 'now'
  return isInUse && dice(seed, 13).chance(0.12) ? { 'stop-after': 'proof', prove: 'auto' } : {}
}

/** Of a temporary pool, to which no job is bound. */
const withoutTasks = ({ runningTasks: _tasks, ...nodes }: Loose): Loose => nodes

/** A region that is short for some hours has room in the end, so that a run that comes later gets its nodes. */
function capacityOf({ goal, former }: Asked, chance: Dice): Loose[] {
  if (!chance.chance(0.25)) return []
  const need = 4 * Math.max(1, goal.dedicated + goal.lowPriority, former)
  const steps = Array.from({ length: chance.between(1, 4) }, () => chance.between(0, 150)).toSorted((a, b) => a - b)
  const short = steps.map((minutes, index) => ({
    from: index === 0 ? 0 : minutes * MINUTE,
    cores: Math.round(need * chance.random() * 1.2)
  }))
  const rows = [...short, { from: 3 * HOUR, cores: need * 3 }]
  return rows.map(row => ({ region: 'eastus2', family: '*', ...row }))
}

function nodesOf({ goal, former }: Asked, chance: Dice, seed: number): { comparable: boolean; nodes: Loose } {
  const times = { startMs: chance.around(60_000, 3), startTaskMs: chance.around(5_000, 10) }
  const count = Math.max(goal.dedicated + goal.lowPriority, former)
  const tasks = former > 0 && chance.chance(0.4) ? chance.some(former, 0.3) : []
  const runningTasks = tasks.map(index => ({ index, endsAfterMs: chance.between(10, 240) * MINUTE }))
  const calm = { ...times, ...(runningTasks.length > 0 ? { runningTasks } : {}) }
  const share = chance.pick([0.01, 0.03, 0.2])
  const after = (index: number) => ({ index, afterMs: chance.logBetween(1, 90) * MINUTE })
  const lasting = dice(seed, 5).chance(0.5)
  switch (chance.between(0, 19)) {
    case 0:
      return {
        comparable: false,
        nodes: {
          ...calm,
          startTaskFails: chance.some(count + 20, share),
          ...(lasting ? {} : { startTaskFailsTimes: 1 })
        }
      }
    case 1:
      return {
        comparable: false,
        nodes: { ...calm, unusable: chance.some(count + 20, share), ...(lasting ? {} : { unusableForMs: 20 * MINUTE }) }
      }
    case 2:
      return { comparable: false, nodes: { ...calm, startTaskFails: 'all' } }
    case 3:
      return { comparable: false, nodes: { ...calm, unusable: 'all' } }
    case 5:
      return { comparable: false, nodes: { ...calm, unknown: chance.some(count, share), startTaskMs: 25 * MINUTE } }
    case 4:
      return { comparable: false, nodes: { ...calm, preempted: chance.some(count, 0.2).map(after) } }
    default:
      return { comparable: true, nodes: calm }
  }
}
