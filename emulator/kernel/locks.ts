import { armError } from './errors.ts'
import { sameText } from './resources.ts'
import type { Answer, Call, JsonObject, Operation } from './types.ts'

/** A resource of world files alone: no operation here makes or shows one. */
export const LOCK_TYPE = 'Microsoft.Authorization/locks'
export const LOCK_LEVELS = ['CanNotDelete', 'ReadOnly'] as const

const LOCKS = '/providers/microsoft.authorization/locks/'
const VERBS: Partial<Record<Operation['method'], 'delete' | 'write'>> = {
  DELETE: 'delete',
  PUT: 'write',
  PATCH: 'write',
  POST: 'write'
}

/** Resource Manager's refusal of what a management lock at the resource, its group or its subscription forbids. */
export function locked({ operation, world, url = '' }: Call): Answer | undefined {
  const verb = VERBS[operation.method]
  if (operation.host !== 'resource-manager' || verb === undefined) return undefined
  const target = decodeURIComponent(new URL(url).pathname)
  const scopes = [...world.records.values()]
    .filter(({ type, body }) => sameText(type, LOCK_TYPE) && forbids(body, verb))
    .map(({ id }) => id.slice(0, id.toLowerCase().lastIndexOf(LOCKS)))
    .filter(scope => isWithin(target, scope))
  if (scopes.length === 0) return undefined
  const message = `The scope '${target}' cannot perform ${verb} operation because following scope(s) are locked: '${scopes.join(',')}'. Please remove the lock and try again.`
  return armError(409, 'ScopeLocked', message)
}

function forbids({ properties }: JsonObject, verb: 'delete' | 'write'): boolean {
  const level = (properties as JsonObject | undefined)?.['level']
  return level === 'ReadOnly' || (level === 'CanNotDelete' && verb === 'delete')
}

function isWithin(target: string, scope: string): boolean {
  return `${target.toLowerCase()}/`.startsWith(`${scope.toLowerCase()}/`)
}
