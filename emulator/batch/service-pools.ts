import { unknownProperty, flat } from '../kernel/shape.ts'
import type { Shape } from '../kernel/shape.ts'
import type { Answer, Call, Operation, Stored } from '../kernel/types.ts'
import { answering, refuse } from './batch-errors.ts'
import { numberOf, objectOf, textOf } from './json.ts'
import { filterOf } from './odata-filter.ts'
import { poolProperties } from './pool-nodes.ts'
import { countAt, factsOf, nodesAt } from './pool-record.ts'
import * as scale from './pool-scale.ts'
import { startResize } from './resize.ts'
import { servicePoolView } from './service-pool-view.ts'
import {
  itemAnswer,
  ITEM_QUERY,
  LIST_QUERY,
  listAnswer,
  same,
  servicePool,
  servicePools,
  serviceRow
} from './service-scope.ts'
import { etagOfTicks, httpDate, msOfTicks, ticksOfEtag } from './time.ts'

const POOL = '/pools/{poolId}'
const query = ['timeout']
const resizeShape = flat('targetDedicatedNodes', 'targetLowPriorityNodes', 'resizeTimeout', 'nodeDeallocationOption')
const removeShape = flat('nodeList', 'resizeTimeout', 'nodeDeallocationOption')
const autoScaleShape = flat('autoScaleFormula', 'autoScaleEvaluationInterval')

const knows = (shape: Shape): Pick<Operation, 'unknownProperty'> => ({
  unknownProperty: body => unknownProperty(body, shape)
})
const post = (verb: string) => ({ ...serviceRow, method: 'POST', path: `${POOL}/${verb}`, query }) as const

export const servicePoolOperations: Operation[] = [
  { ...serviceRow, id: 'Pool_List', method: 'GET', path: '/pools', query: LIST_QUERY, handle: answering(list) },
  { ...serviceRow, id: 'Pool_Get', method: 'GET', path: POOL, query: ITEM_QUERY, handle: answering(get) },
  { ...post('resize'), ...knows(resizeShape), id: 'Pool_Resize', handle: answering(resize) },
  { ...post('stopresize'), id: 'Pool_StopResize', handle: answering(stop) },
  { ...post('removenodes'), ...knows(removeShape), id: 'Pool_RemoveNodes', handle: answering(removeNodes) },
  {
    ...post('enableautoscale'),
    ...knows(autoScaleShape),
    id: 'Pool_EnableAutoScale',
    handle: answering(enableAutoScale)
  },
  { ...post('disableautoscale'), id: 'Pool_DisableAutoScale', handle: answering(disableAutoScale) }
]

function list(call: Call): Answer {
  const views = servicePools(call).map(pool => servicePoolView(pool, call))
  return listAnswer(call, 'pools', { items: views.filter(filterOf(call)), view: same })
}

function get(call: Call): Answer {
  const pool = servicePool(call)
  const answer = itemAnswer(call, 'pools', servicePoolView(pool, call))
  return { ...answer, headers: { ...answer.headers, ...validators(pool) } }
}

/** The ETag is not in quotes here (recorded). */
function validators(pool: Stored): Record<string, string> {
  const { ticks } = factsOf(pool)
  return { etag: etagOfTicks(ticks), 'last-modified': httpDate(msOfTicks(ticks)) }
}

/** Writes answer without a body (recorded). */
function done(call: Call, pool: Stored, status: number): Answer {
  const dataserviceid = call.origin + (call.url === undefined ? call.operation.path : new URL(call.url).pathname)
  return { status, headers: { ...validators(pool), dataserviceid, dataserviceversion: '3.0' } }
}

/** The pool of a write, once its conditions are met and nothing stands against a change. */
function changing(call: Call): Stored {
  const pool = servicePool(call)
  const wanted = call.headers['if-match']
  if (wanted !== undefined && wanted !== '*' && ticksOfEtag(wanted) !== factsOf(pool).ticks) {
    const message = 'The condition specified using HTTP conditional header(s) is not met.'
    refuse(call, { status: 412, code: 'ConditionNotMet', message })
  }
  if (pool.deletedAt === undefined) return pool
  const message = 'The specified pool has been marked for deletion and is being reclaimed.'
  return refuse(call, { status: 409, code: 'PoolBeingDeleted', message })
}

function resize(call: Call): Answer {
  const pool = changing(call)
  const body = objectOf(call.body)
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
  if (!scale.isAutoScaled(pool)) return
  refuse(call, {
    status: 409,
    code: 'OperationInvalidForCurrentState',
    message: 'The specified operation is not valid for the current state of the resource.',
    details: [{ code: 'Reason', message: 'The specified pool has AutoScale enabled.' }]
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
  if (formula === undefined) {
    return refuse(call, {
      status: 400,
      code: 'MissingRequiredProperty',
      message: 'A required property was not specified in the request body.'
    })
  }
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
