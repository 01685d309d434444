/** The base image of what is rolled out, and the node agent that Batch has for it. */
import { isJsonObject } from '../model/json.ts'
import type { Observed, SupportedImage } from '../model/observed.ts'
import type { RolloutSpec } from '../model/spec.ts'
import { TAG } from '../rules/run-tags.ts'

type BaseImage = { publisher: string; offer: string; sku: string }

export type NodeAgentChoice = {
  /** Undefined: nobody knows; the spec must say. */
  nodeAgentSkuId?: string
  from: 'spec' | 'base image' | 'pool' | 'nowhere'
  baseImage?: BaseImage
  /** Batch's row for the base image. */
  supported?: SupportedImage
}

export function chooseNodeAgent(rollout: RolloutSpec, observed: Observed): NodeAgentChoice {
  const baseImage = baseImageOf(observed)
  const written = virtualMachineConfigurationOf(rollout.pool.properties)?.nodeAgentSkuId
  const known = typeof written === 'string' ? written : undefined
  const present = virtualMachineConfigurationOf(observed.pool?.body.properties)?.nodeAgentSkuId
  const there = typeof present === 'string' ? present : undefined
  // A new row in Batch's list is no reason to change the agent of a pool that has one that fits.
  const supported =
    baseImage === undefined ? undefined : supportedImageFor(baseImage, observed.supportedImages, known ?? there)
  const about = { ...(baseImage === undefined ? {} : { baseImage }), ...(supported === undefined ? {} : { supported }) }
  if (known !== undefined) return { ...about, nodeAgentSkuId: known, from: 'spec' }
  if (supported !== undefined) return { ...about, nodeAgentSkuId: supported.nodeAgentSkuId, from: 'base image' }
  if (there !== undefined) return { ...about, nodeAgentSkuId: there, from: 'pool' }
  return { ...about, from: 'nowhere' }
}

/** Of the source VM; for an image made here earlier, as its tag remembers. */
export function baseImageOf({ source, rolloutVersion, managedImage }: Observed): BaseImage | undefined {
  const reference = source?.imageReference
  if (reference !== undefined) {
    const { publisher, offer, sku } = reference
    return publisher && offer && sku ? { publisher, offer, sku } : undefined
  }
  const tag = (rolloutVersion ?? managedImage)?.tags[TAG.baseImage]
  const [publisher, offer, sku] = tag?.split(':') ?? []
  return publisher && offer && sku ? { publisher, offer, sku } : undefined
}

export const describeBaseImage = ({ publisher, offer, sku }: BaseImage): string => `${publisher}:${offer}:${sku}`

/** Of several rows, the one with the wanted agent, then a verified one, then the one supported longest. */
function supportedImageFor(
  base: BaseImage,
  images: readonly SupportedImage[],
  agent?: string
): SupportedImage | undefined {
  const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()
  const rank = (image: SupportedImage): string =>
    [image.nodeAgentSkuId === agent, image.verified].map(Number).join('') + (image.batchSupportEndOfLife ?? '9999')
  return images
    .filter(
      ({ publisher, offer, sku }) => same(publisher, base.publisher) && same(offer, base.offer) && same(sku, base.sku)
    )
    .toSorted((a, b) => rank(b).localeCompare(rank(a)))[0]
}

export function virtualMachineConfigurationOf(properties: unknown) {
  const deployment = isJsonObject(properties) ? properties.deploymentConfiguration : undefined
  const vm = isJsonObject(deployment) ? deployment.virtualMachineConfiguration : undefined
  return isJsonObject(vm) ? vm : undefined
}
