import type { Shape } from '../kernel/shape.ts'
import { flat } from '../kernel/shape.ts'

/** Names of the pool's body by api-version of the ARM contract (OpenAPI files; bicep types for 2025-06-01). */
export const POOL_API_VERSIONS = ['2025-06-01', '2024-07-01', '2023-11-01', '2019-08-01'] as const

type Names = { [property: string]: Shape }

const identity: Names = { identityReference: flat('resourceId') }
const registry = (server: string, extra: Names): Names => ({ ...flat('username', 'password', server), ...extra })

function startTask(registryNames: Names, more: { files: Names; container: Names }): Names {
  return {
    ...flat('commandLine', 'maxTaskRetryCount', 'waitForSuccess'),
    resourceFiles: {
      ...flat('autoStorageContainerName', 'storageContainerUrl', 'httpUrl', 'blobPrefix', 'filePath', 'fileMode'),
      ...more.files
    },
    environmentSettings: flat('name', 'value'),
    userIdentity: { userName: 'any', autoUser: flat('scope', 'elevationLevel') },
    containerSettings: {
      ...flat('containerRunOptions', 'imageName', 'workingDirectory'),
      registry: registryNames,
      ...more.container
    }
  }
}

function mountConfiguration(cifsUser: string, more: Names): Names {
  return {
    azureBlobFileSystemConfiguration: {
      ...flat('accountName', 'containerName', 'accountKey', 'sasKey', 'blobfuseOptions', 'relativeMountPath'),
      ...more
    },
    nfsMountConfiguration: flat('source', 'relativeMountPath', 'mountOptions'),
    cifsMountConfiguration: flat(cifsUser, 'source', 'relativeMountPath', 'mountOptions', 'password'),
    azureFileShareConfiguration: flat('accountName', 'azureFileUrl', 'accountKey', 'relativeMountPath', 'mountOptions')
  }
}

const endpointConfiguration: Names = {
  inboundNatPools: {
    ...flat('name', 'protocol', 'backendPort', 'frontendPortRangeStart', 'frontendPortRangeEnd'),
    networkSecurityGroupRules: flat('priority', 'access', 'sourceAddressPrefix', 'sourcePortRanges')
  }
}

const resizeError: Names = { ...flat('code', 'message'), details: 'any' }

/** In every version; read-only ones may come along, and are ignored. */
const common: Names = {
  ...flat('displayName', 'lastModified', 'creationTime', 'provisioningState', 'provisioningStateTransitionTime'),
  ...flat(
    'allocationState',
    'allocationStateTransitionTime',
    'vmSize',
    'currentDedicatedNodes',
    'currentLowPriorityNodes'
  ),
  ...flat('interNodeCommunication'),
  scaleSettings: {
    fixedScale: flat('resizeTimeout', 'targetDedicatedNodes', 'targetLowPriorityNodes', 'nodeDeallocationOption'),
    autoScale: flat('formula', 'evaluationInterval')
  },
  autoScaleRun: { ...flat('evaluationTime', 'results'), error: resizeError },
  taskSchedulingPolicy: flat('nodeFillType'),
  userAccounts: {
    ...flat('name', 'password', 'elevationLevel'),
    linuxUserConfiguration: flat('uid', 'gid', 'sshPrivateKey'),
    windowsUserConfiguration: flat('loginMode')
  },
  metadata: flat('name', 'value'),
  applicationPackages: flat('id', 'version'),
  resizeOperationStatus: {
    ...flat('targetDedicatedNodes', 'targetLowPriorityNodes', 'resizeTimeout', 'nodeDeallocationOption', 'startTime'),
    errors: resizeError
  }
}

const certificates = flat('id', 'storeLocation', 'storeName', 'visibility')
const marketplace = flat('publisher', 'offer', 'sku', 'version', 'id')
const cloudServiceConfiguration = flat('osFamily', 'osVersion')

const virtualMachine: Names = {
  imageReference: marketplace,
  ...flat('nodeAgentSkuId', 'licenseType'),
  windowsConfiguration: flat('enableAutomaticUpdates'),
  dataDisks: flat('lun', 'caching', 'diskSizeGB', 'storageAccountType')
}
const containers = (registryNames: Names): Names => ({
  containerConfiguration: { ...flat('type', 'containerImageNames'), containerRegistries: registryNames }
})

const registry2019 = registry('registryServer', {})
const properties2019: Names = {
  ...common,
  ...flat('maxTasksPerNode', 'applicationLicenses'),
  deploymentConfiguration: {
    cloudServiceConfiguration,
    virtualMachineConfiguration: { ...virtualMachine, ...containers(registry2019) }
  },
  networkConfiguration: { ...flat('subnetId', 'publicIPs'), endpointConfiguration },
  certificates,
  startTask: startTask(registry2019, { files: {}, container: {} }),
  mountConfiguration: mountConfiguration('username', {})
}

