import { flat, type Shape } from '../kernel/shape.ts'
import type { Json, JsonObject, Stored } from '../kernel/types.ts'
import { compact, listOf, numberOf, objectOf, textOf } from './json.ts'

const MACHINE: Shape = {
  ...flat('nodeAgentSKUId', 'windowsConfiguration', 'dataDisks', 'licenseType', 'containerConfiguration'),
  ...flat('diskEncryptionConfiguration', 'nodePlacementConfiguration', 'osDisk', 'securityProfile'),
  imageReference: flat(
    ...['publisher', 'offer', 'sku', 'version', 'virtualMachineImageId'],
    ...['sharedGalleryImageId', 'communityGalleryImageId']
  )
}

const START_TASK: Shape = {
  ...flat('commandLine', 'maxTaskRetryCount', 'waitForSuccess', 'containerSettings', 'resourceFiles'),
  environmentSettings: flat('name', 'value'),
  userIdentity: { username: 'any', autoUser: flat('scope', 'elevationLevel') }
}

const PACKAGES = flat('applicationId', 'version')
const METADATA = flat('name', 'value')

type Properties = { [property: string]: Shape }

/** What a PATCH may change on a pool that has nodes, and all that it may change before 2024-07-01, the mode of communication apart. */
const ALWAYS_CHANGED: Properties = {
  startTask: START_TASK,
  applicationPackageReferences: PACKAGES,
  metadata: METADATA
}

/** What else a PATCH may change since 2024-07-01, on a pool without nodes. */
const CHANGED_WHEN_EMPTY: Properties = {
  ...flat('displayName', 'vmSize', 'enableInterNodeCommunication', 'taskSlotsPerNode'),
  virtualMachineConfiguration: MACHINE,
  networkConfiguration: {
    ...flat('subnetId', 'dynamicVNetAssignmentScope', 'enableAcceleratedNetworking', 'publicIPAddressConfiguration'),
    endpointConfiguration: {
      inboundNATPools: {
        ...flat('name', 'protocol', 'backendPort', 'frontendPortRangeStart', 'frontendPortRangeEnd'),
        networkSecurityGroupRules: flat('priority', 'access', 'sourceAddressPrefix', 'sourcePortRanges')
      }
    }
  },
  taskSchedulingPolicy: flat('nodeFillType'),
  userAccounts: {
    ...flat('name', 'password', 'elevationLevel'),
    linuxUserConfiguration: flat('uid', 'gid', 'sshPrivateKey'),
    windowsUserConfiguration: flat('loginMode')
  },
  mountConfiguration: flat(
    ...['azureBlobFileSystemConfiguration', 'nfsMountConfiguration', 'cifsMountConfiguration'],
    'azureFileShareConfiguration'
  )
}

const NEW_POOL: Properties = {
  ...flat('id', 'resizeTimeout', 'targetDedicatedNodes', 'targetLowPriorityNodes'),
  ...flat('enableAutoScale', 'autoScaleFormula', 'autoScaleEvaluationInterval'),
  ...ALWAYS_CHANGED,
  ...CHANGED_WHEN_EMPTY
}

/** Contracts of the service in which a pool has `resourceTags`; 2025-06-01 has them no more. */
export const RESOURCE_TAGS_VERSIONS = ['2024-02-01.19.0', '2024-07-01.20.0']

/** What of a new pool's body is known here, by api-version of the service contract; the rest of it is refused. */
export const newPoolShape = (apiVersion: string): Shape => ({ ...NEW_POOL, ...since(apiVersion) })

/** The same of a PATCH. */
export function poolChangeShape(apiVersion: string): Shape {
  if (apiVersion < '2024-07-01') return poolReplacementShape(apiVersion)
  return { ...ALWAYS_CHANGED, ...CHANGED_WHEN_EMPTY, ...since(apiVersion) }
}

/** What may change whatever the pool has, and all that `updateproperties` takes. */
export function poolReplacementShape(apiVersion: string): Properties {
  return { ...ALWAYS_CHANGED, ...(apiVersion !== '2025-06-01' && flat('targetNodeCommunicationMode')) }
}

/** What came and went with api-versions. */
function since(apiVersion: string): Properties {
  const isNewest = apiVersion === '2025-06-01'
  return {
    ...(apiVersion !== '2022-10-01.16.0' && flat('upgradePolicy')),
    ...(RESOURCE_TAGS_VERSIONS.includes(apiVersion) && flat('resourceTags')),
    ...(isNewest
      ? { taskSchedulingPolicy: flat('nodeFillType', 'jobDefaultOrder') }
      : flat('targetNodeCommunicationMode'))
  }
}

