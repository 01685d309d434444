import { expect, test } from '@jest/globals'
import {
  armId,
  childId,
  isArmIdOf,
  nameOf,
  namesOf,
  parentId,
  parseArmId,
  resourceGroupOf,
  sameId,
  splitArmId,
  subscriptionOf
} from '../../../src/model/arm-id.ts'

const GALLERY = armId('s', 'g', 'Microsoft.Compute/galleries', 'farm')
const DEFINITION = childId(GALLERY, 'images', 'node')
const VERSION = childId(DEFINITION, 'versions', '1.0.0')

test('ids are built level by level and taken apart again', () => {
  expect(VERSION).toBe(
    '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/galleries/farm/images/node/versions/1.0.0'
  )
  expect(splitArmId(VERSION)).toEqual({
    subscriptionId: 's',
    resourceGroup: 'g',
    type: 'Microsoft.Compute/galleries/images/versions',
    names: ['farm', 'node', '1.0.0']
  })
  expect([subscriptionOf(VERSION), resourceGroupOf(VERSION), nameOf(VERSION)]).toEqual(['s', 'g', '1.0.0'])
  expect(namesOf(VERSION)).toEqual(['farm', 'node', '1.0.0'])
  expect(parentId(VERSION)).toBe(DEFINITION)
  expect(parentId(parentId(VERSION))).toBe(GALLERY)
})

test.each([
  '',
  'render',
  '/subscriptions/s',
  '/subscriptions/s/resourceGroups/g',
  '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks',
  '/subscriptions/s/providers/Microsoft.Compute/disks/d',
  `${GALLERY}/images`,
  `${GALLERY}/`,
  `x${GALLERY}`
])('"%s" is not the id of a resource', text => {
  expect(splitArmId(text)).toBeUndefined()
})

test('casing doesn’t matter: Azure answers in several', () => {
  expect(sameId(VERSION, VERSION.toUpperCase())).toBe(true)
  expect(sameId(VERSION, `${VERSION}1`)).toBe(false)
  expect(isArmIdOf(VERSION.toUpperCase(), 'Microsoft.Compute/galleries/images/versions')).toBe(true)
  expect(isArmIdOf(VERSION, 'Microsoft.Compute/galleries/images')).toBe(false)
  expect(parseArmId(GALLERY.toLowerCase(), 'Microsoft.Compute/galleries')).toBe(GALLERY.toLowerCase())
})

test.each([
  [
    'render',
    '"render" is not an ARM resource id; expected /subscriptions/{id}/resourceGroups/{name}/providers/Microsoft.Compute/disks/{name}'
  ],
  [
    GALLERY,
    `"${GALLERY}" is the id of a Microsoft.Compute/galleries; expected /subscriptions/{id}/resourceGroups/{name}/providers/Microsoft.Compute/disks/{name}`
  ]
])('the wrong id %s is said with what was expected', (text, message) => {
  expect(() => parseArmId(text, 'Microsoft.Compute/disks')).toThrow(message)
})

test('a text that was only taken for an id is a defect of ours', () => {
  expect(() => nameOf('x' as never)).toThrow('internal error: "x" was taken for an ARM id')
})
