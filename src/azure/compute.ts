/** Source VM, snapshots and managed images. Reads and deletes are the SDK's; what has a body or pages travels as plain JSON. */
import { isDeepStrictEqual } from 'node:util'
import { type ArmId, type DiskId, type VmId, armId, nameOf, resourceGroupOf, subscriptionOf } from '../model/arm-id.ts'
import type { JsonObject } from '../model/json.ts'
import type { Disk, Source, Vm } from '../model/observed.ts'
import { COMPUTE_VERSION, DISKS_VERSION, armUrl } from './arm-url.ts'
import { azureTimeOf } from './azure-time.ts'
import { type Answer, type Line, type What, ifThere, send, sendForAll, throughSdk, view } from './connection.ts'
import type { ComputeGateway } from './gateway.ts'
import { AzureError } from './errors.ts'
import { followOperation } from './operation.ts'
import { readManagedImage, readSnapshot } from './read/image.ts'
import { listAt, objectOf } from './read/json.ts'
import { diskIdsOf, readDisk, readSource, readVm } from './read/source.ts'
import type { Services } from './services.ts'

export function computeGateway(services: Services, signal: AbortSignal): ComputeGateway {
  const lineTo = (id: ArmId) => services.line(services.compute(subscriptionOf(id)), signal)
  const put = async (what: What, id: ArmId, { body, apiVersion }: { body: JsonObject; apiVersion: string }) => {
    const url = armUrl(services.cloud.resourceManagerUrl, id, { apiVersion })
    const first = await send(lineTo(id), what, { method: 'PUT', url, body })
    await followOperation(lineTo(id), what, { ...services, first })
  }
  const getVm = async (id: VmId): Promise<Vm | undefined> => {
    const what = { operation: 'VirtualMachines_Get', target: nameOf(id) }
    const client = services.compute(subscriptionOf(id))
    const answer = await ifThere(
      throughSdk(lineTo(id), what, options =>
        client.virtualMachines.get(resourceGroupOf(id), nameOf(id), { ...options, expand: 'instanceView' })
      )
    )
    return answer && view(what, () => ({ ...readVm(objectOf(answer.body)), ...azureTimeOf(answer, services.clock) }))
  }
  const power = async (id: VmId, operation: string, verb: 'deallocate' | 'start') => {
    const what = { operation, target: nameOf(id) }
    const client = services.compute(subscriptionOf(id))
    const first = await throughSdk(lineTo(id), what, options =>
      client.virtualMachines[verb](resourceGroupOf(id), nameOf(id), options).submitted()
    )
    await followOperation(lineTo(id), what, { ...services, first })
  }
  return {
    getSource: vmId => getSource(services, signal, vmId),
    getVm,
    setVmTags: async (id, tags, etag) => {
      const what = { operation: 'VirtualMachines_Update', target: nameOf(id) }
      const url = armUrl(services.cloud.resourceManagerUrl, id, { apiVersion: COMPUTE_VERSION })
      const headers = etag === undefined ? {} : { 'if-match': etag }
      try {
        const first = await send(lineTo(id), what, { method: 'PATCH', url, body: { tags }, headers })
        await followOperation(lineTo(id), what, { ...services, first })
      } catch (error) {
        // The condition failed, but an earlier try of the same request, whose answer was lost, may be why.
        const mayBeOurs = error instanceof AzureError && error.status === 412 && error.tries > 1
        if (!mayBeOurs || !isDeepStrictEqual((await getVm(id))?.tags, tags)) throw error
      }
    },
    deallocateVm: id => power(id, 'VirtualMachines_Deallocate', 'deallocate'),
    startVm: id => power(id, 'VirtualMachines_Start', 'start'),
    listSnapshots: async (subscriptionId, resourceGroup) => {
      const what = { operation: 'Snapshots_ListByResourceGroup', target: resourceGroup }
      const anyId = armId(subscriptionId, resourceGroup, 'Microsoft.Compute/snapshots', '')
      const url = armUrl(services.cloud.resourceManagerUrl, anyId.replace(/\/$/, ''), { apiVersion: DISKS_VERSION })
      const snapshots = await ifThere(sendForAll(services.line(services.compute(subscriptionId), signal), what, url))
      return view(what, () => (snapshots ?? []).map(readSnapshot))
    },
    getSnapshot: async id => {
      const what = { operation: 'Snapshots_Get', target: nameOf(id) }
      const client = services.compute(subscriptionOf(id))
      const answer = await ifThere(
        throughSdk(lineTo(id), what, options => client.snapshots.get(resourceGroupOf(id), nameOf(id), options))
      )
      return answer && view(what, () => readSnapshot(objectOf(answer.body)))
    },
    createSnapshot: (id, body) =>
      put({ operation: 'Snapshots_CreateOrUpdate', target: nameOf(id) }, id, { body, apiVersion: DISKS_VERSION }),
    deleteSnapshot: async id => {
      const what = { operation: 'Snapshots_Delete', target: nameOf(id) }
      const client = services.compute(subscriptionOf(id))
      const first = await ifThere(
        throughSdk(lineTo(id), what, options =>
          client.snapshots.delete(resourceGroupOf(id), nameOf(id), options).submitted()
        )
      )
      if (first !== undefined) await ifThere(followOperation(lineTo(id), what, { ...services, first }))
    },
    getManagedImage: async id => {
      const what = { operation: 'Images_Get', target: nameOf(id) }
      const client = services.compute(subscriptionOf(id))
      const answer = await ifThere(
        throughSdk(lineTo(id), what, options => client.images.get(resourceGroupOf(id), nameOf(id), options))
      )
      return answer && view(what, () => readManagedImage(objectOf(answer.body)))
    },
    createManagedImage: (id, body) =>
      put({ operation: 'Images_CreateOrUpdate', target: nameOf(id) }, id, { body, apiVersion: COMPUTE_VERSION })
  }
}

