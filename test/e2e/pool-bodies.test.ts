/** A pool that Azure gives back in other forms, and that has more than the spec writes: through the bundle, over HTTPS. */
import { expect, test } from '@jest/globals'
import type { WorldFile } from '../../emulator/index.ts'
import { POOL_SPEC, releaseInputs, withAzure } from './azure.ts'

const MINUTES = 60_000

const FEW = POOL_SPEC.replace('Nodes: 6', 'Nodes: 2')
const WHOLE = `${FEW}  displayName: ''
  deploymentConfiguration:
    virtualMachineConfiguration:
      securityProfile: { securityType: trustedLaunch, uefiSettings: { secureBootEnabled: true, vTpmEnabled: true } }
      containerConfiguration: { type: DockerCompatible, containerImageNames: [busybox] }
`

test(
  'a second run finds no difference in another form, and another image keeps what the spec leaves out',
  async () => {
    const change = ({ resources }: WorldFile): void => {
      for (const part of ['/virtualMachines/render-source', '/disks/render-source_OsDisk']) {
        const properties = resources.find(({ id }) => String(id).includes(part))?.['properties']
        Object.assign(properties as object, { securityProfile: { securityType: 'TrustedLaunch' } })
      }
    }
    await withAzure({ behaviour: { otherForms: true }, change }, async azure => {
      const first = await azure.step({ poolSpec: WHOLE })
      expect([first.exitCode, first.outputs['failure-reason']]).toEqual([0, ''])
      const from = azure.served.emulator.journal().length
      const second = await azure.step({ poolSpec: WHOLE, env: { GITHUB_RUN_ID: '17000000002' } })
      expect([second.exitCode, azure.changes(from)]).toEqual([0, []])

      const inputs = { ...releaseInputs(azure.served), 'image-version': '2.0.0', 'image-change': 'in-place' }
      const third = await azure.step({ poolSpec: FEW, inputs, env: { GITHUB_RUN_ID: '17000000003' } })
      expect([third.exitCode, third.outputs['failure-reason']]).toEqual([0, ''])
      const pool = azure.served.emulator.state().find(({ type }) => type === 'Microsoft.Batch/batchAccounts/pools')
      expect(pool).toMatchObject({
        properties: {
          deploymentConfiguration: {
            virtualMachineConfiguration: {
              imageReference: { id: expect.stringContaining('/versions/2.0.0') },
              containerConfiguration: { containerImageNames: ['busybox'] }
            }
          }
        }
      })
    })
  },
  4 * MINUTES
)
