/** What disturbing every exchange has found, each once by name: the whole run, and the next one, on the embedded Azure. */
import { expect, test } from '@jest/globals'
import { cellsOf } from '../exhaustion/cells.ts'
import { storyOf } from '../exhaustion/stories.ts'
import { trace } from '../exhaustion/trace.ts'
import { tryCell } from '../exhaustion/try-cell.ts'

type Row = { rule: string; story: string; operation: string; stage: string; disturbance: string; ended: string }

const ROWS: Row[] = [
  {
    rule: 'a request that is never answered is given up, and sent again',
    story: 'patch',
    operation: 'Pool_Get',
    stage: 'observe',
    disturbance: 'timeout',
    ended: 'succeeded'
  },
  {
    rule: 'a list whose JSON breaks off is not an empty list',
    story: 'rollout',
    operation: 'Account_ListSupportedImages',
    stage: 'observe',
    disturbance: 'truncated',
    ended: 'succeeded'
  },
  {
    rule: 'a pool that was made, and whose answer broke off, is this run’s own',
    story: 'rollout',
    operation: 'Pool_Create',
    stage: 'create-pool',
    disturbance: 'truncated',
    ended: 'succeeded'
  },
  {
    rule: 'a version that Azure has begun to make, and whose answer was lost, is no conflict',
    story: 'image',
    operation: 'GalleryImageVersions_CreateOrUpdate',
    stage: 'create-image-version',
    disturbance: 'reset-after',
    ended: 'succeeded'
  },
  {
    rule: 'a change of a version that Azure has begun, and whose answer was lost, is no conflict',
    story: 'image',
    operation: 'GalleryImageVersions_CreateOrUpdate',
    stage: 'update-image-version',
    disturbance: 'reset-after',
    ended: 'succeeded'
  },
  {
    rule: 'a definition whose making failed is made again by the next run',
    story: 'image',
    operation: 'GalleryImages_CreateOrUpdate',
    stage: 'create-gallery-image',
    disturbance: 'operation-failed',
    ended: 'image-failed'
  },
  {
    rule: 'nothing is made of a disk that Azure does not show',
    story: 'image',
    operation: 'Disks_Get',
    stage: 'observe',
    disturbance: '404',
    ended: 'check-failed'
  },
  {
    rule: 'a lease that a run could not take off goes with the next run, also where nothing else is to be done',
    story: 'rollout',
    operation: 'Pool_Update',
    stage: 'finish-pool',
    disturbance: '503-for-good',
    ended: 'succeeded'
  },
  {
    rule: 'a lease that Azure refuses to take off for once is taken off at the second try',
    story: 'rollout',
    operation: 'Pool_Update',
    stage: 'finish-pool',
    disturbance: '409',
    ended: 'succeeded'
  },
  {
    rule: 'versions that are 404 for once in a definition that is there are not taken for none',
    story: 'patch',
    operation: 'GalleryImageVersions_ListByGalleryImage',
    stage: 'observe',
    disturbance: '404',
    ended: 'succeeded'
  },
  {
    rule: 'a pool that is 404 for once while it drains is drained on',
    story: 'release-in-place',
    operation: 'Pool_Get',
    stage: 'drain-pool',
    disturbance: '404',
    ended: 'succeeded'
  },
  {
    rule: 'an empty pool whose new image is refused gets its former scale back',
    story: 'release-in-place',
    operation: 'Pool_Update',
    stage: 'change-pool-image',
    disturbance: '409',
    ended: 'pool-refused'
  },
  {
    rule: 'a rollout goes on without counts that only tell of its progress',
    story: 'release',
    operation: 'Account_ListPoolNodeCounts',
    stage: 'scale-pool',
    disturbance: '403-for-good',
    ended: 'succeeded'
  }
]

test.each(ROWS)('$rule', async ({ story, operation, stage, disturbance, ended }) => {
  const calm = await trace(storyOf(story))
  const cells = cellsOf(calm).filter(
    ({ disturbance: id, exchange }) =>
      id === disturbance && exchange.operation === operation && exchange.stage === stage
  )
  const tried = await Promise.all(cells.slice(-1).map(cell => tryCell(cell, calm)))
  expect(tried.map(one => [one.ended, one.wrong])).toEqual([[ended, []]])
})
