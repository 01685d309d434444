/** What the spec leaves out of a pool is left alone, though a PATCH replaces each property as a whole. */
import { expect, test } from '@jest/globals'
import { poolNow } from '../support/foreign-writer.ts'
import { IDS, onAzure, POOL_SPEC, RELEASE_INPUTS, type Story } from '../support/story.ts'

const FEW = POOL_SPEC.replace('Nodes: 20', 'Nodes: 2')
const GROUP = IDS.account.slice(0, IDS.account.indexOf('/providers'))
const SUBNETS = `${GROUP}/providers/Microsoft.Network/virtualNetworks/farm/subnets`

const inputsOf = (spec: string, version = '1.0.0', env: Record<string, string> = {}): Story => ({
  inputs: {
    ...RELEASE_INPUTS,
    'image-version': version,
    'pool-spec-inline': spec,
    'image-change': 'in-place',
    prove: 'canary',
    'wave-size': 'all'
  },
  env
})

const whole = (more: string): string => `${FEW}  deploymentConfiguration:
    virtualMachineConfiguration:
      containerConfiguration: { type: DockerCompatible, containerImageNames: [busybox]${more} }
      dataDisks: [{ lun: 4, diskSizeGB: 64, caching: ReadOnly }]
      osDisk: { caching: ReadWrite }
`
const REGISTRY = `, containerRegistries: [{ registryServer: farm.azurecr.io, username: farm, password: '\${env:REGISTRY}' }]`

test('another image keeps the containers, the data disks and the OS disk that the spec leaves out, and the plan says so', async () => {
  await onAzure({}, async ({ emulator, story }) => {
    await story(inputsOf(whole('')))
    const told = await story(inputsOf(FEW, '2.0.0'))
    expect(told.ok).toBe(true)
    expect(poolNow(emulator).properties).toMatchObject({
      deploymentConfiguration: {
        virtualMachineConfiguration: {
          imageReference: { id: expect.stringContaining('/versions/2.0.0') },
          containerConfiguration: { type: 'DockerCompatible', containerImageNames: ['busybox'] },
          dataDisks: [{ lun: 4, diskSizeGB: 64, caching: 'ReadOnly' }],
          osDisk: { caching: 'ReadWrite' }
        }
      }
    })
    expect(told.summary).toContain('what the spec leaves out stays: containerConfiguration, dataDisks, osDisk')
  })
})

test('a password that no answer shows is asked for by name before anything is made, and is then kept', async () => {
  await onAzure({}, async ({ emulator, story }) => {
    await story(inputsOf(whole(REGISTRY), '1.0.0', { REGISTRY: 'hunter2' }))
    const refused = await story(inputsOf(FEW, '2.0.0'))
    expect(refused.changes).toEqual([])
    expect(refused.summary).toMatch(/containerRegistries.{1,5}farm\.azurecr\.io.{1,5}\.password/)
    const told = await story(inputsOf(whole(REGISTRY), '2.0.0', { REGISTRY: 'hunter2' }))
    expect(told.ok).toBe(true)
    expect(JSON.stringify(told.exchanges.map(({ request }) => request.body))).toContain('hunter2')
    expect(JSON.stringify([told.log, told.summary, told.plan, emulator.state()])).not.toContain('hunter2')
  })
})

const network = (subnet: string, more = ''): string =>
  `${FEW}  networkConfiguration: { subnetId: ${SUBNETS}/${subnet}${more} }\n`

test('another subnet keeps the nodes without public addresses', async () => {
  await onAzure({}, async ({ emulator, story }) => {
    await story(inputsOf(network('nodes', ', publicIPAddressConfiguration: { provision: NoPublicIPAddresses }')))
    expect((await story(inputsOf(network('narrow')))).ok).toBe(true)
    expect(poolNow(emulator).properties).toMatchObject({
      networkConfiguration: {
        subnetId: `${SUBNETS}/narrow`,
        publicIPAddressConfiguration: { provision: 'NoPublicIPAddresses' }
      }
    })
  })
})

test('another command line keeps the environment, the retries and the elevation of the start task', async () => {
  const first = FEW.replace(
    'waitForSuccess: true',
    `waitForSuccess: true
    maxTaskRetryCount: 3
    userIdentity: { autoUser: { scope: Pool, elevationLevel: Admin } }
    environmentSettings: [{ name: A, value: '1' }]`
  )
  await onAzure({}, async ({ emulator, story }) => {
    await story(inputsOf(first))
    expect((await story(inputsOf(FEW.replace("'mount -a'", "'mount -a && df'")))).ok).toBe(true)
    expect(poolNow(emulator).properties).toMatchObject({
      startTask: {
        commandLine: "/bin/bash -c 'mount -a && df'",
        maxTaskRetryCount: 3,
        userIdentity: { autoUser: { scope: 'Pool', elevationLevel: 'Admin' } },
        environmentSettings: [{ name: 'A', value: '1' }]
      }
    })
  })
})
