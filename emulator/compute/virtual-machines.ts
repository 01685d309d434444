import { armError } from '../kernel/errors.ts'
import { durationOf, type DurationName } from '../kernel/durations.ts'
import { begin } from '../kernel/long-running.ts'
import { find, nameOf } from '../kernel/resources.ts'
import type { Answer, Call, JsonObject, Operation, Stored, View } from '../kernel/types.ts'
import { unknownProperty } from '../kernel/shape.ts'
import { idOf, listOf, missing, objectOf } from './record.ts'
import { COMPUTE_API_VERSIONS } from './versions-spoken.ts'
import { isGeneralized, powerAt, powerChanges, viewInstance } from './vm-power.ts'

export const VM_TYPE = 'Microsoft.Compute/virtualMachines'
const VM =
  '/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Compute/virtualMachines/{vmName}'

const base = { host: 'resource-manager', apiVersions: COMPUTE_API_VERSIONS } as const
const LOW_COST = 'Microsoft.Compute/LowCostGetSubscriptionMaximum;23999,Microsoft.Compute/LowCostGetResource;35'
const UPDATE = 'Microsoft.Compute/UpdateVMSubscriptionMaximum;1499,Microsoft.Compute/UpdateVMResource;11'
const DELETE = 'Microsoft.Compute/DeleteVMSubscriptionMaximum;1499,Microsoft.Compute/DeleteVMResource;11'

export const virtualMachineOperations: Operation[] = [
  { ...base, id: 'VirtualMachines_Get', method: 'GET', path: VM, query: ['$expand'], ratelimit: LOW_COST, handle: get },
  {
    ...base,
    ...{ id: 'VirtualMachines_Update', method: 'PATCH', path: VM, ratelimit: UPDATE },
    unknownProperty: body => unknownProperty(body, { tags: 'any' }),
    handle: call => onVm(call, idOf(call), vm => update(call, vm))
  },
  {
    ...base,
    ...{ id: 'VirtualMachines_InstanceView', method: 'GET', path: `${VM}/instanceView`, ratelimit: LOW_COST },
    handle: call =>
      onVm(call, idOf(call).replace(/\/[^/]+$/, ''), vm => ({ status: 200, body: viewInstance(vm, call.now) }))
  },
  {
    ...base,
    ...{ id: 'VirtualMachineExtensions_List', method: 'GET', path: `${VM}/extensions`, ratelimit: LOW_COST },
    handle: call =>
      onVm(call, idOf(call).replace(/\/[^/]+$/, ''), vm => ({ status: 200, body: { value: extensionsOf(vm) } }))
  },
  power('VirtualMachines_Deallocate', 'deallocate', DELETE),
  power('VirtualMachines_PowerOff', 'powerOff', UPDATE),
  power('VirtualMachines_Start', 'start', UPDATE),
  {
    ...base,
    ...{ id: 'VirtualMachines_Generalize', method: 'POST', path: `${VM}/generalize`, ratelimit: UPDATE },
    action: `${VM_TYPE}/generalize/action`,
    handle: call => onVm(call, idOf(call), vm => generalize(call, vm))
  }
]

/** Bodies and headers have no ETag before; with `$expand` only the body ever has one (recorded). */
const ETAG_SINCE = '2024-07-01'

/** A VM without its instance view, which only `$expand` shows; the root etag goes up with each change. */
export const viewVirtualMachine: View = (record, now) => {
  const { instanceView: _, ...properties } = objectOf(record.body['properties'])
  const busy = powerChanges(record).some(({ at }) => at > now) || now < Number(record.facts['updatedAt'] ?? 0)
  const provisioningState = busy ? 'Updating' : (properties['provisioningState'] ?? 'Succeeded')
  return { ...record.body, properties: { ...properties, provisioningState }, etag: etagOf(record) }
}

function etagOf({ body, facts }: Stored): string {
  return `"${Number(/\d+/.exec(String(body['etag'] ?? '1'))?.[0] ?? 1) + Number(facts['changes'] ?? 0)}"`
}

const extensionsOf = (vm: Stored): JsonObject[] => listOf(vm.body['resources'])

function onVm(call: Call, id: string, answer: (vm: Stored) => Answer): Answer {
  const vm = find(call.world, id, call.now)
  return vm === undefined ? missing(call, id) : answer(vm)
}

function get(call: Call): Answer {
  const expand = call.query.get('$expand') ?? ''
  if (!/^(|instanceView)$/i.test(expand))
    return armError(501, 'NotEmulated', `$expand "${expand}" of a VM is not emulated`)
  return onVm(call, idOf(call), vm => {
    const shown = viewVirtualMachine(vm, call.now, call.world)
    const { etag, ...without } = shown
    const body = call.apiVersion < ETAG_SINCE ? without : shown
    if (expand === '') return { status: 200, ...(body === shown && { headers: { etag: String(etag) } }), body }
    const properties = { ...objectOf(shown['properties']), instanceView: viewInstance(vm, call.now) }
    return { status: 200, body: { ...body, properties } }
  })
}

