import type { Json, JsonObject } from '../kernel/types.ts'
import type { Fault } from './pool-constraints.ts'

/** Values of the contract, by the last two names of their path, or by the last alone; the newest version's and older ones' alike. */
const ENUMS: Record<string, string[]> = {
  interNodeCommunication: ['Enabled', 'Disabled'],
  nodeFillType: ['Spread', 'Pack'],
  jobDefaultOrder: ['None', 'CreationTime'],
  caching: ['None', 'ReadOnly', 'ReadWrite'],
  storageAccountType: ['Standard_LRS', 'Premium_LRS', 'StandardSSD_LRS'],
  'nodePlacementConfiguration.policy': ['Regional', 'Zonal'],
  'ephemeralOSDiskSettings.placement': ['CacheDisk'],
  securityType: ['trustedLaunch', 'confidentialVM'],
  securityEncryptionType: ['NonPersistedTPM', 'VMGuestStateOnly', 'DiskWithVMGuestState'],
  targets: ['OsDisk', 'TemporaryDisk'],
  elevationLevel: ['NonAdmin', 'Admin'],
  loginMode: ['Batch', 'Interactive'],
  'autoUser.scope': ['Task', 'Pool'],
  dynamicVnetAssignmentScope: ['none', 'job'],
  provision: ['BatchManaged', 'UserManaged', 'NoPublicIPAddresses'],
  'inboundNatPools.protocol': ['TCP', 'UDP'],
  'networkSecurityGroupRules.access': ['Allow', 'Deny'],
  'upgradePolicy.mode': ['automatic', 'manual', 'rolling'],
  'containerConfiguration.type': ['DockerCompatible', 'CriCompatible'],
  workingDirectory: ['TaskWorkingDirectory', 'ContainerImageDefault'],
  targetNodeCommunicationMode: ['Default', 'Classic', 'Simplified']
}

/** Values that stand where the contract has others; in any casing, as clients send them. */
export function enumFaults(properties: JsonObject): Fault[] {
  return faultsIn(properties, '', '', '')
}

function faultsIn(value: Json | undefined, path: string, parent: string, name: string): Fault[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => faultsIn(item, `${path}[${index}]`, parent, name))
  if (value !== null && typeof value === 'object') {
    if (FREE.has(name)) return []
    return Object.entries(value).flatMap(([key, part]) =>
      faultsIn(part, path === '' ? key : `${path}.${key}`, name, key)
    )
  }
  const known = ENUMS[`${parent}.${name}`] ?? ENUMS[name]
  if (known === undefined || typeof value !== 'string' || inForm(value, known) !== undefined) return []
  return [{ path, value, reason: 'The value provided for one of the properties in the request body is invalid.' }]
}

/** Their names are the user's. */
const FREE = new Set(['settings', 'protectedSettings', 'resourceTags', 'metadata', 'environmentSettings'])

function inForm(value: string, known: string[]): string | undefined {
  return known.find(one => one.toLowerCase() === value.toLowerCase())
}

/** Properties with their enums as the contract spells them, whatever the casing in which they were sent. */
export function withEnums(value: Json | undefined, parent = '', name = ''): Json | undefined {
  if (Array.isArray(value)) return value.map(item => withEnums(item, parent, name) ?? null)
  if (value !== null && typeof value === 'object') {
    if (FREE.has(name)) return value
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withEnums(part, name, key) ?? null]))
  }
  const known = ENUMS[`${parent}.${name}`] ?? ENUMS[name]
  return known === undefined || typeof value !== 'string' ? value : (inForm(value, known) ?? value)
}
