import { createClientLogger, setLogLevel } from '@azure/logger'
import { expect, test } from '@jest/globals'
import { withoutQueries } from '../../src/azure/sdk-log.ts'
import { withAzure } from './azure.ts'

const SIGNED = 'https://management.azure.com/subscriptions/s/operations/1?api-version=1&s=SIGNED&h=HASH'

test('what the SDKs log by AZURE_LOG_LEVEL goes where secrets are kept out, and without the query of a URL', async () => {
  await withAzure({}, async ({ lines }) => {
    setLogLevel('verbose')
    try {
      createClientLogger('core-lro').verbose(`LRO: Status:\n\tPolling from: ${SIGNED}\n\tOperation status: x`)
    } finally {
      setLogLevel()
    }
    expect(lines).toEqual([
      'azure:core-lro:verbose LRO: Status:\n\tPolling from: https://management.azure.com/subscriptions/s/operations/1?…\n\tOperation status: x'
    ])
  })
})

test.each([
  [
    `{"azure-asyncoperation":"${SIGNED}"}`,
    '{"azure-asyncoperation":"https://management.azure.com/subscriptions/s/operations/1?…"}'
  ],
  ['no URL?at all', 'no URL?at all'],
  ['https://a.example/b and https://c.example/?d=e', 'https://a.example/b and https://c.example/?…']
])('%s', (text, left) => {
  expect(withoutQueries(text)).toBe(left)
})
