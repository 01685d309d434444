/** What Azure would refuse late is told before anything is made; what can't be looked at doesn't stand in the way. */
import { describe, expect, test } from '@jest/globals'
import type { Finding, Plan } from '../../src/model/plan.ts'
import { defaultWorld, IDS, onAzure, POOL_SPEC, RELEASE_INPUTS, type Told, type World } from '../support/story.ts'

const GROUP = IDS.account.slice(0, IDS.account.indexOf('/Microsoft.Batch'))
const SUBNET = `${GROUP}/Microsoft.Network/virtualNetworks/farm/subnets/nodes`
const IDENTITY = `${GROUP}/Microsoft.ManagedIdentity/userAssignedIdentities/render-nodes`
const APPLICATION = `${IDS.account}/applications/blender`
const NETWORK = `  networkConfiguration: { subnetId: ${SUBNET} }\n`
const PACKAGE = `  applicationPackages: [{ id: ${APPLICATION}, version: '4.2' }]\n`
const IDENTITIES = `identity: { type: UserAssigned, userAssignedIdentities: { ${IDENTITY}: {} } }\n`

const release = (change: Record<string, string>): Record<string, string> => ({ ...RELEASE_INPUTS, ...change })
const withPool = (spec: string): Record<string, string> => release({ 'pool-spec-inline': spec })

function worldWhere(change: (resources: World['resources']) => void, denied: string[] = []): World {
  const world = defaultWorld()
  change(world.resources)
  world.behaviour = { ...world.behaviour, denied }
  return world
}

const named = (resources: World['resources'], end: string) => resources.find(({ id }) => String(id).endsWith(end))!
const findings = (told: Told, rule: string): Finding[] =>
  (told.plan as Plan).findings.filter(finding => finding.rule === rule)

describe('a run that must fail late ends before it has changed anything', () => {
  test.each<[string, { world?: World; inputs: Record<string, string>; rule: string; says: RegExp }]>([
    [
      'a region that is misspelt',
      {
        inputs: release({ 'target-regions': 'westeurope, nothereurope' }),
        rule: 'regions-offered',
        says: /"nothereurope"; did you mean "northeurope"\?$/
      }
    ],
    [
      'an application package that was never uploaded',
      {
        inputs: withPool(POOL_SPEC + PACKAGE.replace('4.2', '9.9')),
        rule: 'application-packages',
        says: /"blender" version "9\.9" does not exist$/
      }
    ],
    [
      'a subnet of another region',
      {
        world: worldWhere(resources => void (named(resources, '/virtualNetworks/farm')['location'] = 'westeurope')),
        inputs: withPool(POOL_SPEC + NETWORK),
        rule: 'subnet',
        says: /is in "westeurope", and the Batch account in "eastus2"/
      }
    ],
    [
      'an identity that was deleted',
      {
        world: worldWhere(resources => void resources.splice(resources.indexOf(named(resources, IDENTITY)), 1)),
        inputs: withPool(POOL_SPEC + IDENTITIES),
        rule: 'identities',
        says: /"render-nodes" does not exist$/
      }
    ]
  ])('%s', async (_, { world = defaultWorld(), inputs, rule, says }) => {
    await onAzure({ world }, async ({ story }) => {
      const told = await story({ inputs })
      expect([told.ok, told.outputs['failure-reason']]).toEqual([false, 'check-failed'])
      expect(findings(told, rule)).toMatchObject([{ severity: 'error', message: expect.stringMatching(says) }])
      expect(told.changes).toEqual([])
    })
  })

  test('a misspelt region costs a live pool nothing, and neither does the run after it', async () => {
    await onAzure({}, async ({ story }) => {
      expect((await story({ inputs: RELEASE_INPUTS })).ok).toBe(true)
      const next = { 'image-version': '1.0.1', 'image-change': 'in-place', prove: 'canary' }
      const wrong = await story({ inputs: release({ ...next, 'target-regions': 'eastus2, nothereurope' }) })
      expect([wrong.outputs['failure-reason'], wrong.changes]).toEqual(['check-failed', []])
      const right = await story({ inputs: release({ ...next, 'target-regions': 'eastus2, northeurope' }) })
      expect(right.ok).toBe(true)
    })
  })
})

