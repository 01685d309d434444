/** Pool and image as they will be once a plan is done: what the spec leaves out of a pool is what the pool has. */
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts'
import type { BatchAccount, GalleryImage, GalleryImageVersion, Source, VmSize } from '../../model/observed.ts'
import type { NodeTargets } from '../../model/plan.ts'
import { nameOf } from '../../model/arm-id.ts'
import { planOf, shapeOf } from '../image/image-body.ts'
import { virtualMachineConfigurationOf } from '../node-agent.ts'
import { poolDifferences } from '../pool/difference.ts'
import { securityTypeOf } from '../image/security.ts'
import type { WantedPool, Situation } from '../situation.ts'
import { chosenDisks } from './chosen-disks.ts'
import { vmSizeOf } from './of-pool.ts'

type ImageToBe = {
  /** Undefined where nobody says. */
  osDiskGB?: number
  /** LUNs of its data disks. */
  dataLuns: readonly number[]
  /** The definition's word; `Standard` where it has none. Undefined for a managed image. */
  securityType?: string
  hyperVGeneration?: 'V1' | 'V2'
  architecture?: 'x64' | 'Arm64'
  plan?: Source['plan']
}

export type Fit = {
  wanted: WantedPool
  properties: JsonObject
  virtualMachine: JsonObject
  network: JsonObject
  /** As Batch lists it; undefined where it doesn't. */
  size: VmSize | undefined
  sizes: readonly VmSize[]
  image: ImageToBe
  account: BatchAccount | undefined
  /** Of a fixed scale. */
  goal: NodeTargets | undefined
  isNew: boolean
  /** Nodes of just this image and these properties are there: Azure has taken them. */
  isProved: boolean
}

export function fitOf(wanted: WantedPool, situation: Situation): Fit {
  const { pool, account, vmSizes } = situation.observed
  const present = isJsonObject(pool?.body.properties) ? pool.body.properties : {}
  const properties = merged(present, wanted.properties)
  const hasNodes = pool !== undefined && pool.currentDedicatedNodes + pool.currentLowPriorityNodes > 0
  return {
    wanted,
    properties,
    virtualMachine: virtualMachineConfigurationOf(properties) ?? {},
    network: objectAt(properties, 'networkConfiguration'),
    size: vmSizeOf(wanted, situation),
    sizes: vmSizes,
    image: imageToBe(situation),
    account,
    goal: wanted.scale.kind === 'fixed' ? wanted.scale.goal : undefined,
    isNew: pool === undefined,
    isProved: hasNodes && poolDifferences(wanted, pool).length === 0
  }
}

/** Objects property by property; lists and values as wanted. */
export function merged(present: JsonObject, wanted: JsonObject): JsonObject {
  const both = Object.entries(wanted).map(([name, value]): [string, Json | undefined] => {
    const there = present[name]
    return [name, isJsonObject(there) && isJsonObject(value) ? merged(there, value) : value]
  })
  return { ...present, ...Object.fromEntries(both) }
}

export function objectAt(json: JsonObject, ...path: string[]): JsonObject {
  return path.reduce<JsonObject>((inner, name) => (isJsonObject(inner[name]) ? inner[name] : {}), json)
}

export const listAt = (json: JsonObject, name: string): JsonObject[] => {
  const list = json[name]
  return Array.isArray(list) ? list.filter(isJsonObject) : []
}

function imageToBe(situation: Situation): ImageToBe {
  const { spec, observed, version } = situation
  if (spec.image === undefined) {
    const { rolloutVersion, rolloutDefinition, managedImage } = observed
    if (managedImage !== undefined && rolloutVersion === undefined) {
      const { dataLuns, hyperVGeneration } = managedImage
      return { dataLuns, ...(hyperVGeneration && { hyperVGeneration }) }
    }
    return { ...ofDefinition(rolloutDefinition), ...ofVersion(rolloutVersion) }
  }
  const there = observed.versions.find(({ versionId }) => nameOf(versionId) === version?.version)
  if (situation.imageExists && there !== undefined) {
    return { ...ofDefinition(observed.galleryImage), ...ofVersion(there) }
  }
  const { source } = observed
  if (source === undefined) return { dataLuns: [] }
  const made = ofSource(source, situation)
  if (spec.image.publishTo.kind === 'managed') return made
  return { ...made, securityType: securityTypeOf(source), ...ofDefinition(observed.galleryImage) }
}

function ofSource(source: Source, situation: Situation): ImageToBe {
  const [os, ...data] = chosenDisks(source, situation)
  const plan = planOf(source)
  return {
    dataLuns: data.map(disk => disk.lun ?? 0),
    hyperVGeneration: shapeOf(source).hyperVGeneration,
    ...(os?.disk?.architecture && { architecture: os.disk.architecture }),
    ...(os?.disk?.sizeGB === undefined ? {} : { osDiskGB: os.disk.sizeGB }),
    ...(plan && { plan })
  }
}

function ofDefinition(definition: GalleryImage | undefined): Partial<ImageToBe> {
  if (definition === undefined) return {}
  const { features, hyperVGeneration, architecture, purchasePlan } = definition
  return {
    securityType: features.SecurityType ?? 'Standard',
    hyperVGeneration,
    architecture,
    ...(purchasePlan && { plan: purchasePlan })
  }
}

function ofVersion(version: GalleryImageVersion | undefined): { osDiskGB?: number; dataLuns: number[] } {
  const storage = objectAt(version?.body ?? {}, 'properties', 'storageProfile')
  const { sizeInGB } = objectAt(storage, 'osDiskImage')
  const dataLuns = listAt(storage, 'dataDiskImages').flatMap(({ lun }) => (typeof lun === 'number' ? [lun] : []))
  return { dataLuns, ...(typeof sizeInGB === 'number' ? { osDiskGB: sizeInGB } : {}) }
}
