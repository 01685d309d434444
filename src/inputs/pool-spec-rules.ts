/** What a schema can't say of a pool: which properties go together, which exclude each other (ARM 2024-07-01). */
import { isJsonObject, itemsOf, objectOf, type Json, type JsonObject } from '../model/json.ts'
import { isArmIdOf } from '../model/arm-id.ts'
import { ORDER_ITEM, OWN_PREFIX } from '../model/own-metadata.ts'
import { MOST_TAGS_OF_AZURE, tagFault } from './tag-rules.ts'
import { natPoolProblems } from './nat-pool-rules.ts'
import type { PathProblem } from './pool-spec-shape.ts'
import type { Path } from './pool-spec-document.ts'

/** Problems of a spec, whatever its shape: parts of the wrong type are left to the schema. */
export function ruleProblems(root: JsonObject): PathProblem[] {
  const properties = objectOf(root['properties'])
  const at = (...path: Path): Path => ['properties', ...path]
  const vm = ['deploymentConfiguration', 'virtualMachineConfiguration']
  const configuration = objectOf(objectOf(properties[vm[0] ?? ''])[vm[1] ?? ''])
  return [
    ...scaleProblems(properties['scaleSettings'], at('scaleSettings')),
    ...startTaskProblems(properties['startTask'], at('startTask')),
    ...userAccountProblems(properties['userAccounts'], at('userAccounts')),
    ...mountProblems(properties['mountConfiguration'], at('mountConfiguration')),
    ...natPoolProblems(properties['networkConfiguration'], at('networkConfiguration')),
    ...lunProblems(configuration['dataDisks'], at(...vm, 'dataDisks')),
    ...metadataProblems(properties['metadata'], at('metadata')),
    ...identityProblems(root['identity']),
    ...tagProblems(root['tags'])
  ]
}

const has = (value: JsonObject, names: readonly string[]): string[] => names.filter(name => value[name] !== undefined)

function scaleProblems(value: Json | undefined, path: Path): PathProblem[] {
  if (!isJsonObject(value)) return []
  const given = has(value, ['fixedScale', 'autoScale'])
  if (given.length === 2) return [{ path, message: 'has both fixedScale and autoScale; keep one' }]
  if (given.length === 0) return [{ path, message: 'has neither fixedScale nor autoScale; give one, or leave it out' }]
  const fixed = value['fixedScale']
  if (!isJsonObject(fixed) || has(fixed, ['targetDedicatedNodes', 'targetLowPriorityNodes']).length > 0) return []
  const message = 'has neither targetDedicatedNodes nor targetLowPriorityNodes; give one or both'
  return [{ path: [...path, 'fixedScale'], message }]
}

function startTaskProblems(value: Json | undefined, path: Path): PathProblem[] {
  const task = objectOf(value)
  const problems = itemsOf(task['resourceFiles']).flatMap((file, index) =>
    resourceFileProblems(file, [...path, 'resourceFiles', index])
  )
  const user = task['userIdentity']
  const names = ['userName', 'autoUser']
  if (isJsonObject(user)) problems.push(...exactlyOne({ value: user, names, path: [...path, 'userIdentity'] }))
  return problems
}

function resourceFileProblems(file: JsonObject, path: Path): PathProblem[] {
  const names = ['autoStorageContainerName', 'storageContainerUrl', 'httpUrl']
  const problems = exactlyOne({ value: file, names, path })
  if (file['httpUrl'] !== undefined && file['filePath'] === undefined) {
    problems.push({ path: [...path, 'filePath'], message: 'is missing; a file from httpUrl needs it' })
  }
  return problems
}

function exactlyOne({ value, names, path }: { value: JsonObject; names: string[]; path: Path }): PathProblem[] {
  const given = has(value, names)
  if (given.length === 1) return []
  const got = given.length === 0 ? 'none' : given.join(' and ')
  return [{ path, message: `has ${got} of ${names.join(', ')}; exactly one is needed` }]
}

function userAccountProblems(value: Json | undefined, path: Path): PathProblem[] {
  return itemsOf(value).flatMap((account, index) => {
    const linux = objectOf(account['linuxUserConfiguration'])
    if (has(linux, ['uid', 'gid']).length !== 1) return []
    const message = 'has only one of uid and gid; give both or neither'
    return [{ path: [...path, index, 'linuxUserConfiguration'], message }]
  })
}

function mountProblems(value: Json | undefined, path: Path): PathProblem[] {
  const names = [
    'azureBlobFileSystemConfiguration',
    'nfsMountConfiguration',
    'cifsMountConfiguration',
    'azureFileShareConfiguration'
  ]
  return itemsOf(value).flatMap((mount, index) => exactlyOne({ value: mount, names, path: [...path, index] }))
}

function lunProblems(value: Json | undefined, path: Path): PathProblem[] {
  const seen = new Set<Json>()
  return itemsOf(value).flatMap(({ lun }, index) =>
    lun !== undefined && seen.size === seen.add(lun).size
      ? [{ path: [...path, index, 'lun'], message: `${String(lun)} is there twice; each disk needs its own` }]
      : []
  )
}

function metadataProblems(value: Json | undefined, path: Path): PathProblem[] {
  return itemsOf(value).flatMap(({ name, value: given }, index) => {
    if (name === ORDER_ITEM) return orderProblems(given, [...path, index, 'value'])
    return typeof name === 'string' && name.toLowerCase().startsWith(OWN_PREFIX)
      ? [
          {
            path: [...path, index, 'name'],
            message: `"${name}" begins with "${OWN_PREFIX}", which is kept for this action’s own metadata; use another name`
          }
        ]
      : []
  })
}

function orderProblems(given: Json | undefined, path: Path): PathProblem[] {
  const isNumber = typeof given === 'string' && /^\d+$/.test(given)
  return isNumber
    ? []
    : [{ path, message: `${JSON.stringify(given)} is not a place in an order; a whole number, such as "1"` }]
}

function identityProblems(value: Json | undefined): PathProblem[] {
  const identity = objectOf(value)
  const type = 'Microsoft.ManagedIdentity/userAssignedIdentities'
  const ids = Object.keys(objectOf(identity['userAssignedIdentities']))
  const problems: PathProblem[] = ids
    .filter(id => !isArmIdOf(id, type))
    .map(id => ({ path: ['identity', 'userAssignedIdentities', id], message: `is not the id of a ${type}` }))
  if (identity['type'] === 'UserAssigned' && ids.length === 0) {
    const message = 'names no identity; type "UserAssigned" needs one or more'
    problems.push({ path: ['identity', 'userAssignedIdentities'], message })
  }
  if (identity['type'] === 'None' && ids.length > 0) {
    problems.push({ path: ['identity', 'userAssignedIdentities'], message: 'is given with type "None"; leave one out' })
  }
  return problems
}

function tagProblems(value: Json | undefined): PathProblem[] {
  const tags = Object.entries(objectOf(value))
  const seen = new Set<string>()
  const problems = tags.flatMap(([name, text]) => {
    const isTwice = seen.size === seen.add(name.toLowerCase()).size
    const fault = isTwice ? 'is there twice; names of tags are the same in any casing' : tagFault(name, String(text))
    return fault === undefined ? [] : [{ path: ['tags', name], message: fault }]
  })
  if (tags.length <= MOST_TAGS_OF_AZURE) return problems
  return [...problems, { path: ['tags'], message: `has ${tags.length} tags; ${MOST_TAGS_OF_AZURE} at most` }]
}
