/** What another image costs a pool that is in use: how long it takes, and the capacity that is lost on the way. */
import { createEmulator, type Emulator } from '../emulator/index.ts'
import {
  defaultWorld,
  IDS,
  POOL_SPEC,
  RELEASE_INPUTS,
  STORY_STARTS_AT,
  tellStory,
  type World
} from '../test/support/story.ts'
import { nodesNow } from '../test/simulation/nodes-now.ts'
import { inVirtualTime, seeded } from '../test/support/virtual-time.ts'
import { table } from './table.ts'

const MINUTE = 60_000
const NODES = 100
/** Each node has a task that ends so much later. */
const TASKS_MINUTES = { from: 5, to: 90 }
const SAMPLED_EVERY_MS = MINUTE / 2
/** After a run that failed its pool is looked at for so much longer: nobody fixes an image in less. */
const AFTER_MS = 60 * MINUTE

type Way = { name: string; inputs: Record<string, string>; isBad?: true }

const WAYS: readonly Way[] = [
  { name: 'prove: none', inputs: { prove: 'none' } },
  { name: 'prove: canary', inputs: { prove: 'canary' } },
  { name: 'prove: temporary-pool', inputs: { prove: 'temporary-pool' } },
  {
    name: 'a bad image, prove: canary, on-failure: keep',
    inputs: { prove: 'canary', 'on-failure': 'keep' },
    isBad: true
  },
  { name: 'a bad image, prove: canary, rolled back', inputs: { prove: 'canary' }, isBad: true },
  { name: 'a bad image, prove: temporary-pool', inputs: { prove: 'temporary-pool' }, isBad: true }
]

export async function changeSection(): Promise<string> {
  const rows: string[][] = []
  for (const way of WAYS) {
    const { minutes, lostHours, least } = await changed(way)
    rows.push([way.name, `${minutes.toFixed(0)} min`, lostHours.toFixed(1), String(least)])
  }
  return [
    `image-change: in-place, drain: task-completion; ${NODES} nodes, each with a task of ${TASKS_MINUTES.from} to ${TASKS_MINUTES.to} min more; virtual time`,
    '',
    table(['another image for a pool in use', 'until the run ends', 'node-hours lost', 'fewest nodes'], rows),
    '',
    '  A node counts while it is idle or running. Of a run that failed, the hour after it counts too.'
  ].join('\n')
}

async function changed({ inputs, isBad }: Way): Promise<{ minutes: number; lostHours: number; least: number }> {
  const spec = POOL_SPEC.replace('targetDedicatedNodes: 20', `targetDedicatedNodes: ${NODES}`)
  const release = { ...RELEASE_INPUTS, 'pool-spec-inline': spec, 'wave-size': 'all' }
  return inVirtualTime(STORY_STARTS_AT, async clock => {
    const before = createEmulator({ world: defaultWorld(), clock: () => clock.now() })
    await tellStory(before, clock, { inputs: release })
    const next = { ...release, command: 'image', 'image-version': '2.0.0' }
    const { 'pool-spec-inline': _spec, 'wave-size': _size, ...own } = next
    const image = { ...own, 'batch-account': '' }
    await tellStory(before, clock, { inputs: image, context: { runId: '2' } })
    const emulator = createEmulator({ world: inUse(before, isBad === true), clock: () => clock.now() })
    const startedAt = clock.now()
    let isOver = false
    const sampling = sampled(emulator, clock, () => isOver)
    const rollout = {
      ...inputs,
      command: 'rollout',
      'image-id': `${IDS.definition}/versions/2.0.0`,
      'image-change': 'in-place',
      'drain-timeout': '3h'
    }
    const told = await tellStory(emulator, clock, {
      inputs: { ...rollout, 'pool-spec-inline': spec, 'batch-account': IDS.account },
      context: { runId: '3' }
    })
    const minutes = (clock.now() - startedAt) / MINUTE
    if (!told.ok) await clock.sleep(AFTER_MS)
    isOver = true
    const counts = await sampling
    const lost = counts.reduce((sum, nodes) => sum + Math.max(0, NODES - nodes), 0)
    return { minutes, lostHours: (lost * SAMPLED_EVERY_MS) / (60 * MINUTE), least: Math.min(...counts) }
  })
}

function inUse(emulator: Emulator, isBad: boolean): World {
  const world = defaultWorld()
  const random = seeded(7)
  const minutes = (): number => TASKS_MINUTES.from + random() * (TASKS_MINUTES.to - TASKS_MINUTES.from)
  const runningTasks = Array.from({ length: NODES }, (_, index) => ({
    index,
    endsAfterMs: Math.round(minutes() * MINUTE)
  }))
  const bad = isBad ? ({ startTaskFails: 'all', startTaskFailsOn: '/versions/2.0.0' } as const) : {}
  return {
    resources: emulator.state(),
    behaviour: {
      ...world.behaviour,
      nodes: { render: { runningTasks, ...bad }, '*': bad }
    }
  }
}

type Clock = { now(): number; sleep(ms: number): Promise<void> }

const workingNodes = (emulator: Emulator): number =>
  nodesNow(emulator).filter(node => ['idle', 'running'].includes(String((node as { state?: string }).state))).length

/** Nodes that can work, at each time. */
async function sampled(emulator: Emulator, clock: Clock, isOver: () => boolean): Promise<number[]> {
  const counts: number[] = []
  while (!isOver()) {
    counts.push(workingNodes(emulator))
    await clock.sleep(SAMPLED_EVERY_MS)
  }
  return counts
}
