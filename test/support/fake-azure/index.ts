/**
 * A small Azure in the words of the gateway, for single steps and for what undoes them: one pool, one VM, images, and a time that only
 * waits move. What it does to a pool that is resized is what the embedded Azure does, without its detail.
 */
import type { Azure } from '../../../src/azure/gateway.ts'
import { nameOf } from '../../../src/model/arm-id.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import type {
  ActiveWork,
  BatchAccount,
  GalleryImageVersion,
  ManagedImage,
  Node,
  NodeCounts,
  Pool,
  Snapshot,
  Task,
  Vm
} from '../../../src/model/observed.ts'
import { AT } from '../observed-fixtures.ts'
import { stepTime, type StepTime } from '../step-time.ts'
import { batch, batchService } from './batch.ts'
import { calls, type Calls } from './calls.ts'
import { compute, gallery } from './images.ts'

export { breaks, fails, refuses } from './calls.ts'

export type World = {
  pool?: Pool | undefined
  nodes?: Node[]
  /** What Batch counts, where it isn't what it lists. */
  counts?: NodeCounts
  work?: ActiveWork
  /** What a node wrote, by `{nodeId}/{path}`. */
  files?: Record<string, string>
  account?: BatchAccount
  vm?: Vm | undefined
  /** By name. */
  snapshots?: Record<string, Snapshot>
  versions?: Record<string, GalleryImageVersion>
  managedImage?: ManagedImage | undefined
  galleryImage?: JsonObject
  /** Tasks of the one job, and what becomes of one that is added. */
  tasks?: Task[]
  runs?(task: JsonObject): Partial<Task>
  /** How long things take, in ms; `short`: a resize that ends without all of its nodes. */
  takes?: {
    resize?: number
    short?: number
    stop?: number
    power?: number
    reboot?: number
    update?: number
    delete?: number
  }
  /** What a region has room for; more is not given. */
  room?: { dedicated: number; lowPriority: number }
  /** Dedicated nodes whose tasks don't end by themselves. */
  busy?: number
  /** What comes of a node that is new, or was rebooted. */
  becomes?(nodeId: string): Partial<Node>
}

export type FakeAzure = Omit<Calls, 'all' | 'make'> & {
  world: World
  /** All that was asked, in its order. */
  asked: Calls['all']
  /** What was changed, in its order: names of calls. */
  changes(): string[]
  /** Bodies, or what else was sent, of the calls of a name. */
  sent(name: string): unknown[]
  azure: Azure
  time: StepTime
  /** Signals that a gateway was bound to, the first one apart. */
  boundTo: AbortSignal[]
}

const CHANGES = /^(create|patch|put|delete|set|start|stop|deallocate|remove|reboot)/

export function fakeAzure(world: World = {}): FakeAzure {
  const time = stepTime(AT)
  const { all, next, always, make } = calls(() => time.clock.now())
  const boundTo: AbortSignal[] = []
  const around = { world, time, make }
  const azure: Azure = {
    compute: compute(around),
    gallery: gallery(around),
    batch: batch(around),
    named: {} as Azure['named'],
    batchService: endpoint => batchService(around, endpoint),
    until: signal => {
      boundTo.push(signal)
      return azure
    }
  }
  return {
    world,
    asked: all,
    changes: () => all.map(({ name }) => name).filter(name => CHANGES.test(name)),
    sent: name => all.filter(call => call.name === name).map(({ body }) => body),
    azure,
    time,
    next,
    always,
    boundTo
  }
}

export type Around = { world: World; time: StepTime; make: Calls['make'] }

export const named = <T>(things: Record<string, T> | undefined, id: string): T | undefined =>
  things?.[nameOf(id as never)]
