import type { Call, Json, JsonObject } from '../kernel/types.ts'
import { endpointFaults } from './endpoint-constraints.ts'
import { enumFaults } from './pool-enums.ts'
import { refuseMissing, refuseProperty } from './batch-errors.ts'
import { listOf, numberOf, objectOf, textOf } from './json.ts'

/** What the contract doesn't allow: at a path below `properties`, as ARM names it. Without a reason it is missing. */
export type Fault = { path: string; value?: Json | undefined; reason?: string }

const LONGEST_DISPLAY_NAME = 1_024
const MOST_PACKAGES = 10
const LARGEST_LUN = 63
const MACHINE = 'deploymentConfiguration.virtualMachineConfiguration'

/** Throws the 400 for the first value that the contract rules out, whatever else is in the world. */
export function checkConstraints(call: Call, requested: JsonObject): void {
  const [fault] = faultsOf(requested)
  if (fault === undefined) return
  const { path, value, reason } = fault
  const name = path.split('.').at(-1) ?? path
  if (reason === undefined) refuseMissing(call, name)
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value ?? '')
  refuseProperty(call, { name, path: `properties.${path}`, value: text, reason })
}

function faultsOf(requested: JsonObject): Fault[] {
  const machine = objectOf(objectOf(requested['deploymentConfiguration'])['virtualMachineConfiguration'])
  const network = objectOf(requested['networkConfiguration'])
  return [
    ...enumFaults(requested),
    ...nameFaults(requested),
    ...packageFaults(requested),
    ...diskFaults(listOf(machine['dataDisks'])),
    ...accountFaults(listOf(requested['userAccounts'])),
    ...startTaskFaults(requested['startTask']),
    ...oneOfFaults('mountConfiguration', listOf(requested['mountConfiguration'])),
    ...networkFaults(network),
    ...endpointFaults(network)
  ]
}

function nameFaults({ displayName }: JsonObject): Fault[] {
  const isLong = (textOf(displayName) ?? '').length > LONGEST_DISPLAY_NAME
  return isLong ? [{ path: 'displayName', value: displayName, reason: 'The maximum length is 1024 characters' }] : []
}

function packageFaults({ applicationPackages: packages }: JsonObject): Fault[] {
  const count = listOf(packages).length
  const reason = `There is a maximum of ${MOST_PACKAGES} application package references on any given pool`
  return count > MOST_PACKAGES ? [{ path: 'applicationPackages', value: count, reason }] : []
}

function diskFaults(disks: JsonObject[]): Fault[] {
  return disks.flatMap(({ lun }, index): Fault[] => {
    const path = `${MACHINE}.dataDisks[${index}].lun`
    const number = numberOf(lun)
    if (number === undefined || number < 0 || number > LARGEST_LUN) {
      return [{ path, value: lun, reason: 'The value must be between 0 and 63, inclusive' }]
    }
    const isTaken = disks.findIndex(other => numberOf(other['lun']) === number) < index
    return isTaken ? [{ path, value: lun, reason: 'Each data disk must have a distinct lun' }] : []
  })
}

function accountFaults(accounts: JsonObject[]): Fault[] {
  return accounts.flatMap(({ linuxUserConfiguration }, index): Fault[] => {
    const { uid, gid } = objectOf(linuxUserConfiguration)
    const reason = 'The uid and gid properties must be specified together or not at all'
    return (uid === undefined) === (gid === undefined)
      ? []
      : [{ path: `userAccounts[${index}].linuxUserConfiguration.${uid === undefined ? 'uid' : 'gid'}`, reason }]
  })
}

function startTaskFaults(value: Json | undefined): Fault[] {
  const task = objectOf(value)
  const files = listOf(task['resourceFiles'])
  const isWithoutCommand = Object.keys(task).length > 0 && task['commandLine'] === undefined
  return [
    ...(isWithoutCommand ? [{ path: 'startTask.commandLine' }] : []),
    ...oneOfFaults('startTask.resourceFiles', files, SOURCES_OF_FILES),
    ...files.flatMap(({ httpUrl, filePath }, index) =>
      httpUrl !== undefined && filePath === undefined ? [{ path: `startTask.resourceFiles[${index}].filePath` }] : []
    )
  ]
}

const SOURCES_OF_FILES = ['autoStorageContainerName', 'storageContainerUrl', 'httpUrl']

/** Each item has exactly one of `names`, or one property at all. */
function oneOfFaults(path: string, items: JsonObject[], names?: string[]): Fault[] {
  return items.flatMap((item, index): Fault[] => {
    const given = Object.keys(item).filter(name => names?.includes(name) ?? true)
    const reason = 'These properties are mutually exclusive and one of them must be specified'
    return given.length === 1 ? [] : [{ path: `${path}[${index}]`, value: given.join(', '), reason }]
  })
}

function networkFaults(network: JsonObject): Fault[] {
  const { subnetId, dynamicVnetAssignmentScope: scope, publicIPAddressConfiguration } = network
  const { provision, ipAddressIds } = objectOf(publicIPAddressConfiguration)
  const path = 'networkConfiguration.publicIPAddressConfiguration.ipAddressIds'
  const addresses = Array.isArray(ipAddressIds) ? ipAddressIds.length : 0
  const how = textOf(provision)?.toLowerCase() ?? 'batchmanaged'
  const isSubnetNeeded = how === 'nopublicipaddresses' || textOf(scope)?.toLowerCase() === 'job'
  return [
    ...(isSubnetNeeded && subnetId === undefined ? [{ path: 'networkConfiguration.subnetId' }] : []),
    ...(how === 'usermanaged' && addresses === 0 ? [{ path }] : []),
    ...(how === 'nopublicipaddresses' && addresses > 0
      ? [{ path, value: addresses, reason: 'A pool without public IP addresses takes none' }]
      : [])
  ]
}
