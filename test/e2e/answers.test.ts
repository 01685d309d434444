/** What Azure answers late, not yet or not at all, and what it keeps: on a runner whose time passes as fast as Azure's. */
import { expect, jest, test } from '@jest/globals'
import type { Fault, WorldFile } from '../../emulator/index.ts'
import { somebodyElse } from '../support/somebody-else.ts'
import { GROUPS, releaseInputs, rolloutInputs, withAzure } from './azure.ts'
import type { StepResult } from './harness.ts'
import { images, versionId } from './made-before.ts'

jest.setTimeout(120_000)
const SPEED = 60

const flat = ({ stdout }: StepResult): string => stdout.replaceAll(/\s+/g, ' ')
const errorsOf = ({ commands }: StepResult): string =>
  commands.flatMap(({ command, message }) => (command === 'error' ? [message] : [])).join('\n')
const warningsOf = ({ commands }: StepResult): string =>
  commands.flatMap(({ command, message }) => (command === 'warning' ? [message] : [])).join('\n')

test.concurrent(
  'snapshots that a lock keeps are a warning: the run succeeds, and the version is promoted',
  async () => {
    const lock = {
      id: `${GROUPS}/render-images/providers/Microsoft.Authorization/locks/keep`,
      name: 'keep',
      type: 'Microsoft.Authorization/locks',
      properties: { level: 'CanNotDelete' }
    }
    const change = ({ resources }: WorldFile): void => void resources.push(lock)
    await withAzure({ hurried: SPEED, change }, async azure => {
      const step = await azure.step()
      expect([step.exitCode, step.stderr, step.outputs['failure-reason']]).toEqual([0, '', ''])
      expect(warningsOf(step)).toMatch(/is left.*ScopeLocked[^]*take the lock off/)
      expect(JSON.parse(step.outputs['snapshot-ids'] ?? '')).toHaveLength(3)
      const version = azure.served.emulator.state().find(({ id }) => id === versionId('1.0.0'))
      expect(version).toMatchObject({
        tags: { 'batch-image-rollout-state': 'complete' },
        properties: { publishingProfile: { excludeFromLatest: false } }
      })
    })
  }
)

test.concurrent(
  'what Azure doesn’t show yet after it was made is no failure: snapshots, version, pool and nodes',
  async () => {
    const NOT_YET = [
      ['/snapshots/', 'Snapshots_Get', 'ResourceNotFound'],
      ['/versions/', 'GalleryImageVersions_Get', 'ResourceNotFound'],
      ['/pools/', 'Pool_Get', 'ResourceNotFound'],
      ['/pools/', 'ComputeNode_List', 'PoolNotFound']
    ] as const
    await withAzure({ hurried: SPEED }, async azure => {
      for (const [part, operation, code] of NOT_YET) {
        const absent: Fault = { operation, times: 4, respond: { status: 404, code } }
        azure.justBefore(
          ({ method, url }) => method === 'PUT' && url.includes(part),
          () => azure.served.emulator.addFaults([absent])
        )
      }
      const step = await azure.step()
      expect([step.exitCode, step.outputs['failure-reason']]).toEqual([0, ''])
      expect(azure.served.emulator.unusedFaults()).toEqual([])
    })
  }
)

const asks = (status: number, seconds: string) => ({ status, headers: { 'retry-after': seconds } })

test.concurrent.each([
  [429, 'Snapshots_CreateOrUpdate', 3, 'throttled'],
  [503, 'Account_ListSupportedImages', 1, 'azure-unreachable']
])('a day that Azure asks for ends the run at once: %i at %s', async (status, operation, times, reason) => {
  const faults = [{ operation, times, respond: asks(status, '86400') }]
  await withAzure({ hurried: SPEED, faults }, async azure => {
    const step = await azure.step()
    expect([step.exitCode, step.outputs['failure-reason']]).toEqual([1, reason])
    expect(errorsOf(step)).toMatch(new RegExp(`${operation} of \\S+ failed with ${status}`))
    expect(flat(step)).toMatch(/Azure asks to wait 24h 00m, until \d{4}-/)
    expect(step.stdout).not.toContain('sent again')
  })
})

test.concurrent(
  'twenty minutes that Azure asks for, and then ten without a time, are waited for, and never silent',
  async () => {
    const faults = [
      { operation: 'BatchAccount_Get', times: 1, respond: asks(429, '1200') },
      { operation: 'Snapshots_Get', times: 12, respond: { status: 429 } }
    ]
    await withAzure({ hurried: 150, faults }, async azure => {
      const { 'pool-spec': _, 'batch-account': __, 'wave-size': ___, ...image } = releaseInputs(azure.served)
      const dry = await azure.step({ inputs: { ...releaseInputs(azure.served), 'dry-run': 'true' } })
      expect([dry.exitCode, dry.outputs['failure-reason']]).toEqual([0, ''])
      expect(flat(dry)).toContain('too many requests (429); Azure asks to wait 20m 00s: sent again at')
      expect(dry.stdout.match(/still, after \d+m/g)?.length).toBeGreaterThanOrEqual(3)
      const step = await azure.step({ inputs: { ...image, command: 'image' } })
      expect([step.exitCode, step.outputs['failure-reason']]).toEqual([0, ''])
      expect(flat(step)).toContain('too many requests (429), for')
      expect(azure.served.emulator.unusedFaults()).toEqual([])
    })
  }
)

test.concurrent(
  'a version that somebody deletes during the waves is found and said, where nodes aren’t allocated',
  async () => {
    const behaviour = { durationsMs: { 'galleryImageVersion.delete': 1_000 } }
    const change = ({ resources }: WorldFile): void => void resources.push(...images('1.0.0'))
    await withAzure({ hurried: SPEED, behaviour, change }, async azure => {
      const { served } = azure
      azure.justBefore(
        ({ method, url }) => method === 'PATCH' && url.includes('/pools/'),
        () => {
          const url = `${served.ready.resourceManagerUrl}${versionId('1.0.0')}?api-version=2025-12-03`
          somebodyElse(served.emulator, 'DELETE', url)
        }
      )
      const step = await azure.step({ inputs: { ...rolloutInputs(served, versionId('1.0.0')), 'wave-size': '3' } })
      expect([step.exitCode, step.outputs['failure-reason'], errorsOf(step)]).toEqual([
        1,
        'allocation-failed',
        expect.stringContaining('')
      ])
      expect(flat(step)).toContain('image version 1.0.0 isn’t there any more')
      expect(errorsOf(step)).toContain('roll out another image ("image-id")')
      expect(flat(step)).not.toContain('list')
    })
  }
)
