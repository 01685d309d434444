/** What a run waits for, for how long, and that it says so: through the whole action, on the embedded Azure. */
import { describe, expect, test } from '@jest/globals'
import type { Fault } from '../../emulator/index.ts'
import { onAzure, RELEASE_INPUTS, type Story, type Told } from '../support/story.ts'

const DRY = { ...RELEASE_INPUTS, 'dry-run': 'true' }

const release = (faults: Fault[], story: Partial<Story> = {}): Promise<Told> =>
  onAzure({ faults }, azure => azure.story({ inputs: RELEASE_INPUTS, ...story }))

const said = ({ log }: Told): string => log.join('\n').replaceAll(/\s+/g, ' ')
const asks = (status: number, seconds: string) => ({ status, headers: { 'retry-after': seconds } })

describe('a day that Azure asks for ends the run at once', () => {
  test.each([
    [429, 'Snapshots_CreateOrUpdate', 'throttled'],
    [503, 'Snapshots_CreateOrUpdate', 'azure-unreachable'],
    [429, 'Pool_Create', 'throttled'],
    [429, 'BatchAccount_Get', 'throttled'],
    [503, 'Account_ListSupportedImages', 'azure-unreachable']
  ])('%d at %s', async (status, operation, reason) => {
    const told = await release([{ operation, times: 1, respond: asks(status, '86400') }])
    expect(told.outputs['failure-reason']).toBe(reason)
    expect(said(told)).toMatch(
      new RegExp(`${operation} of [^ ]+ failed with ${status} .*Azure asks to wait 24h 00m, until 2026-11-24 0`)
    )
    expect(told.minutes).toBeLessThan(10)
  })

  test('where it is a login endpoint that asks', async () => {
    const told = await release([{ operation: 'Entra_Token', times: 1, respond: asks(429, '86400') }])
    expect([told.outputs['failure-reason'], told.minutes]).toEqual(['throttled', 0])
    expect(said(told)).toContain('asks to wait 24h 00m')
  })

  test('where a Resource Manager is asked of itself', async () => {
    const told = await release([{ operation: 'Metadata_Endpoints', times: 1, respond: asks(429, '86400') }])
    expect(told.outputs['failure-reason']).toBe('throttled')
    expect(said(told)).not.toContain('NODE_EXTRA_CA_CERTS')
  })

  test('and nobody rests before looking after what isn’t there', async () => {
    const told = await release([{ operation: 'Snapshots_CreateOrUpdate', times: 3, respond: asks(429, '86400') }])
    expect(told.ok).toBe(false)
    expect(told.minutes).toBeLessThan(0.5)
  })
})

test('an hour that Azure asks for is waited for, and never silent, before there is a plan too', async () => {
  const told = await release([{ operation: 'BatchAccount_Get', times: 1, respond: asks(429, '3600') }], { inputs: DRY })
  expect(told.ok).toBe(true)
  expect(told.log[0]).toBe(
    '  0:00  GET …/batchAccounts/renderfarm: too many requests (429); Azure asks to wait 1h 00m: sent again at 2026-11-23 10:00:00 UTC'
  )
  expect(told.log.slice(1, 4)).toEqual([
    '  5:00  still, after 5m 00s: signing in and reading Azure',
    ' 10:00  still, after 10m 00s: signing in and reading Azure',
    ' 15:00  still, after 15m 00s: signing in and reading Azure'
  ])
  expect(told.minutes).toBe(60)
})

test('what is throttled for ten minutes without a time is waited for, and the run goes on', async () => {
  const told = await release([{ operation: 'Snapshots_Get', times: 12, respond: { status: 429 } }])
  expect(told.outputs['failure-reason']).toBe('')
  expect(said(told)).toContain('too many requests (429), for')
})

test.each([
  ['a snapshot', 'Snapshots_Get'],
  ['a version', 'GalleryImageVersions_Get'],
  ['a pool', 'Pool_Get'],
  ['the nodes of a pool', 'ComputeNode_List']
])('%s that Azure doesn’t show for half a minute after it was made is no failure', async (_, operation) => {
  const respond = { status: 404, code: operation === 'ComputeNode_List' ? 'PoolNotFound' : 'ResourceNotFound' }
  let isMade = false
  const told = await onAzure({}, ({ emulator, story }) =>
    story({
      inputs: RELEASE_INPUTS,
      onExchange: (_count, { method, url }) => {
        if (isMade || method !== 'PUT' || !url.includes(MADE[operation] ?? '')) return
        isMade = true
        emulator.addFaults([{ operation, times: 5, respond }])
      }
    })
  )
  expect(told.outputs['failure-reason']).toBe('')
})

const MADE: Record<string, string> = {
  Snapshots_Get: '/snapshots/',
  GalleryImageVersions_Get: '/versions/',
  Pool_Get: '/pools/',
  ComputeNode_List: '/pools/'
}

describe('a proxy that the environment names', () => {
  test('needs no scheme', async () => {
    const told = await release([], { inputs: DRY, env: { HTTPS_PROXY: 'proxy.example:3128' } })
    expect(told.ok).toBe(true)
  })

  test('and that can’t be one is told by its variable, before anything is called', async () => {
    const told = await release([], { inputs: DRY, env: { https_proxy: 'socks5://user:secret@proxy.example' } })
    expect([told.outputs['failure-reason'], told.exchanges]).toEqual(['input-invalid', []])
    expect(said(told)).toContain('"socks5://proxy.example" names no proxy that can be used')
    expect(JSON.stringify([told.log, told.summary, told.annotations])).not.toContain('secret')
  })

  test('and that answers for Entra is told as a way that is barred', async () => {
    const respond = { status: 502, body: '<html>Bad Gateway</html>' }
    const told = await release([{ operation: 'Entra_Token', times: 4, respond }], { inputs: DRY })
    expect(told.outputs['failure-reason']).toBe('azure-unreachable')
    expect(said(told)).toContain('answered 502')
  })
})
