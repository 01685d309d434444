/** Ids in a pool spec: each must be of the type that its property takes (ARM 2024-07-01). */
import { splitArmId } from '../model/arm-id.ts'
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts'
import type { Path } from './pool-spec-document.ts'
import type { PathProblem } from './pool-spec-shape.ts'

const SUBNET = 'Microsoft.Network/virtualNetworks/subnets'
const PUBLIC_IP = 'Microsoft.Network/publicIPAddresses'
const ENCRYPTION_SET = 'Microsoft.Compute/diskEncryptionSets'
const APPLICATION = 'Microsoft.Batch/batchAccounts/applications'

/** `*` is each entry of a list. */
const IDS: readonly [path: string, ...types: string[]][] = [
  ['networkConfiguration.subnetId', SUBNET],
  ['networkConfiguration.publicIPAddressConfiguration.ipAddressIds.*', PUBLIC_IP],
  ['networkConfiguration.publicIPs.*', PUBLIC_IP],
  ['applicationPackages.*.id', APPLICATION, `${APPLICATION}/versions`],
  ...['osDisk', 'dataDisks.*'].flatMap(disk =>
    ['diskEncryptionSet', 'securityProfile.diskEncryptionSet'].map((set): [string, string] => [
      `deploymentConfiguration.virtualMachineConfiguration.${disk}.managedDisk.${set}.id`,
      ENCRYPTION_SET
    ])
  )
]

/** What isn't text is left to the schema; what stands for a secret, to Azure. */
export function idProblems(root: JsonObject): PathProblem[] {
  return IDS.flatMap(([path, ...types]) =>
    valuesAt(root['properties'], path.split('.'), ['properties']).flatMap(({ path, value }) =>
      typeof value !== 'string' || value.includes('${env:')
        ? []
        : idProblem(value, types).map(message => ({ path, message }))
    )
  )
}

function idProblem(text: string, types: readonly string[]): string[] {
  const type = splitArmId(text)?.type
  if (types.some(wanted => wanted.toLowerCase() === type?.toLowerCase())) return []
  const [wanted] = types
  return [
    type === undefined ? `is not the id of a ${wanted}` : `is the id of a ${type}; that of a ${wanted} is expected`
  ]
}

type Found = { path: Path; value: Json | undefined }

function valuesAt(value: Json | undefined, [name, ...rest]: readonly string[], path: Path): Found[] {
  if (name === undefined) return [{ path, value }]
  if (name === '*') {
    return Array.isArray(value) ? value.flatMap((item, index) => valuesAt(item, rest, [...path, index])) : []
  }
  return isJsonObject(value) ? valuesAt(value[name], rest, [...path, name]) : []
}