const registry2023 = registry('registryServer', identity)
const virtualMachine2023: Names = {
  ...virtualMachine,
  ...containers(registry2023),
  diskEncryptionConfiguration: flat('targets'),
  nodePlacementConfiguration: flat('policy'),
  extensions: {
    ...flat('name', 'publisher', 'type', 'typeHandlerVersion', 'autoUpgradeMinorVersion', 'enableAutomaticUpgrade'),
    ...flat('settings', 'protectedSettings', 'provisionAfterExtensions')
  },
  osDisk: {
    ...flat('caching', 'diskSizeGB', 'writeAcceleratorEnabled'),
    ephemeralOSDiskSettings: flat('placement'),
    managedDisk: flat('storageAccountType')
  },
  securityProfile: {
    ...flat('securityType', 'encryptionAtHost'),
    uefiSettings: flat('secureBootEnabled', 'vTpmEnabled')
  },
  serviceArtifactReference: flat('id')
}
const network2023: Names = {
  ...flat('subnetId', 'dynamicVnetAssignmentScope', 'enableAcceleratedNetworking'),
  endpointConfiguration,
  publicIPAddressConfiguration: flat('provision', 'ipAddressIds')
}
const properties2023: Names = {
  ...common,
  ...flat('taskSlotsPerNode', 'applicationLicenses', 'targetNodeCommunicationMode', 'currentNodeCommunicationMode'),
  resourceTags: 'any',
  deploymentConfiguration: { cloudServiceConfiguration, virtualMachineConfiguration: virtualMachine2023 },
  networkConfiguration: network2023,
  certificates,
  startTask: startTask(registry2023, { files: identity, container: {} }),
  mountConfiguration: mountConfiguration('userName', identity)
}

const disk2024: Names = { storageAccountType: 'any', securityProfile: flat('securityEncryptionType') }
const virtualMachine2024: Names = {
  ...virtualMachine2023,
  imageReference: { ...marketplace, ...flat('sharedGalleryImageId', 'communityGalleryImageId') },
  osDisk: { ...(virtualMachine2023['osDisk'] as Names), managedDisk: disk2024 }
}
const bindMounts: Names = { containerHostBatchBindMounts: flat('source', 'isReadOnly') }
const startTask2024 = startTask(registry2023, { files: identity, container: bindMounts })
const upgradePolicy: Names = {
  mode: 'any',
  automaticOSUpgradePolicy: flat(
    ...['disableAutomaticRollback', 'enableAutomaticOSUpgrade', 'useRollingUpgradePolicy', 'osRollingUpgradeDeferral']
  ),
  rollingUpgradePolicy: flat(
    ...['enableCrossZoneUpgrade', 'maxBatchInstancePercent', 'maxUnhealthyInstancePercent', 'pauseTimeBetweenBatches'],
    ...['maxUnhealthyUpgradedInstancePercent', 'prioritizeUnhealthyInstances', 'rollbackFailedInstancesOnPolicyBreach']
  )
}
const properties2024: Names = {
  ...properties2023,
  deploymentConfiguration: { virtualMachineConfiguration: virtualMachine2024 },
  startTask: startTask2024,
  upgradePolicy
}

const disk2025: Names = {
  storageAccountType: 'any',
  diskEncryptionSet: flat('id'),
  securityProfile: { securityEncryptionType: 'any', diskEncryptionSet: flat('id') }
}
const hostEndpoint = flat('mode', 'inVMAccessControlProfileReferenceId')
const virtualMachine2025: Names = {
  ...virtualMachine2024,
  dataDisks: { ...flat('lun', 'caching', 'diskSizeGB'), managedDisk: disk2025 },
  osDisk: { ...(virtualMachine2023['osDisk'] as Names), managedDisk: disk2025 },
  diskEncryptionConfiguration: {
    targets: 'any',
    customerManagedKey: { ...flat('keyUrl', 'rotationToLatestKeyVersionEnabled'), ...identity }
  },
  securityProfile: {
    ...(virtualMachine2023['securityProfile'] as Names),
    proxyAgentSettings: { enabled: 'any', imds: hostEndpoint, wireServer: hostEndpoint }
  }
}
const properties2025: Names = {
  ...common,
  taskSlotsPerNode: 'any',
  taskSchedulingPolicy: flat('nodeFillType', 'jobDefaultOrder'),
  deploymentConfiguration: { virtualMachineConfiguration: virtualMachine2025 },
  networkConfiguration: {
    ...network2023,
    publicIPAddressConfiguration: {
      ...flat('provision', 'ipAddressIds', 'ipFamilies'),
      ipTags: flat('ipTagType', 'tag')
    }
  },
  startTask: startTask2024,
  mountConfiguration: mountConfiguration('userName', identity),
  upgradePolicy
}

const PROPERTIES: Record<string, Names> = {
  '2019-08-01': properties2019,
  '2023-11-01': properties2023,
  '2024-07-01': properties2024,
  '2025-06-01': properties2025
}

/** Top-level names of `properties` in an api-version. */
export function poolPropertyNames(apiVersion: string): string[] {
  return Object.keys(PROPERTIES[apiVersion] ?? {})
}

/** The body of a pool's PUT and PATCH. */
export function poolShape(apiVersion: string): Shape {
  const envelope: Names = { ...flat('id', 'name', 'type', 'etag'), properties: PROPERTIES[apiVersion] ?? {} }
  if (apiVersion !== '2019-08-01') envelope['identity'] = { type: 'any', userAssignedIdentities: 'any' }
  if (apiVersion !== '2019-08-01' && apiVersion !== '2023-11-01') envelope['tags'] = 'any'
  if (apiVersion === '2025-06-01') envelope['systemData'] = 'any'
  return envelope
}
