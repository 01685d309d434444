/** What Azure gives back in another form than it was sent is no difference, and what it leaves undone is never reported as done. */
import { expect, test } from '@jest/globals'
import { poolNow } from '../support/foreign-writer.ts'
import { defaultWorld, IDS, onAzure, POOL_SPEC, RELEASE_INPUTS, type Story, type World } from '../support/story.ts'

const SUBNET = `${IDS.account.slice(0, IDS.account.indexOf('/providers'))}/providers/Microsoft.Network/virtualNetworks/Farm/subnets/Nodes`
const IDENTITY = `${IDS.account.slice(0, IDS.account.indexOf('/providers'))}/providers/Microsoft.ManagedIdentity/userAssignedIdentities`
const FEW = POOL_SPEC.replace('Nodes: 20', 'Nodes: 2')

/** Everything that has more than one form, and some defaults. */
const MANY_FORMS = `${FEW}  displayName: ''
  interNodeCommunication: Disabled
  taskSchedulingPolicy: { nodeFillType: Pack }
  applicationPackages: []
  networkConfiguration:
    subnetId: ${SUBNET}
    dynamicVnetAssignmentScope: none
    enableAcceleratedNetworking: false
    publicIPAddressConfiguration: { provision: NoPublicIPAddresses }
  upgradePolicy:
    mode: manual
    rollingUpgradePolicy: { pauseTimeBetweenBatches: PT2M30S }
  deploymentConfiguration:
    virtualMachineConfiguration:
      dataDisks: [{ lun: 4, diskSizeGB: 64 }]
      osDisk: { caching: ReadWrite, managedDisk: { storageAccountType: Premium_LRS } }
      nodePlacementConfiguration: { policy: Zonal }
identity: { type: UserAssigned, userAssignedIdentities: { ${IDENTITY}/Render: {} } }
`

const inputsOf = (spec: string): Story['inputs'] => ({
  ...RELEASE_INPUTS,
  'pool-spec-inline': spec,
  'image-change': 'in-place',
  prove: 'canary',
  'wave-size': 'all'
})

const secure = (securityType: string, more = ''): string => `${FEW}  deploymentConfiguration:
    virtualMachineConfiguration:
      securityProfile: { securityType: ${securityType}, uefiSettings: { secureBootEnabled: true, vTpmEnabled: true } }
${more}`
const GUEST_STATE = '      osDisk: { managedDisk: { securityProfile: { securityEncryptionType: VMGuestStateOnly } } }\n'

/** With the identities that these specs name, and a source VM of the security type that is asked for. */
function worldOf(behaviour: World['behaviour'], security?: { vm: string; osDisk: string }): World {
  const world = defaultWorld()
  world.behaviour = { ...world.behaviour, ...behaviour }
  for (const name of ['render', 'former', 'further']) {
    const properties = { tenantId: '6f1b2c3d-0000-4000-8000-0000000000aa' }
    const type = 'Microsoft.ManagedIdentity/userAssignedIdentities'
    world.resources.push({ id: `${IDENTITY}/${name}`, name, type, location: 'eastus2', properties })
  }
  const secured = (type: string | undefined, path: string): void => {
    const resource = world.resources.find(({ id }) => String(id).includes(path))
    if (type !== undefined && resource !== undefined) {
      Object.assign(resource.properties as object, { securityProfile: { securityType: type } })
    }
  }
  secured(security?.vm, '/virtualMachines/render-source')
  secured(security?.osDisk, '/disks/render-source_OsDisk')
  return world
}

const CONFIDENTIAL = { vm: 'ConfidentialVM', osDisk: 'ConfidentialVM_VMGuestStateOnlyEncryptedWithPlatformKey' }

/** A reference in what tells the items of a list apart. */
const BY_REFERENCE = `${FEW}  userAccounts: [{ name: '\${env:USER}', password: '\${env:PASSWORD}' }, { name: render, password: '\${env:PASSWORD}' }]
  deploymentConfiguration:
    virtualMachineConfiguration:
      containerConfiguration:
        type: DockerCompatible
        containerRegistries:
          - { registryServer: '\${env:FARM}.example.net', username: farm, password: '\${env:PASSWORD}' }
          - { registryServer: other.example.net, username: other, password: '\${env:PASSWORD}' }
`
const ENV = { USER: 'artist', FARM: 'farm', PASSWORD: 'hunter2' }

