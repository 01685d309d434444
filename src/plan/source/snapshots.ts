/** Plans the snapshots that an image is made from: made, used again, and deleted when they have served. */
import { nameOf, sameId, type SnapshotId } from '../../model/arm-id.ts'
import type { Snapshot } from '../../model/observed.ts'
import type { Step } from '../../model/plan.ts'
import { snapshotBody, type ImageDisk } from '../image/image-body.ts'
import { madeTags, sourceOf, type ImageBuild } from '../image/image-build.ts'
import { originOf, TAG } from '../../rules/run-tags.ts'
import type { Situation } from '../situation.ts'

/** `again`: those that are there are not of the same moment as those that are missing. */
type Taking = { after: string[]; again: boolean }

export function snapshotSteps(build: ImageBuild, disks: readonly ImageDisk[], { after, again }: Taking): Step[] {
  const { situation } = build
  const source = sourceOf(build)
  const { publishTo } = build.image
  const own = madeTags(build, 'open', publishTo.kind === 'gallery' ? { keep: publishTo.keepSnapshots } : {})
  return disks.flatMap((disk): Step[] => {
    const { snapshotId, role } = disk
    const there = snapshotOf(situation, disk)
    const clear: Step[] =
      again && there !== undefined
        ? [
            {
              id: `clear-snapshot-${role}`,
              kind: 'delete-snapshot',
              after: [],
              title: `delete snapshot ${nameOf(snapshotId)}`,
              reason: 'the VM has run since; all disks are to be of one moment',
              snapshotId
            }
          ]
        : []
    const head = { id: `snapshot-${role}`, after: [...after, ...clear.map(({ id }) => id)] }
    if (isUnderWay(there) && clear.length === 0) {
      const begun = there.timeCreated === undefined ? '' : ` at ${there.timeCreated.slice(0, 16)}`
      const title = `wait for snapshot ${nameOf(snapshotId)}`
      return [
        { ...head, kind: 'await-snapshot', title, reason: `${originOf(there.tags)} had begun it${begun}`, snapshotId }
      ]
    }
    return [
      ...clear,
      {
        ...head,
        kind: 'create-snapshot',
        title: `snapshot ${role === 'os' ? 'OS disk' : `data disk ${role.slice(3)}`} ${nameOf(disk.diskId)}`,
        reason: isUnderWay(there) || there === undefined ? 'the image is made from it' : 'an earlier attempt failed',
        snapshotId,
        body: snapshotBody(disk, source.location, own)
      }
    ]
  })
}

function snapshotOf({ observed }: Situation, { snapshotId }: ImageDisk): Snapshot | undefined {
  return observed.snapshots.find(snapshot => sameId(snapshot.snapshotId, snapshotId))
}

const isUnderWay = (snapshot: Snapshot | undefined): snapshot is Snapshot =>
  snapshot !== undefined && snapshot.provisioningState !== 'Failed'

/** Whether any is still to be taken. */
export function takesSnapshots(situation: Situation, disks: readonly ImageDisk[]): boolean {
  return disks.some(disk => !isUnderWay(snapshotOf(situation, disk)))
}

/**
 * Once the version holds its own copy, all that were made for it go: also of a disk that was detached meanwhile. `begun`: the
 * steps after which what earlier versions left can go too.
 */
export function deleteSnapshots(
  build: ImageBuild,
  disks: readonly ImageDisk[],
  { after, begun }: { after: string[]; begun: string[] }
): Step[] {
  const { situation } = build
  const planned = situation.imageExists ? [] : disks.filter(({ isOurs }) => isOurs).map(({ snapshotId }) => snapshotId)
  const there = madeFor(build).map(({ snapshotId }) => snapshotId)
  const ids = [...planned, ...there.filter(id => !planned.some(other => sameId(other, id)))]
  return [
    ...ids.map(snapshotId =>
      dropStep({ snapshotId, id: roleOf(snapshotId), after }, 'the image version holds its own copy')
    ),
    ...leftBefore(build).map(({ snapshotId, tags }) =>
      dropStep(
        { snapshotId, id: `${tags[TAG.version]}-${roleOf(snapshotId)}`, after: begun },
        `${originOf(tags)} left it, and its image version holds its own copy`
      )
    )
  ]
}

const roleOf = (id: SnapshotId): string => nameOf(id).split('-').at(-1) ?? ''

function dropStep(
  { snapshotId, id, after }: { snapshotId: SnapshotId; id: string; after: string[] },
  reason: string
): Step {
  return {
    id: `drop-snapshot-${id}`,
    kind: 'delete-snapshot',
    after,
    title: `delete snapshot ${nameOf(snapshotId)}`,
    reason,
    housekeeping: true,
    snapshotId
  }
}

/**
 * Of other versions from the same inputs (`image-version: auto`) that came to their end, and so had settled: what a run that
 * was to delete them couldn't. Those that a run was to keep say so.
 */
function leftBefore({ situation: { observed, version }, key }: ImageBuild): Snapshot[] {
  const isDone = (name: string): boolean =>
    observed.versions.some(
      ({ versionId, tags, provisioningState }) =>
        nameOf(versionId) === name &&
        tags[TAG.key] === key &&
        (tags[TAG.state] === 'complete' || tags[TAG.state] === 'failed') &&
        provisioningState !== 'Creating' &&
        provisioningState !== 'Deleting'
    )
  return observed.snapshots.filter(({ tags }) => {
    const name = tags[TAG.version]
    const isOurs = tags[TAG.key] === key && tags[TAG.keep] === 'false'
    return isOurs && name !== undefined && name !== version?.version && isDone(name)
  })
}

/** Those that are there for it, when it is whole; those that it will be made from, when it isn't. */
export function snapshotIdsOf(build: ImageBuild, disks: readonly ImageDisk[]): SnapshotId[] {
  return (build.situation.imageExists ? madeFor(build) : disks).map(({ snapshotId }) => snapshotId)
}

function madeFor({ situation, key }: ImageBuild): Snapshot[] {
  const version = situation.version?.version
  return situation.observed.snapshots.filter(({ tags }) => tags[TAG.key] === key && tags[TAG.version] === version)
}
