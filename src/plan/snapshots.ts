/** Plans the snapshots that an image is made from: made, taken up, and deleted when they have served. */
import { nameOf, sameId, type SnapshotId } from '../model/arm-id.ts'
import type { Snapshot } from '../model/observed.ts'
import type { Step } from '../model/plan.ts'
import { snapshotBody, type ImageDisk } from './image-body.ts'
import { imageDisks, madeTags, sourceOf, type Making } from './making.ts'
import { originOf, TAG } from './run-tags.ts'
import type { Situation } from './situation.ts'

/** `anew`: those that are there are not of the same moment as those that are missing. */
export type Taking = { after: string[]; anew: boolean }

export function snapshotSteps(making: Making, { after, anew }: Taking): Step[] {
  const { situation } = making
  const source = sourceOf(making)
  const own = madeTags(making, 'open')
  return imageDisks(situation).flatMap((disk): Step[] => {
    const { snapshotId, role } = disk
    const there = snapshotOf(situation, disk)
    const clear: Step[] =
      anew && there !== undefined
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
      const title = `take up snapshot ${nameOf(snapshotId)}`
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
export function takesSnapshots(situation: Situation): boolean {
  return imageDisks(situation).some(disk => !isUnderWay(snapshotOf(situation, disk)))
}

/** Once the version holds its own copy, all that were made for it go: also of a disk that was detached meanwhile. */
export function deleteSnapshots(making: Making, after: string[]): Step[] {
  const { situation } = making
  const planned = situation.whole ? [] : imageDisks(situation).map(({ snapshotId }) => snapshotId)
  const there = madeFor(making).map(({ snapshotId }) => snapshotId)
  const ids = [...planned, ...there.filter(id => !planned.some(other => sameId(other, id)))]
  return ids.map(snapshotId => ({
    id: `drop-snapshot-${nameOf(snapshotId).split('-').at(-1) ?? ''}`,
    kind: 'delete-snapshot',
    after,
    title: `delete snapshot ${nameOf(snapshotId)}`,
    reason: 'the image version holds its own copy',
    snapshotId
  }))
}

/** Those that are there for it, when it is whole; those that it will be made from, when it isn't. */
export function snapshotIdsOf(making: Making): SnapshotId[] {
  return (making.situation.whole ? madeFor(making) : imageDisks(making.situation)).map(({ snapshotId }) => snapshotId)
}

function madeFor({ situation, key }: Making): Snapshot[] {
  const version = situation.version?.version
  return situation.observed.snapshots.filter(({ tags }) => tags[TAG.key] === key && tags[TAG.version] === version)
}
