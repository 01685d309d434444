import { chance } from './random.ts'
import { groupOf } from './resources.ts'
import { durationOf } from './durations.ts'
import type { Behaviour, JsonObject, Stored, World } from './types.ts'

/** What a world file holds: resources as GETs show them, and how Azure behaves. */
export type WorldFile = { resources: JsonObject[]; behaviour?: Partial<Behaviour> }

const BEHAVIOUR: Behaviour = {
  seed: 1,
  durationsMs: {},
  capacity: [],
  replicationFails: [],
  denied: [],
  managedImagePools: 'refused',
  nodes: {},
  supportedImages: [],
  virtualMachineSkus: []
}

/** Throws when a resource has no id or type, or two have the same id. The file itself is never changed. */
export function createWorld(file: WorldFile, options: { now: number; seed?: number }): World {
  const behaviour = { ...BEHAVIOUR, ...structuredClone(file.behaviour ?? {}) }
  const { random, guid } = chance(options.seed ?? behaviour.seed)
  const world: World = { records: new Map(), behaviour, levels: new Map(), random, guid }
  for (const resource of file.resources) addResource(world, structuredClone(resource), options.now)
  for (const record of [...world.records.values()]) takeAlong(world, record)
  for (const { id } of [...world.records.values()]) addGroupOf(world, id, options.now)
  return world
}

/** How long what a world shows as `Deleting` is still there. A guess: a minute. */
const DELETING_MS = 60_000

function addResource(world: World, body: JsonObject, now: number): void {
  const { records } = world
  const { id, type } = body
  if (typeof id !== 'string' || typeof type !== 'string') {
    throw new Error(`world: a resource has no id or no type; got ${JSON.stringify(body).slice(0, 120)}`)
  }
  if (records.has(id.toLowerCase())) throw new Error(`world: resource "${id}" is there twice`)
  const record: Stored = { id, type, createdAt: now, body, facts: {} }
  const properties = body['properties']
  const state = typeof properties === 'object' && !Array.isArray(properties) ? properties?.['provisioningState'] : null
  if (state === 'Deleting') record.deletedAt = now + durationOf(world, 'deleting', DELETING_MS)
  records.set(id.toLowerCase(), record)
}

/** What is inside of a resource goes with it. */
function takeAlong({ records }: World, { id, deletedAt }: Stored): void {
  if (deletedAt === undefined) return
  const prefix = `${id.toLowerCase()}/`
  for (const [key, inner] of records) if (key.startsWith(prefix)) inner.deletedAt ??= deletedAt
}

/** A world file may leave out the groups and subscriptions that its resources are in. */
function addGroupOf(world: World, id: string, now: number): void {
  const [, subscription = '', subscriptionId = ''] = /^(\/subscriptions\/([^/]+))/i.exec(id) ?? []
  if (subscription !== '' && !world.records.has(subscription.toLowerCase())) {
    const body = { id: subscription, type: 'Microsoft.Resources/subscriptions', subscriptionId, state: 'Enabled' }
    addResource(world, body, now)
  }
  const group = groupOf(id)
  const groupId = `${subscription}/resourceGroups/${group}`
  if (group === '' || world.records.has(groupId.toLowerCase())) return
  addResource(world, { id: groupId, name: group, type: 'Microsoft.Resources/resourceGroups', location: 'eastus2' }, now)
}
