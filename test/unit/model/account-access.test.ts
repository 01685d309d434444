import { expect, test } from '@jest/globals'
import { explainsRefusal } from '../../../src/model/account-access.ts'
import { account } from '../../support/observed-fixtures.ts'

const OPEN = { publicAccess: 'Enabled', privateEndpoints: [] }
const RULES = { ...OPEN, account: { allowed: [] } }

test.each([
  ['an open account', { network: OPEN }, 403, false],
  ['an account of another casing', { network: { ...OPEN, publicAccess: 'enabled' } }, 403, false],
  ['one with rules for nodes alone', { network: { ...OPEN, nodeManagement: { allowed: [] } } }, 403, false],
  ['one without public network access', { network: { ...OPEN, publicAccess: 'Disabled' } }, 403, true],
  ['one with rules', { network: RULES }, 403, true],
  ['one with rules, to which no answer came', { network: RULES }, undefined, true],
  ['one with rules, that is throttled', { network: RULES }, 429, false],
  ['one with rules, that fails', { network: RULES }, 503, false],
  ['one for shared keys', { network: OPEN, allowedAuthenticationModes: ['SharedKey'] }, 401, true],
  ['one for shared keys, to which no answer came', { network: OPEN, allowedAuthenticationModes: [] }, undefined, false],
  ['one that takes tokens', { network: OPEN, allowedAuthenticationModes: ['SharedKey', 'AAD'] }, 401, false]
])('what the settings say of a refusal: %s', (_, change, status, explains) => {
  expect(explainsRefusal(account(change), status)).toBe(explains)
})