describe('what nobody may look at is said, and the run goes on', () => {
  test.each<[string, { denied: string; inputs: Record<string, string>; rule: string }]>([
    [
      'regions',
      {
        denied: 'Microsoft.Resources/subscriptions/locations/read',
        inputs: release({ 'target-regions': 'eastus2, northeurope' }),
        rule: 'regions-offered'
      }
    ],
    [
      'the virtual network',
      {
        denied: 'Microsoft.Network/virtualNetworks/read',
        inputs: withPool(POOL_SPEC + NETWORK),
        rule: 'subnet'
      }
    ],
    [
      'identities',
      {
        denied: 'Microsoft.ManagedIdentity/userAssignedIdentities/read',
        inputs: withPool(POOL_SPEC + IDENTITIES),
        rule: 'identities'
      }
    ],
    [
      'application packages',
      {
        denied: 'Microsoft.Batch/batchAccounts/applications/versions/read',
        inputs: withPool(POOL_SPEC + PACKAGE),
        rule: 'application-packages'
      }
    ]
  ])('%s', async (_, { denied, inputs, rule }) => {
    await onAzure({ world: worldWhere(() => undefined, [denied]) }, async ({ story }) => {
      const told = await story({ inputs })
      expect(told.ok).toBe(true)
      expect(findings(told, rule)).toMatchObject([{ severity: 'note', wayOut: expect.stringContaining(denied) }])
    })
  })

  test('nor does a read that fails for another reason end it', async () => {
    const faults = [
      { operation: 'Subscriptions_ListLocations', times: 1, respond: { status: 400, code: 'InvalidRequest' } }
    ]
    await onAzure({ faults }, async ({ story }) => {
      const told = await story({ inputs: release({ 'target-regions': 'eastus2, northeurope', 'dry-run': 'true' }) })
      expect(told.ok).toBe(true)
      expect(findings(told, 'regions-offered')).toMatchObject([
        { severity: 'note', message: 'target-regions could not be checked: Azure answered "InvalidRequest"' }
      ])
    })
  })
})

/** Reads until the first change, sign-in left out. */
function readsOf({ exchanges }: Told): string[] {
  const first = exchanges.findIndex(({ request }) => /PUT|PATCH|DELETE/.test(request.method))
  return exchanges
    .slice(0, first === -1 ? undefined : first)
    .filter(({ request }) => request.method === 'GET')
    .map(({ operation }) => operation ?? '')
    .filter(operation => !/^(?:Entra|GitHub|Metadata)/.test(operation))
    .toSorted()
}

const PLAIN = [
  'Account_ListSupportedImages',
  'BatchAccount_Get',
  'Disks_Get',
  'Disks_Get',
  'Disks_Get',
  'Galleries_Get',
  'GalleryImageVersions_ListByGalleryImage',
  'GalleryImages_Get',
  'Location_ListSupportedVirtualMachineSkus',
  'Pool_Get',
  'Pool_ListByBatchAccount',
  'Snapshots_ListByResourceGroup',
  'VirtualMachineExtensions_List',
  'VirtualMachines_Get'
]

describe('nothing is read that nothing names', () => {
  test('a plain release reads the VM, the gallery, the account and the pool, and no more', async () => {
    await onAzure({}, async ({ story }) => {
      expect(readsOf(await story({ inputs: RELEASE_INPUTS }))).toEqual(PLAIN)
    })
  })

  test('each thing that is named costs one read', async () => {
    const inputs = { ...withPool(POOL_SPEC + NETWORK + PACKAGE + IDENTITIES), 'target-regions': 'eastus2, northeurope' }
    await onAzure({}, async ({ story }) => {
      const told = await story({ inputs: { ...inputs, 'dry-run': 'true' } })
      expect(told.ok).toBe(true)
      expect(readsOf(told)).toEqual(
        [
          ...PLAIN,
          'ApplicationPackage_Get',
          'Subscriptions_ListLocations',
          'UserAssignedIdentities_Get',
          'VirtualNetworks_Get'
        ].toSorted()
      )
    })
  })
})
