import { find, nameOf } from '../kernel/resources.ts'
import type { Call, JsonObject } from '../kernel/types.ts'
import { refuse, refuseProperty } from './batch-errors.ts'
import { listOf, objectOf, textOf } from './json.ts'

/**
 * Throws the 409 for a package that isn't there or isn't active, or an application without a default where none is asked for
 * (contract of `ApplicationPackageReference`; BatchErrorCodeStrings of the Java and .NET clients).
 */
export function checkPackages(call: Call, requested: JsonObject): void {
  for (const { id, version } of listOf(requested['applicationPackages'])) {
    const [, application = '', inId] =
      /^(.*\/applications\/[^/]+)(?:\/versions\/([^/]+))?$/i.exec(textOf(id) ?? '') ?? []
    const asked = textOf(version) ?? inId ?? defaultOf(call, application)
    const found = asked === undefined ? undefined : find(call.world, `${application}/versions/${asked}`, call.now)
    if (found !== undefined && objectOf(found.body['properties'])['state'] !== 'Pending') continue
    refuse(call, {
      status: 409,
      code: 'InvalidApplicationPackageReferences',
      message: 'One or more of the specified application package references are invalid.',
      details: [{ code: nameOf(application), message: 'The specified application package does not exist.' }]
    })
  }
}

/** Recorded on the Batch service (2020, and 2025-03-19), to the word. */
export function checkSubnet(call: Call, poolId: string, { networkConfiguration }: JsonObject): void {
  const subnetId = textOf(objectOf(networkConfiguration)['subnetId'])
  const [of, own] = [subnetId, poolId].map(id => /^\/subscriptions\/([^/]+)/i.exec(id ?? '')?.[1])
  if (subnetId === undefined || of?.toLowerCase() === own?.toLowerCase()) return
  refuseProperty(call, {
    name: 'subnetId',
    path: 'properties.networkConfiguration.subnetId',
    value: subnetId,
    reason: `The specified subnetId is in a different subscription and cannot be used with the current Batch account in subscription ${own}`
  })
}

function defaultOf(call: Call, application: string): string | undefined {
  const body = find(call.world, application, call.now)?.body
  return textOf(objectOf(body?.['properties'])['defaultVersion'])
}
