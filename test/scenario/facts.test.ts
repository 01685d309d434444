/** What is known from the reads ends a run before anything is made; what goes away while a run is at work ends it in its own words. */
import { expect, test } from '@jest/globals'
import { definitionResource, versionResource } from '../support/gallery-resources.ts'
import { somebodyElse } from '../support/somebody-else.ts'
import { defaultWorld, IDS, onAzure, POOL_SPEC, RELEASE_INPUTS, type Told, type World } from '../support/story.ts'

// The emulated Azure's JSON, at places that the default world is known to have.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Loose = any

const resource = (world: World, part: string): Loose =>
  world.resources.find(({ id }) => String(id).includes(part)) as Loose

const rollout = (version: string, change: Record<string, string> = {}): Record<string, string> => ({
  command: 'rollout',
  'image-id': `${IDS.definition}/versions/${version}`,
  'pool-spec-inline': POOL_SPEC,
  'batch-account': IDS.account,
  'wave-size': '10',
  ...change
})

/** Nothing but reads. */
const onlyRead = ({ changes, exchanges }: Told): boolean =>
  changes.length === 0 &&
  exchanges.every(({ request }) => request.method === 'GET' || new URL(request.url).pathname.endsWith('/token'))

test.each(['PremiumV2_LRS', 'UltraSSD_LRS'])('a %s disk ends a release before anything is made', async sku => {
  const world = defaultWorld()
  resource(world, 'disks/render-source-assets').sku = { name: sku }
  await onAzure({ world }, async ({ story }) => {
    const told = await story({ inputs: RELEASE_INPUTS })
    expect(told.outputs['failure-reason']).toBe('check-failed')
    expect(onlyRead(told)).toBe(true)
    expect(told.log.join('\n')).toContain(`"render-source-assets" (${sku})`)
  })
})

test('left out of the image, it is no obstacle', async () => {
  const world = defaultWorld()
  resource(world, 'disks/render-source-assets').sku = { name: 'PremiumV2_LRS' }
  await onAzure({ world }, async ({ story }) => {
    expect((await story({ inputs: { ...RELEASE_INPUTS, 'data-disks': '1' } })).ok).toBe(true)
  })
})

/** As Azure shows a definition and a version that somebody made of a Trusted Launch VM. */
function trustedLaunchVersion(): World['resources'] {
  const features = [{ name: 'SecurityType', value: 'TrustedLaunch' }]
  return [definitionResource(IDS.definition, { features }), versionResource(`${IDS.definition}/versions/1.0.0`)]
}

const withTrustedLaunch = (): World => {
  const world = defaultWorld()
  world.resources.push(...trustedLaunchVersion())
  return world
}

test('a Trusted Launch version isn’t rolled out to a pool without a security profile', async () => {
  await onAzure({ world: withTrustedLaunch() }, async ({ story }) => {
    const told = await story({ inputs: rollout('1.0.0') })
    expect(told.outputs['failure-reason']).toBe('check-failed')
    expect(onlyRead(told)).toBe(true)
    expect(told.log.join('\n')).toContain('add securityProfile: { securityType: trustedLaunch')
  })
})

test('it is rolled out to a pool of Trusted Launch nodes', async () => {
  const spec = `${POOL_SPEC}  deploymentConfiguration: { virtualMachineConfiguration: { securityProfile: { securityType: trustedLaunch } } }\n`
  await onAzure({ world: withTrustedLaunch() }, async ({ story }) => {
    const told = await story({ inputs: rollout('1.0.0', { 'pool-spec-inline': spec }) })
    expect([told.ok, told.outputs['failure-reason']]).toEqual([true, ''])
  })
})

