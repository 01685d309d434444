import { expect, test } from '@jest/globals'
import * as c from './caller.ts'

const SNAPSHOT = `${c.COMPUTE}/snapshots/os`
const URL = `${SNAPSHOT}?api-version=${c.DISKS}`
const GROUP = c.COMPUTE.slice(0, c.COMPUTE.indexOf('/providers/'))

/** A world with a lock at a scope, and a snapshot where it may be made. */
function withLock(scope: string, level: 'CanNotDelete' | 'ReadOnly'): c.Caller {
  return c.makeCaller({
    change: world => {
      const id = `${scope}/providers/Microsoft.Authorization/locks/keep`
      const lock = { id, name: 'keep', type: 'Microsoft.Authorization/locks', properties: { level } }
      world.resources.push(lock)
    }
  })
}

test.each([
  ['its group', GROUP],
  ['its group, in another casing', GROUP.toUpperCase()],
  ['its subscription', c.SUBSCRIPTION],
  ['the resource itself', SNAPSHOT]
])('a CanNotDelete lock at %s refuses to delete it, and nothing else', (_, scope) => {
  const caller = withLock(scope, 'CanNotDelete')
  expect(caller.arm('PUT', URL, c.snapshotBody()).status).toBe(202)
  caller.time.now += 1_000
  const { status, body } = caller.arm('DELETE', URL)
  expect([status, body.error.code]).toEqual([409, 'ScopeLocked'])
  expect(body.error.message).toBe(
    `The scope '${SNAPSHOT}' cannot perform delete operation because following scope(s) are locked: '${scope}'. Please remove the lock and try again.`
  )
  expect(caller.arm('GET', URL).status).toBe(200)
})

test('a lock of another group, or of a resource whose name only begins alike, is in nobody’s way', () => {
  for (const scope of [`${GROUP}-2`, `${SNAPSHOT}-2`]) {
    const caller = withLock(scope, 'CanNotDelete')
    caller.arm('PUT', URL, c.snapshotBody())
    expect(caller.arm('DELETE', URL).status).toBe(202)
  }
})

test('a ReadOnly lock refuses changes too', () => {
  const { status, body } = withLock(GROUP, 'ReadOnly').arm('PUT', URL, c.snapshotBody())
  expect([status, body.error.code]).toEqual([409, 'ScopeLocked'])
  expect(body.error.message).toContain('cannot perform write operation')
})
