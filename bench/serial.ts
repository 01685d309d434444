/**
 * The steps of a plan one after the other, the way a script would: each snapshot alone, every region awaited, nodes before
 * deletes. It speaks to the embedded Azure directly; where an answer names no wait, it looks again after `lookEveryMs`.
 */
import { createEmulator, type Exchange } from '../emulator/index.ts'
import { STORY_STARTS_AT } from '../test/support/story.ts'
import { plainClient, type PlainClient } from './plain-client.ts'
import { rollout } from './told.ts'
import type { Bench } from './world.ts'

type Body = Record<string, unknown>
type Step = { kind: string; body: Body; goal: { dedicated: number } } & Record<string, string>

const DISKS = '2026-03-02'
const GALLERIES = '2025-12-03'
const POOLS = '2025-06-01'

export type Serial = { ms: number; exchanges: readonly Exchange[] }

export async function serialRollout(bench: Bench, lookEveryMs: number): Promise<Serial> {
  const { plan } = await rollout(bench, { 'dry-run': 'true' })
  const { steps } = plan as { steps: Step[] }
  let now = STORY_STARTS_AT
  const emulator = createEmulator({ world: bench.world, clock: () => now })
  const client = plainClient(emulator, { lookEveryMs, sleep: ms => void (now += ms) })
  const firstLeavesOutRegions = steps.find(({ kind }) => kind === 'create-image-version')?.body
  if (firstLeavesOutRegions !== undefined) publishTo(firstLeavesOutRegions, bench.chain.regions)
  for (const step of steps) performStep(client, step)
  return { ms: now - STORY_STARTS_AT, exchanges: emulator.journal() }
}

function publishTo({ properties }: Body, regions: readonly string[]): void {
  const { publishingProfile } = properties as { publishingProfile: { targetRegions: { name: string }[] } }
  const present = publishingProfile.targetRegions
  publishingProfile.targetRegions = regions.map(name => present.find(one => one.name === name) ?? { name })
}

/** Kinds that only wait, or add regions, are left out: everything has been asked and waited for already. */
function performStep(client: PlainClient, step: Step): void {
  switch (step.kind) {
    case 'create-snapshot':
      return client.put(step['snapshotId'] ?? '', DISKS, step.body)
    case 'create-gallery-image':
      return client.put(step['galleryImageId'] ?? '', GALLERIES, step.body)
    case 'create-image-version':
      return client.put(step['versionId'] ?? '', GALLERIES, step.body)
    case 'create-pool':
      client.put(step['poolId'] ?? '', POOLS, step.body)
      return untilReady(client, step['poolId'] ?? '')
    case 'scale-pool':
      client.patch(step['poolId'] ?? '', POOLS, scaleTo(step.goal.dedicated))
      return untilReady(client, step['poolId'] ?? '')
    case 'delete-snapshot':
      return client.delete(step['snapshotId'] ?? '', DISKS)
    case 'update-image-version':
      return client.patch(step['versionId'] ?? '', GALLERIES, {
        properties: { publishingProfile: { excludeFromLatest: false } }
      })
    case 'settle-image-version':
    case 'change-image-regions':
    case 'finish-pool':
      return
    default:
      throw new Error(`the benchmark knows no step "${step.kind}" one after the other; add it to bench/serial.ts`)
  }
}

const scaleTo = (targetDedicatedNodes: number): Body => ({
  properties: {
    scaleSettings: { fixedScale: { targetDedicatedNodes, targetLowPriorityNodes: 0, resizeTimeout: 'PT1H' } }
  }
})

function untilReady(client: PlainClient, poolId: string): void {
  client.until(() => (client.get(poolId, POOLS)['properties'] as Body)['allocationState'] === 'Steady')
  client.until(() => client.nodesOf(poolId).every(({ state }) => state === 'idle'))
}