test('a confidential VM becomes a confidential version, and nodes of its kind', async () => {
  const world = defaultWorld()
  const encryption = 'ConfidentialVM_VMGuestStateOnlyEncryptedWithPlatformKey'
  resource(world, 'virtualMachines/render-source').properties.securityProfile = { securityType: 'ConfidentialVM' }
  resource(world, 'disks/render-source_OsDisk').properties.securityProfile = { securityType: encryption }
  const spec = `${POOL_SPEC}  deploymentConfiguration:
    virtualMachineConfiguration:
      securityProfile: { securityType: confidentialVM }
      osDisk: { managedDisk: { securityProfile: { securityEncryptionType: VMGuestStateOnly } } }
`
  await onAzure({ world }, async ({ emulator, story }) => {
    const told = await story({ inputs: { ...RELEASE_INPUTS, 'pool-spec-inline': spec } })
    expect([told.ok, told.outputs['failure-reason']]).toEqual([true, ''])
    const there = (id: string) => emulator.state().find(one => one.id === id) as Loose
    expect(there(IDS.definition).properties.features).toEqual([{ name: 'SecurityType', value: 'ConfidentialVM' }])
    const { targetRegions } = there(`${IDS.definition}/versions/1.0.0`).properties.publishingProfile
    expect(targetRegions).toMatchObject([
      {
        encryption: {
          osDiskImage: { securityProfile: { confidentialVMEncryptionType: 'EncryptedVMGuestStateOnlyWithPmk' } }
        }
      }
    ])
    const again = await story({ inputs: { ...RELEASE_INPUTS, 'pool-spec-inline': spec }, context: { runId: '4712' } })
    expect([again.ok, again.changes]).toEqual([true, []])
  })
})

test('a purchase plan goes into the definition that is made', async () => {
  const world = defaultWorld()
  const plan = { publisher: 'almalinux', product: 'almalinux-hpc', name: '8_6-hpc' }
  resource(world, 'virtualMachines/render-source').plan = plan
  await onAzure({ world }, async ({ emulator, story }) => {
    const told = await story({ inputs: RELEASE_INPUTS })
    expect(told.ok).toBe(true)
    const definition = emulator.state().find(({ id }) => id === IDS.definition) as Loose
    expect(definition.properties.purchasePlan).toEqual(plan)
  })
})

const poolUrl = (base: string): string => `${base}${IDS.pool}?api-version=2025-06-01`

test('a pool that is being deleted stops a run, which makes it again once it is gone', async () => {
  await onAzure({}, async ({ clock, emulator, story }) => {
    expect((await story({ inputs: RELEASE_INPUTS })).ok).toBe(true)
    somebodyElse(emulator, 'DELETE', poolUrl(emulator.connection.resourceManagerUrl))
    const told = await story({ inputs: { ...RELEASE_INPUTS, 'image-version': '2.0.0' }, context: { runId: '4712' } })
    expect([told.outputs['failure-reason'], onlyRead(told)]).toEqual(['check-failed', true])
    expect(told.log.join('\n')).toContain('pool "render" is being deleted')
    expect(told.log.join('\n')).not.toContain('in-place')
    await clock.sleep(5 * 60_000)
    const again = await story({ inputs: rollout('1.0.0'), context: { runId: '4713' } })
    expect([again.ok, again.changes.filter(line => line.includes(' PUT '))]).toMatchObject([true, { length: 1 }])
  })
})

test.each([
  ['asked for more nodes', 'PATCH', '/pools/render'],
  ['looked at', 'GET', '/pools/render/nodes']
])('a pool that somebody deletes just before it is %s ends the run as that', async (_, wanted, part) => {
  await onAzure({}, async ({ emulator, story }) => {
    let deleted = false
    const told = await story({
      inputs: RELEASE_INPUTS,
      onExchange: (_, { method, url }) => {
        if (deleted || method !== wanted || !url.includes(part)) return
        deleted = true
        somebodyElse(emulator, 'DELETE', poolUrl(emulator.connection.resourceManagerUrl))
      }
    })
    expect(told.outputs['failure-reason']).toBe('pool-changed')
    expect(told.log.join('\n')).toContain('run again when it is gone')
  })
})

test('a pool that a world shows as Deleting is shown so, and gone a minute later', async () => {
  const world = defaultWorld()
  world.resources.push({
    id: IDS.pool,
    name: 'render',
    type: 'Microsoft.Batch/batchAccounts/pools',
    properties: { provisioningState: 'Deleting', vmSize: 'STANDARD_D4S_V5', currentDedicatedNodes: 0 }
  })
  await onAzure({ world }, async ({ clock, emulator }) => {
    const { body } = somebodyElse(emulator, 'GET', poolUrl(emulator.connection.resourceManagerUrl))
    expect(JSON.parse(body).properties.provisioningState).toBe('Deleting')
    await clock.sleep(60_000)
    expect(() => somebodyElse(emulator, 'GET', poolUrl(emulator.connection.resourceManagerUrl))).toThrow('404')
  })
})
