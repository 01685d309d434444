/** The main stories: every exchange of each is disturbed in every way. Small, so that a telling costs a tenth of a second. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEmulator } from '../../emulator/index.ts'
import { defaultWorld, IDS, STORY_STARTS_AT, tellStory, type World } from '../support/story.ts'
import { inVirtualTime } from '../support/virtual-time.ts'

type Inputs = Record<string, string>

export type MainStory = {
  id: string
  about: string
  inputs: Inputs
  /** A run that came before it, and went well. */
  before?: Inputs
  managedImagePools?: 'accepted'
  /** Nodes that the region has for the first minutes; more than enough after them. */
  short?: { nodes: number; minutes: number }
}

/** Of every story: no wait outlives it. */
export const DEADLINE_MINUTES = 120
const PACE = { deadline: `${DEADLINE_MINUTES}m`, 'poll-interval': '2m' }

const poolSpec = (scale: string, command = 'mount -a'): string => `
name: render
properties:
  vmSize: Standard_D4s_v5
  startTask: { commandLine: "${command}", waitForSuccess: true }
  scaleSettings: ${scale}
`
const FIXED = '{ fixedScale: { targetDedicatedNodes: 4 } }'
const FORMULA = '{ autoScale: { formula: "$TargetDedicatedNodes = 3;", evaluationInterval: PT10M } }'

/** In files: more than one pool has no other place. */
const TWO_POOLS = ['render', 'bake']
  .map(name => {
    const path = join(mkdtempSync(join(tmpdir(), 'pools-')), `${name}.yml`)
    writeFileSync(
      path,
      poolSpec('{ fixedScale: { targetDedicatedNodes: 2 } }').replace('name: render', `name: ${name}`)
    )
    return path
  })
  .join('\n')

const SOURCE = { 'source-vm': IDS.vm, generalize: 'done', ...PACE }
const VERSION = { ...SOURCE, 'publish-to': IDS.definition, 'image-version': 'auto' }
const POOL = { 'batch-account': IDS.account, 'pool-spec-inline': poolSpec(FIXED), 'wave-size': '2' }
const FORMER = { ...VERSION, ...POOL, 'image-version': '0.9.0' }

export const STORIES: readonly MainStory[] = [
  {
    id: 'release',
    about: 'a version from a VM with 2 data disks, a far region, a new pool',
    inputs: { ...VERSION, ...POOL, 'target-regions': 'eastus2, westus3' }
  },
  {
    id: 'release-in-place',
    about: 'a version, and a pool with nodes that is drained and gets it',
    before: FORMER,
    inputs: { ...VERSION, ...POOL, 'image-change': 'in-place', 'drain-timeout': '30m' }
  },
  {
    id: 'release-autoscale',
    about: 'a version, and a new pool that is handed over to a formula',
    inputs: { ...VERSION, ...POOL, 'pool-spec-inline': poolSpec(FORMULA) }
  },
  { id: 'image', about: 'a version alone', inputs: { ...VERSION, command: 'image' } },
  {
    id: 'image-stopped',
    about: 'a version from a VM that is stopped for its snapshots',
    inputs: { ...VERSION, 'image-version': '1.0.0', command: 'image', 'stop-vm': 'true' }
  },
  {
    id: 'rollout',
    about: 'a version that is there, in a new pool',
    before: { ...VERSION, 'image-version': '0.9.0', command: 'image' },
    inputs: { ...PACE, ...POOL, command: 'rollout', 'image-id': `${IDS.definition}/versions/0.9.0` }
  },
  {
    id: 'rollout-short',
    about: 'the same where the region is short of nodes for a while',
    before: { ...VERSION, 'image-version': '0.9.0', command: 'image' },
    inputs: {
      ...{ ...PACE, ...POOL, command: 'rollout', 'image-id': `${IDS.definition}/versions/0.9.0` },
      ...{ 'canary-nodes': '0', 'wave-size': 'all', 'resize-timeout': '5m' }
    },
    short: { nodes: 1, minutes: 12 }
  },
  {
    id: 'rollout-two',
    about: 'the same in two new pools, one after the other, with a smoke test on the first node of each',
    before: { ...VERSION, 'image-version': '0.9.0', command: 'image' },
    inputs: {
      ...{ ...PACE, command: 'rollout', 'image-id': `${IDS.definition}/versions/0.9.0`, 'batch-account': IDS.account },
      ...{ 'pool-spec': TWO_POOLS, 'max-parallel': '1', 'wave-size': '2', 'smoke-test': 'render --probe' }
    }
  },
  {
    id: 'release-managed',
    about: 'a managed image and its pool, where Batch still takes them',
    managedImagePools: 'accepted',
    inputs: { ...SOURCE, ...POOL, 'publish-to': IDS.managedImage, 'allow-retired': 'true' }
  },
  {
    id: 'patch',
    about: 'another start task for a pool whose image stays',
    before: FORMER,
    inputs: { ...FORMER, 'pool-spec-inline': poolSpec(FIXED, 'mount --all') }
  }
]

export function storyOf(id: string): MainStory {
  const found = STORIES.find(story => story.id === id)
  if (found === undefined) throw new Error(`story: "${id}" is none; ${STORIES.map(story => story.id).join(', ')}`)
  return found
}

const DURATIONS_MS = {
  'galleryImage.create': 8_000,
  'galleryImageVersion.create': 300_000,
  'galleryImageVersion.update': 30_000,
  'node.leave': 200_000
}

/** The world that a story is told in, whatever came before it included; `slow` takes an operation's time from this one. */
export async function worldOf(story: MainStory, slow: Record<string, number> = {}): Promise<World> {
  const world = await settledWorld(story)
  const durationsMs = { ...DURATIONS_MS, ...slow }
  return { ...world, behaviour: { ...world.behaviour, durationsMs, ...(story.short && capacityOf(story.short)) } }
}

const CORES_OF_A_NODE = 4

function capacityOf({ nodes, minutes }: NonNullable<MainStory['short']>) {
  const of = { region: 'eastus2', family: '*' }
  const enough = { ...of, from: minutes * 60_000, cores: 400 }
  return { capacity: [{ ...of, from: 0, cores: nodes * CORES_OF_A_NODE }, enough] }
}

const settled = new Map<string, Promise<World>>()

function settledWorld(story: MainStory): Promise<World> {
  const made = settled.get(story.id) ?? makeWorld(story)
  settled.set(story.id, made)
  return made
}

async function makeWorld({ before, managedImagePools }: MainStory): Promise<World> {
  const world = defaultWorld()
  world.behaviour = { ...world.behaviour, durationsMs: DURATIONS_MS, ...(managedImagePools && { managedImagePools }) }
  if (before === undefined) return world
  return inVirtualTime(STORY_STARTS_AT - 24 * 3_600_000, async clock => {
    const emulator = createEmulator({ world, clock: () => clock.now() })
    const told = await tellStory(emulator, clock, { inputs: before, context: { runId: '4000', nonce: 'before' } })
    if (!told.ok) throw new Error(`what comes before the story failed: ${told.log.join('\n')}`)
    await clock.sleep(12 * 3_600_000)
    return { ...world, resources: emulator.state() }
  })
}
