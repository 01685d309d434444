import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { render, target } from '../../../scripts/sync/pool-spec-schema.ts'

test('the published schema is the one that specs are checked with', () => {
  const published = readFileSync(join(import.meta.dirname, '../../..', target), 'utf8')
  expect(JSON.parse(published)).toEqual(JSON.parse(render()))
})

test('it knows names, bounds and patterns, and refuses further properties', () => {
  const schema = JSON.parse(render())
  expect(schema.additionalProperties).toBe(false)
  expect(schema.required).toEqual(['name', 'properties'])
  expect(schema.properties.name.pattern).toBe('^[a-zA-Z0-9_-]{1,64}$')
  expect(schema.properties.properties.properties.taskSlotsPerNode).toEqual({
    type: 'integer',
    minimum: 1,
    maximum: 256
  })
})
