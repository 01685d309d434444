import { flat, unknownProperty, type Shape } from '../kernel/shape.ts'
import type { Answer, Call, JsonObject, Operation, Stored } from '../kernel/types.ts'
import { evaluateFormula } from './autoscale.ts'
import { answering, refuse, SERVICE_HEADERS, refuseMissing } from './batch-errors.ts'
import { checkFormula, checkInterval } from './formula-check.ts'
import { numberOf, objectOf, textOf } from './json.ts'
import type { ResizeErrorFact } from './pool-facts.ts'
import { poolProperties } from './pool-nodes.ts'
import { countAt, factsOf, nodesAt } from './pool-record.ts'
import * as scale from './pool-scale.ts'
import { startResize } from './resize.ts'
import { changing, done, serviceId } from './service-pool-change.ts'
import { servicePool, serviceRow } from './service-scope.ts'
import { isoOf } from './time.ts'

const resizeShape = flat('targetDedicatedNodes', 'targetLowPriorityNodes', 'resizeTimeout', 'nodeDeallocationOption')
const removeShape = flat('nodeList', 'resizeTimeout', 'nodeDeallocationOption')
const autoScaleShape = flat('autoScaleFormula', 'autoScaleEvaluationInterval')

const knows = (shape: Shape): Pick<Operation, 'unknownProperty'> => ({
  unknownProperty: body => unknownProperty(body, shape)
})
const post = (verb: string) =>
  ({ ...serviceRow, method: 'POST', path: `/pools/{poolId}/${verb}`, query: ['timeout'] }) as const

/** How many nodes a pool has, at the account's own host. */
export const serviceScaleOperations: Operation[] = [
  { ...post('resize'), ...knows(resizeShape), id: 'Pool_Resize', handle: answering(resize) },
  { ...post('stopresize'), id: 'Pool_StopResize', handle: answering(stop) },
  {
    ...post('removenodes'),
    ...knows(removeShape),
    id: 'Pool_RemoveNodes',
    action: 'Microsoft.Batch/batchAccounts/computePools/computeNodes/remove/action',
    handle: answering(removeNodes)
  },
  {
    ...post('enableautoscale'),
    ...knows(autoScaleShape),
    id: 'Pool_EnableAutoScale',
    handle: answering(enableAutoScale)
  },
  {
    ...post('evaluateautoscale'),
    ...knows(flat('autoScaleFormula')),
    id: 'Pool_EvaluateAutoScale',
    handle: answering(evaluateAutoScale)
  },
  { ...post('disableautoscale'), id: 'Pool_DisableAutoScale', handle: answering(disableAutoScale) }
]

function resize(call: Call): Answer {
  const pool = changing(call)
  const body = objectOf(call.body)
  if (body['targetDedicatedNodes'] === undefined && body['targetLowPriorityNodes'] === undefined) {
    refuseMissing(call, 'targetDedicatedNodes and/or targetLowPriorityNodes')
  }
  refuseAutoScaled(call, pool)
  scale.checkScaleSettings(call, { fixedScale: body })
  scale.checkSteady(call, pool)
  const present = objectOf(objectOf(poolProperties(pool)['scaleSettings'])['fixedScale'])
  setFixedScale(pool, {
    targetDedicatedNodes: numberOf(body['targetDedicatedNodes']) ?? numberOf(present['targetDedicatedNodes']) ?? 0,
    targetLowPriorityNodes:
      numberOf(body['targetLowPriorityNodes']) ?? numberOf(present['targetLowPriorityNodes']) ?? 0,
    resizeTimeout: textOf(body['resizeTimeout']) ?? 'PT15M'
  })
  scale.touch(call, pool)
  scale.applyScale(call, pool, scale.optionOf(textOf(body['nodeDeallocationOption'])))
  return done(call, pool, 202)
}

function setFixedScale(pool: Stored, fixedScale: { [name: string]: string | number }): void {
  pool.body = { ...pool.body, properties: { ...poolProperties(pool), scaleSettings: { fixedScale } } }
}

function refuseAutoScaled(call: Call, pool: Stored): void {
  if (scale.isAutoScaled(pool)) invalidNow(call, 'The specified pool has AutoScale enabled.')
}

function invalidNow(call: Call, reason: string): never {
  return refuse(call, {
    status: 409,
    code: 'OperationInvalidForCurrentState',
    message: 'The specified operation is not valid for the current state of the resource.',
    details: [{ code: 'Reason', message: reason }]
  })
}

function stop(call: Call): Answer {
  const pool = changing(call)
  scale.stopResize(call, pool)
  return done(call, pool, 202)
}

const MOST_NODES_REMOVED = 100

