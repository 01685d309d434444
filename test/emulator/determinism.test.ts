import { expect, test } from '@jest/globals'
import type { Emulator } from '../../emulator/index.ts'
import * as c from './caller.ts'

const VERSION_URL = `${c.VERSION}?$expand=ReplicationStatus&api-version=${c.GALLERIES}`

/** A story with writes, waits and polls. */
function story(options: c.CallerOptions = {}, reads = 0): Emulator {
  const caller = c.makeCaller(options)
  const read = (): void => {
    for (let count = 0; count < reads; count += 1) {
      caller.arm('GET', `${c.COMPUTE}/snapshots/os?api-version=${c.DISKS}`)
      caller.arm('GET', VERSION_URL)
      caller.emulator.state()
    }
  }
  c.withSnapshotAndDefinition(caller)
  read()
  caller.arm(
    'PUT',
    `${c.VERSION}?api-version=${c.GALLERIES}`,
    c.versionBody([{ name: 'eastus2' }, { name: 'westus3' }])
  )
  read()
  caller.time.now += 500_000
  read()
  caller.arm('PUT', `${c.COMPUTE}/snapshots/two?api-version=${c.DISKS}`, c.snapshotBody())
  caller.time.now += 2_000
  return caller.emulator
}

test('the same world, faults and seed give the same bytes', () => {
  expect(JSON.stringify(story().journal())).toBe(JSON.stringify(story().journal()))
})

test('another seed gives other names', () => {
  expect(JSON.stringify(story({ seed: 2 }).state())).not.toBe(JSON.stringify(story().state()))
})

test('reading never changes what is there, nor what is made later', () => {
  expect(story({}, 3).state()).toEqual(story().state())
})

test('what state() gives away cannot be used to change the world', () => {
  const { emulator, arm } = c.makeCaller()
  for (const resource of emulator.state()) resource['location'] = 'nowhere'
  expect(arm('GET', `${c.OS_DISK}?api-version=${c.DISKS}`).body.location).toBe('eastus2')
})

test('the journal holds every exchange, and nothing to sign in with', () => {
  const { emulator, arm, time } = c.makeCaller()
  arm('GET', `${c.OS_DISK}?api-version=${c.DISKS}`)
  const journal = emulator.journal()
  expect(journal.map(({ request }) => `${request.method} ${new URL(request.url).hostname}`)).toEqual([
    'GET token.actions.emulated.github',
    'POST login.emulated.azure',
    'GET management.emulated.azure'
  ])
  expect(journal.map(({ at }) => at)).toEqual([time.now, time.now, time.now])
  const text = JSON.stringify(journal)
  expect(text).not.toMatch(/eyJ/)
  expect(text).not.toContain(emulator.connection.env.ACTIONS_ID_TOKEN_REQUEST_TOKEN)
})
