/** An account that keeps this runner, or its way to sign in, out of the Batch service. */
import { describe, expect, test } from '@jest/globals'
import type { Plan } from '../../src/model/plan.ts'
import { defaultWorld, IDS, onAzure, RELEASE_INPUTS, type Told, type World } from '../support/story.ts'

const DENY = { accountAccess: { defaultAction: 'Deny', ipRules: [{ action: 'Allow', value: '198.51.100.0/24' }] } }

/** The account's own settings, and from where the runner calls. */
function worldWith(properties: object, callerAddress?: string): World {
  const world = defaultWorld()
  const account = world.resources.find(({ id }) => id === IDS.account)!
  Object.assign(account['properties'] as object, properties)
  world.behaviour = { ...world.behaviour, ...(callerAddress === undefined ? {} : { callerAddress }) }
  return world
}

const errorsOf = (told: Told): string[] =>
  (told.plan as Plan).findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule)

describe('a runner that the account keeps out ends by a check, before anything is made', () => {
  test.each<[string, object, string[]]>([
    ['public network access is disabled', { publicNetworkAccess: 'Disabled' }, ['account-reachable']],
    ['a network security perimeter', { publicNetworkAccess: 'SecuredByPerimeter' }, ['account-reachable']],
    ['network rules for others', { networkProfile: DENY }, ['account-reachable']],
    ['shared keys only', { allowedAuthenticationModes: ['SharedKey'] }, ['account-entra']],
    [
      'both',
      { publicNetworkAccess: 'Disabled', allowedAuthenticationModes: ['SharedKey'] },
      ['account-entra', 'account-reachable']
    ]
  ])('%s', async (_, properties, rules) => {
    await onAzure({ world: worldWith(properties) }, async ({ story }) => {
      const told = await story({ inputs: RELEASE_INPUTS })
      expect(told.outputs['failure-reason']).toBe('check-failed')
      expect(errorsOf(told).toSorted()).toEqual(rules)
      expect(told.changes).toEqual([])
    })
  })

  test('nothing else is said that rests on what the Batch service didn’t tell', async () => {
    await onAzure({ world: worldWith({ publicNetworkAccess: 'Disabled' }) }, async ({ story }) => {
      const told = await story({ inputs: RELEASE_INPUTS })
      const asked = told.exchanges.filter(({ request }) => new URL(request.url).host.includes('.batch.'))
      expect(asked.map(({ operation }) => operation)).toEqual(['Account_ListSupportedImages'])
      expect(told.log.join('\n')).toContain('has publicNetworkAccess "Disabled", and refuses this runner')
    })
  })

  test('so does one for which the account’s name leads nowhere', async () => {
    const faults = [{ operation: 'Account_ListSupportedImages', times: 4, respond: { reset: 'before' as const } }]
    await onAzure({ world: worldWith({ publicNetworkAccess: 'Disabled' }), faults }, async ({ story }) => {
      const told = await story({ inputs: { ...RELEASE_INPUTS, 'dry-run': 'true' } })
      expect(errorsOf(told)).toEqual(['account-reachable'])
    })
  })
})

describe('a runner that the account lets in does its work', () => {
  test.each<[string, object, string]>([
    ['by a private endpoint', { publicNetworkAccess: 'Disabled' }, 'private'],
    ['by a network rule', { networkProfile: DENY }, '198.51.100.20']
  ])('%s', async (_, properties, callerAddress) => {
    await onAzure({ world: worldWith(properties, callerAddress) }, async ({ story }) => {
      const told = await story({ inputs: { ...RELEASE_INPUTS, 'dry-run': 'true' } })
      expect([told.ok, errorsOf(told)]).toEqual([true, []])
    })
  })
})

describe('a refusal that the account’s settings don’t explain ends the run as what it is', () => {
  test('a role that is missing', async () => {
    const world = worldWith({})
    world.behaviour = { ...world.behaviour, denied: ['Microsoft.Batch/batchAccounts/jobs/read'] }
    const respond = { status: 403, code: 'AuthorizationFailure', message: 'not authorized' }
    const faults = [{ operation: 'Account_ListSupportedImages', times: 1, respond }]
    await onAzure({ world, faults }, async ({ story }) => {
      const told = await story({ inputs: RELEASE_INPUTS })
      expect([told.outputs['failure-reason'], told.changes]).toEqual(['permission-denied', []])
    })
  })

  test('access that is closed while the run is at it: the way out names network rules beside roles', async () => {
    const respond = { status: 403, code: 'AuthorizationFailure', message: 'not authorized by the network rules' }
    const faults = [{ operation: 'ComputeNode_List', times: 1, respond }]
    await onAzure({ faults }, async ({ story }) => {
      const told = await story({ inputs: RELEASE_INPUTS })
      expect(told.outputs['failure-reason']).toBe('permission-denied')
      expect(told.log.join('\n')).toContain('publicNetworkAccess')
    })
  })
})
