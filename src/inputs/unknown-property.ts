/** Why a property of a pool spec isn't taken, as well as it can be told from its name and place. */
import { didYouMean, nearest } from '../shared/text.ts'
import type { Path } from './pool-spec-document.ts'

const VM = 'properties.deploymentConfiguration.virtualMachineConfiguration'

/** Where ARM keeps what the Batch service's own API has at the root of a pool, and others write under `properties`. */
const BATCH_SERVICE_NAMES: Record<string, string> = {
  virtualMachineConfiguration: VM,
  targetDedicatedNodes: 'properties.scaleSettings.fixedScale.targetDedicatedNodes',
  targetLowPriorityNodes: 'properties.scaleSettings.fixedScale.targetLowPriorityNodes',
  resizeTimeout: 'properties.scaleSettings.fixedScale.resizeTimeout',
  enableAutoScale: 'properties.scaleSettings.autoScale',
  autoScaleFormula: 'properties.scaleSettings.autoScale.formula',
  autoScaleEvaluationInterval: 'properties.scaleSettings.autoScale.evaluationInterval',
  enableInterNodeCommunication: 'properties.interNodeCommunication',
  applicationPackageReferences: 'properties.applicationPackages',
  nodeAgentSKUId: `${VM}.nodeAgentSkuId`
}

const RENAMED: Record<string, string> = {
  nodeAgentSKUId: 'nodeAgentSkuId',
  virtualMachineImageId: 'id'
}

/** What api-version 2019-08-01 calls properties of later ones. */
const FORMER_NAMES: Record<string, string> = {
  taskSlotsPerNode: 'maxTasksPerNode',
  managedDisk: 'storageAccountType',
  publicIPAddressConfiguration: 'publicIPs'
}

const BESIDE = 'belongs beside properties, not under it'

const PLACES: Record<string, Record<string, string>> = {
  '': {
    // The Batch service calls a pool's name its id, ARM its path; the fix is the same.
    id: 'is set by Batch; leave it out, and give the pool’s name as "name"',
    type: 'is not that of a pool (Microsoft.Batch/batchAccounts/pools); leave it out, if this is one',
    apiVersion: 'is not a part of the pool; leave it out',
    location: 'is not taken; a pool lies where its Batch account does',
    parameters: 'is the envelope of an example; the pool spec is what is in it'
  },
  properties: {
    identity: BESIDE,
    name: BESIDE,
    tags: BESIDE,
    ...gone('targetNodeCommunicationMode resourceTags certificates applicationLicenses', 'leave it out'),
    maxTasksPerNode: 'has another name since api-version 2020-09-01; use "taskSlotsPerNode"'
  },
  [`${VM}.dataDisks.*`]: gone('storageAccountType', 'use "managedDisk.storageAccountType"'),
  [`${VM}.imageReference`]: {
    sharedGalleryImageId: 'is not supported; give the id of a pinned gallery version',
    communityGalleryImageId: 'is not supported; give the id of a pinned gallery version'
  }
}

function gone(names: string, wayOut: string): Record<string, string> {
  return Object.fromEntries(
    names.split(' ').map(name => [name, `is no property of a pool since api-version 2025-06-01; ${wayOut}`])
  )
}

type Place = {
  path: Path
  /** What may stand in the same place. */
  known: readonly string[]
  /** What may stand under `properties`. */
  underProperties: readonly string[]
  /** The body goes to api-version 2019-08-01. */
  retired: boolean
  /** Whether api-version 2025-06-01 knows the property. */
  knownToLater: boolean
}

/** What follows the property's path in the message. */
export function explainUnknownProperty(key: string, place: Place): string {
  const where = place.path.map(segment => (typeof segment === 'number' ? '*' : segment)).join('.')
  if (place.retired && place.knownToLater) {
    const former = own(FORMER_NAMES, key)
    const wayOut = former !== undefined && place.known.includes(former) ? `use "${former}"` : 'leave it out'
    return `is not known to api-version 2019-08-01, the last that takes a managed image; ${wayOut}, or use a gallery image`
  }
  const special = own(PLACES[where] ?? {}, key)
  if (special !== undefined) return special
  const home = own(BATCH_SERVICE_NAMES, key)
  if (home !== undefined && (where === '' || where === 'properties')) return batchServiceForm(home)
  if (where === '') {
    const meant = nearest(key, place.underProperties)
    if (meant !== undefined) return `belongs under properties; use "properties.${meant}"`
  }
  const renamed = own(RENAMED, key)
  if (renamed !== undefined && place.known.includes(renamed)) return batchServiceForm(renamed)
  return `is not a property of a pool${didYouMean(key, place.known)}`
}

const batchServiceForm = (home: string): string =>
  `is the form of the Batch service’s own API; a pool spec has Resource Manager’s: use "${home}"`

/** Keys come from users: `constructor` is one too. */
const own = (table: Record<string, string>, key: string): string | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined
