import { nameOf } from '../kernel/resources.ts'
import type { Call, Json, JsonObject, Stored } from '../kernel/types.ts'
import { communicationModeAt } from './communication-mode.ts'
import { compact, listOf, objectOf, textOf } from './json.ts'
import { withoutSecrets } from './pool-body.ts'
import type { ResizeErrorFact } from './pool-facts.ts'
import { poolProperties } from './pool-nodes.ts'
import { allocationAt, countAt, factsOf } from './pool-record.ts'
import { RESOURCE_TAGS_VERSIONS } from './service-pool-body.ts'
import { serviceImageReference, serviceMachine, serviceNetwork, serviceSchedulingPolicy } from './service-words.ts'
import { serviceStartTask, serviceUserAccounts } from './service-words.ts'
import { etagOfTicks, isoOf, isoOfTicks } from './time.ts'

/** The pool as the Batch service shows it: names of its own, lower-case states, an ETag without quotes. */
export function servicePoolView(
  pool: Stored,
  { now, origin, apiVersion }: Pick<Call, 'now' | 'origin' | 'apiVersion'>
): JsonObject {
  const facts = factsOf(pool)
  const written = objectOf(withoutSecrets(poolProperties(pool)))
  const allocation = allocationAt(pool, now)
  const count = countAt(facts, now)
  const created = isoOfTicks(facts.createdTicks)
  return compact({
    id: nameOf(pool.id),
    displayName: written['displayName'],
    url: `${origin}/pools/${nameOf(pool.id)}`,
    eTag: etagOfTicks(facts.ticks),
    lastModified: isoOfTicks(facts.ticks),
    creationTime: created,
    state: pool.deletedAt === undefined ? 'active' : 'deleting',
    stateTransitionTime: created,
    allocationState: stateName(pool, now, allocation.state),
    allocationStateTransitionTime: isoOf(allocation.since),
    vmSize: textOf(written['vmSize'])?.toLowerCase(),
    ...scaleView(pool, now),
    currentDedicatedNodes: count.dedicated,
    currentLowPriorityNodes: count.lowPriority,
    enableInterNodeCommunication: written['interNodeCommunication'] === 'Enabled',
    networkConfiguration: serviceNetwork(written['networkConfiguration'], apiVersion),
    startTask: serviceStartTask(written['startTask']),
    applicationPackageReferences: packages(written['applicationPackages']),
    taskSlotsPerNode: written['taskSlotsPerNode'],
    taskSchedulingPolicy: serviceSchedulingPolicy(written['taskSchedulingPolicy'], apiVersion),
    userAccounts: serviceUserAccounts(written['userAccounts'], isOfWindows(written)),
    ...(apiVersion !== '2025-06-01' && goneSince2025(pool, now)),
    metadata: written['metadata'],
    mountConfiguration: written['mountConfiguration'],
    // newer than 2022-10-01.16.0
    upgradePolicy: apiVersion === '2022-10-01.16.0' ? undefined : written['upgradePolicy'],
    resourceTags: RESOURCE_TAGS_VERSIONS.includes(apiVersion) ? written['resourceTags'] : undefined,
    identity: pool.body['identity'],
    virtualMachineConfiguration: machine(written, apiVersion)
  })
}

/** An empty list (recorded, 2025), the mode that was asked for, and the one that the nodes have (both recorded, 2024). */
function goneSince2025(pool: Stored, now: number): JsonObject {
  return compact({
    certificateReferences: [],
    targetNodeCommunicationMode: textOf(poolProperties(pool)['targetNodeCommunicationMode'])?.toLowerCase(),
    currentNodeCommunicationMode: communicationModeAt(pool, now)?.toLowerCase()
  })
}

/** What disabling autoscale cut short is `stopping` here, though ARM calls it Resizing (both recorded). */
function stateName(pool: Stored, now: number, state: string): string {
  const { resize } = factsOf(pool)
  const by = resize?.cut?.by ?? 'formula'
  return by !== 'formula' && now < (resize?.endsAt ?? 0) ? 'stopping' : state.toLowerCase()
}

function scaleView(pool: Stored, now: number): JsonObject {
  const { resize, autoScaleRun } = factsOf(pool)
  const { fixedScale, autoScale } = objectOf(poolProperties(pool)['scaleSettings'])
  const fixed = objectOf(fixedScale)
  const auto = objectOf(autoScale)
  const errors =
    resize !== undefined && now >= resize.endsAt && resize.errors.length > 0
      ? resize.errors.map(resizeError)
      : undefined
  return {
    resizeTimeout: fixed['resizeTimeout'],
    targetDedicatedNodes: fixed['targetDedicatedNodes'] ?? resize?.target.dedicated ?? 0,
    targetLowPriorityNodes: fixed['targetLowPriorityNodes'] ?? resize?.target.lowPriority ?? 0,
    resizeErrors: errors,
    enableAutoScale: autoScale !== undefined,
    autoScaleFormula: auto['formula'],
    autoScaleEvaluationInterval: auto['evaluationInterval'],
    autoScaleRun: autoScaleRun && compact({ timestamp: isoOf(autoScaleRun.at), results: autoScaleRun.results })
  }
}

/** ARM's `details` are `values` here. */
function resizeError({ code, message, details }: ResizeErrorFact): JsonObject {
  return compact({ code, message, values: details?.map(detail => ({ name: detail.code, value: detail.message })) })
}

const armMachine = (written: JsonObject): JsonObject =>
  objectOf(objectOf(written['deploymentConfiguration'])['virtualMachineConfiguration'])

const isOfWindows = (written: JsonObject): boolean =>
  /windows/i.test(textOf(armMachine(written)['nodeAgentSkuId']) ?? '')

function machine(written: JsonObject, apiVersion: string): JsonObject | undefined {
  const arm = armMachine(written)
  if (arm['imageReference'] === undefined) return undefined
  const { nodeAgentSkuId, imageReference, ...rest } = arm
  return {
    ...{ imageReference: serviceImageReference(objectOf(imageReference)), nodeAgentSKUId: nodeAgentSkuId },
    ...serviceMachine(rest, apiVersion)
  }
}

function packages(value: Json | undefined): JsonObject[] | undefined {
  if (value === undefined) return undefined
  return listOf(value).map(({ id, version }) => compact({ applicationId: nameOf(textOf(id) ?? ''), version }))
}
