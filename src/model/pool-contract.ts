/**
 * Every property of a pool that can be written, by how Batch gives it back: api-versions 2025-06-01 and 2019-08-01 in one, for
 * no name means two things. Defaults are the contract’s, or recorded; a flag’s is false where neither says.
 */
import { isJsonObject, type Json } from './json.ts'
import {
  by,
  caseless,
  choice,
  count,
  flag,
  hidden,
  list,
  object,
  oneOf,
  or,
  secretive,
  text,
  type ObjectShape
} from './shape.ts'
import { identityReference, registry, virtualMachineConfiguration } from './vm-contract.ts'

const elevationLevel = or(choice('NonAdmin', 'Admin'), 'NonAdmin')

const inboundNatPool = object({
  name: text,
  protocol: choice('TCP', 'UDP'),
  backendPort: count,
  frontendPortRangeStart: count,
  frontendPortRangeEnd: count,
  networkSecurityGroupRules: list(
    object({
      priority: count,
      access: choice('Allow', 'Deny'),
      sourceAddressPrefix: caseless,
      sourcePortRanges: list(text, { default: ['*'] })
    }),
    { key: by('priority') }
  )
})

const networkConfiguration = object({
  subnetId: caseless,
  dynamicVnetAssignmentScope: or(choice('none', 'job'), 'none'),
  endpointConfiguration: object({ inboundNatPools: list(inboundNatPool, { key: by('name') }) }),
  publicIPAddressConfiguration: object(
    {
      provision: or(choice('BatchManaged', 'UserManaged', 'NoPublicIPAddresses'), 'BatchManaged'),
      ipAddressIds: list(caseless),
      ipFamilies: list(choice('IPv4', 'IPv6'), { default: ['IPv4'] }),
      ipTags: list(object({ ipTagType: caseless, tag: caseless }))
    },
    // Addresses of one’s own go with that provision alone.
    { drops: ({ provision }) => (provision === undefined || provision === 'UserManaged' ? [] : ['ipAddressIds']) }
  ),
  enableAcceleratedNetworking: flag,
  publicIPs: list(caseless)
})

/** The contract demands it: one that is taken over from a pool, which shows none, lacks it. */
const demanded = (name: string) => ({
  needs: (_: unknown, isCarried: boolean) => ({ names: isCarried ? [name] : [], must: true })
})

const userAccount = object(
  {
    name: text,
    password: hidden,
    elevationLevel,
    linuxUserConfiguration: object(
      { uid: count, gid: count, sshPrivateKey: hidden },
      { needs: () => ({ names: ['sshPrivateKey'], must: false }) }
    ),
    windowsUserConfiguration: object({ loginMode: or(choice('Batch', 'Interactive'), 'Interactive') })
  },
  demanded('password')
)

const startTask = object({
  commandLine: secretive,
  resourceFiles: list(
    object({
      autoStorageContainerName: text,
      storageContainerUrl: secretive,
      httpUrl: secretive,
      blobPrefix: text,
      filePath: text,
      fileMode: or(text, '0770'),
      identityReference
    })
  ),
  environmentSettings: list(object({ name: text, value: secretive }), { key: by('name') }),
  userIdentity: object(
    { userName: secretive, autoUser: object({ scope: or(choice('Task', 'Pool'), 'Pool'), elevationLevel }) },
    { drops: oneOf(['userName'], ['autoUser']) }
  ),
  maxTaskRetryCount: or(count, 0),
  waitForSuccess: or(flag, true),
  containerSettings: object({
    containerRunOptions: secretive,
    imageName: text,
    registry,
    workingDirectory: or(choice('TaskWorkingDirectory', 'ContainerImageDefault'), 'TaskWorkingDirectory'),
    containerHostBatchBindMounts: list(
      object({ source: choice('Shared', 'Startup', 'VfsMounts', 'Task', 'JobPrep', 'Applications'), isReadOnly: flag }),
      // Without the list the whole disk is mounted; with an empty one nothing is.
      { key: by('source'), isEmptySaid: true }
    )
  })
})