/** Takes away the nodes named, and the pool's target with them. */
function removeNodes(call: Call): Answer {
  const pool = changing(call)
  const body = objectOf(call.body)
  const ids = Array.isArray(body['nodeList']) ? body['nodeList'].map(String) : []
  checkRemoval(call, pool, { ids, body })
  const facts = factsOf(pool)
  const removed = nodesAt(facts, call.now).filter(node => ids.includes(node.id))
  const dedicatedRemoved = removed.filter(node => node.isDedicated).length
  const present = countAt(facts, call.now)
  const target = {
    dedicated: present.dedicated - dedicatedRemoved,
    lowPriority: present.lowPriority - (removed.length - dedicatedRemoved)
  }
  const resizeTimeout = textOf(body['resizeTimeout']) ?? 'PT15M'
  setFixedScale(pool, {
    targetDedicatedNodes: target.dedicated,
    targetLowPriorityNodes: target.lowPriority,
    resizeTimeout
  })
  scale.touch(call, pool)
  const option = scale.optionOf(textOf(body['nodeDeallocationOption']))
  startResize(call.world, pool, { target, option, resizeTimeout, removeIds: ids, now: call.now })
  return done(call, pool, 202)
}

function checkRemoval(
  call: Call,
  pool: Stored,
  { ids, body }: { ids: string[]; body: ReturnType<typeof objectOf> }
): void {
  refuseAutoScaled(call, pool)
  scale.checkTimeout(call, textOf(body['resizeTimeout']))
  scale.checkOption(call, textOf(body['nodeDeallocationOption']))
  if (ids.length === 0 || ids.length > MOST_NODES_REMOVED) {
    refuse(call, {
      status: 400,
      code: 'InvalidPropertyValue',
      message: 'The value provided for one of the properties in the request body is invalid.',
      details: [{ code: 'Reason', message: `nodeList must name 1 to ${MOST_NODES_REMOVED} nodes` }]
    })
  }
  scale.checkSteady(call, pool)
  const there = nodesAt(factsOf(pool), call.now).map(node => node.id)
  if (ids.every(id => there.includes(id))) return
  refuse(call, { status: 404, code: 'NodeNotFound', message: 'The specified node does not exist.' })
}

function enableAutoScale(call: Call): Answer {
  const pool = changing(call)
  const body = objectOf(call.body)
  const present = objectOf(objectOf(poolProperties(pool)['scaleSettings'])['autoScale'])
  const formula = textOf(body['autoScaleFormula']) ?? textOf(present['formula'])
  if (formula === undefined) return refuseMissing(call, 'autoScaleFormula')
  checkFormula(call, formula)
  checkInterval(call, 'autoScaleEvaluationInterval', body['autoScaleEvaluationInterval'])
  if (!scale.isAutoScaled(pool) && factsOf(pool).resize?.cut === undefined) scale.checkSteady(call, pool)
  const evaluationInterval =
    textOf(body['autoScaleEvaluationInterval']) ?? textOf(present['evaluationInterval']) ?? 'PT15M'
  pool.body = {
    ...pool.body,
    properties: { ...poolProperties(pool), scaleSettings: { autoScale: { formula, evaluationInterval } } }
  }
  scale.touch(call, pool)
  scale.applyScale(call, pool, 'Requeue')
  return done(call, pool, 200)
}

function disableAutoScale(call: Call): Answer {
  const pool = changing(call)
  scale.disableAutoScale(call, pool)
  return done(call, pool, 200)
}

function errorIn(error: ResizeErrorFact | undefined): JsonObject {
  if (error === undefined) return {}
  const { code, message, details = [] } = error
  const values = details.map(detail => ({ name: detail.code, value: detail.message }))
  return { error: { code, message, values } }
}

/** What a formula would do now to a pool that scales by itself; changes nothing. */
function evaluateAutoScale(call: Call): Answer {
  const pool = servicePool(call)
  const formula = textOf(objectOf(call.body)['autoScaleFormula']) ?? refuseMissing(call, 'autoScaleFormula')
  if (!scale.isAutoScaled(pool)) invalidNow(call, 'The specified pool does not have AutoScale enabled.')
  checkFormula(call, formula)
  const { results, error } = evaluateFormula(pool, formula, call.now)
  const metadata = `${call.origin}/$metadata#Microsoft.Azure.Batch.Protocol.Entities.AutoScaleRun`
  const body = { 'odata.metadata': metadata, timestamp: isoOf(call.now), results, ...errorIn(error) }
  return { status: 200, headers: { ...SERVICE_HEADERS, dataserviceid: serviceId(call) }, body }
}
