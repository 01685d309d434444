import type { Json, JsonObject } from '../kernel/types.ts'
import { withEnums } from './pool-enums.ts'
import { compact, listOf, numberOf, objectOf, textOf } from './json.ts'

const READ_ONLY = [
  ...['lastModified', 'creationTime', 'provisioningState', 'provisioningStateTransitionTime', 'allocationState'],
  ...['allocationStateTransitionTime', 'currentDedicatedNodes', 'currentLowPriorityNodes', 'autoScaleRun'],
  ...['resizeOperationStatus', 'currentNodeCommunicationMode']
]

/** What of a request's `properties` is kept: without what Azure alone writes, with its defaults, as recorded. */
export function writtenProperties(properties: JsonObject): JsonObject {
  const kept = Object.entries(properties).filter(
    ([name, value]) => !READ_ONLY.includes(name) && value !== null && !isDropped(name, value)
  )
  return Object.fromEntries(
    kept.map(([name, value]) => [name, withEnums(NORMALIZERS[name]?.(value) ?? value, '', name) ?? null])
  )
}

const DROPPED_EMPTY = ['displayName', 'userAccounts', 'mountConfiguration', 'applicationLicenses', 'ipAddressIds']

/** Reported: what is empty of these comes back as none, and is a change where it is sent again (Azure/bicep#7902). */
export function isDropped(name: string, value: Json | undefined): boolean {
  return DROPPED_EMPTY.includes(name) && (value === '' || (Array.isArray(value) && value.length === 0))
}

/** What a new pool has that its request leaves out. */
export function withPoolDefaults(properties: JsonObject): JsonObject {
  const { maxTasksPerNode, ...rest } = properties
  return {
    interNodeCommunication: 'Disabled',
    taskSlotsPerNode: maxTasksPerNode ?? 1,
    taskSchedulingPolicy: { nodeFillType: 'Spread' },
    scaleSettings: scaleSettings({ fixedScale: {} }),
    ...rest
  }
}

const NORMALIZERS: Record<string, (value: Json | undefined) => Json | undefined> = {
  // recorded: "Standard_A1" comes back as "STANDARD_A1"
  vmSize: value => textOf(value)?.toUpperCase(),
  scaleSettings,
  deploymentConfiguration: value => {
    const machine = objectOf(objectOf(value)['virtualMachineConfiguration'])
    const image = objectOf(machine['imageReference'])
    const marketplace = image['publisher'] !== undefined && {
      imageReference: { ...image, version: image['version'] ?? 'latest' }
    }
    return {
      ...objectOf(value),
      virtualMachineConfiguration: compact({ ...machine, ...marketplace, ...disksOf(machine) })
    }
  },
  networkConfiguration: value => {
    const { publicIPAddressConfiguration: addresses, ...network } = objectOf(value)
    const kept = Object.entries(objectOf(addresses)).filter(([name, part]) => !isDropped(name, part))
    return addresses === undefined ? network : { ...network, publicIPAddressConfiguration: Object.fromEntries(kept) }
  },
  startTask: value => {
    const task = objectOf(value)
    const identity = objectOf(task['userIdentity'])
    const autoUser = { scope: 'Pool', elevationLevel: 'NonAdmin', ...objectOf(identity['autoUser']) }
    const userIdentity = identity['userName'] === undefined ? { autoUser } : identity
    return {
      ...task,
      userIdentity,
      maxTaskRetryCount: task['maxTaskRetryCount'] ?? 0,
      waitForSuccess: task['waitForSuccess'] ?? true
    }
  },
  userAccounts: value => listOf(value).map(account => ({ elevationLevel: 'NonAdmin', ...account }))
}

/** recorded 2026-02-11: what a disk leaves out comes back filled in. */
function disksOf({ dataDisks, osDisk }: JsonObject): JsonObject {
  const os = objectOf(osDisk)
  const managedDisk = { storageAccountType: 'Standard_LRS', ...objectOf(os['managedDisk']) }
  return {
    ...(Array.isArray(dataDisks) && { dataDisks: listOf(dataDisks).map(disk => ({ caching: 'None', ...disk })) }),
    ...(os['managedDisk'] !== undefined && { osDisk: { ...os, managedDisk } })
  }
}

/** One of fixed and automatic scale, with its defaults; `nodeDeallocationOption` is never given back. */
function scaleSettings(value: Json | undefined): JsonObject {
  const { fixedScale, autoScale } = objectOf(value)
  if (autoScale !== undefined) return { autoScale: { evaluationInterval: 'PT15M', ...objectOf(autoScale) } }
  const fixed = objectOf(fixedScale)
  return {
    fixedScale: {
      targetDedicatedNodes: numberOf(fixed['targetDedicatedNodes']) ?? 0,
      targetLowPriorityNodes: numberOf(fixed['targetLowPriorityNodes']) ?? 0,
      resizeTimeout: fixed['resizeTimeout'] ?? 'PT15M'
    }
  }
}

const SECRETS = ['password', 'sshPrivateKey', 'accountKey', 'sasKey', 'protectedSettings']
/** Free-form, so that a name in them says nothing. */
const OPAQUE = ['settings', 'resourceTags', 'userAssignedIdentities']

/** What is kept is never changed, only replaced: each part of it is gone through once. */
const shownParts = new WeakMap<object, Json>()

/** Without what a GET never shows: passwords, keys, and extensions' protected settings. */
export function withoutSecrets(value: Json | undefined): Json | undefined {
  if (value === null || typeof value !== 'object') return value
  const shown = shownParts.get(value) ?? openParts(value)
  shownParts.set(value, shown)
  return shown
}

function openParts(value: JsonObject | Json[]): Json {
  if (Array.isArray(value)) return value.map(item => withoutSecrets(item) ?? null)
  const open = Object.entries(value).filter(([name]) => !SECRETS.includes(name))
  return compact(
    Object.fromEntries(open.map(([name, part]) => [name, OPAQUE.includes(name) ? part : withoutSecrets(part)]))
  )
}
