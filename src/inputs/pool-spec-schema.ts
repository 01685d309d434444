/** What can be written of a pool in Resource Manager's api-version 2025-06-01, save what this action doesn't take. */
import { z } from 'zod'
import {
  blobMount,
  choice,
  commonProperties,
  endpointConfiguration,
  fileShareMount,
  flag,
  image,
  nfsMount,
  poolName,
  resourceFile,
  some,
  startTask,
  text,
  whole,
  workingDirectory
} from './pool-spec-parts.ts'

const identityReference = z.strictObject({ resourceId: some(text) })
const encryptionSet = z.strictObject({ id: text })
const caching = choice('None', 'ReadOnly', 'ReadWrite')

const managedDisk = z.strictObject({
  storageAccountType: some(choice('Standard_LRS', 'Premium_LRS', 'StandardSSD_LRS')),
  securityProfile: some(
    z.strictObject({
      securityEncryptionType: some(choice('NonPersistedTPM', 'VMGuestStateOnly', 'DiskWithVMGuestState')),
      diskEncryptionSet: some(encryptionSet)
    })
  ),
  diskEncryptionSet: some(encryptionSet)
})

const registry = z.strictObject({
  username: some(text),
  password: some(text),
  registryServer: some(text),
  identityReference: some(identityReference)
})

const vmExtension = z.strictObject({
  name: text,
  publisher: text,
  type: text,
  typeHandlerVersion: some(text),
  autoUpgradeMinorVersion: some(flag),
  enableAutomaticUpgrade: some(flag),
  settings: some(z.unknown()),
  protectedSettings: some(z.unknown()),
  provisionAfterExtensions: some(z.array(text))
})

const hostEndpoint = z.strictObject({
  mode: some(choice('Audit', 'Enforce')),
  inVMAccessControlProfileReferenceId: some(text)
})

const securityProfile = z.strictObject({
  securityType: some(choice('trustedLaunch', 'confidentialVM')),
  encryptionAtHost: some(flag),
  uefiSettings: some(z.strictObject({ secureBootEnabled: some(flag), vTpmEnabled: some(flag) })),
  proxyAgentSettings: some(
    z.strictObject({ enabled: some(flag), imds: some(hostEndpoint), wireServer: some(hostEndpoint) })
  )
})

const virtualMachineConfiguration = z.strictObject({
  imageReference: some(image),
  nodeAgentSkuId: some(text),
  windowsConfiguration: some(z.strictObject({ enableAutomaticUpdates: some(flag) })),
  dataDisks: some(
    z.array(
      z.strictObject({
        lun: whole(0, 63),
        caching: some(caching),
        diskSizeGB: whole(1),
        managedDisk: some(managedDisk)
      })
    )
  ),
  licenseType: some(text),
  containerConfiguration: some(
    z.strictObject({
      type: choice('DockerCompatible', 'CriCompatible'),
      containerImageNames: some(z.array(text)),
      containerRegistries: some(z.array(registry))
    })
  ),
  diskEncryptionConfiguration: some(
    z.strictObject({
      targets: some(z.array(choice('OsDisk', 'TemporaryDisk'))),
      customerManagedKey: some(
        z.strictObject({
          keyUrl: some(text),
          rotationToLatestKeyVersionEnabled: some(flag),
          identityReference: some(identityReference)
        })
      )
    })
  ),
  nodePlacementConfiguration: some(z.strictObject({ policy: some(choice('Regional', 'Zonal')) })),
  extensions: some(z.array(vmExtension)),
  osDisk: some(
    z.strictObject({
      ephemeralOSDiskSettings: some(z.strictObject({ placement: some(choice('CacheDisk')) })),
      caching: some(caching),
      managedDisk: some(managedDisk),
      diskSizeGB: some(whole(1)),
      writeAcceleratorEnabled: some(flag)
    })
  ),
  securityProfile: some(securityProfile),
  serviceArtifactReference: some(z.strictObject({ id: text }))
})

const networkConfiguration = z.strictObject({
  subnetId: some(text),
  dynamicVnetAssignmentScope: some(choice('none', 'job')),
  endpointConfiguration: some(endpointConfiguration),
  publicIPAddressConfiguration: some(
    z.strictObject({
      provision: some(choice('BatchManaged', 'UserManaged', 'NoPublicIPAddresses')),
      ipAddressIds: some(z.array(text)),
      ipFamilies: some(z.array(choice('IPv4', 'IPv6'))),
      ipTags: some(z.array(z.strictObject({ ipTagType: some(text), tag: some(text) })))
    })
  ),
  enableAcceleratedNetworking: some(flag)
})

const containerSettings = z.strictObject({
  containerRunOptions: some(text),
  imageName: text,
  registry: some(registry),
  workingDirectory: some(workingDirectory),
  containerHostBatchBindMounts: some(
    z.array(
      z.strictObject({
        source: some(choice('Shared', 'Startup', 'VfsMounts', 'Task', 'JobPrep', 'Applications')),
        isReadOnly: some(flag)
      })
    )
  )
})

const mount = z.strictObject({
  azureBlobFileSystemConfiguration: some(blobMount.extend({ identityReference: some(identityReference) })),
  nfsMountConfiguration: some(nfsMount),
  cifsMountConfiguration: some(nfsMount.extend({ userName: text, password: text })),
  azureFileShareConfiguration: some(fileShareMount)
})

const upgradePolicy = z.strictObject({
  mode: choice('automatic', 'manual', 'rolling'),
  automaticOSUpgradePolicy: some(
    z.strictObject({
      disableAutomaticRollback: some(flag),
      enableAutomaticOSUpgrade: some(flag),
      useRollingUpgradePolicy: some(flag),
      osRollingUpgradeDeferral: some(flag)
    })
  ),
  rollingUpgradePolicy: some(
    z.strictObject({
      enableCrossZoneUpgrade: some(flag),
      maxBatchInstancePercent: some(whole(5, 100)),
      maxUnhealthyInstancePercent: some(whole(5, 100)),
      maxUnhealthyUpgradedInstancePercent: some(whole(0, 100)),
      pauseTimeBetweenBatches: some(text),
      prioritizeUnhealthyInstances: some(flag),
      rollbackFailedInstancesOnPolicyBreach: some(flag)
    })
  )
})

const properties = z.strictObject({
  ...commonProperties,
  deploymentConfiguration: some(z.strictObject({ virtualMachineConfiguration: some(virtualMachineConfiguration) })),
  networkConfiguration: some(networkConfiguration),
  taskSlotsPerNode: some(whole(1, 256)),
  taskSchedulingPolicy: some(
    z.strictObject({
      jobDefaultOrder: some(choice('None', 'CreationTime')),
      nodeFillType: choice('Spread', 'Pack')
    })
  ),
  startTask: some(
    startTask.extend({
      resourceFiles: some(z.array(resourceFile.extend({ identityReference: some(identityReference) }))),
      containerSettings: some(containerSettings)
    })
  ),
  mountConfiguration: some(z.array(mount)),
  upgradePolicy: some(upgradePolicy)
})

/** The pool spec: `name`, `properties`, `identity`, `tags`, nothing else, and no property that Batch doesn't know. */
export const poolSpecSchema = z.strictObject({
  $schema: some(text),
  name: poolName,
  properties,
  identity: some(
    z.strictObject({
      type: choice('UserAssigned', 'None'),
      userAssignedIdentities: some(z.record(text, z.strictObject({})))
    })
  ),
  tags: some(z.record(text, text))
})
