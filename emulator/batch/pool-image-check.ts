import type { Call, JsonObject } from '../kernel/types.ts'
import { refuseProperty } from './batch-errors.ts'
import { checkImageId } from './images.ts'
import { objectOf, textOf } from './json.ts'

const MACHINE = 'properties.deploymentConfiguration.virtualMachineConfiguration'
const OF_MARKETPLACE = ['offer', 'sku', 'version']

/** Throws the 400 for an image reference, or a node agent, that Batch doesn't take. */
export function checkImage(call: Call, machine: JsonObject): void {
  const reference = objectOf(machine['imageReference'])
  checkImageId(call, reference)
  checkTogether(call, reference)
  checkSupported(call, reference, textOf(machine['nodeAgentSkuId']) ?? '')
}

/** To the word as pasted in pulumi/pulumi-azure-native#3599 (2024-09). */
function checkTogether(call: Call, reference: JsonObject): void {
  const refused = (name: string, reason: string): never =>
    refuseProperty(call, {
      name,
      path: `${MACHINE}.imageReference.${name}`,
      value: textOf(reference[name]) ?? '',
      reason
    })
  const alone = OF_MARKETPLACE.find(name => reference[name] !== undefined)
  if (reference['publisher'] === undefined) {
    if (alone !== undefined) refused(alone, `Specified property ${alone} can only have a value when publisher is set.`)
  } else if (reference['id'] !== undefined) {
    refused('id', 'This property is mutually exclusive with other properties')
  }
}

/** By the world's list of supported images; a world without one has nothing to say. */
function checkSupported(call: Call, reference: JsonObject, agent: string): void {
  const images = call.world.behaviour.supportedImages
  if (images.length === 0) return
  const isMarketplace = reference['publisher'] !== undefined
  const fitting = isMarketplace ? images.filter(image => isImage(objectOf(image['imageReference']), reference)) : images
  if (fitting.length === 0) {
    const { publisher, offer, sku } = reference
    refuseProperty(call, {
      name: 'imageReference',
      path: `${MACHINE}.imageReference`,
      value: [publisher, offer, sku].map(part => textOf(part) ?? '').join(':'),
      reason: 'The specified image is not supported'
    })
  }
  if (fitting.some(image => textOf(image['nodeAgentSKUId'])?.toLowerCase() === agent.toLowerCase())) return
  refuseProperty(call, {
    name: call.operation.host === 'batch' ? 'nodeAgentSKUId' : 'nodeAgentSkuId',
    path: `${MACHINE}.nodeAgentSkuId`,
    value: agent,
    reason: 'The specified node agent does not match the image'
  })
}

function isImage(listed: JsonObject, wanted: JsonObject): boolean {
  return ['publisher', 'offer', 'sku'].every(
    name => textOf(listed[name])?.toLowerCase() === textOf(wanted[name])?.toLowerCase()
  )
}
