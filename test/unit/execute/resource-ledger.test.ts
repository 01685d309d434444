import { expect, test } from '@jest/globals'
import { AzureError } from '../../../src/azure/errors.ts'
import type { Azure } from '../../../src/azure/gateway.ts'
import { resourceLedger } from '../../../src/execute/resource-ledger.ts'
import { hasChanged, resourceOf } from '../../../src/model/resource-outcome.ts'
import { snapshotIdOf } from '../../support/observed-fixtures.ts'

const ID = snapshotIdOf('os')
const facts = { operation: 'Snapshots_CreateOrUpdate', target: 'os', code: 'C', message: 'm' }
const refusal = new AzureError({ ...facts, status: 400 })
const refusalOfARepetition = new AzureError({ ...facts, status: 409, tries: 2 })
const lockOnARepetition = new AzureError({ ...facts, code: 'ScopeLocked', status: 409, tries: 2 })
const failedOperation = new AzureError(facts)
const noAnswer = new AzureError(facts, new Error('reset'))

type Call = 'create' | 'delete' | 'get'
type Answer = 'ok' | 'nothing' | Error

/** What is known of a snapshot after these calls. */
async function after(...calls: [Call, Answer][]) {
  const ledger = resourceLedger()
  for (const [call, answer] of calls) {
    const result = answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer === 'ok' ? {} : undefined)
    const method = () => result
    const azure = {
      compute: { createSnapshot: method, deleteSnapshot: method, getSnapshot: method },
      until: () => azure
    }
    const { compute } = ledger.watching(azure as unknown as Azure)
    const asked = {
      create: () => compute.createSnapshot(ID, {}),
      delete: () => compute.deleteSnapshot(ID),
      get: () => compute.getSnapshot(ID)
    }[call]()
    await Promise.resolve(asked).catch(() => undefined)
  }
  const row = resourceOf(ledger.resources(), ID.toUpperCase())
  return row && { exists: row.exists, deeds: row.deeds, changed: hasChanged(row) }
}

test.each<[string, [Call, Answer][], Awaited<ReturnType<typeof after>>]>([
  ['nothing', [], undefined],
  ['a look that finds it', [['get', 'ok']], { exists: true, deeds: [], changed: false }],
  ['a look that finds nothing', [['get', 'nothing']], { exists: false, deeds: [], changed: false }],
  ['its creation', [['create', 'ok']], { exists: true, deeds: ['made'], changed: true }],
  [
    'its creation, and a look that finds nothing',
    [
      ['create', 'ok'],
      ['get', 'nothing']
    ],
    { exists: false, deeds: ['made'], changed: true }
  ],
  ['a creation that is refused', [['create', refusal]], { exists: false, deeds: [], changed: false }],
  [
    'a creation refused for what is there',
    [
      ['get', 'ok'],
      ['create', refusal]
    ],
    { exists: true, deeds: [], changed: false }
  ],
  ['a repetition that is refused', [['create', refusalOfARepetition]], { exists: undefined, deeds: [], changed: true }],
  ['a creation without an answer', [['create', noAnswer]], { exists: undefined, deeds: [], changed: true }],
  ['a creation that fails half-way', [['create', failedOperation]], { exists: undefined, deeds: [], changed: true }],
  [
    'its deletion',
    [
      ['create', 'ok'],
      ['delete', 'ok']
    ],
    { exists: false, deeds: ['made', 'deleted'], changed: true }
  ],
  [
    'a deletion that is refused',
    [
      ['create', 'ok'],
      ['delete', refusal]
    ],
    { exists: true, deeds: ['made'], changed: true }
  ],
  [
    'a repetition of its deletion that a lock refuses',
    [
      ['create', 'ok'],
      ['delete', lockOnARepetition]
    ],
    { exists: true, deeds: ['made'], changed: true }
  ],
  [
    'a deletion that fails half-way',
    [
      ['create', 'ok'],
      ['delete', failedOperation]
    ],
    { exists: true, deeds: ['made'], changed: true }
  ],
  [
    'a deletion without an answer',
    [
      ['create', 'ok'],
      ['delete', noAnswer]
    ],
    { exists: undefined, deeds: ['made'], changed: true }
  ],
  [
    'a deletion refused of what nobody looked at',
    [['delete', refusal]],
    { exists: undefined, deeds: [], changed: false }
  ]
])('what is known of a resource after %s', async (_, calls, known) => {
  expect(await after(...calls)).toEqual(known)
})
