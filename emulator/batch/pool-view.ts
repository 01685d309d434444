import { isGone, nameOf } from '../kernel/resources.ts'
import type { JsonObject, Stored } from '../kernel/types.ts'
import { compact, objectOf } from './json.ts'
import { withoutSecrets } from './pool-body.ts'
import { inForm } from './pool-forms.ts'
import { communicationModeAt } from './communication-mode.ts'
import type { AutoScaleRunFact, ResizeErrorFact, ResizeFact } from './pool-facts.ts'
import { poolProperties } from './pool-nodes.ts'
import { allocationAt, countAt, factsOf, POOL_TYPE } from './pool-record.ts'
import { poolPropertyNames } from './pool-shape.ts'
import { etagOfTicks, isoOf, isoOfTicks } from './time.ts'

/** The ETag of a pool on ARM, which is also in its body. */
export function armEtag(record: Stored): string {
  return `W/"${etagOfTicks(factsOf(record).ticks)}"`
}

/** The pool as a GET over ARM shows it at `now`. Reading changes nothing. */
export function poolView(
  record: Stored,
  now: number,
  { apiVersion = NEWEST, otherForms = false }: { apiVersion?: string; otherForms?: boolean } = {}
): JsonObject {
  const isNewest = apiVersion === NEWEST
  const written = isNewest ? withNewestDefaults(writtenView(record)) : writtenView(record)
  const shown = { ...derivedProperties(record, now), ...inForm(written, otherForms && isNewest) }
  const names = poolPropertyNames(apiVersion)
  // Renamed in 2021; a world may have what an older version showed.
  const slots = shown['taskSlotsPerNode'] ?? shown['maxTasksPerNode']
  Object.assign(shown, { taskSlotsPerNode: slots, maxTasksPerNode: slots })
  return compact({
    id: record.id,
    name: nameOf(record.id),
    type: POOL_TYPE,
    etag: armEtag(record),
    properties: Object.fromEntries(Object.entries(shown).filter(([name]) => names.includes(name))),
    identity: apiVersion === '2019-08-01' ? undefined : shownIdentity(record, otherForms),
    tags: isNewest ? record.body['tags'] : undefined
  })
}

/** Ids in any casing; a client and a principal for each. */
function shownIdentity({ body }: Stored, otherForms: boolean): JsonObject | undefined {
  const { identity } = body
  if (identity === undefined || !otherForms) return identity as JsonObject | undefined
  const ids = Object.entries(objectOf(objectOf(identity)['userAssignedIdentities']))
  return {
    ...objectOf(identity),
    userAssignedIdentities: Object.fromEntries(ids.map(([id, one]) => [id.toLowerCase(), one]))
  }
}

const NEWEST = '2025-06-01'

/** recorded 2026-02-11 */
function withNewestDefaults(written: JsonObject): JsonObject {
  const policy = { jobDefaultOrder: 'None', ...objectOf(written['taskSchedulingPolicy']) }
  return { ...written, ...(written['taskSchedulingPolicy'] !== undefined && { taskSchedulingPolicy: policy }) }
}

function writtenView(record: Stored): JsonObject {
  const derived = derivedNames
  const written = Object.entries(poolProperties(record)).filter(([name]) => !derived.has(name))
  return objectOf(withoutSecrets(Object.fromEntries(written)))
}

const derivedNames = new Set([
  ...['lastModified', 'creationTime', 'provisioningState', 'provisioningStateTransitionTime', 'allocationState'],
  ...['allocationStateTransitionTime', 'currentDedicatedNodes', 'currentLowPriorityNodes', 'resizeOperationStatus'],
  ...['autoScaleRun', 'currentNodeCommunicationMode']
])

function derivedProperties(record: Stored, now: number): JsonObject {
  const facts = factsOf(record)
  const written = poolProperties(record)
  const allocation = allocationAt(record, now)
  const count = countAt(facts, now)
  const created = written['creationTime'] ?? isoOfTicks(facts.createdTicks)
  const deleting = record.deletedAt !== undefined && !isGone(record, now)
  return compact({
    lastModified: isoOfTicks(facts.ticks),
    creationTime: created,
    provisioningState: deleting ? 'Deleting' : 'Succeeded',
    provisioningStateTransitionTime: written['provisioningStateTransitionTime'] ?? created,
    allocationState: allocation.state,
    allocationStateTransitionTime: isoOf(allocation.since),
    resizeOperationStatus: facts.resize && resizeStatus(facts.resize, now),
    currentDedicatedNodes: count.dedicated,
    currentLowPriorityNodes: count.lowPriority,
    currentNodeCommunicationMode: communicationModeAt(record, now),
    autoScaleRun: facts.autoScaleRun && autoScaleRun(facts.autoScaleRun)
  })
}

/** Errors only once the pool is steady; a zero low-priority target isn't shown (recorded). */
function resizeStatus(resize: ResizeFact, now: number): JsonObject | undefined {
  const under = now < resize.endsAt
  if (under && resize.cut !== undefined && resize.cut.by !== 'stopResize') return undefined
  return compact({
    targetDedicatedNodes: resize.target.dedicated,
    targetLowPriorityNodes: resize.target.lowPriority === 0 ? undefined : resize.target.lowPriority,
    nodeDeallocationOption: resize.option,
    resizeTimeout: resize.resizeTimeout,
    startTime: isoOf(resize.startedAt),
    errors: under || resize.errors.length === 0 ? undefined : resize.errors.map(errorView)
  })
}

function errorView({ code, message, details }: ResizeErrorFact): JsonObject {
  return compact({ code, message, details })
}

function autoScaleRun({ at, results, error }: AutoScaleRunFact): JsonObject {
  return compact({ evaluationTime: isoOf(at), results, error: error && errorView(error) })
}
