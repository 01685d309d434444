import { expect, test } from '@jest/globals'
import type { Exchange } from '../../emulator/index.ts'
import { defaultWorld, IDS, onAzure, POOL_SPEC, RELEASE_INPUTS } from '../support/story.ts'
import { readText } from './repository-files.ts'

const page = readText('docs/permissions.md')
const roles = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = '']) => {
  return JSON.parse(json) as { Name: string; Actions: string[] }
})
const inRoles = roles.flatMap(({ Actions }) => Actions).map(action => action.toLowerCase())
const named = [...page.matchAll(/Microsoft\.\w+(?:\/\w+)+/g)].map(([action]) => action.toLowerCase())

/** Checked by Azure behind other calls; nothing that is sent shows them. */
const BEHIND = ['microsoft.compute/disks/begingetaccess/action', 'microsoft.compute/virtualmachines/instanceview/read']
const VERBS: Record<string, string> = { GET: 'read', PUT: 'write', PATCH: 'write', DELETE: 'delete', POST: 'action' }

/** Of the Batch service: its reads run on the account’s and the pool’s own actions. */
const NODES = 'microsoft.batch/batchaccounts/computepools/computenodes'
const SERVICE_ACTIONS: [path: RegExp, action: string][] = [
  [/\/reboot$/, `${NODES}/reboot/action`],
  [/\/reimage$/, `${NODES}/reimage/action`],
  [/\/removenodes$/, `${NODES}/remove/action`]
]

/** The types in a path of Resource Manager, and what the method does with the last. */
function actionOf({ request: { method, url } }: Exchange): string | undefined {
  const { host, pathname } = new URL(url)
  if (host.includes('.batch.')) return SERVICE_ACTIONS.find(([path]) => path.test(pathname))?.[1]
  const [, ofSubscription] = /^\/subscriptions\/[^/]+\/(locations|resourcegroups)(?:\/[^/]+)?$/i.exec(pathname) ?? []
  if (ofSubscription !== undefined) return `microsoft.resources/subscriptions/${ofSubscription}/read`
  const [, provided] = /\/providers\/(Microsoft\..*)$/i.exec(pathname) ?? []
  if (provided === undefined) return undefined
  const [provider, ...rest] = provided.split('/')
  const types = rest.filter((_, index) => index % 2 === 0)
  return [provider, ...types, VERBS[method] ?? method].join('/').toLowerCase()
}

test('every call of a release, an in-place change, a refresh, nodes that fail again, a managed image and a VM that is stopped is covered by a documented action, and none is idle', async () => {
  const called = new Set<string>()
  const note = (exchanges: readonly Exchange[]): void =>
    exchanges.forEach(exchange => called.add(actionOf(exchange) ?? ''))
  const failing = defaultWorld()
  failing.behaviour = { ...failing.behaviour, nodes: { render: { startTaskFails: 'all' } } }
  await onAzure({ world: failing }, async ({ emulator, story }) => {
    expect((await story({ inputs: RELEASE_INPUTS })).outputs['failure-reason']).toBe('nodes-unhealthy')
    note(emulator.journal())
  })
  await onAzure({}, async ({ emulator, story }) => {
    expect((await story({ inputs: RELEASE_INPUTS })).ok).toBe(true)
    const changed = { ...RELEASE_INPUTS, 'image-version': '1.0.1', 'image-change': 'in-place' }
    expect((await story({ inputs: changed, context: { runId: '4712' } })).ok).toBe(true)
    const spec = POOL_SPEC.replace('mount -a', 'mount --all')
    const refreshed = { ...changed, 'pool-spec-inline': spec, 'refresh-nodes': 'reimage' }
    expect((await story({ inputs: refreshed, context: { runId: '4715' } })).ok).toBe(true)
    const {
      'image-version': _,
      'batch-account': __,
      'pool-spec-inline': ___,
      'wave-size': ____,
      ...image
    } = RELEASE_INPUTS
    const managed = { ...image, command: 'image', 'publish-to': IDS.managedImage }
    expect((await story({ inputs: managed, context: { runId: '4713' } })).ok).toBe(true)
    const stopped = { ...image, command: 'image', 'image-version': '1.0.2', 'stop-vm': 'true' }
    expect((await story({ inputs: stopped, context: { runId: '4714' } })).ok).toBe(true)
    note(emulator.journal())
  })
  called.delete('')
  expect([...called].filter(action => !named.includes(action))).toEqual([])
  expect(inRoles.filter(action => !called.has(action) && !BEHIND.includes(action))).toEqual([])
})

test('what checks alone read is listed with the action that it needs', async () => {
  const provider = IDS.account.slice(0, IDS.account.indexOf('/Microsoft.Batch'))
  const network = `${provider}/Microsoft.Network`
  const managedDisk = `{ diskEncryptionSet: { id: ${provider}/Microsoft.Compute/diskEncryptionSets/s } }`
  const spec = `${POOL_SPEC}
  applicationPackages: [{ id: ${IDS.account}/applications/blender }, { id: ${IDS.account}/applications/blender, version: '4.2' }]
  networkConfiguration:
    subnetId: ${network}/virtualNetworks/farm/subnets/nodes
    publicIPAddressConfiguration: { provision: UserManaged, ipAddressIds: [${network}/publicIPAddresses/ip] }
  deploymentConfiguration: { virtualMachineConfiguration: { osDisk: { managedDisk: ${managedDisk} } } }
identity: { type: UserAssigned, userAssignedIdentities: { ${provider}/Microsoft.ManagedIdentity/userAssignedIdentities/i: {} } }
`
  const inputs = {
    ...RELEASE_INPUTS,
    'dry-run': 'true',
    'target-regions': 'eastus2',
    'work-resource-group': 'w',
    'pool-spec-inline': spec
  }
  const called = await onAzure({}, async ({ story }) => new Set((await story({ inputs })).exchanges.map(actionOf)))
  const [, section = ''] = page.split('## For checks alone')
  const listed = [...section.matchAll(/Microsoft\.\w+(?:\/\w+)+/g)].map(([action]) => action.toLowerCase())
  expect(listed.filter(action => !called.has(action))).toEqual([])
  expect([...called].filter(action => action !== undefined && !named.includes(action))).toEqual([])
})