/** Median of the recorded updates that touched no disk. */
const UPDATE_MS = 4_000

/** Tags alone; they are there at once, all of them anew. 200 with `Azure-AsyncOperation` and without Retry-After, as recorded. */
function update(call: Call, vm: Stored): Answer {
  const ifMatch = call.headers['if-match']
  if (ifMatch !== undefined && ifMatch !== '*' && ifMatch !== etagOf(vm)) {
    const message = `Etag provided in if-match header ${ifMatch} does not match etag ${etagOf(vm)} of resource.`
    return armError(412, 'PreconditionFailed', message)
  }
  const tags = objectOf(call.body)['tags']
  const endsAt = call.now + durationOf(call.world, 'virtualMachine.update', UPDATE_MS)
  if (call.outcome === undefined && tags !== undefined) vm.body = { ...vm.body, tags }
  vm.facts['updatedAt'] = endsAt
  vm.facts['changes'] = Number(vm.facts['changes'] ?? 0) + 1
  const location = String(vm.body['location'])
  const headers = begin(call, { family: 'operations', location, target: vm.id, endsAt, notification: true })
  return { status: 200, headers, body: viewVirtualMachine(vm, call.now, call.world) }
}

type PowerVerb = 'deallocate' | 'powerOff' | 'start'

/** States and durations (medians of recordings since 2022), and the Retry-After of first answer and polls. */
const POWER: Record<
  PowerVerb,
  {
    name: DurationName
    during: string
    after: string
    ms: number
    retryAfter: number
    pollRetryAfter: number
    etagStep: number
  }
> = {
  deallocate: {
    ...{ name: 'virtualMachine.deallocate', during: 'deallocating', after: 'deallocated', ms: 18_000 },
    ...{ retryAfter: 10, pollRetryAfter: 36, etagStep: 2 }
  },
  powerOff: {
    ...{ name: 'virtualMachine.powerOff', during: 'stopping', after: 'stopped', ms: 8_000 },
    ...{ retryAfter: 5, pollRetryAfter: 5, etagStep: 1 }
  },
  start: {
    ...{ name: 'virtualMachine.start', during: 'starting', after: 'running', ms: 13_000 },
    ...{ retryAfter: 10, pollRetryAfter: 9, etagStep: 1 }
  }
}

function power(id: string, verb: PowerVerb, ratelimit: string): Operation {
  const query = verb === 'deallocate' ? ['hibernate'] : ['skipShutdown']
  return {
    ...base,
    ...{ id, method: 'POST', path: `${VM}/${verb}`, query, ratelimit, action: `${VM_TYPE}/${verb}/action` },
    handle: call => onVm(call, idOf(call), vm => changePower(call, vm, verb))
  }
}

function changePower(call: Call, vm: Stored, verb: PowerVerb): Answer {
  const { name, during, after, ms, retryAfter, pollRetryAfter, etagStep } = POWER[verb]
  const under = powerAt(vm, call.now)
  if (under !== during && Object.values(POWER).some(power => power.during === under)) {
    const message =
      `An ongoing operation is changing power state of Virtual Machine ${nameOf(vm.id)} to ${under}. ` +
      `Please perform operation ${verb} after some time.`
    return armError(409, 'OperationNotAllowed', message)
  }
  if (verb === 'start' && isGeneralized(vm)) {
    const message = `Operation 'Start VM' is not allowed on VM '${nameOf(vm.id)}' since the VM is generalized.`
    return armError(409, 'OperationNotAllowed', message)
  }
  const endsAt = call.now + (under === after ? 0 : durationOf(call.world, name, ms))
  const end = call.outcome === undefined ? after : under
  vm.facts['power'] = [...powerChanges(vm), { state: during, at: call.now }, { state: end, at: endsAt }]
  vm.facts['changes'] = Number(vm.facts['changes'] ?? 0) + etagStep
  const location = String(vm.body['location'])
  const headers = begin(call, {
    ...{ family: 'operations', location, target: vm.id, endsAt },
    ...{ monitor: true, notification: true, retryAfter, pollRetryAfter }
  })
  return { status: 202, headers }
}

function generalize(call: Call, vm: Stored): Answer {
  if (powerAt(vm, call.now) === 'running') {
    const message = `Operation 'generalize' is not allowed on VM '${nameOf(vm.id)}' since the VM is running.`
    return armError(409, 'OperationNotAllowed', message)
  }
  vm.facts['generalizedAt'] = call.now
  vm.facts['changes'] = Number(vm.facts['changes'] ?? 0) + 1
  return { status: 200 }
}
