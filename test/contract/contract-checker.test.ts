/** That the judge of contracts finds what is wrong: an exchange is broken in one place, and has to be found out. */
import { expect } from '@jest/globals'
import type { Exchange } from '../../emulator/index.ts'
import * as c from '../emulator/caller.ts'
import { violations } from '../support/contract/contract.ts'
import { withoutSpecifications } from '../support/contract/specifications.ts'
import { testIf } from '../support/test-if.ts'

const POOL = `${c.SUBSCRIPTION}/resourceGroups/render-batch/providers/Microsoft.Batch/batchAccounts/renderfarm/pools/p`
const SNAPSHOT = `${c.COMPUTE}/snapshots/s?api-version=${c.DISKS}`
const POOL_BODY = {
  properties: {
    vmSize: 'Standard_D2s_v5',
    deploymentConfiguration: {
      virtualMachineConfiguration: {
        imageReference: {
          publisher: 'canonical',
          offer: '0001-com-ubuntu-server-jammy',
          sku: '22_04-lts',
          version: 'latest'
        },
        nodeAgentSkuId: 'batch.node.ubuntu 22.04'
      }
    }
  }
}

function exchangeOf(method: string, path: string, body: Parameters<c.Caller['arm']>[2]): Exchange {
  const caller = c.makeCaller()
  caller.arm(method, path, body)
  return structuredClone(caller.emulator.journal().at(-1) as Exchange)
}

type Broken = [
  what: string,
  make: () => Exchange,
  spoil: (exchange: { request: c.Body; response: c.Body }) => void,
  found: string
]

const snapshot = () => exchangeOf('PUT', SNAPSHOT, c.snapshotBody())
const pool = (version: string) => () => exchangeOf('PUT', `${POOL}?api-version=${version}`, POOL_BODY)

const BROKEN: Broken[] = [
  ['a status', snapshot, ({ response }) => (response.status = 204), 'INVALID_RESPONSE_CODE'],
  [
    'a property sent',
    snapshot,
    ({ request }) => (request.body.properties.incremental2 = true),
    '/properties/incremental2 is no property'
  ],
  [
    'the type of a property sent',
    snapshot,
    ({ request }) => (request.body.properties.incremental = 'yes'),
    '/properties/incremental'
  ],
  [
    'a word sent',
    snapshot,
    ({ request }) => (request.body.properties.creationData.createOption = 7),
    '/properties/creationData/createOption'
  ],
  [
    'a property that can not be set',
    snapshot,
    ({ request }) => (request.body.properties.uniqueId = 'x'),
    "/properties/uniqueId can't be set"
  ],
  [
    'a property that is needed',
    snapshot,
    ({ request }) => delete request.body.properties.creationData.createOption,
    '/properties/creationData/createOption is missing'
  ],
  [
    'a property shown',
    snapshot,
    ({ response }) => (response.body.properties.sized = 1),
    '/properties/sized is no property'
  ],
  [
    'a word shown',
    pool('2024-07-01'),
    ({ response }) => (response.body.properties.allocationState = 'steady'),
    'ENUM_CASE_MISMATCH'
  ],
  [
    'a property of an older version',
    pool('2025-06-01'),
    ({ response }) => (response.body.properties.targetNodeCommunicationMode = 'Default'),
    'is no property of PoolProperties'
  ],
  [
    'an error of an operation whose file lists none',
    () => exchangeOf('GET', SNAPSHOT, undefined),
    ({ response }) => (response.body = response.body.error),
    'GET /subscriptions/.*/snapshots/s .*, answer: OBJECT_ADDITIONAL_PROPERTIES .*code'
  ],
  [
    'an error of an operation that no file here has',
    () => exchangeOf('GET', `${c.SUBSCRIPTION}/resourceGroups/none?api-version=2021-04-01`, undefined),
    ({ response }) => (response.body.error.code = 404),
    'resourceGroups/none .*, answer: INVALID_TYPE /error/code'
  ],
  [
    'a word of the newest version',
    pool('2025-06-01'),
    ({ response }) => (response.body.properties.provisioningState = 'Done'),
    '"Succeeded"|Succeeded, Deleting'
  ]
]

for (const [what, make, spoil, found] of BROKEN) {
  testIf(withoutSpecifications)(`${what} that the contract does not have is found`, async () => {
    const exchange = make()
    expect(await violations([exchange], 'requests and answers')).toEqual([])
    spoil(exchange)
    expect((await violations([exchange], 'requests and answers')).join('\n')).toMatch(new RegExp(found))
  })
}
