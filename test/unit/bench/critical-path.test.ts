import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { criticalPath, serialPath, totalMs, type Chain, type CloudTimes } from '../../../bench/critical-path.ts'

const TIMES: CloudTimes = {
  snapshotCreate: 1_000,
  snapshotDelete: 500,
  galleryImageCreate: 3_000,
  replicate: { eastus2: 400_000, westus3: 700_000 },
  versionUpdate: 50,
  firstNode: 30_000,
  nextNode: 900,
  nodeReady: 65_000
}
const CHAIN: Chain = { disks: 17, regions: ['eastus2', 'westus3'], nodes: 11, canaryNodes: 1 }

const asTable = (stretches: ReturnType<typeof criticalPath>) =>
  Object.fromEntries(stretches.map(({ name, ms }) => [name, ms]))

test('what needs nothing of each other runs side by side, and only the account’s region is awaited', () => {
  expect(asTable(criticalPath(TIMES, CHAIN))).toEqual({
    snapshots: 3_000,
    'image version': 400_000,
    canary: 95_000,
    'other nodes': 103_100,
    promotion: 50
  })
})

test('one after the other, each disk and the slowest region count', () => {
  expect(asTable(serialPath(TIMES, CHAIN))).toEqual({
    snapshots: 20_000,
    'image version': 700_000,
    canary: 95_000,
    'other nodes': 103_100,
    'snapshots deleted': 8_500,
    promotion: 50
  })
})

test('a pool that is all canary has no other nodes', () => {
  const chain = { ...CHAIN, nodes: 1 }
  expect(totalMs(criticalPath(TIMES, chain))).toBe(3_000 + 400_000 + 95_000 + 50)
})

test('it is reckoned without anything of the action', () => {
  const code = readFileSync(join(import.meta.dirname, '../../../bench/critical-path.ts'), 'utf8')
  expect(code).not.toMatch(/\bimport\b/)
})
