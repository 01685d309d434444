/** action.yml is the one place that says which command uses an input. */
import { expect, test } from '@jest/globals'
import { usersOf } from '../../scripts/sync/action-defaults.ts'
import { NEEDED_BY, USED_BY } from '../../src/inputs/action-defaults.ts'

test.each<[string, ReturnType<typeof usersOf>]>([
  ['How long. Used by `release` and `rollout`.', { commands: ['release', 'rollout'], isNeeded: false }],
  ['The VM. Needed by `release` and `image`.', { commands: ['release', 'image'], isNeeded: true }],
  ['Needed by `release`, unless `pool` is given.', { commands: ['release'], isNeeded: false }],
  ['Used by `rollout`: `release` makes another.', { commands: ['rollout'], isNeeded: false }],
  ['Who signs in.', undefined]
])('“%s”', (description, expected) => {
  expect(usersOf('any', description)).toEqual(expected)
})

test('a command that there isn’t is an error that names the input', () => {
  expect(() => usersOf('drain', 'Used by `release` and `roll`.')).toThrow('action.yml: drain: "Used by roll"')
})

test('what nobody says of is used by all, and few inputs are needed', () => {
  expect(USED_BY.deadline).toEqual(['release', 'image', 'rollout'])
  expect(USED_BY['pool-spec']).toEqual(['release', 'rollout'])
  expect(NEEDED_BY).toEqual({ 'source-vm': ['release', 'image'], 'publish-to': ['release', 'image'] })
})
