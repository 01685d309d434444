/** What was recorded of things that are there, and of things that aren't, fed to the gateway as bytes. */
import { expect } from '@jest/globals'
import type { Azure } from '../../src/azure/gateway.ts'
import { at, listAt } from '../../src/azure/read/json.ts'
import type { BatchAccountId, ImageId, PoolId, SnapshotId, VmId } from '../../src/model/arm-id.ts'
import { readRecordings, withoutRecordings, type Recorded } from '../support/replay/recordings.ts'
import { testIf } from '../support/test-if.ts'
import { type Script, type ScriptedAnswer, withAzure } from './azure.ts'

const fed = testIf(withoutRecordings)
const recordings = readRecordings()
const exchanges = recordings.flatMap(recording => recording.exchanges)

const PROVIDERS = '/subscriptions/s/resourceGroups/g/providers'
const SNAPSHOT = `${PROVIDERS}/Microsoft.Compute/snapshots/x` as SnapshotId
const IMAGE = `${PROVIDERS}/Microsoft.Compute/images/x` as ImageId
const VM = `${PROVIDERS}/Microsoft.Compute/virtualMachines/x` as VmId
const ACCOUNT = `${PROVIDERS}/Microsoft.Batch/batchAccounts/x` as BatchAccountId
const POOL = `${ACCOUNT}/pools/x` as PoolId

const answer = ({ response: { status, headers, body } }: Recorded): ScriptedAnswer => ({
  status,
  headers,
  text: body === null ? '' : JSON.stringify(body)
})

const missing = (op: RegExp): Recorded[] =>
  exchanges.filter(one => op.test(one.op) && one.response.status === 404 && one.response.body !== null)
const codesOf = (all: Recorded[]): Set<unknown> => new Set(all.map(({ response }) => at(response.body, 'error.code')))

const READS: [op: string, id: string, read: (azure: Azure) => Promise<unknown>, codes: string[]][] = [
  ['compute:snapshot.get', SNAPSHOT, azure => azure.compute.getSnapshot(SNAPSHOT), ['ResourceNotFound', 'NotFound']],
  ['compute:image.get', IMAGE, azure => azure.compute.getManagedImage(IMAGE), ['ResourceNotFound']],
  ['compute:vm.get', VM, azure => azure.compute.getSource(VM), ['ResourceNotFound']],
  ['armbatch:account.get', ACCOUNT, azure => azure.batch.getAccount(ACCOUNT), ['AccountNotFound', 'ResourceNotFound']],
  ['armbatch:pool.get', POOL, azure => azure.batch.getPool(POOL, '2025-06-01'), ['PoolNotFound']]
]

for (const [op, id, read, codes] of READS) {
  fed(`each recorded 404 of ${op}, of the gateway or the provider, is a thing that isn’t there`, async () => {
    const answers = missing(new RegExp(`^${op}$`))
    expect(codesOf(answers)).toEqual(new Set(codes))
    for (const one of answers) {
      const script: Script = { [`GET ${id}`]: [answer(one)] }
      if (id === VM) script[`GET ${VM}/extensions`] = [answer(one)]
      await withAzure(script, async ({ azure }) => expect(await read(azure)).toBeUndefined())
    }
  })
}

fed('a recorded 404 of a PUT is about its source: an error, with its own code', async () => {
  const answers = missing(/^compute:\w+\.createOrUpdate$/)
  expect(answers.length).toBeGreaterThan(1)
  for (const one of answers) {
    await withAzure({ [`PUT ${SNAPSHOT}`]: [answer(one)] }, async ({ azure }) => {
      const made = azure.compute.createSnapshot(SNAPSHOT, {})
      await expect(made).rejects.toMatchObject({ status: 404, code: at(one.response.body, 'error.code') })
    })
  }
})

fed('a recorded 404 or 204 of a DELETE is a thing that is gone', async () => {
  const gone = exchanges.filter(
    ({ op, response }) => /^compute:\w+\.delete$/.test(op) && [204, 404].includes(response.status)
  )
  expect(new Set(gone.map(({ response }) => response.status))).toEqual(new Set([204, 404]))
  for (const one of gone) {
    await withAzure({ [`DELETE ${SNAPSHOT}`]: [answer(one)] }, async ({ azure }) => {
      expect(await azure.compute.deleteSnapshot(SNAPSHOT)).toBeUndefined()
    })
  }
})

/** Managed disks of a VM as its body has them, the OS disk's first. */
function diskIdsIn({ response: { body } }: Recorded): string[] {
  const profile = at(body, 'properties.storageProfile') ?? null
  const all = [at(profile, 'osDisk') ?? null, ...listAt(profile, 'dataDisks')]
  return all.map(disk => String(at(disk, 'managedDisk.id') ?? '')).filter(Boolean)
}

const isVm = ({ op, response }: Recorded): boolean => op.startsWith('compute:vm.get') && response.status === 200

/** Reads a recorded VM with the disks of the same recording; the others are answered by a recorded 404. */
function readVm(vm: Recorded, all: Recorded[]) {
  const absent = missing(/^compute:disk\.get$/)[0] as Recorded
  const shown = all.filter(({ op, response }) => op === 'compute:disk.get' && response.status === 200)
  const script: Script = {
    [`GET ${VM}`]: [answer(vm)],
    [`GET ${VM}/extensions`]: [{ status: 200, body: { value: [] } }]
  }
  for (const id of new Set(diskIdsIn(vm))) {
    const disk = shown.find(({ response }) => String(at(response.body, 'id')).toLowerCase() === id.toLowerCase())
    script[`GET ${id}`] = [answer(disk ?? absent)]
  }
  return withAzure(script, ({ azure }) => azure.compute.getSource(VM))
}

const groupIn = (id: string): string => id.split('/')[4] ?? ''

fed('a recorded VM whose disks name their group in capitals, as it does not itself, gets each of them', async () => {
  let found = 0
  for (const { exchanges: all } of recordings) {
    const shown = all.filter(({ op, response }) => op === 'compute:disk.get' && response.status === 200)
    const known = new Set(shown.map(({ response }) => String(at(response.body, 'id')).toLowerCase()))
    for (const vm of all.filter(isVm)) {
      const own = groupIn(String(at(vm.response.body, 'id')))
      const wanted = diskIdsIn(vm).filter(id => known.has(id.toLowerCase()))
      if (!wanted.some(id => groupIn(id) !== own && groupIn(id).toLowerCase() === own.toLowerCase())) continue
      found += 1
      const source = await readVm(vm, all)
      const disks = [source?.osDisk, ...(source?.dataDisks ?? [])].filter(disk => disk?.disk !== undefined)
      expect(disks.map(disk => disk?.disk?.diskId.toLowerCase())).toEqual(wanted.map(id => id.toLowerCase()))
    }
  }
  expect(found).toBeGreaterThan(2)
})

fed('power state and generalization of every recorded VM are read as its instance view says them', async () => {
  const states = new Set<string | undefined>()
  for (const { exchanges: all } of recordings) {
    for (const vm of all.filter(one => isVm(one) && one.op === 'compute:vm.get+instanceView')) {
      const codes = listAt(vm.response.body, 'properties.instanceView.statuses').map(one => String(at(one, 'code')))
      const source = await readVm(vm, all)
      expect(source?.powerState).toBe(codes.find(code => code.startsWith('PowerState/'))?.split('/')[1])
      expect(source?.generalized).toBe(codes.includes('OSState/generalized'))
      states.add(source?.powerState)
    }
  }
  expect(states).toEqual(new Set(['running', 'deallocated', 'stopped']))
})