const nfsMount = { source: secretive, relativeMountPath: text, mountOptions: secretive }
const MOUNTS = {
  azureBlobFileSystemConfiguration: object(
    {
      accountName: text,
      containerName: text,
      accountKey: hidden,
      sasKey: hidden,
      blobfuseOptions: secretive,
      relativeMountPath: text,
      identityReference
    },
    {
      drops: oneOf(['accountKey'], ['sasKey'], ['identityReference']),
      needs: ({ accountKey, sasKey, identityReference: identity }) => ({
        names: (accountKey ?? sasKey ?? identity) === undefined ? ['accountKey'] : [],
        must: true
      })
    }
  ),
  nfsMountConfiguration: object(nfsMount),
  cifsMountConfiguration: object(
    { ...nfsMount, username: secretive, userName: secretive, password: hidden },
    demanded('password')
  ),
  azureFileShareConfiguration: object(
    {
      accountName: text,
      azureFileUrl: secretive,
      accountKey: hidden,
      relativeMountPath: text,
      mountOptions: secretive
    },
    demanded('accountKey')
  )
}

function mountPathOf(item: Json): string | undefined {
  const kinds = isJsonObject(item) ? Object.values(item).filter(isJsonObject) : []
  return kinds.map(by('relativeMountPath')).find(path => path !== undefined)
}

/** Of `properties`, but for scale and metadata: those have ways of their own. */
export const POOL_PROPERTIES: ObjectShape = object({
  displayName: text,
  vmSize: caseless,
  deploymentConfiguration: object({ virtualMachineConfiguration }),
  interNodeCommunication: or(choice('Enabled', 'Disabled'), 'Disabled'),
  networkConfiguration,
  taskSlotsPerNode: or(count, 1),
  maxTasksPerNode: or(count, 1),
  taskSchedulingPolicy: object({
    jobDefaultOrder: or(choice('None', 'CreationTime'), 'None'),
    nodeFillType: or(choice('Spread', 'Pack'), 'Spread')
  }),
  userAccounts: list(userAccount, { key: by('name') }),
  startTask,
  applicationPackages: list(object({ id: caseless, version: text }), { key: by('id', 'version') }),
  mountConfiguration: list(object(MOUNTS, { drops: oneOf(...Object.keys(MOUNTS).map(name => [name])) }), {
    key: mountPathOf
  }),
  upgradePolicy: object({
    mode: choice('automatic', 'manual', 'rolling'),
    automaticOSUpgradePolicy: object({
      disableAutomaticRollback: flag,
      enableAutomaticOSUpgrade: flag,
      useRollingUpgradePolicy: flag,
      osRollingUpgradeDeferral: flag
    }),
    rollingUpgradePolicy: object({
      enableCrossZoneUpgrade: flag,
      maxBatchInstancePercent: count,
      maxUnhealthyInstancePercent: count,
      maxUnhealthyUpgradedInstancePercent: count,
      pauseTimeBetweenBatches: { type: 'duration', default: 'PT0S' },
      prioritizeUnhealthyInstances: flag,
      rollbackFailedInstancesOnPolicyBreach: flag
    })
  })
})

/** The same names in any order; values of ours and the spec’s may hold secrets. */
export const POOL_METADATA = list(object({ name: text, value: secretive }), { key: by('name') })

const SCALE_TIME = { type: 'duration', default: 'PT15M' } as const
export const SCALE_SETTINGS = object({
  fixedScale: object({
    targetDedicatedNodes: or(count, 0),
    targetLowPriorityNodes: or(count, 0),
    resizeTimeout: SCALE_TIME,
    nodeDeallocationOption: hidden
  }),
  autoScale: object({ formula: text, evaluationInterval: SCALE_TIME })
})
