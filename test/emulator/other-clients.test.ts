import { expect, test } from '@jest/globals'
import { COMPUTE, makeCaller, SUBSCRIPTION } from './caller.ts'

const GROUP = `${SUBSCRIPTION}/resourcegroups/render-images`
const ACCOUNT = `${SUBSCRIPTION}/resourceGroups/render-batch/providers/Microsoft.Batch/batchAccounts/renderfarm`

test('a resource group is read by its id, in any casing', () => {
  const { status, body } = makeCaller().arm('GET', `${GROUP}?api-version=2024-11-01`)
  expect([status, body.name, body.type, body.properties]).toEqual([
    200,
    'render-images',
    'Microsoft.Resources/resourceGroups',
    { provisioningState: 'Succeeded' }
  ])
})

test.each([
  [`${SUBSCRIPTION}/resourcegroups/none`, 'ResourceGroupNotFound'],
  ['/subscriptions/6f1b2c3d-0000-4000-8000-00000000dead/resourcegroups/render-images', 'SubscriptionNotFound']
])('a group that is not there is a 404 (%s)', (path, code) => {
  const { status, body } = makeCaller().arm('GET', `${path}?api-version=2021-04-01`)
  expect([status, body.error.code]).toEqual([404, code])
})

test('a role that may not read groups is refused one', () => {
  const denied = ['Microsoft.Resources/subscriptions/resourceGroups/read']
  expect(makeCaller({ behaviour: { denied } }).arm('GET', `${GROUP}?api-version=2021-04-01`).status).toBe(403)
})

test('galleries are listed by group, with the group in upper case', () => {
  const { status, body } = makeCaller().arm('GET', `${COMPUTE}/galleries?api-version=2021-10-01`)
  expect([status, body.value.map(({ id }: { id: string }) => id)]).toEqual([
    200,
    [`${COMPUTE.replace('render-images', 'RENDER-IMAGES')}/galleries/farm`]
  ])
})

test.each([
  ['az 2.45', `${COMPUTE}/disks`, '2022-07-02'],
  ['az 2.45', `${COMPUTE}/snapshots`, '2022-03-02'],
  ['az 2.45', `${COMPUTE}/galleries/farm`, '2021-10-01'],
  ['az 2.45', ACCOUNT, '2022-10-01'],
  ['az 2.91', `${COMPUTE}/virtualMachines/render-source`, '2026-04-01'],
  ['az 2.91', `${COMPUTE}/disks`, '2025-01-02'],
  ['az 2.91', `${COMPUTE}/snapshots`, '2025-01-02'],
  ['az 2.91', `${COMPUTE}/images`, '2024-07-01'],
  ['az 2.91', `${COMPUTE}/galleries/farm`, '2026-03-03'],
  ['az 2.91', `${COMPUTE}/galleries/farm/images`, '2021-10-01'],
  ['az 2.91', ACCOUNT, '2024-02-01']
])('%s is understood: %s %s', (_, path, version) => {
  expect(makeCaller().arm('GET', `${path}?api-version=${version}`).status).toBe(200)
})

test.each(['deallocate', 'start', 'powerOff'])('the newest az is understood: %s of a VM', verb => {
  const { status } = makeCaller().arm('POST', `${COMPUTE}/virtualMachines/render-source/${verb}?api-version=2025-11-01`)
  expect(status).toBe(202)
})
