/** What Azure has answered to the body of a pool, in Microsoft's examples and in recordings: none of it is a difference. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from '@jest/globals'
import { parsePoolSpec } from '../../src/inputs/pool-spec.ts'
import type { JsonObject } from '../../src/model/json.ts'
import { writtenDifferences } from '../../src/rules/pool-body.ts'
import * as f from '../support/observed-fixtures.ts'
import { testIf } from '../support/test-if.ts'

const shared = join(import.meta.dirname, '../../../shared')
const missing = existsSync(shared) ? undefined : 'no ../shared'

type Exchange = { name: string; sent: JsonObject; answered: JsonObject }

const asJson = (value: unknown): JsonObject => (typeof value === 'string' ? JSON.parse(value) : value) as JsonObject

function examples(): Exchange[] {
  const files = globSync(
    join(
      shared,
      'azure-specs/specification/batch/resource-manager/Microsoft.Batch/stable/*/examples/Pool{Create,Update}_*.json'
    )
  )
  return files.map(file => {
    const { parameters, responses } = JSON.parse(readFileSync(file, 'utf8')) as {
      parameters: { parameters: JsonObject }
      responses: { 200: { body: JsonObject } }
    }
    const version = file.split('/').at(-3) ?? ''
    return { name: `${version} ${basename(file)}`, sent: parameters.parameters, answered: responses[200].body }
  })
}

function recordings(): Exchange[] {
  return globSync(join(shared, 'recorded/*.jsonl')).flatMap(file =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter(line => line.includes('"armbatch:pool.'))
      .map(line => JSON.parse(line) as { request: JsonObject; response: JsonObject })
      .filter(
        ({ request, response }) =>
          /^(PUT|PATCH)$/.test(String(request.method)) && response.status === 200 && request.body !== null
      )
      .map(({ request, response }) => ({
        name: `${basename(file)} ${String(request.method)}`,
        sent: asJson(request.body),
        answered: asJson(response.body)
      }))
  )
}

/** Rows of what no spec can have, and where an example answers something else than it sends. */
const SAYS_NOTHING = [
  /^certificates |cloudServiceConfiguration/, // no spec has them
  /^vmSize "STANDARD_D2_V3" "Standard_d2s_v3"$/, // another size
  /^displayName {2}"(?:my-pool-name|test_pool)"$/, // shown since 2020, whatever the version
  /^deploymentConfiguration\.virtualMachineConfiguration\.osDisk\.ephemeralOSDiskSettings\.placement {2}"CacheDisk"$/ // no osDisk in the answer
]

const differing = (exchanges: Exchange[]) =>
  exchanges
    .map(({ name, sent, answered }) => ({
      name,
      rows: writtenDifferences(sent, { ...f.pool(), body: answered })
        .map(({ path, present, wanted }) => [path, JSON.stringify(present), JSON.stringify(wanted)].join(' '))
        .filter(row => !SAYS_NOTHING.some(pattern => pattern.test(row)))
    }))
    .filter(({ rows }) => rows.length > 0)

testIf(missing)('what Azure has answered in recordings is what it was sent', () => {
  const found = recordings()
  expect(found.length).toBeGreaterThan(5)
  expect(differing(found)).toEqual([])
})

/** What a spec can't have, of pools that Azure no longer makes; a GET never shows a password. */
const NEEDS_A_HAND = [
  /imageReference \(.*: names a marketplace image/,
  /cloudServiceConfiguration|blobSource|resourceFiles\[0\] /,
  /: has another name since api-version 2020-09-01; use "taskSlotsPerNode"$/,
  /^properties\.userAccounts\[\d\]\.password .*: is missing; .* no GET shows it/
]

testIf(missing)('what a GET has answered in recordings is a pool spec', () => {
  const shown = globSync(join(shared, 'recorded/*.jsonl')).flatMap(file =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter(line => line.includes('"armbatch:pool.'))
      .map(line => JSON.parse(line) as { request: JsonObject; response: JsonObject })
      .filter(({ request, response }) => request.method === 'GET' && response.status === 200 && response.body !== null)
      .flatMap(({ response }) => {
        const body = asJson(response.body)
        return Array.isArray(body.value) ? body.value : [body]
      })
  )
  const context = { allowRetired: false, managedImage: false, env: {}, secretsNeeded: true }
  const problems = shown.flatMap(pool => parsePoolSpec(JSON.stringify(pool, undefined, 1), context).problems)
  expect(shown.length).toBeGreaterThan(5)
  expect(problems.filter(problem => !NEEDS_A_HAND.some(pattern => pattern.test(problem)))).toEqual([])
})

testIf(missing)('what Microsoft’s examples answer is what they send', () => {
  const found = examples()
  expect(found.length).toBeGreaterThan(50)
  expect(differing(found)).toEqual([])
})

/** recorded 2026-02-11 on api-version 2025-06-01 (Azure/azure-sdk-assets, CustomerManagedKeyTest): what came back otherwise. */
const VM = 'virtualMachineConfiguration'
const RECORDED: [string, JsonObject, JsonObject][] = [
  ['vmSize', { vmSize: 'Standard_d4s_v3' }, { vmSize: 'STANDARD_D4S_V3' }],
  ['filled-in order', { taskSchedulingPolicy: {} }, { taskSchedulingPolicy: { jobDefaultOrder: 'None' } }],
  [
    'security type',
    { deploymentConfiguration: { [VM]: { securityProfile: { securityType: 'confidentialVM' } } } },
    { deploymentConfiguration: { [VM]: { securityProfile: { securityType: 'ConfidentialVM' } } } }
  ],
  [
    'filled-in disks',
    {
      deploymentConfiguration: {
        [VM]: { dataDisks: [{ lun: 0, diskSizeGB: 1024 }], osDisk: { managedDisk: {} } }
      }
    },
    {
      deploymentConfiguration: {
        [VM]: {
          dataDisks: [{ lun: 0, caching: 'None', diskSizeGB: 1024 }],
          osDisk: { managedDisk: { storageAccountType: 'Standard_LRS' } }
        }
      }
    }
  ],
  [
    'a start task',
    {
      startTask: {
        commandLine: 'x',
        resourceFiles: [{ httpUrl: 'https://blobsource.com/', filePath: 'f' }],
        userIdentity: { autoUser: { elevationLevel: 'Admin' } }
      }
    },
    {
      startTask: {
        commandLine: 'x',
        resourceFiles: [{ filePath: 'f', httpUrl: 'https://blobsource.com/' }],
        userIdentity: { autoUser: { scope: 'Pool', elevationLevel: 'Admin' } },
        maxTaskRetryCount: 0,
        waitForSuccess: true
      }
    }
  ]
]

test.each(RECORDED)('%s: as recorded in 2026', (_, sent, answered) => {
  const present = { ...f.pool(), body: { properties: answered } }
  expect(writtenDifferences({ properties: sent }, present)).toEqual([])
})
