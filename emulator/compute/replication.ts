import { durationOf, replicateName } from '../kernel/durations.ts'
import { shortRegion } from '../kernel/regions.ts'
import type { Call, JsonObject, Outcome, Stored } from '../kernel/types.ts'
import { listOf, objectOf, phaseOf, textOf } from './record.ts'

/** When the replicas of a region are being copied, in ms since the epoch. */
export type RegionCopy = { region: string; replicas: number; from: number; to: number; failure?: string }

/** Median of a version from snapshots since 2022; a shallow one took 45 to 150 s. */
const CREATE_MS = 452_000
const SHALLOW_MS = 90_000

/** The copies that a write asks for: those that are there stay; new regions and replicas, and all that failed, begin now. */
export function replicate(call: Call, publishing: JsonObject, before: Stored | undefined): RegionCopy[] {
  const present = before === undefined ? [] : copiesOf(before).filter(copy => !isLost(copy, before))
  return listOf(publishing['targetRegions']).map(target => {
    const region = shortRegion(String(target['name']))
    const replicas = Number(target['regionalReplicaCount'] ?? 1)
    const there = present.find(copy => copy.region === region)
    if (there !== undefined && there.replicas >= replicas) return { ...there, replicas }
    const failure = failureOf(call, region)
    const to = call.now + copyMs(call, publishing, region)
    return { region, replicas, from: call.now, to, ...(failure !== undefined && { failure }) }
  })
}

/** The world's next failure for a region, used up. */
function failureOf({ world }: Call, region: string): string | undefined {
  const due = world.behaviour.replicationFails.find(one => one.times > 0 && shortRegion(one.region) === region)
  if (due === undefined) return undefined
  due.times -= 1
  return due.details ?? 'Failed with internal server error.'
}

/** What the operation ends with where single regions fail; text as in Azure/azure-cli#15539. */
export function failedRegions(regions: readonly RegionCopy[], now: number): Outcome | undefined {
  const failed = regions.filter(({ failure, from }) => failure !== undefined && from === now)
  if (failed.length === 0) return undefined
  const details = failed.map(({ region, failure }) => `{region:${region}, detail:${failure}}`).join(',')
  const message = `Gallery replication jobs failed in one or more regions. The failing regions' details are as follows: '${details}'. If retry does not work, then please do an update by removing the failed regions and update again by adding them back.`
  return { outcome: 'Failed', code: 'ReplicationJobFailed', message }
}

/** Whether a copy failed, or went with the write that began it when that failed: what was there before stays. */
function isLost({ from, failure }: RegionCopy, record: Stored): boolean {
  const phase = phaseOf(record)
  if (failure !== undefined) return true
  return phase?.outcome !== undefined && phase.regional !== true && from >= (phase.beganAt ?? 0)
}

/** A version of the world file has been replicated long ago, save where its `replicationStatus` says that it failed. */
function copiesOf(record: Stored): RegionCopy[] {
  const known = record.facts['regions'] as RegionCopy[] | undefined
  if (known !== undefined) return known
  const properties = objectOf(record.body['properties'])
  const failed = listOf(objectOf(properties['replicationStatus'])['summary']).filter(({ state }) => state === 'Failed')
  return listOf(objectOf(properties['publishingProfile'])['targetRegions']).map(({ name, regionalReplicaCount }) => {
    const region = shortRegion(String(name))
    const row = failed.find(one => shortRegion(String(one['region'])) === region)
    const copy = { region, replicas: Number(regionalReplicaCount ?? 1), from: 0, to: 0 }
    return row === undefined ? copy : { ...copy, failure: textOf(row['details']) ?? '' }
  })
}

/** The region of the version itself is done first; how much slower the others are depends on their names alone. */
function copyMs({ world, body }: Call, publishing: JsonObject, region: string): number {
  const recorded = publishing['replicationMode'] === 'Shallow' ? SHALLOW_MS : CREATE_MS
  const base = durationOf(world, 'galleryImageVersion.create', recorded)
  const own = shortRegion(textOf(objectOf(body)['location']) ?? '') === region
  const slower = own ? 1 : 1.2 + (hash(region) % 100) / 100
  return durationOf(world, replicateName(region), Math.round(base * slower))
}

const hash = (text: string): number => [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7)

/** As `$expand=ReplicationStatus` shows it. Only the completed form was recorded. */
export function replicationStatus(record: Stored, now: number): JsonObject {
  const failed = phaseOf(record)?.outcome
  const ended = failed !== undefined && now >= (phaseOf(record)?.endsAt ?? 0)
  const summary = copiesOf(record).map(copy =>
    regionStatus(copy, now, isLost(copy, record) ? (copy.failure ?? failed?.message) : undefined)
  )
  const all = summary.every(({ state }) => state === 'Completed')
  const isAnyLost = summary.some(({ state }) => state === 'Failed')
  return { aggregatedState: ended || isAnyLost ? 'Failed' : all ? 'Completed' : 'InProgress', summary }
}

function regionStatus({ region, from, to }: RegionCopy, now: number, failure: string | undefined): JsonObject {
  if (now >= to) {
    return failure === undefined
      ? { region, state: 'Completed', progress: 100 }
      : { region, state: 'Failed', progress: 0, details: failure }
  }
  return { region, state: 'Replicating', progress: Math.min(99, Math.floor(((now - from) / (to - from)) * 100)) }
}

/** Whether a version has its replicas in a region, whose name is in any form. */
export function replicatedAt(record: Stored, region: string, now: number): boolean {
  const copy = copiesOf(record).find(({ region: name }) => name === shortRegion(region))
  return copy !== undefined && now >= copy.to && !isLost(copy, record)
}
