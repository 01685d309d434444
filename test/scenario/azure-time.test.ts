/** Leases are judged by Azure's time, whatever the runner's clock says. */
import { expect, test } from '@jest/globals'
import type { Clock } from '../../src/shared/clock.ts'
import { vmNow } from '../support/somebody-else.ts'
import { defaultWorld, IDS, onAzure, RELEASE_INPUTS, type World } from '../support/story.ts'

const MINUTE = 60_000
const STOP: Record<string, string> = { ...RELEASE_INPUTS, 'stop-vm': 'true' }
const { 'pool-spec-inline': _pool, 'batch-account': _account, 'wave-size': _wave, ...SOURCE } = STOP
const IMAGE = { ...SOURCE, command: 'image' }

/** A runner whose clock is ahead of Azure's. */
const fast = (clock: Clock, byMs: number): Clock => ({ ...clock, now: () => clock.now() + byMs })

/** Another run holds it for ten minutes more. */
function heldVm(startsAt: number): World {
  const world = defaultWorld()
  const vm = world.resources.find(({ id }) => id === IDS.vm)!
  const lease = {
    ...{ repository: 'pixel/farm', runId: '4000', runAttempt: 1, nonce: 'another' },
    until: new Date(startsAt + 10 * MINUTE).toISOString()
  }
  vm['tags'] = { 'batch-image-rollout-lease': JSON.stringify(lease) }
  return world
}

const STARTS_AT = Date.UTC(2026, 10, 23, 9)

test.each([
  ['release', STOP],
  ['image, which reads no account', IMAGE]
])('a VM that another run holds is left to it by a runner whose clock is 20 minutes fast: %s', async (_, inputs) => {
  await onAzure({ world: heldVm(STARTS_AT), startsAt: STARTS_AT }, async ({ clock, emulator, story }) => {
    const told = await story({ inputs, deps: { clock: fast(clock, 20 * MINUTE) } })
    expect([told.outputs['failure-reason'], told.changes]).toEqual(['check-failed', []])
    expect(told.log.join('\n')).toContain('run 4000 attempt 1 of pixel/farm is at work on the VM')
    expect(vmNow(emulator, IDS.vm)).toMatchObject({ power: 'running', leased: true })
  })
})

test('the lease that such a runner writes ends by Azure’s time, an hour after it was taken', async () => {
  await onAzure({}, async ({ clock, story }) => {
    const told = await story({ inputs: IMAGE, deps: { clock: fast(clock, 20 * MINUTE) } })
    expect(told.ok).toBe(true)
    const leases = told.exchanges
      .filter(({ request }) => request.method === 'PATCH' && request.url.includes('/virtualMachines/'))
      .flatMap(({ at, request }) => {
        const { tags } = request.body as { tags: Record<string, string> }
        const text = tags['batch-image-rollout-lease']
        return text === undefined ? [] : [Date.parse((JSON.parse(text) as { until: string }).until) - at]
      })
    expect(leases).toHaveLength(1)
    expect(Math.abs(leases[0]! - 60 * MINUTE)).toBeLessThan(MINUTE)
  })
})
