/** Tags of a pool stand beside its properties. The pool’s owner writes some, Azure Policy and other people write others. */
import { expect, test } from '@jest/globals'
import type { JsonObject } from '../../../src/model/json.ts'
import { mergedBody, writtenDifferences } from '../../../src/rules/pool-body.ts'
import * as f from '../../support/observed-fixtures.ts'

const planned = (wanted: JsonObject, present: JsonObject) =>
  f.planOf(
    f.rolloutOnlySpec(f.rolloutSpec({ pool: { tags: wanted } })),
    f.rolloutObserved({ pool: f.pool({ tags: present }) })
  )

test('a new pool gets the tags of its spec', () => {
  const plan = f.planOf(f.rolloutOnlySpec(f.rolloutSpec({ pool: { tags: { team: 'light' } } })), f.rolloutObserved())
  expect(f.stepOf(plan, 'create-pool').body).toMatchObject({ tags: { team: 'light' } })
})

test.each<[string, JsonObject, JsonObject]>([
  ['tags that are there', { team: 'light' }, { team: 'light' }],
  ['tags that the spec leaves out', {}, { team: 'light' }],
  ['the casing of a name', { Team: 'light' }, { team: 'light' }],
  ['a reference, whose value is for Azure alone', { team: '${env:TEAM}' }, { team: 'light' }]
])('%s are no difference', (_, wanted, present) => {
  expect(writtenDifferences({ tags: wanted }, f.pool({ tags: present }))).toEqual([])
  expect(planned(wanted, present).pools[0]?.decision).toBe('keep')
})

test.each<[string, JsonObject, JsonObject]>([
  ['another value', { team: 'light' }, { team: 'comp' }],
  ['the casing of a value', { team: 'Light' }, { team: 'light' }],
  ['a tag that is missing', { team: 'light' }, {}],
  ['a tag without a value that is missing', { team: '' }, {}]
])('%s is a difference, made with the nodes there', (_, wanted, present) => {
  const plan = planned(wanted, present)
  expect(plan.pools[0]?.differences).toEqual([
    { path: 'tags.team', present: present['team'], wanted: wanted['team'], needs: 'patch' }
  ])
  expect(f.stepOf(plan, 'patch-pool').body).toEqual({ tags: wanted, properties: {} })
})

test('what is sent holds the tags of others too, each once and under the name that it has', () => {
  const pool = f.pool({ tags: { team: 'comp', 'ms-policy': 'x' } })
  expect(mergedBody({ tags: { TEAM: 'light', new: '1' }, properties: {} }, pool)['tags']).toEqual({
    team: 'light',
    'ms-policy': 'x',
    new: '1'
  })
})

test('a change of something else sends no tags', () => {
  const spec = f.rolloutSpec({ pool: { tags: { team: 'light' }, startTask: { commandLine: 'df' } } })
  const seen = f.rolloutObserved({ pool: f.pool({ tags: { team: 'light' } }) })
  expect(f.stepOf(f.planOf(f.rolloutOnlySpec(spec), seen), 'patch-pool').body).toEqual({
    properties: { startTask: { commandLine: 'df' } }
  })
})