async function getSource(services: Services, signal: AbortSignal, vmId: VmId): Promise<Source | undefined> {
  const client = services.compute(subscriptionOf(vmId))
  const line = services.line(client, signal)
  const [group, name] = [resourceGroupOf(vmId), nameOf(vmId)]
  const what = { operation: 'VirtualMachines_Get', target: name }
  const listing = { operation: 'VirtualMachineExtensions_List', target: name }
  const [vm, extensions] = await Promise.all([
    ifThere(
      throughSdk(line, what, options => client.virtualMachines.get(group, name, { ...options, expand: 'instanceView' }))
    ),
    ifThere(throughSdk(line, listing, options => client.virtualMachineExtensions.list(group, name, options)))
  ])
  if (vm === undefined) return undefined
  const time = azureTimeOf(vm, services.clock)
  const disks = await getDisks(
    services,
    signal,
    view(what, () => diskIdsOf(objectOf(vm.body)))
  )
  return view(what, () => ({
    ...readSource({ vm: objectOf(vm.body), extensions: listAt(extensions?.body, 'value'), disks }),
    ...time
  }))
}

/** A disk may be in another resource group, even in another subscription, than its VM. One that isn't there is left out. */
async function getDisks(services: Services, signal: AbortSignal, ids: DiskId[]): Promise<Map<DiskId, Disk>> {
  const read = async (id: DiskId): Promise<[DiskId, Disk] | undefined> => {
    const client = services.compute(subscriptionOf(id))
    const line: Line = services.line(client, signal)
    const what = { operation: 'Disks_Get', target: nameOf(id) }
    const answer: Answer | undefined = await ifThere(
      throughSdk(line, what, options => client.disks.get(resourceGroupOf(id), nameOf(id), options))
    )
    return answer && [id, view(what, () => readDisk(objectOf(answer.body)))]
  }
  const found = await Promise.all(ids.map(read))
  return new Map(found.filter(entry => entry !== undefined))
}
