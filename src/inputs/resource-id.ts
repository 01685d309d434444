import { parseArmId, splitArmId, type ArmId } from '../model/arm-id.ts'

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export const isGuid = (text: string): boolean => GUID.test(text)

/** An id of exactly `type` whose subscription is a GUID and whose names have no character that Azure refuses. Throws. */
export function parseResourceId<T extends string>(text: string, type: T): ArmId<T> {
  const id = parseArmId(text, type)
  const { subscriptionId, resourceGroup, names } = splitArmId(text) ?? {
    subscriptionId: '',
    resourceGroup: '',
    names: []
  }
  if (!isGuid(subscriptionId)) {
    throw new Error(`"${text}" has subscription "${subscriptionId}", which is not a GUID`)
  }
  const bad = [resourceGroup, ...names].find(name => !isResourceName(name))
  if (bad !== undefined) {
    throw new Error(`"${text}" has "${bad}" in it, which is not a name; letters, digits and -_.() are allowed`)
  }
  return id
}

/** What Resource Manager takes in a resource group's name, and so in any other: 1 to 90 characters, no period at the end. */
export function isResourceName(text: string): boolean {
  return /^[\p{L}\p{N}_.()-]{1,90}$/u.test(text) && !text.endsWith('.')
}
