/** From JSON to what Batch says over Resource Manager: account, sizes, pools. */
import { parseArmId } from '../../model/arm-id.ts'
import type { Json } from '../../model/json.ts'
import type {
  AccountNetwork,
  BatchAccount,
  IpRules,
  Pool,
  ResizeError,
  ResizeStatus,
  Scale,
  VmSize
} from '../../model/observed.ts'
import { regionName } from '../../model/region.ts'
import { at, booleanAt, defined, listAt, neededText, numberAt, objectOf, textAt } from './json.ts'

const NODE_IMAGE = 'deploymentConfiguration.virtualMachineConfiguration.imageReference.id'

export function readAccount(account: Json): BatchAccount {
  const properties = at(account, 'properties')
  const modes = at(properties, 'allowedAuthenticationModes')
  const families = at(properties, 'dedicatedCoreQuotaPerVMFamily')
  return defined({
    accountId: parseArmId(neededText(account, 'id'), 'Microsoft.Batch/batchAccounts'),
    location: regionName(neededText(account, 'location')),
    accountEndpoint: neededText(properties, 'accountEndpoint').replace(/^https:\/\//i, ''),
    poolAllocationMode: textAt(properties, 'poolAllocationMode') ?? 'BatchService',
    provisioningState: textAt(properties, 'provisioningState'),
    allowedAuthenticationModes: Array.isArray(modes) ? modes.filter(mode => typeof mode === 'string') : undefined,
    network: readNetwork(properties),
    poolQuota: numberAt(properties, 'poolQuota'),
    dedicatedCoreQuota: numberAt(properties, 'dedicatedCoreQuota'),
    lowPriorityCoreQuota: numberAt(properties, 'lowPriorityCoreQuota'),
    dedicatedCoreQuotaPerVMFamily: Array.isArray(families) ? families.map(readFamilyQuota) : undefined,
    dedicatedCoreQuotaPerVMFamilyEnforced: booleanAt(properties, 'dedicatedCoreQuotaPerVMFamilyEnforced') ?? false
  })
}

function readNetwork(properties: Json | undefined): AccountNetwork {
  const approved = listAt(properties, 'privateEndpointConnections').filter(
    connection => textAt(connection, 'properties.privateLinkServiceConnectionState.status') === 'Approved'
  )
  return defined({
    publicAccess: textAt(properties, 'publicNetworkAccess') ?? 'Enabled',
    account: readIpRules(at(properties, 'networkProfile.accountAccess')),
    nodeManagement: readIpRules(at(properties, 'networkProfile.nodeManagementAccess')),
    privateEndpoints: approved.flatMap(connection =>
      listAt(connection, 'properties.groupIds').filter(group => typeof group === 'string')
    )
  })
}

function readIpRules(access: Json | undefined): IpRules | undefined {
  if (textAt(access, 'defaultAction') !== 'Deny') return undefined
  return { allowed: listAt(access, 'ipRules').flatMap(rule => textAt(rule, 'value') ?? []) }
}

function readFamilyQuota(family: Json): { name: string; coreQuota: number } {
  return { name: neededText(family, 'name'), coreQuota: numberAt(family, 'coreQuota') ?? 0 }
}

export function readVmSize(size: Json): VmSize {
  const capability = (name: string) =>
    textAt(
      listAt(size, 'capabilities').find(entry => textAt(entry, 'name')?.toLowerCase() === name.toLowerCase()),
      'value'
    )
  const flag = (name: string) => {
    const value = capability(name)?.toLowerCase()
    return value === undefined ? undefined : value === 'true'
  }
  const number = (name: string) => {
    const value = Number(capability(name) ?? NaN)
    return Number.isNaN(value) ? undefined : value
  }
  const cachedBytes = number('CachedDiskBytes')
  return defined({
    name: neededText(size, 'name'),
    familyName: textAt(size, 'familyName'),
    vCpus: number('vCPUs'),
    hyperVGenerations: capability('HyperVGenerations')
      ?.split(',')
      .map(generation => generation.trim()),
    architecture: capability('CpuArchitectureType'),
    ephemeralOsDisk: flag('EphemeralOSDiskSupported'),
    premiumStorage: flag('PremiumIO'),
    acceleratedNetworking: flag('AcceleratedNetworkingEnabled'),
    maxDataDisks: number('MaxDataDiskCount'),
    cachedDiskGB: cachedBytes === undefined ? undefined : Math.floor(cachedBytes / 2 ** 30),
    trustedLaunchDisabled: flag('TrustedLaunchDisabled'),
    confidentialComputingType: capability('ConfidentialComputingType'),
    batchSupportEndOfLife: textAt(size, 'batchSupportEndOfLife')
  })
}

/** @param etagHeader of the answer; the body's own is taken where it has one */
export function readPool(pool: Json, etagHeader?: string): Pool {
  const properties = at(pool, 'properties')
  return defined({
    poolId: parseArmId(neededText(pool, 'id'), 'Microsoft.Batch/batchAccounts/pools'),
    etag: textAt(pool, 'etag') ?? etagHeader ?? neededText(pool, 'etag'),
    provisioningState: neededText(properties, 'provisioningState'),
    allocationState: neededText(properties, 'allocationState'),
    allocationStateTransitionTime: textAt(properties, 'allocationStateTransitionTime'),
    vmSize: textAt(properties, 'vmSize'),
    currentDedicatedNodes: numberAt(properties, 'currentDedicatedNodes') ?? 0,
    currentLowPriorityNodes: numberAt(properties, 'currentLowPriorityNodes') ?? 0,
    scale: readScale(at(properties, 'scaleSettings')),
    resize: readResize(at(properties, 'resizeOperationStatus')),
    autoScaleRun: readAutoScaleRun(at(properties, 'autoScaleRun')),
    imageId: textAt(properties, NODE_IMAGE),
    metadata: listAt(properties, 'metadata').map(item => ({
      name: neededText(item, 'name'),
      value: textAt(item, 'value') ?? ''
    })),
    body: objectOf(pool)
  })
}

/** A pool without scale settings is fixed at no nodes (the contract of 2025-06-01). */
function readScale(settings: Json | undefined): Scale {
  const auto = at(settings, 'autoScale')
  if (auto !== undefined) {
    const evaluationInterval = textAt(auto, 'evaluationInterval')
    return defined({ kind: 'auto' as const, formula: neededText(auto, 'formula'), evaluationInterval })
  }
  const fixed = at(settings, 'fixedScale')
  return defined({
    kind: 'fixed' as const,
    targetDedicatedNodes: numberAt(fixed, 'targetDedicatedNodes') ?? 0,
    targetLowPriorityNodes: numberAt(fixed, 'targetLowPriorityNodes') ?? 0,
    resizeTimeout: textAt(fixed, 'resizeTimeout')
  })
}

function readResize(status: Json | undefined): ResizeStatus | undefined {
  if (status === undefined) return undefined
  return defined({
    targetDedicatedNodes: numberAt(status, 'targetDedicatedNodes'),
    targetLowPriorityNodes: numberAt(status, 'targetLowPriorityNodes'),
    startTime: textAt(status, 'startTime'),
    errors: listAt(status, 'errors').map(readResizeError)
  })
}

function readAutoScaleRun(run: Json | undefined): Pool['autoScaleRun'] {
  if (run === undefined) return undefined
  const error = at(run, 'error')
  return defined({
    evaluationTime: textAt(run, 'evaluationTime') ?? '',
    error: error === undefined ? undefined : readResizeError(error),
    results: textAt(run, 'results')
  })
}

/** The details of one error may nest; they come as one list. */
function readResizeError(error: Json): ResizeError {
  return {
    code: textAt(error, 'code') ?? 'Unknown',
    message: textAt(error, 'message') ?? '',
    details: listAt(error, 'details').flatMap(detail => {
      const { details, ...own } = readResizeError(detail)
      return [own, ...details]
    })
  }
}
