/**
 * One writer: a run that has something to change on a pool writes its name into the pool's metadata, with the change itself
 * and under If-Match, and looks at it before each change. Times are Azure's own.
 */
import type { MetadataChange, MetadataItem } from '../model/plan.ts'
import type { RunContext } from '../model/spec.ts'
import { LEASE_ITEM } from './pool-metadata.ts'

export type Lease = {
  repository: string
  runId: string
  runAttempt: number
  nonce: string
  /** ISO 8601, Azure's time. */
  until: string
}

export function leaseOf(metadata: readonly MetadataItem[]): Lease | undefined {
  return leaseIn(metadata.find(({ name }) => name === LEASE_ITEM)?.value)
}

function leaseIn(text: string | undefined): Lease | undefined {
  if (text === undefined) return undefined
  try {
    const lease = JSON.parse(text) as Lease
    return Number.isNaN(Date.parse(lease.until)) ? undefined : lease
  } catch {
    return undefined // nobody's: this action writes whole ones
  }
}

/** `metadata` without a lease, and with one of this run until `until` (Azure's time, ms) where it is given. */
export function withLease(
  metadata: readonly MetadataItem[],
  context: RunContext,
  until: number | undefined
): MetadataItem[] {
  const others = metadata.filter(({ name }) => name !== LEASE_ITEM)
  return until === undefined ? others : [...others, { name: LEASE_ITEM, value: leaseText(context, until) }]
}

function leaseText({ repository, runId, runAttempt, nonce }: RunContext, until: number): string {
  const lease: Lease = { repository, runId, runAttempt, nonce, until: new Date(until).toISOString() }
  return JSON.stringify(lease)
}

/** A change that takes the lease of this run, or renews it. Its end is known only when it is written (`leaseUntil`). */
export function holding(change: MetadataChange, context: RunContext): MetadataChange {
  return { ...change, set: [...change.set, planned(context)] }
}

function planned({ repository, runId, runAttempt, nonce }: RunContext): MetadataItem {
  const lease: Omit<Lease, 'until'> = { repository, runId, runAttempt, nonce }
  return { name: LEASE_ITEM, value: JSON.stringify(lease) }
}

/** Whether a change, or a body’s metadata, takes a lease. */
export function takesLease(items: readonly MetadataItem[]): boolean {
  return items.some(({ name }) => name === LEASE_ITEM)
}

/** A planned lease, last of all items and with its end (Azure’s time, ms). */
export function leaseUntil(items: readonly MetadataItem[], until: number): MetadataItem[] {
  const end = { until: new Date(until).toISOString() }
  const lease = items
    .filter(({ name }) => name === LEASE_ITEM)
    .map(({ name, value }) => ({ name, value: JSON.stringify({ ...(JSON.parse(value) as object), ...end }) }))
  return [...items.filter(({ name }) => name !== LEASE_ITEM), ...lease]
}

/** As a pool's metadata, so the tags of a VM that is stopped for its snapshots. Tags have names in any casing. */
export function leaseOfTags(tags: Readonly<Record<string, string>>): Lease | undefined {
  return leaseIn(Object.entries(tags).find(([name]) => name.toLowerCase() === LEASE_ITEM)?.[1])
}

/** `tags` without a lease, and with one of this run until `until` (Azure's time, ms) where it is given. */
export function withLeaseTag(
  tags: Readonly<Record<string, string>>,
  context: RunContext,
  until: number | undefined
): Record<string, string> {
  const others = Object.fromEntries(Object.entries(tags).filter(([name]) => name.toLowerCase() !== LEASE_ITEM))
  return until === undefined
    ? others
    : { ...others, [LEASE_ITEM]: leaseText({ ...context, repository: cut(context.repository) }, until) }
}

/** A tag holds 256 characters; what is around a repository's name takes up to 150. */
const cut = (repository: string): string => repository.slice(0, 100)

/** `held`: somebody else's. An earlier attempt of the same run is dead: GitHub never runs two. */
export type LeaseState = 'free' | 'mine' | 'ran-out' | 'earlier-attempt' | 'held'

/** @param now Azure's time, in ms since the epoch. */
export function leaseState(lease: Lease | undefined, context: RunContext, now: number): LeaseState {
  if (lease === undefined) return 'free'
  if (lease.nonce === context.nonce) return 'mine'
  if (isOfRun(lease, context) && lease.runAttempt < context.runAttempt) return 'earlier-attempt'
  return Date.parse(lease.until) <= now ? 'ran-out' : 'held'
}

/** Whichever attempt, job or step of it. */
export function isOfRun(lease: Lease, { repository, runId }: RunContext): boolean {
  return cut(lease.repository) === cut(repository) && lease.runId === runId
}

export const describeHolder = ({ repository, runId, runAttempt }: Lease): string =>
  `run ${runId} attempt ${runAttempt} of ${repository}`

/** What is wrong, and the way out, when somebody else holds the pool, or the VM. */
export function heldMessage(lease: Lease, what: 'pool' | 'VM' = 'pool'): { message: string; wayOut: string } {
  const where = { pool: 'metadata', VM: 'tags' }[what]
  return {
    message: `${describeHolder(lease)} is at work on the ${what}, and holds it until ${lease.until}`,
    wayOut: `let that run end, and run again; if it is dead, wait until then, or delete "${LEASE_ITEM}" from the ${what}’s ${where}`
  }
}