test.each([
  ['many forms', MANY_FORMS, undefined],
  ['references among its names', BY_REFERENCE, undefined],
  ['confidentialVM', secure('confidentialVM', GUEST_STATE), CONFIDENTIAL],
  ['trustedLaunch', secure('trustedLaunch'), { vm: 'TrustedLaunch', osDisk: 'TrustedLaunch' }]
])('a second run with %s changes nothing, in whatever form Azure answers', async (_, spec, security) => {
  for (const otherForms of [false, true]) {
    const world = worldOf({ otherForms }, security)
    await onAzure({ world }, async ({ story }) => {
      const first = await story({ inputs: inputsOf(spec), env: ENV })
      expect([first.log.filter(line => line.includes('failed:')), first.ok]).toEqual([[], true])
      const second = await story({ inputs: inputsOf(spec), env: ENV })
      expect(second.ok).toBe(true)
      expect(second.changes).toEqual([])
    })
  }
})

const withIdentities = (...names: string[]): string =>
  `${FEW}identity: { type: UserAssigned, userAssignedIdentities: { ${names.map(name => `${IDENTITY}/${name}: {}`).join(', ')} } }\n`

test('an identity that the spec no longer has is kept, said so, and drains no pool', async () => {
  await onAzure({ world: worldOf({}) }, async ({ emulator, story }) => {
    await story({ inputs: inputsOf(withIdentities('render', 'former')) })
    for (const _ of [1, 2]) {
      const told = await story({ inputs: inputsOf(withIdentities('render')) })
      expect([told.ok, told.changes]).toEqual([true, []])
      expect(told.annotations.map(({ message }) => message).join('\n')).toContain('userAssignedIdentities/former')
    }
    const more = await story({ inputs: inputsOf(withIdentities('render', 'further')) })
    expect(more.ok).toBe(true)
    expect(JSON.stringify(poolNow(emulator).identity)).toMatch(/former.*further|further.*former/)
    expect((await story({ inputs: inputsOf(withIdentities('render', 'further')) })).changes).toEqual([])
  })
})

test('an empty display name takes the one that is there away, once', async () => {
  await onAzure({}, async ({ emulator, story }) => {
    await story({ inputs: inputsOf(`${FEW}  displayName: farm\n`) })
    const told = await story({ inputs: inputsOf(`${FEW}  displayName: ''\n`) })
    expect(told.ok).toBe(true)
    expect(poolNow(emulator).properties).not.toHaveProperty('displayName')
    expect((await story({ inputs: inputsOf(`${FEW}  displayName: ''\n`) })).changes).toEqual([])
  })
})

test('what Azure answers well and leaves undone fails the run by name, with the pool back; the next run empties nothing', async () => {
  const world = defaultWorld()
  world.behaviour = { ...world.behaviour, leftByPatch: ['taskSlotsPerNode'] }
  await onAzure({ world }, async ({ story }) => {
    await story({ inputs: inputsOf(FEW) })
    const inputs = inputsOf(FEW.replace('taskSlotsPerNode: 4', 'taskSlotsPerNode: 2'))
    const told = await story({ inputs })
    expect(told.outputs).toMatchObject({
      'failure-reason': 'pool-refused',
      'failed-step': 'change-pool-image',
      'current-dedicated-nodes': '2'
    })
    expect(told.summary).toContain('left taskSlotsPerNode as it was')
    const again = await story({ inputs })
    expect(again.changes).toEqual([])
    expect(again.outputs['failure-reason']).toBe('pool-change-refused')
    expect(again.summary).toContain('pool-change-unmade')
    const fixed = await story({ inputs: inputsOf(FEW) })
    expect(fixed.ok).toBe(true)
  })
})

test('what Azure leaves undone while nodes are there fails the run too', async () => {
  const world = defaultWorld()
  world.behaviour = { ...world.behaviour, leftByPatch: ['startTask'] }
  await onAzure({ world }, async ({ story }) => {
    await story({ inputs: inputsOf(FEW) })
    const told = await story({ inputs: inputsOf(FEW.replace("'mount -a'", "'mount -a && df'")) })
    expect(told.outputs['failure-reason']).toBe('pool-refused')
    expect(told.summary).toContain('left startTask.commandLine as it was')
  })
})
