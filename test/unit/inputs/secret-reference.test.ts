import { expect, test } from '@jest/globals'
import { resolveSecrets, secretReferences } from '../../../src/model/secret-reference.ts'

const BODY = {
  properties: { list: ['${env:B}', { deep: 'a ${env:A}${env:B}' }], count: 3, none: null, other: '${HOME} $env:A' }
}

test('references are named once each, in the order of their first mention', () => {
  expect(secretReferences(BODY)).toEqual(['B', 'A'])
})

test('secrets replace references wherever they stand, and nothing else changes, the body itself least of all', () => {
  const before = structuredClone(BODY)
  expect(resolveSecrets(BODY, { A: '$&', B: 'b' })).toEqual({
    properties: { list: ['b', { deep: 'a $&b' }], count: 3, none: null, other: '${HOME} $env:A' }
  })
  expect(BODY).toEqual(before)
})

test('a secret that refers to another is not resolved further', () => {
  expect(resolveSecrets({ a: '${env:A}' }, { A: '${env:B}', B: 'b' })).toEqual({ a: '${env:B}' })
})

test.each([{}, { A: '' }])('a variable that is not there stops the sending: %j', env => {
  expect(() => resolveSecrets({ a: '${env:A}' }, env)).toThrow('environment variable A: is not set or empty')
})
