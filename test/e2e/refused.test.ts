import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { expect, jest, test } from '@jest/globals'
import type { WorldFile } from '../../emulator/index.ts'
import type { StepResult } from './harness.ts'
import { releaseInputs, SOURCE_VM, withAzure } from './azure.ts'

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
