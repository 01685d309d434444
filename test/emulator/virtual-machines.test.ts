import { expect, test } from '@jest/globals'
import * as c from './caller.ts'

const VM = `${c.COMPUTE}/virtualMachines/render-source`
const at = (path: string): string => `${VM}${path}${path.includes('?') ? '&' : '?'}api-version=${c.IMAGES}`
const read = ({ arm }: c.Caller) => arm('GET', at('')).body as { tags?: object; etag: string }

test('tags of a VM are there at once, all of them anew, and its etag goes up', () => {
  const caller = c.makeCaller()
  const before = read(caller)
  caller.arm('PATCH', at(''), { tags: { a: '1', b: '2' } })
  caller.arm('PATCH', at(''), { tags: { b: '3' } })
  const after = read(caller)
  expect(after.tags).toEqual({ b: '3' })
  expect(Number(after.etag.replaceAll('"', '')) - Number(before.etag.replaceAll('"', ''))).toBe(2)
})

test('under an etag that isn’t its own nothing of a VM changes', () => {
  const caller = c.makeCaller()
  const { etag } = read(caller)
  caller.arm('PATCH', at(''), { tags: { a: '1' } }, { 'if-match': etag })
  const late = caller.arm('PATCH', at(''), { tags: { a: '2' } }, { 'if-match': etag })
  expect(late.status).toBe(412)
  expect(read(caller).tags).toEqual({ a: '1' })
})

test('of a VM nothing but its tags can be changed', () => {
  const { status, body } = c.makeCaller().arm('PATCH', at(''), { properties: { licenseType: 'None' } })
  expect([status, body.error.message]).toEqual([501, expect.stringContaining('properties')])
})

test('a VM that is being deallocated can’t be started until it is', () => {
  const caller = c.makeCaller()
  caller.arm('POST', at('/deallocate'))
  const early = caller.arm('POST', at('/start'))
  expect([early.status, early.body.error.code]).toEqual([409, 'OperationNotAllowed'])
  caller.time.now += 18_000
  expect(caller.arm('POST', at('/start')).status).toBe(202)
})

test('a VM of a specialized image says so beside its power', () => {
  const specialized = { code: 'OSState/specialized', level: 'Info', displayStatus: 'VM specialized' }
  const caller = c.makeCaller({
    change(world) {
      const vm = world.resources.find(({ id }) => id === VM) as c.Body
      vm.properties.instanceView.statuses.unshift(specialized)
    }
  })
  const { statuses } = caller.arm('GET', `${VM}?$expand=instanceView&api-version=${c.IMAGES}`).body.properties
    .instanceView
  expect(statuses.map(({ code }: { code: string }) => code)).toEqual([
    'OSState/specialized',
    'ProvisioningState/succeeded',
    'PowerState/running'
  ])
})
