/** What is given in the place of a pool spec, where one sentence says more than a complaint about each property. */
import { isJsonObject, objectOf, type Json, type JsonObject } from '../model/json.ts'
import type { Path } from './pool-spec-document.ts'
import type { PathProblem } from './pool-spec-shape.ts'

/** Undefined: it is a pool spec, as far as its form goes. */
export function formProblem(root: JsonObject): PathProblem | undefined {
  return templateProblem(root) ?? serviceProblem(root)
}

const ALONE =
  'a pool spec is that pool alone: name (without the account’s), properties, identity and tags, with values in place of ' +
  'expressions'

function templateProblem({ $schema, resources }: JsonObject): PathProblem | undefined {
  const isTemplate = typeof $schema === 'string' && /deploymentTemplate\.json/i.test($schema)
  if (!isTemplate && resources === undefined) return undefined
  const [first, ...others] = poolsIn(resources, ['resources'])
  if (first === undefined) {
    const message = `is an ARM template without a pool (Microsoft.Batch/batchAccounts/pools); ${ALONE}`
    return { path: [], message }
  }
  const which = others.length === 0 ? 'the pool' : `one of ${others.length + 1} pools`
  return { path: first, message: `is ${which} of an ARM template; ${ALONE}` }
}

/** Resources are a list, or an object by symbolic name; a resource inside of another leaves out the other's type. */
function poolsIn(resources: Json | undefined, path: Path, outer = ''): Path[] {
  const entries = Array.isArray(resources) ? [...resources.entries()] : Object.entries(objectOf(resources))
  return entries.flatMap(([key, resource]) => {
    const { type, resources: inner } = objectOf(resource)
    const whole = `${outer}${String(type)}`
    const isPool = whole.toLowerCase() === 'microsoft.batch/batchaccounts/pools'
    return [...(isPool ? [[...path, key]] : []), ...poolsIn(inner, [...path, key, 'resources'], `${whole}/`)]
  })
}

function serviceProblem({
  properties,
  name,
  vmSize,
  virtualMachineConfiguration
}: JsonObject): PathProblem | undefined {
  // With a name, a size is more likely one that somebody forgot to indent.
  const isOfService = isJsonObject(virtualMachineConfiguration) || (vmSize !== undefined && name === undefined)
  if (properties !== undefined || !isOfService) return undefined
  const message =
    'is a pool in the form of the Batch service’s own API (az batch pool show), and a pool spec has Resource Manager’s: take what ' +
    'az rest --method get --url "{ARM id of the pool}?api-version=2025-06-01" shows, or name the pool in the input pool, in place of a spec'
  return { path: [], message }
}
