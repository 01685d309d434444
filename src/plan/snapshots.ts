/** Plans the snapshots that an image is made from: made, taken up, and deleted when they have served. */
import { nameOf, sameId, type SnapshotId } from '../model/arm-id.ts'
import type { Snapshot } from '../model/observed.ts'
import type { Step } from '../model/plan.ts'
import { snapshotBody } from './image-body.ts'
import { imageDisks, madeTags, sourceOf, type Making } from './making.ts'
import { originOf, TAG } from './run-tags.ts'

export function snapshotSteps(making: Making): Step[] {
  const { situation } = making
  const source = sourceOf(making)
  const own = madeTags(making, 'open')
  return imageDisks(situation).flatMap((disk): Step[] => {
    const { snapshotId, role } = disk
    const there = situation.observed.snapshots.find(snapshot => sameId(snapshot.snapshotId, snapshotId))
    const head = { id: `snapshot-${role}`, after: [] }
    if (there !== undefined && there.provisioningState !== 'Failed') {
      const begun = there.timeCreated === undefined ? '' : ` at ${there.timeCreated.slice(0, 16)}`
      const title = `take up snapshot ${nameOf(snapshotId)}`
      return [
        { ...head, kind: 'await-snapshot', title, reason: `${originOf(there.tags)} had begun it${begun}`, snapshotId }
      ]
    }
    return [
      {
        ...head,
        kind: 'create-snapshot',
        title: `snapshot ${role === 'os' ? 'OS disk' : `data disk ${role.slice(3)}`} ${nameOf(disk.diskId)}`,
        reason: there === undefined ? 'the image is made from it' : 'an earlier attempt failed',
        snapshotId,
        body: snapshotBody(disk, source.location, own)
      }
    ]
  })
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
