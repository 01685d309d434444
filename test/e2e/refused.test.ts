import { createServer as createHttpServer } from 'node:http'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { expect, jest, test } from '@jest/globals'
import type { WorldFile } from '../../emulator/index.ts'
import type { StepResult } from './harness.ts'
import { DEFINITION, releaseInputs, SOURCE_VM, withAzure } from './azure.ts'
import { images } from './made-before.ts'

jest.setTimeout(60_000)

const errorsOf = ({ commands }: StepResult): string[] =>
  commands.filter(({ command }) => command === 'error').map(({ message }) => message)

test('bad inputs are told all at once, without a single call', async () => {
  await withAzure({}, async azure => {
    const step = await azure.step({
      inputs: {
        ...releaseInputs(azure.served),
        'source-vm': '/subscriptions/none',
        'wave-size': '-3',
        'drain-timeout': 'soon',
        'image-id': SOURCE_VM
      },
      poolSpec: 'name: render\nproperties: { vmsize: Standard_D4s_v5 }\n'
    })
    expect([step.exitCode, azure.served.emulator.journal()]).toEqual([1, []])
    expect(step.outputs).toMatchObject({ 'failure-reason': 'input-invalid', changed: 'false' })
    const [error = '', ...others] = errorsOf(step)
    expect(others).toEqual([])
    for (const told of [error, step.summary, step.stdout]) {
      for (const name of ['source-vm', 'wave-size', 'drain-timeout', 'image-id', 'vmsize']) expect(told).toContain(name)
    }
  })
})

test('inputs that nearly say what is meant are refused by name, and outputs of JSON are JSON all the same', async () => {
  await withAzure({}, async azure => {
    const wrong = {
      tags: '["a=b"]',
      'target-regions': ',',
      'publish-to': DEFINITION.replace('render-node', 'r'.repeat(81))
    }
    const step = await azure.step({ inputs: { ...releaseInputs(azure.served), ...wrong } })
    expect([step.exitCode, azure.served.emulator.journal()]).toEqual([1, []])
    const [error = ''] = errorsOf(step)
    for (const name of Object.keys(wrong)) expect(error).toContain(`${name}: `)
    const json = ['node-states', 'resize-errors', 'snapshot-ids'].map(name => step.outputs[name] ?? '')
    expect(json.map(text => JSON.parse(text) as unknown)).toEqual([{}, [], []])
  })
})

test('a proxy without a scheme is used, and what it answers is told as a way that is barred', async () => {
  const proxy = createHttpServer()
  proxy.on('connect', (_, socket) => void socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'))
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve))
  try {
    await withAzure({ hurried: 60 }, async azure => {
      const { port } = proxy.address() as AddressInfo
      const step = await azure.step({ env: { HTTPS_PROXY: `127.0.0.1:${port}` } })
      expect([step.exitCode, step.outputs['failure-reason']]).toEqual([1, 'azure-unreachable'])
      expect(errorsOf(step).join('\n')).toMatch(/proxy/)
      expect(step.stdout).not.toMatch(/defect|sign-in-failed/)
    })
  } finally {
    proxy.close()
  }
})

test('a tenant that a cloud of one’s own doesn’t know is told in Entra’s words', async () => {
  const message = 'AADSTS90002: Tenant not found.'
  const respond = { status: 400, body: { error: 'invalid_tenant', error_description: message } }
  await withAzure({ faults: [{ operation: 'Entra_OpenIdConfiguration', times: 9, respond }] }, async azure => {
    const step = await azure.step()
    expect([step.exitCode, step.outputs['failure-reason']]).toEqual([1, 'sign-in-failed'])
    expect(errorsOf(step).join('\n')).toMatch(/AADSTS90002: Tenant not found[^]*check tenant-id/)
  })
})

test('lists by relative links and numbers that none can follow are read, and a list without end is an error, not never', async () => {
  const days = [0, 1].map(more => new Date(Date.now() + more * 86_400_000).toISOString().slice(0, 10).split('-'))
  const names = days.flatMap(([year, month, day]) =>
    [2_147_483_647, 4].map(last => `${year}.${Number(`${month}${day}`)}.${last}`)
  )
  const change = ({ resources }: WorldFile): void => void resources.push(...images(...names))
  const list = `${SOURCE_VM.slice(0, SOURCE_VM.indexOf('/virtualMachines'))}/snapshots?api-version=2026-03-02`
  const pageOf = (nextLink: string) => [
    { operation: 'Snapshots_ListByResourceGroup', times: 1, respond: { status: 200, body: { value: [], nextLink } } }
  ]
  await withAzure({ change, faults: pageOf(list.replace('render-images', 'RENDER-IMAGES')) }, async azure => {
    const inputs = { ...releaseInputs(azure.served), 'image-version': 'auto', 'dry-run': 'true' }
    const step = await azure.step({ inputs })
    expect([step.exitCode, step.outputs['failure-reason']]).toEqual([0, ''])
    expect(step.stdout).toMatch(/version +\d{4}\.\d+\.5 /)
    azure.served.emulator.addFaults(pageOf(`${azure.served.ready.resourceManagerUrl}${list}`))
    const endless = await azure.step({ inputs })
    expect(endless.outputs['failure-reason']).toBe('azure-error')
    expect(errorsOf(endless).join('\n')).toContain('a list whose next page is one that was read before')
  })
})

