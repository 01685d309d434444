/** What a run can know before it makes anything: through the bundle, with the inputs that trials from outside have given. */
import { expect, jest, test } from '@jest/globals'
import type { WorldFile } from '../../emulator/index.ts'
import { CASES } from '../support/check-cases.ts'
import { DEFINITION, GROUPS, POOL_SPEC, releaseInputs, rolloutInputs, withAzure, type E2eWorld } from './azure.ts'
import type { StepResult } from './harness.ts'
import { images, versionId } from './made-before.ts'

jest.setTimeout(120_000)

const PLAN = { publisher: 'almalinux', product: 'almalinux-hpc', name: '8_6-hpc' }
const HOUR = 3_600_000
const IDENTITY = `${GROUPS}/render-batch/providers/Microsoft.ManagedIdentity/userAssignedIdentities/nobody`

/** Worlds of the checks' own cases, by rule and what they are about. */
function worldsOf(...named: [rule: string, when: string][]): NonNullable<E2eWorld['change']> {
  const cases = named.map(([rule, when]) => {
    const found = CASES.find(one => one.rule === rule && one.when === when)
    if (found?.world === undefined) throw new Error(`no case of ${rule} changes the world so: ${when}`)
    return found.world
  })
  return ({ resources }: WorldFile) => {
    for (const change of cases) change(resources)
  }
}

const told = ({ commands }: StepResult, level: string): string =>
  commands.flatMap(({ command, message }) => (command === level ? [message] : [])).join('\n')
const flat = ({ stdout }: StepResult): string => stdout.replaceAll(/\s+/g, ' ')

/** Of a size without ephemeral OS disks, in no subnet, with an OS disk smaller than the image's, and what nobody has made. */
const MUCH_WRONG = `${POOL_SPEC.replace('Nodes: 6', 'Nodes: 6, targetLowPriorityNodes: 2')}  interNodeCommunication: Enabled
  networkConfiguration: { publicIPAddressConfiguration: { provision: NoPublicIPAddresses } }
  deploymentConfiguration:
    virtualMachineConfiguration:
      osDisk: { diskSizeGB: 29, ephemeralOSDiskSettings: { placement: CacheDisk } }
identity: { type: UserAssigned, userAssignedIdentities: { ${IDENTITY}: {} } }
`

type Row = { about: string; change: NonNullable<E2eWorld['change']>; poolSpec?: string; rollout?: true; says: string[] }

const ENDS: Row[] = [
  {
    about: 'facts that were read, of disks, size, network and what the spec names, all at once',
    change: worldsOf(['disk-type', 'a Premium SSD v2 disk for a gallery']),
    poolSpec: MUCH_WRONG,
    says: [
      'disk-type: source-vm: "render-source-assets" (PremiumV2_LRS)',
      'ephemeral-nodes: pool-spec: asks for an ephemeral OS disk, which vmSize "Standard_D4s_v5" doesn’t have',
      'os-disk-size: pool-spec: osDisk.diskSizeGB 29 is below the 30 GiB',
      'public-addresses: ',
      'inter-node-kinds: ',
      'identities: '
    ]
  },
  {
    about:
      'a VM that is being deleted, a confidential one with a Standard definition, and an account that takes no token',
    change: worldsOf(
      ['vm-deleting', 'the VM is being deleted'],
      ['definition-matches', 'a Standard definition for a confidential VM'],
      ['account-entra', 'shared keys only']
    ),
    says: [
      'vm-deleting: ',
      'definition-matches: ',
      'account-entra: batch-account: allows SharedKey authentication only'
    ]
  },
  {
    about: 'an ephemeral OS disk, which is neither a wrong id nor a missing role',
    change: worldsOf(['ephemeral-os-disk', 'the OS disk is on the VM’s host']),
    says: ['the OS disk of "render-source" is ephemeral: it is on the VM’s host alone']
  },
  {
    about: 'a pool that is being deleted, which nobody is told to drain',
    change: worldsOf(['pool-deleting', 'the pool is being deleted, and has another image and nodes']),
    rollout: true,
    says: ['pool "render" is being deleted']
  }
]

test.concurrent.each(ENDS)('a run ends before it has changed anything: $about', async row => {
  await withAzure({ behaviour: { durationsMs: { deleting: HOUR } }, change: row.change }, async azure => {
    const { served } = azure
    const inputs = row.rollout ? rolloutInputs(served, `${DEFINITION}/versions/1.0.0`) : releaseInputs(served)
    const { poolSpec } = row
    const step = await azure.step({ inputs, ...(poolSpec && { poolSpec }) })
    expect([step.exitCode, step.stderr, step.outputs['failure-reason']]).toEqual([1, '', 'check-failed'])
    for (const says of row.says) expect(told(step, 'error')).toContain(says)
    expect(told(step, 'error')).not.toMatch(/\b(role|drain)/)
    expect(azure.changes()).toEqual([])
  })
})

test.concurrent(
  'a size that two pages allow and refuse, a purchase plan and a greater version are warned of, and stop nothing',
  async () => {
    const warned = worldsOf(
      ['disk-size', 'a data disk of 1,500 GiB, which one page allows and another doesn’t'],
      ['promotion-without-effect', 'a greater version is there'],
      ['purchase-plan', 'a purchase plan, and an account of Batch’s own subscriptions']
    )
    const change = (world: WorldFile): void => {
      warned(world)
      const definition = world.resources.find(({ id }) => id === DEFINITION)
      Object.assign(definition?.['properties'] as object, { purchasePlan: PLAN })
    }
    await withAzure({ change }, async azure => {
      const step = await azure.step({ inputs: { ...releaseInputs(azure.served), 'dry-run': 'true' } })
      for (const says of [
        'has 1500 GiB; Microsoft’s page says 1 TB at most for a data disk of a gallery image, the service itself 2048 GiB',
        'has the purchase plan "almalinux:almalinux-hpc:8_6-hpc"',
        '"1.0.0" will be promoted, and "latest" stays "9.0.0"'
      ])
        expect(flat(step)).toContain(says)
      expect([step.exitCode, step.stderr]).toEqual([0, ''])
    })
  }
)

test.concurrent('an image that the pool spec pins is told as the spec’s, not as an input’s', async () => {
  const change = ({ resources }: WorldFile): void => void resources.push(...images('1.0.0'))
  await withAzure({ change }, async azure => {
    const pinned = `imageReference: { id: ${versionId('1.0.0')} }`
    const poolSpec = `${POOL_SPEC}  deploymentConfiguration: { virtualMachineConfiguration: { ${pinned} } }\n`
    const { 'image-id': _, ...inputs } = rolloutInputs(azure.served, '')
    const step = await azure.step({ inputs: { ...inputs, 'dry-run': 'true' }, poolSpec })
    expect([step.exitCode, step.stderr]).toEqual([0, ''])
    expect(flat(step)).toContain('image farm/render-node/1.0.0 given pool-spec names it')
  })
})
