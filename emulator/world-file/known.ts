import { SCHEDULE_TYPE } from '../batch/job-schedules.ts'
import { POOL_API_VERSIONS, poolPropertyNames } from '../batch/pool-shape.ts'
import { JOB_TYPE } from '../batch/job-record.ts'
import { bucketNames } from '../kernel/buckets.ts'
import { LOCK_TYPE } from '../kernel/locks.ts'
import type { Operation } from '../kernel/types.ts'
import { actionOf } from '../sign-in/authorize.ts'

/** The names that a world and its faults may use, as the operations have them: nobody keeps a second list. */
export type Known = {
  operations: ReadonlyMap<string, Operation>
  /** Types of resources that some operation reads, or that only world files have. */
  types: readonly string[]
  /** Role actions that some operation asks for. */
  actions: readonly string[]
  /** Token buckets that some operation takes from. */
  buckets: readonly string[]
  poolProperties: readonly string[]
}

export function knownOf(operations: readonly Operation[]): Known {
  const guarded = operations.filter(({ host }) => host === 'resource-manager' || host === 'batch')
  return {
    operations: new Map(operations.map(operation => [operation.id, operation])),
    types: unique([...guarded.flatMap(typeRead), JOB_TYPE, SCHEDULE_TYPE, LOCK_TYPE]),
    actions: unique(guarded.flatMap(operation => [actionOf({ operation }), ...(operation.linked?.actions ?? [])])),
    buckets: bucketNames(operations),
    poolProperties: unique(POOL_API_VERSIONS.flatMap(poolPropertyNames))
  }
}

const unique = (names: readonly string[]): string[] => [...new Set(names)]

/** The type of what a GET of one resource shows. */
function typeRead({ host, method, path }: Operation): string[] {
  const shows = host === 'resource-manager' && method === 'GET' && /\{(?!operationId)\w+\}$/.test(path)
  return shows ? [typeOfId(path) ?? []].flat() : []
}

/** Of an id, or of a path with `{…}` for names; undefined where it is of no resource. */
export function typeOfId(id: string): string | undefined {
  if (/^\/subscriptions\/[^/]+$/i.test(id)) return 'Microsoft.Resources/subscriptions'
  if (/^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+$/i.test(id)) return 'Microsoft.Resources/resourceGroups'
  const [, namespace, rest = ''] = /^\/subscriptions\/.+\/providers\/([^/]+)((?:\/[^/]+\/[^/]+)+)$/i.exec(id) ?? []
  return namespace && [namespace, ...rest.split('/').filter((_, index) => index % 2 === 1)].join('/')
}
