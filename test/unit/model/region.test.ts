import { expect, test } from '@jest/globals'
import { regionName, sameRegion } from '../../../src/model/region.ts'

test.each([
  ['East US 2', 'eastus2'],
  ['eastus2', 'eastus2'],
  ['EASTUS2', 'eastus2'],
  ['(Europe) West Europe', 'europewesteurope'],
  ['', '']
])('region "%s" is "%s"', (text, name) => expect(regionName(text)).toBe(name))

test('regions are the same in any spelling', () => {
  expect([sameRegion('East US 2', 'eastus2'), sameRegion('East US 2', 'eastus')]).toEqual([true, false])
})