test('a job without the permission id-token is told which line it lacks', async () => {
  await withAzure({}, async azure => {
    const env = { ACTIONS_ID_TOKEN_REQUEST_URL: '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: '' }
    const step = await azure.step({ env })
    expect(step.exitCode).toBe(1)
    expect(step.outputs['failure-reason']).toBe('sign-in-failed')
    expect(errorsOf(step)).toEqual([expect.stringContaining('id-token: write')])
    expect(azure.changes()).toEqual([])
  })
})

test('where nothing answers, the run ends by itself and names the host', async () => {
  await withAzure({}, async azure => {
    const cloud = `https://localhost:${await closedPort()}`
    const step = await azure.step({ inputs: { ...releaseInputs(azure.served), cloud } })
    expect([step.exitCode, step.signal]).toEqual([1, null])
    expect(step.outputs['failure-reason']).toBe('azure-unreachable')
    expect(errorsOf(step)).toEqual([expect.stringContaining(cloud)])
    expect(step.summary).toContain('azure-unreachable')
  })
})

test('a role that is missing is named, with the step that needs it and what stands by then', async () => {
  await withAzure({ behaviour: { denied: ['Microsoft.Batch/batchAccounts/pools/write'] } }, async azure => {
    const step = await azure.step()
    expect(step.exitCode).toBe(1)
    expect(step.outputs).toMatchObject({ 'failure-reason': 'permission-denied', 'failed-step': 'create-pool' })
    expect(errorsOf(step)).toEqual([expect.stringContaining('Microsoft.Batch/batchAccounts/pools/write')])
    expect(step.summary).toContain('farm/render-node/1.0.0')
    expect(step.outputs['image-id']).toContain('/versions/1.0.0')
  })
})

test('a policy that refuses a snapshot is told as that, by name, and no role is advised', async () => {
  const info = { policyAssignmentDisplayName: 'Cost centre', policyAssignmentName: 'cost-centre' }
  const error = {
    code: 'RequestDisallowedByPolicy',
    message: "Resource 'os' was disallowed by policy. See error details for policy resource IDs.",
    additionalInfo: [{ type: 'PolicyViolation', info }]
  }
  const faults = [{ operation: 'Snapshots_CreateOrUpdate', times: 3, respond: { status: 403, body: { error } } }]
  await withAzure({ faults }, async azure => {
    const step = await azure.step()
    expect(step.outputs['failure-reason']).toBe('policy-denied')
    expect(step.summary).toContain('the policy assignment "Cost centre (cost-centre)"')
    expect(errorsOf(step).join('\n')).not.toMatch(/\brole\b/)
  })
})

test('a subnet without room for more nodes is no region that is short', async () => {
  const message = 'Subnet nodes with address prefix 10.0.0.0/28 does not have enough capacity for 6 IP addresses.'
  const relays = { code: 'SubnetIsFull', message }
  const capacity = [{ region: 'eastus2', family: '*', from: 0, cores: 4, refuses: true, relays }]
  await withAzure({ behaviour: { capacity } }, async azure => {
    const step = await azure.step()
    expect(step.outputs['failure-reason']).toBe('allocation-failed')
    expect(step.summary).toContain('Enlarge the subnet of the pool')
    expect(step.stdout).not.toContain('attempt 2')
  })
})

test('what Azure would refuse at the last step is told at the first: a region, a package and an account that can’t be reached', async () => {
  const change = ({ resources }: WorldFile): void => {
    const account = resources.find(({ type }) => type === 'Microsoft.Batch/batchAccounts')
    Object.assign(account?.['properties'] as object, { publicNetworkAccess: 'Disabled' })
  }
  await withAzure({ change }, async azure => {
    const inputs = releaseInputs(azure.served)
    const poolSpec = `name: render
properties:
  vmSize: Standard_D4s_v5
  scaleSettings: { fixedScale: { targetDedicatedNodes: 2 } }
  applicationPackages: [{ id: ${inputs['batch-account']}/applications/blender, version: '9.9' }]
`
    const step = await azure.step({ inputs: { ...inputs, 'target-regions': 'westeurope, nothereurope' }, poolSpec })
    expect([step.exitCode, azure.changes()]).toEqual([1, []])
    expect(step.outputs['failure-reason']).toBe('check-failed')
    const errors = errorsOf(step).join('\n')
    for (const told of ['did you mean "northeurope"?', '"blender" version "9.9"', 'publicNetworkAccess "Disabled"']) {
      expect(errors).toContain(told)
    }
  })
})

test.each<[string, { inputs?: Record<string, string> }]>([
  ['before it changed anything', { inputs: { command: 'image' } }],
  ['while its pool grew', {}]
])('the post step of a run that failed by itself %s has nothing to say', async (_, request) => {
  const behaviour = { nodes: { render: { startTaskFails: 'all' as const } } }
  await withAzure({ behaviour }, async azure => {
    const { exitCode, state } = await azure.step(request)
    expect(exitCode).toBe(1)
    const from = azure.served.emulator.journal().length
    const post = await azure.step({ phase: 'post', state })
    const said = post.stdout.replaceAll(/^::(debug|add-mask)::.*\n/gm, '')
    expect([post.exitCode, said, post.stderr, post.summary]).toEqual([0, '', '', ''])
    expect(azure.changes(from)).toEqual([])
  })
})

/** A port that nobody listens on: the system gave it a moment ago, and gives others first. */
async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise(resolve => server.close(resolve))
  return port
}
