/** Which pools count as temporary ones of this action: nothing else is ever deleted. */
import { expect, test } from '@jest/globals'
import { isProofOf, proofItem } from '../../../src/rules/proof-pool.ts'

const TEAM = { name: 'team', value: 'render' }

test.each<[string, { name: string; value: string }[], boolean]>([
  ['the mark alone', [proofItem('render')], true],
  ['the mark behind what a spec has', [TEAM, proofItem('render')], true],
  ['the mark of a pool whose name is cased otherwise', [proofItem('Render')], true],
  ['the mark of another pool', [proofItem('bake')], false],
  ['somebody’s item with the same value', [TEAM], false],
  ['somebody’s item with the same value, and the mark of another pool', [TEAM, proofItem('bake')], false],
  ['nothing', [], false]
])('a temporary pool of render by its metadata: %s', (_, metadata, isProof) => {
  expect(isProofOf({ metadata }, 'render')).toBe(isProof)
})
