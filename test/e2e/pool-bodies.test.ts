/** What a pool has in another form, or beyond the spec, or from somebody else: through the bundle, over HTTPS. */
import { expect, jest, test } from '@jest/globals'
import type { WorldFile } from '../../emulator/index.ts'
import { notes, poolNow } from '../support/foreign-writer.ts'
import { GROUPS, POOL_SPEC, releaseInputs, rolloutInputs, withAzure, type E2eAzure, type E2eWorld } from './azure.ts'
import { images, poolOf, versionId } from './made-before.ts'

jest.setTimeout(120_000)
const SPEED = 60
const NEXT = { GITHUB_RUN_ID: '17000000002' }

const GROUP = `${GROUPS}/render-batch/providers`
const SUBNETS = `${GROUP}/Microsoft.Network/virtualNetworks/farm/subnets`
const IDENTITIES = `${GROUP}/Microsoft.ManagedIdentity/userAssignedIdentities`
const FEW = POOL_SPEC.replace('Nodes: 6', 'Nodes: 2')
const CONFIDENTIAL = `${FEW}  displayName: ''
  deploymentConfiguration:
    virtualMachineConfiguration:
      securityProfile: { securityType: confidentialVM, uefiSettings: { secureBootEnabled: true, vTpmEnabled: true } }
      osDisk: { managedDisk: { securityProfile: { securityEncryptionType: VMGuestStateOnly } } }
`
const withIdentities = (...names: string[]): string =>
  `${CONFIDENTIAL}identity: { type: UserAssigned, userAssignedIdentities: { ${names.map(name => `${IDENTITIES}/${name}: {}`).join(', ')} } }\n`

test.concurrent(
  'a confidential pool that comes back in other forms, with an identity more, is no difference: a second run changes nothing',
  async () => {
    const change = ({ resources }: WorldFile): void => {
      const types = { '/virtualMachines/render-source': 'ConfidentialVM', '/disks/render-source_OsDisk': GUEST_STATE }
      for (const [part, securityType] of Object.entries(types)) {
        const properties = resources.find(({ id }) => String(id).includes(part))?.['properties']
        Object.assign(properties as object, { securityProfile: { securityType } })
      }
      for (const name of ['render', 'former']) {
        const type = 'Microsoft.ManagedIdentity/userAssignedIdentities'
        const properties = { tenantId: '6f1b2c3d-0000-4000-8000-0000000000aa' }
        resources.push({ id: `${IDENTITIES}/${name}`, name, type, location: 'eastus2', properties })
      }
    }
    await withAzure({ hurried: SPEED, behaviour: { otherForms: true }, change }, async azure => {
      const first = await azure.step({ poolSpec: withIdentities('render', 'former') })
      expect([first.exitCode, first.outputs['failure-reason']]).toEqual([0, ''])
      const from = azure.served.emulator.journal().length
      const inputs = { ...releaseInputs(azure.served), 'image-change': 'in-place' }
      const second = await azure.step({ poolSpec: withIdentities('render'), inputs, env: NEXT })
      expect([second.exitCode, azure.changes(from)]).toEqual([0, []])
      expect(second.stdout).toContain('userassignedidentities/former: Batch adds the identities')
    })
  }
)

const GUEST_STATE = 'ConfidentialVM_VMGuestStateOnlyEncryptedWithPlatformKey'

/** A pool of an older image, with all that a PATCH could drop. */
const LADEN: E2eWorld['change'] = ({ resources }) => {
  const pool = poolOf('1.0.0', 2)
  const properties = pool['properties'] as Record<string, Record<string, unknown>>
  Object.assign(properties['deploymentConfiguration']?.['virtualMachineConfiguration'] as object, {
    containerConfiguration: { type: 'DockerCompatible', containerImageNames: ['busybox'] },
    dataDisks: [{ lun: 4, diskSizeGB: 64, caching: 'ReadOnly' }],
    osDisk: { caching: 'ReadWrite' }
  })
  Object.assign(properties['startTask'] ?? {}, {
    maxTaskRetryCount: 3,
    userIdentity: { autoUser: { scope: 'Pool', elevationLevel: 'Admin' } },
    environmentSettings: [{ name: 'A', value: '1' }]
  })
  properties['networkConfiguration'] = {
    subnetId: `${SUBNETS}/nodes`,
    publicIPAddressConfiguration: { provision: 'NoPublicIPAddresses' }
  }
  resources.push(...images('1.0.0', '2.0.0'), pool)
}
const FIRST_WAVE = '"targetDedicatedNodes":1'
const ANOTHER = `${FEW.replace("'mount -a'", "'mount -a && df'")}  networkConfiguration: { subnetId: ${SUBNETS}/narrow }\n`

test.concurrent(
  'another image, subnet and command line keep what the spec leaves out, though somebody writes before the change and twice before the first wave',
  async () => {
    await withAzure({ hurried: SPEED, change: LADEN }, async azure => {
      const { emulator } = azure.served
      const before = [asksFor('/versions/2.0.0'), asksFor(FIRST_WAVE), asksFor(FIRST_WAVE, 2)]
      before.forEach((isMeant, index) => azure.justBefore(isMeant, () => notes(emulator, `note-${index}`)))
      const inputs = { ...rolloutInputs(azure.served, versionId('2.0.0')), 'image-change': 'in-place', prove: 'canary' }
      const step = await azure.step({ poolSpec: ANOTHER, inputs })
      expect([step.exitCode, step.outputs['failure-reason']]).toEqual([0, ''])
      expect(step.outputs['current-dedicated-nodes']).toBe('2')
      const { properties } = poolNow(emulator)
      expect(properties).toMatchObject({
        deploymentConfiguration: {
          virtualMachineConfiguration: {
            imageReference: { id: versionId('2.0.0') },
            containerConfiguration: { containerImageNames: ['busybox'] },
            dataDisks: [{ lun: 4, diskSizeGB: 64, caching: 'ReadOnly' }],
            osDisk: { caching: 'ReadWrite' }
          }
        },
        networkConfiguration: {
          subnetId: `${SUBNETS}/narrow`,
          publicIPAddressConfiguration: { provision: 'NoPublicIPAddresses' }
        },
        startTask: {
          commandLine: "/bin/bash -c 'mount -a && df'",
          maxTaskRetryCount: 3,
          userIdentity: { autoUser: { elevationLevel: 'Admin' } },
          environmentSettings: [{ name: 'A', value: '1' }]
        }
      })
      expect(properties.metadata?.map(({ name }) => name).toSorted()).toEqual([
        'batch-image-rollout',
        'note-0',
        'note-1',
        'note-2'
      ])
    })
  }
)

/** The n-th PATCH of the pool that asks for this, counting those that are sent again. */
function asksFor(text: string, nth = 1): Parameters<E2eAzure['justBefore']>[0] {
  let seen = 0
  return ({ method, url, body = '' }) =>
    method === 'PATCH' && url.includes('/pools/render?') && body.includes(text) && ++seen === nth
}

test.concurrent(
  'nodes of a version that somebody has deleted prove nothing of the one that takes its name',
  async () => {
    const change: E2eWorld['change'] = ({ resources }) => {
      resources.push(...images(), poolOf('1.0.0', 6))
    }
    await withAzure({ change }, async azure => {
      const step = await azure.step()
      expect([step.exitCode, step.outputs['failure-reason']]).toEqual([1, 'pool-change-refused'])
      expect(step.stdout.replaceAll(/\s+/g, ' ')).toContain(
        'its nodes run the image as it was before: the image is to be made again'
      )
      expect(azure.changes()).toEqual([])
    })
  }
)
