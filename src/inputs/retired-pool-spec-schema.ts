/**
 * What can be written of a pool in Resource Manager's api-version 2019-08-01, the last whose contract names a managed image.
 * Certificates and application licenses are left out: Batch has retired both. So is `cloudServiceConfiguration`: it takes no
 * custom image.
 */
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

const registry = z.strictObject({ registryServer: some(text), username: text, password: text })

const virtualMachineConfiguration = z.strictObject({
  imageReference: some(image),
  nodeAgentSkuId: some(text),
  windowsConfiguration: some(z.strictObject({ enableAutomaticUpdates: some(flag) })),
  dataDisks: some(
    z.array(
      z.strictObject({
        lun: whole(0, 63),
        caching: some(choice('None', 'ReadOnly', 'ReadWrite')),
        diskSizeGB: whole(1),
        storageAccountType: some(choice('Standard_LRS', 'Premium_LRS'))
      })
    )
  ),
  licenseType: some(text),
  containerConfiguration: some(
    z.strictObject({
      type: choice('DockerCompatible'),
      containerImageNames: some(z.array(text)),
      containerRegistries: some(z.array(registry))
    })
  )
})

const containerSettings = z.strictObject({
  containerRunOptions: some(text),
  imageName: text,
  registry: some(registry),
  workingDirectory: some(workingDirectory)
})

const mount = z.strictObject({
  azureBlobFileSystemConfiguration: some(blobMount),
  nfsMountConfiguration: some(nfsMount),
  cifsMountConfiguration: some(nfsMount.extend({ username: text, password: text })),
  azureFileShareConfiguration: some(fileShareMount)
})

const properties = z.strictObject({
  ...commonProperties,
  deploymentConfiguration: some(z.strictObject({ virtualMachineConfiguration: some(virtualMachineConfiguration) })),
  networkConfiguration: some(
    z.strictObject({
      subnetId: some(text),
      endpointConfiguration: some(endpointConfiguration),
      publicIPs: some(z.array(text))
    })
  ),
  maxTasksPerNode: some(whole(1, 256)),
  taskSchedulingPolicy: some(z.strictObject({ nodeFillType: choice('Spread', 'Pack') })),
  startTask: some(
    startTask.extend({
      resourceFiles: some(z.array(resourceFile)),
      containerSettings: some(containerSettings)
    })
  ),
  mountConfiguration: some(z.array(mount))
})

/** The spec of a pool from a managed image: no identity, no property of a later api-version. */
export const retiredPoolSpecSchema = z.strictObject({ $schema: some(text), name: poolName, properties })