/** The body of a new pool or a change on the Batch service, as ARM's contract would have it. */
export function armPoolBody(body: JsonObject, account: Stored): JsonObject {
  const { displayName, vmSize, metadata, upgradePolicy, resourceTags, targetNodeCommunicationMode } = body
  return {
    properties: compact({
      ...{ displayName, vmSize, metadata, upgradePolicy, resourceTags, targetNodeCommunicationMode },
      deploymentConfiguration: machine(body['virtualMachineConfiguration']),
      scaleSettings: scale(body),
      interNodeCommunication: communication(body['enableInterNodeCommunication']),
      taskSlotsPerNode: numberOf(body['taskSlotsPerNode']),
      taskSchedulingPolicy: worded(body['taskSchedulingPolicy']),
      networkConfiguration: network(body['networkConfiguration']),
      startTask: startTask(body['startTask']),
      applicationPackages: packages(body['applicationPackageReferences'], account),
      userAccounts: body['userAccounts'] === undefined ? undefined : listOf(body['userAccounts']).map(words),
      mountConfiguration: body['mountConfiguration']
    })
  }
}

function machine(value: Json | undefined): JsonObject | undefined {
  if (value === undefined) return undefined
  const { nodeAgentSKUId, imageReference, ...rest } = objectOf(value)
  const { virtualMachineImageId, ...image } = objectOf(imageReference)
  return {
    virtualMachineConfiguration: compact({
      imageReference: imageReference === undefined ? undefined : compact({ ...image, id: virtualMachineImageId }),
      nodeAgentSkuId: nodeAgentSKUId,
      ...rest
    })
  }
}

function scale(body: JsonObject): JsonObject | undefined {
  const { resizeTimeout, targetDedicatedNodes, targetLowPriorityNodes } = body
  const fixed = compact({ resizeTimeout, targetDedicatedNodes, targetLowPriorityNodes })
  const auto = compact({ formula: body['autoScaleFormula'], evaluationInterval: body['autoScaleEvaluationInterval'] })
  const autoScale = body['enableAutoScale'] === true ? auto : undefined
  const fixedScale = Object.keys(fixed).length === 0 ? undefined : fixed
  return autoScale === undefined && fixedScale === undefined ? undefined : compact({ autoScale, fixedScale })
}

const communication = (value: Json | undefined): string | undefined =>
  value === undefined ? undefined : value === true ? 'Enabled' : 'Disabled'

function network(value: Json | undefined): JsonObject | undefined {
  if (value === undefined) return undefined
  const { dynamicVNetAssignmentScope, endpointConfiguration, ...rest } = objectOf(value)
  const pools = listOf(objectOf(endpointConfiguration)['inboundNATPools']).map(pool => ({
    ...pool,
    protocol: textOf(pool['protocol'])?.toUpperCase()
  }))
  return compact({
    ...rest,
    dynamicVnetAssignmentScope: dynamicVNetAssignmentScope,
    endpointConfiguration: endpointConfiguration === undefined ? undefined : { inboundNatPools: pools }
  })
}

function startTask(value: Json | undefined): JsonObject | undefined {
  if (value === undefined) return undefined
  const { userIdentity, ...rest } = objectOf(value)
  if (userIdentity === undefined) return rest
  const { username, autoUser } = objectOf(userIdentity)
  return { ...rest, userIdentity: compact({ userName: username, autoUser: worded(autoUser) }) }
}

function packages(value: Json | undefined, account: Stored): JsonObject[] | undefined {
  if (value === undefined) return undefined
  return listOf(value).map(({ applicationId, version }) =>
    compact({ id: `${account.id}/applications/${textOf(applicationId) ?? ''}`, version })
  )
}

/** Words that the Batch service writes in lower case, as ARM writes them. */
const ARM_WORDS = ['Pool', 'Task', 'NonAdmin', 'Admin', 'Pack', 'Spread', 'None', 'CreationTime']

const worded = (value: Json | undefined): JsonObject | undefined =>
  value === undefined ? undefined : words(objectOf(value))

function words(object: JsonObject): JsonObject {
  const names = ['scope', 'elevationLevel', 'nodeFillType', 'jobDefaultOrder']
  const entries = Object.entries(object).map(([name, word]) => [name, names.includes(name) ? asArm(word) : word])
  return Object.fromEntries(entries) as JsonObject
}

const asArm = (word: Json | undefined): Json | undefined =>
  ARM_WORDS.find(known => known.toLowerCase() === textOf(word)?.toLowerCase()) ?? word
