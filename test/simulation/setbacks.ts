/** What Azure refuses or fails at in some worlds, and what no run must be decided by: locks on snapshots, and far regions. */
import { IDS, type World } from '../support/story.ts'
import { dice } from './dice.ts'

export type Setbacks = {
  /** Somebody keeps everything in the group of the snapshots from being deleted. */
  locked: boolean
  /** Regions whose first copies fail. */
  failing: { region: string; times: number }[]
}

export const NO_SETBACKS: Setbacks = { locked: false, failing: [] }

/** A version's own, without which it is none: that fails rarely, and not again when the version is made again. */
export const OWN_REGION = 'eastus2'
const FAR_REGIONS = ['westus3', 'westus3', 'westus3', 'northeurope', 'northeurope', 'northeurope'] as const
const REGIONS = [...FAR_REGIONS, OWN_REGION] as const

/** @param hasPast a rollout before, which made its image: in a world where that failed it would leave its snapshots */
export function setbacksOf(seed: number, hasPast: boolean): Setbacks {
  const chance = dice(seed, 6)
  const locked = chance.chance(0.2)
  const isFailing = chance.chance(0.35)
  const region = chance.pick(hasPast ? FAR_REGIONS : REGIONS)
  const times = chance.pick([1, 1, 2])
  return { locked, failing: isFailing ? [{ region, times: region === OWN_REGION ? 1 : times }] : [] }
}

/** Half of those who publish to further regions want to know of each. */
export function waitForRegionsOf(seed: number, inputs: Record<string, string>): Record<string, string> {
  const isAsked = (inputs['target-regions'] ?? '') !== '' && dice(seed, 7).chance(0.5)
  return isAsked ? { 'wait-for-regions': 'all' } : {}
}

const LOCK: World['resources'][number] = {
  id: `${IDS.vm.slice(0, IDS.vm.indexOf('/providers/'))}/providers/Microsoft.Authorization/locks/keep`,
  name: 'keep',
  type: 'Microsoft.Authorization/locks',
  properties: { level: 'CanNotDelete' }
}

export function withSetbacks(world: World, { locked, failing }: Setbacks): World {
  return {
    resources: locked ? [...world.resources, LOCK] : world.resources,
    // The embedded Azure counts them down.
    behaviour: { ...world.behaviour, replicationFails: structuredClone(failing) }
  }
}
