import { parseArmId, splitArmId, type ArmId } from '../model/arm-id.ts'

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export const POOL_NAME = /^[a-zA-Z0-9_-]{1,64}$/

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
  names.forEach((name, depth) =>
    checkName(
      text,
      name,
      type
        .split('/')
        .slice(0, depth + 2)
        .join('/')
    )
  )
  return id
}

type NameRule = { pattern: RegExp; rule: string }

/** Contract of Compute's galleries (2025-12-03), and, for managed images, "Naming rules and restrictions for Azure resources". */
const OF_COMPUTE: NameRule = {
  pattern: /^[a-z0-9](?:[\w.-]{0,78}\w)?$/i,
  rule: '1 to 80 letters, digits, underscores, periods and hyphens, the first a letter or digit, the last no period or hyphen'
}

/** What Azure surely refuses as the name of a new resource, and so never has as that of another. */
const NAME_RULES: Record<string, NameRule> = {
  'Microsoft.Compute/galleries': OF_COMPUTE,
  'Microsoft.Compute/galleries/images': OF_COMPUTE,
  'Microsoft.Compute/images': OF_COMPUTE,
  // Contract of Batch's accounts (2025-06-01); an id's casing says nothing.
  'Microsoft.Batch/batchAccounts': { pattern: /^[a-z0-9]{3,24}$/i, rule: '3 to 24 letters and digits' },
  'Microsoft.Batch/batchAccounts/pools': {
    pattern: POOL_NAME,
    rule: '1 to 64 letters, digits, hyphens and underscores'
  }
}

function checkName(text: string, name: string, type: string): void {
  const { pattern, rule } = NAME_RULES[type] ?? {}
  if (pattern?.test(name) !== false) return
  throw new Error(`"${text}" has "${name}", which is not the name of a ${type}; ${rule}`)
}

/** What Resource Manager takes in a resource group's name, and so in any other: 1 to 90 characters, no period at the end. */
export function isResourceName(text: string): boolean {
  return /^[\p{L}\p{N}_.()-]{1,90}$/u.test(text) && !text.endsWith('.')
}
