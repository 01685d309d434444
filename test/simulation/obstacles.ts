/** What stands in the way of every run in some worlds, until somebody does something about it. */
import type { EmulatorOptions } from '../../emulator/index.ts'
import { dice } from './dice.ts'
import type { World } from '../support/story.ts'

type Fault = NonNullable<EmulatorOptions['faults']>[number]
type Relayed = { code: string; message: string }

/** Refused by Azure for good, or by another service when nodes are asked for. */
export type Obstacle = { faults: Fault[] } | { relays: Relayed }

const FOR_GOOD = 10_000
const MADE = ['Snapshots_CreateOrUpdate', 'GalleryImageVersions_CreateOrUpdate', 'Images_CreateOrUpdate']

const refusing = (operations: readonly string[], status: number, code: string, message: string): Obstacle => ({
  faults: operations.map(operation => ({ operation, times: FOR_GOOD, respond: { status, code, message } }))
})

const OBSTACLES: readonly Obstacle[] = [
  refusing(MADE, 403, 'RequestDisallowedByPolicy', "Resource 'x' was disallowed by policy."),
  refusing(MADE, 409, 'OperationNotAllowed', 'Operation results in exceeding quota limits of Snapshot.'),
  refusing(['Snapshots_CreateOrUpdate'], 409, 'OperationNotAllowed', 'The disk has its 500 incremental snapshots.'),
  refusing(MADE, 404, 'ResourceGroupNotFound', "Resource group 'x' could not be found."),
  refusing(MADE, 409, 'ReadOnlyDisabledSubscription', 'The subscription is disabled.'),
  refusing(['GalleryImageVersions_CreateOrUpdate'], 400, 'InvalidParameter', 'The value of parameter x is invalid.'),
  refusing(['Pool_Create'], 409, 'PoolQuotaReached', 'Pool quota for the account has been reached.'),
  refusing(['Pool_Create'], 409, 'NobodyKnowsThis', 'The flux is inverted.'),
  { relays: { code: 'SubnetIsFull', message: 'Subnet x does not have enough capacity for 20 IP addresses.' } },
  { relays: { code: 'BadRequest', message: 'VM size does not support storage account type' } },
  { relays: { code: 'FluxInverted', message: 'The flux is inverted.' } }
]

/** @param hasPast a rollout before, which got its nodes: a world without any for good could not have had it */
export function obstacleOf(seed: number, hasPast: boolean): Obstacle | undefined {
  const chance = dice(seed, 5)
  if (!chance.chance(0.12)) return undefined
  return chance.pick(hasPast ? OBSTACLES.filter(one => 'faults' in one) : OBSTACLES)
}

/** The world with what is in the way: of nodes, it gives none. */
export function withObstacle(world: World, obstacle: Obstacle | undefined): World {
  if (obstacle === undefined || !('relays' in obstacle)) return world
  const { relays } = obstacle
  const none = { region: 'eastus2', family: '*', from: 0, cores: 0, refuses: true, relays }
  return { ...world, behaviour: { ...world.behaviour, capacity: [none] } }
}
