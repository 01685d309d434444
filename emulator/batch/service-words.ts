import type { Json, JsonObject } from '../kernel/types.ts'
import { listOf, objectOf, textOf } from './json.ts'
import { withoutSecrets } from './pool-body.ts'

/** ARM's `id` is the Batch service's `virtualMachineImageId`. */
export function serviceImageReference(reference: JsonObject): JsonObject {
  const { id, ...rest } = objectOf(reference)
  return id === undefined ? rest : { ...rest, virtualMachineImageId: id }
}

/** A start task, without secrets; its enums are lower-case on the Batch service (recorded). */
export function serviceStartTask(value: Json | undefined): JsonObject | undefined {
  if (value === undefined || value === null) return undefined
  const task = objectOf(withoutSecrets(value))
  const autoUser = objectOf(objectOf(task['userIdentity'])['autoUser'])
  if (autoUser['scope'] === undefined) return task
  const lower = Object.fromEntries(Object.entries(autoUser).map(([name, word]) => [name, textOf(word)?.toLowerCase()]))
  return { ...task, userIdentity: { autoUser: lower } }
}

/** Accounts of users, without secrets and with lower-case enums. */
export function serviceUserAccounts(value: Json | undefined): JsonObject[] | undefined {
  if (value === undefined) return undefined
  return listOf(withoutSecrets(value)).map(account => ({
    ...account,
    elevationLevel: textOf(account['elevationLevel'])?.toLowerCase()
  }))
}

/** The one property of networks that the two contracts spell differently. */
export function serviceNetwork(value: Json | undefined): JsonObject | undefined {
  if (value === undefined) return undefined
  const { dynamicVnetAssignmentScope: scope, ...rest } = objectOf(value)
  return scope === undefined ? rest : { ...rest, dynamicVNetAssignmentScope: scope }
}
