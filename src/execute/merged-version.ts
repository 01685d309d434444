/** The body of a version's next PUT, merged from a fresh GET, so that nothing on the version is lost. */
import { objectOf, type Json, type JsonObject } from '../model/json.ts'
import type { RegionReplicas } from '../model/plan.ts'
import { regionName } from '../model/region.ts'
import { TAG } from '../rules/run-tags.ts'

export type VersionChange = {
  tags: Record<string, string>
  /** Names of tags that go. */
  dropsTags?: readonly string[]
  /** Undefined leaves it. */
  excludeFromLatest?: boolean | undefined
  /** To be added, or to have as many replicas as this; in short form. */
  regions?: readonly RegionReplicas[]
  /** To be taken off, in short form. */
  takeOff?: readonly string[]
  /**
   * Azure takes no region off a version whose safety profile forbids it (recorded 2025-01-07). It is forbidden again by the next
   * change, of whichever run: a tag says so.
   */
  mayLoseRegions?: true
}

/** Read-only parts of a version, which a PUT doesn't take (gallery contract: `readOnly`). */
const READ_ONLY = ['id', 'name', 'type', 'etag', 'systemData']

export function mergedVersion(body: JsonObject, change: VersionChange): JsonObject {
  const { excludeFromLatest } = change
  const kept = Object.fromEntries(Object.entries(body).filter(([name]) => !READ_ONLY.includes(name)))
  const { provisioningState: _state, replicationStatus: _status, ...properties } = objectOf(body.properties)
  const { publishedDate: _date, ...publishing } = objectOf(properties.publishingProfile)
  const { tags, safety } = changedSafety(
    { tags: changedTags(objectOf(body.tags), change), safety: writableSafety(objectOf(properties.safetyProfile)) },
    change
  )
  return {
    ...kept,
    tags,
    properties: {
      ...properties,
      ...(properties.storageProfile === undefined
        ? {}
        : { storageProfile: writableDisks(objectOf(properties.storageProfile)) }),
      ...(Object.keys(safety).length === 0 ? {} : { safetyProfile: safety }),
      publishingProfile: {
        ...publishing,
        targetRegions: mergedRegions(publishing.targetRegions, change),
        ...(excludeFromLatest === undefined ? {} : { excludeFromLatest })
      }
    }
  }
}

function changedTags(there: JsonObject, { tags, dropsTags = [] }: VersionChange): JsonObject {
  const kept = Object.entries(there).filter(([name]) => !dropsTags.includes(name))
  return { ...Object.fromEntries(kept), ...tags }
}

/** Each region keeps what else it has: its kind of storage, its encryption. */
function mergedRegions(there: Json | undefined, { regions = [], takeOff = [] }: VersionChange): Json[] {
  const present = (Array.isArray(there) ? there : []).map(row => ({
    row,
    region: regionName(String(objectOf(row).name))
  }))
  const kept = present.filter(({ region }) => !takeOff.includes(region))
  const missing = regions.filter(({ region }) => !kept.some(one => one.region === region))
  return [
    ...kept.map(({ row, region }) => {
      const asked = regions.find(one => one.region === region)
      return asked === undefined ? row : { ...objectOf(row), regionalReplicaCount: asked.replicas }
    }),
    ...missing.map(({ region, replicas }) => ({ name: region, regionalReplicaCount: replicas }))
  ]
}

type Safety = { tags: JsonObject; safety: JsonObject }

function changedSafety({ tags, safety }: Safety, { mayLoseRegions }: VersionChange): Safety {
  const { [TAG.unprotected]: wasProtected, ...others } = tags
  if (mayLoseRegions === true) {
    const isAllowed = safety.allowDeletionOfReplicatedLocations === true
    return {
      tags: isAllowed ? tags : { ...tags, [TAG.unprotected]: 'true' },
      safety: { ...safety, allowDeletionOfReplicatedLocations: true }
    }
  }
  return wasProtected === undefined
    ? { tags, safety }
    : { tags: others, safety: { ...safety, allowDeletionOfReplicatedLocations: false } }
}

/** `reportedForPolicyViolation` and `policyViolations` are Azure's own to say. */
function writableSafety({ reportedForPolicyViolation: _a, policyViolations: _b, ...safety }: JsonObject): JsonObject {
  return safety
}

/** The size of a disk is Azure's own to say (gallery contract: `sizeInGB` is read-only). */
function writableDisks({ osDiskImage, dataDiskImages, ...profile }: JsonObject): JsonObject {
  const writable = ({ sizeInGB: _size, ...disk }: JsonObject): JsonObject => disk
  return {
    ...profile,
    ...(osDiskImage === undefined ? {} : { osDiskImage: writable(objectOf(osDiskImage)) }),
    ...(Array.isArray(dataDiskImages) ? { dataDiskImages: dataDiskImages.map(disk => writable(objectOf(disk))) } : {})
  }
}
