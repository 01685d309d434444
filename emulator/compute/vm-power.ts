import type { JsonObject, Stored } from '../kernel/types.ts'
import { listOf, objectOf, textOf } from './record.ts'

/** From `at` on the VM is in this state; in order of time. */
export type PowerChange = { state: string; at: number }

export const powerChanges = (vm: Stored): PowerChange[] => (vm.facts['power'] as PowerChange[] | undefined) ?? []

/** `running`, `deallocated`, …: what `PowerState/` says. */
export function powerAt(vm: Stored, now: number): string {
  const last = powerChanges(vm).findLast(({ at }) => at <= now)
  return last?.state ?? writtenState(instanceViewOf(vm)) ?? 'running'
}

export const instanceViewOf = (vm: Stored): JsonObject => objectOf(objectOf(vm.body['properties'])['instanceView'])

function writtenState(view: JsonObject): string | undefined {
  const codes = listOf(view['statuses']).map(status => textOf(status['code']) ?? '')
  return codes.find(code => code.startsWith('PowerState/'))?.slice('PowerState/'.length)
}

export function isGeneralized(vm: Stored): boolean {
  return (
    vm.facts['generalizedAt'] !== undefined ||
    listOf(instanceViewOf(vm)['statuses']).some(({ code }) => code === 'OSState/generalized')
  )
}

const level = 'Info'

/** The instance view at `now`: without agent and names while the VM is deallocated, as recorded. */
export function viewInstance(vm: Stored, now: number): JsonObject {
  const written = instanceViewOf(vm)
  const power = powerAt(vm, now)
  const others = listOf(written['statuses']).filter(
    ({ code }) => !/^(?:PowerState\/|OSState\/generalized$)/.test(String(code))
  )
  const generalized = { code: 'OSState/generalized', level, displayStatus: 'VM generalized' }
  const statuses = [
    ...others,
    ...(isGeneralized(vm) ? [generalized] : []),
    { code: `PowerState/${power}`, level, displayStatus: `VM ${power}` }
  ]
  const { computerName, osName, osVersion, vmAgent, ...rest } = written
  const guest = power === 'running' ? { computerName, osName, osVersion, vmAgent } : {}
  return { ...guest, ...rest, statuses }
}
