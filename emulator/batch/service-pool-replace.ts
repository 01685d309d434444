import { flat, unknownProperty, type Shape } from '../kernel/shape.ts'
import type { Answer, Call, JsonObject, Operation, Stored } from '../kernel/types.ts'
import { answering, refuseUnknown } from './batch-errors.ts'
import { listOf, objectOf } from './json.ts'
import { poolProperties } from './pool-nodes.ts'
import { patchPool } from './pool-writes.ts'
import { armPoolBody, poolReplacementShape } from './service-pool-body.ts'
import { changing, done } from './service-pool-change.ts'
import { serviceAccount, serviceRow } from './service-scope.ts'

const shape = (apiVersion: string): Shape => ({
  ...poolReplacementShape(apiVersion),
  ...flat('certificateReferences')
})

/** What az calls a reset of the pool, and client libraries a replacement of its properties. */
export const servicePoolReplaceOperations: Operation[] = [
  {
    ...{ ...serviceRow, id: 'Pool_UpdateProperties', method: 'POST', path: '/pools/{poolId}/updateproperties' },
    ...{ query: ['timeout'], handle: answering(replace) },
    unknownProperty: (body, apiVersion) => unknownProperty(body, shape(apiVersion))
  }
]

/** What is omitted is removed, as is what is empty (service contract). 204 without a body (recorded). */
function replace(call: Call): Answer {
  const pool = changing(call)
  const { certificateReferences, ...body } = objectOf(call.body)
  if (listOf(certificateReferences).length > 0) refuseUnknown(call, 'certificates of a pool')
  const whole = { applicationPackageReferences: [], metadata: [], ...body }
  patchPool({ ...call, body: armPoolBody(whole, serviceAccount(call)) }, pool)
  removeEmpty(pool, body)
  return done(call, pool, 204)
}

function removeEmpty(pool: Stored, { startTask, targetNodeCommunicationMode }: JsonObject): void {
  const { startTask: task, targetNodeCommunicationMode: mode, ...others } = poolProperties(pool)
  const { applicationPackages, metadata, ...properties } = others
  pool.body = {
    ...pool.body,
    properties: {
      ...properties,
      ...(startTask !== undefined && task !== undefined && { startTask: task }),
      ...(targetNodeCommunicationMode !== undefined && mode !== undefined && { targetNodeCommunicationMode: mode }),
      ...(listOf(applicationPackages).length > 0 && { applicationPackages }),
      ...(listOf(metadata).length > 0 && { metadata })
    }
  }
}
