import { armError, groupNotFound, resourceNotFound, subscriptionNotFound } from '../kernel/errors.ts'
import { find, groupOf, nameOf, sameText, wentLately } from '../kernel/resources.ts'
import type { Answer, Call, Json, JsonObject, Outcome, Stored } from '../kernel/types.ts'

/** What the provider does with a resource now or did last. */
export type Phase = {
  /** `provisioningState` until `endsAt`. */
  state: 'Creating' | 'Updating'
  /** When the write came; ms since the epoch, as `endsAt`. */
  beganAt?: number
  endsAt: number
  /** What is shown until then, where that isn't the record's body. */
  shown?: JsonObject
  outcome?: Outcome
  /** The outcome is of single regions: those that didn't fail are done. */
  regional?: true
}

export const phaseOf = (record: Stored): Phase | undefined => record.facts['phase'] as Phase | undefined

/** Whether an operation on the resource is still under way. */
export function isBusy(record: Stored, now: number): boolean {
  return now < (phaseOf(record)?.endsAt ?? 0) || record.deletedAt !== undefined
}

/** The body with the `provisioningState` of the time. */
export function viewPhase(record: Stored, now: number): JsonObject {
  const phase = phaseOf(record)
  if (record.deletedAt !== undefined && DELETING_SHOWN.test(record.type)) return withState(record.body, 'Deleting')
  if (phase === undefined) return record.body
  if (now < phase.endsAt) return withState(phase.shown ?? record.body, phase.state)
  return withState(record.body, phase.outcome?.outcome ?? 'Succeeded')
}

/** Galleries and what is in them say that they are being deleted; disks, snapshots and images go without a word. */
const DELETING_SHOWN = /\/galleries/i

export function withState(body: JsonObject, provisioningState: string): JsonObject {
  return { ...body, properties: { ...objectOf(body['properties']), provisioningState } }
}

/** The id that a call is about: its path without the words after the last name. */
export function idOf({ url = '', operation }: Call): string {
  const trailing = operation.method === 'POST' ? -1 : undefined
  const path = decodeURIComponent(new URL(url).pathname).replace(/\/$/, '')
  return path.split('/').slice(0, trailing).join('/')
}

/** The answer of Resource Manager when subscription or group isn't there. */
export function scopeMissing({ world, params, now }: Call): Answer | undefined {
  const subscription = params['subscriptionId'] ?? ''
  if (find(world, `/subscriptions/${subscription}`, now) === undefined) return subscriptionNotFound(subscription)
  const group = params['resourceGroupName']
  if (group === undefined) return undefined
  const there = find(world, `/subscriptions/${subscription}/resourceGroups/${group}`, now)
  return there === undefined ? groupNotFound(group) : undefined
}

/** The three 404s: group, gateway, and the provider's own seconds after a deletion. */
export function missing(call: Call, id: string, noun?: string): Answer {
  const scope = scopeMissing(call)
  if (scope !== undefined) return scope
  if (noun !== undefined && wentLately(call.world, id, call.now)) {
    return armError(404, 'NotFound', `${noun} ${nameOf(id)} is not found.`)
  }
  return resourceNotFound(typeOf(id), namesOf(id).join('/'), groupOf(id))
}

const afterProvider = (id: string): string[] => id.slice(id.toLowerCase().indexOf('/providers/') + 11).split('/')

/** `Microsoft.Compute/galleries/images` of an id. */
export function typeOf(id: string): string {
  const [namespace = '', ...rest] = afterProvider(id)
  return [namespace, ...rest.filter((_, index) => index % 2 === 0)].join('/')
}

export const namesOf = (id: string): string[] => afterProvider(id).filter((_, index) => index > 0 && index % 2 === 0)

export const isType = (id: string, type: string): boolean => sameText(typeOf(id), type)

export const objectOf = (value: Json | undefined): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}

export const listOf = (value: Json | undefined): JsonObject[] => (Array.isArray(value) ? value.map(objectOf) : [])

export const textOf = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined)

/** Copies the named properties that are there, in this order. */
export function pick(from: JsonObject, ...names: string[]): JsonObject {
  return Object.fromEntries(names.filter(name => from[name] !== undefined).map(name => [name, from[name]]))
}
