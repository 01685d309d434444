import { find } from '../kernel/resources.ts'
import type { Call, JsonObject } from '../kernel/types.ts'
import { refuse } from './batch-errors.ts'
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
      message: 'One or more application package references could not be satisfied.',
      details: [{ code: textOf(id) ?? '', message: 'The specified application package does not exist.' }]
    })
  }
}

function defaultOf(call: Call, application: string): string | undefined {
  const body = find(call.world, application, call.now)?.body
  return textOf(objectOf(body?.['properties'])['defaultVersion'])
}
