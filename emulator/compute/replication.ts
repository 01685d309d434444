import { durationOf } from '../kernel/long-running.ts'
import { shortRegion } from '../kernel/regions.ts'
import type { Call, JsonObject, Stored } from '../kernel/types.ts'
import { listOf, objectOf, phaseOf, textOf } from './record.ts'

/** When the replicas of a region are being copied, in ms since the epoch. */
export type RegionCopy = { region: string; replicas: number; from: number; to: number }

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
    return { region, replicas, from: call.now, to: call.now + copyMs(call, publishing, region) }
  })
}

/** Whether a copy went with the write that began it, when that failed: what was there before stays. */
function isLost({ from }: RegionCopy, record: Stored): boolean {
  const phase = phaseOf(record)
  return phase?.outcome !== undefined && from >= (phase.beganAt ?? 0)
}

/** A version of the world file has been replicated long ago. */
function copiesOf(record: Stored): RegionCopy[] {
  const known = record.facts['regions'] as RegionCopy[] | undefined
  if (known !== undefined) return known
  const targets = listOf(objectOf(objectOf(record.body['properties'])['publishingProfile'])['targetRegions'])
  return targets.map(({ name, regionalReplicaCount }) => ({
    region: shortRegion(String(name)),
    replicas: Number(regionalReplicaCount ?? 1),
    from: 0,
    to: 0
  }))
}

/** The region of the version itself is done first; how much slower the others are depends on their names alone. */
function copyMs({ world, body }: Call, publishing: JsonObject, region: string): number {
  const recorded = publishing['replicationMode'] === 'Shallow' ? SHALLOW_MS : CREATE_MS
  const base = durationOf(world, 'galleryImageVersion.create', recorded)
  const own = shortRegion(textOf(objectOf(body)['location']) ?? '') === region
  const slower = own ? 1 : 1.2 + (hash(region) % 100) / 100
  return durationOf(world, `galleryImageVersion.replicate.${region}`, Math.round(base * slower))
}

const hash = (text: string): number => [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7)

/** As `$expand=ReplicationStatus` shows it. Only the completed form was recorded. */
export function replicationStatus(record: Stored, now: number): JsonObject {
  const failed = phaseOf(record)?.outcome
  const ended = failed !== undefined && now >= (phaseOf(record)?.endsAt ?? 0)
  const summary = copiesOf(record).map(copy =>
    regionStatus(copy, now, isLost(copy, record) ? failed?.message : undefined)
  )
  const all = summary.every(({ state }) => state === 'Completed')
  return { aggregatedState: ended ? 'Failed' : all ? 'Completed' : 'InProgress', summary }
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
