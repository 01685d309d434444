/** From JSON to what the Batch service says: nodes, counts, images, jobs. */
import type { Json } from '../../model/json.ts'
import type { Node, NodeCounts, SupportedImage, Task } from '../../model/observed.ts'
import { at, booleanAt, defined, listAt, neededText, numberAt, objectOf, textAt } from './json.ts'

export function readNode(node: Json): Node {
  return defined({
    nodeId: neededText(node, 'id'),
    state: neededText(node, 'state').toLowerCase(),
    isDedicated: booleanAt(node, 'isDedicated') ?? true,
    affinityId: textAt(node, 'affinityId'),
    allocatedAt: textAt(node, 'allocationTime'),
    bootedAt: textAt(node, 'lastBootTime'),
    stateSince: textAt(node, 'stateTransitionTime'),
    imageId: textAt(node, 'virtualMachineInfo.imageReference.virtualMachineImageId'),
    errors: listAt(node, 'errors').map(error => ({
      code: textAt(error, 'code') ?? 'Unknown',
      message: textAt(error, 'message') ?? '',
      details: listAt(error, 'errorDetails').map(nameAndValue)
    })),
    startTask: readStartTask(at(node, 'startTaskInfo'))
  })
}

function readStartTask(info: Json | undefined): Node['startTask'] {
  if (info === undefined) return undefined
  const failure = at(info, 'failureInfo')
  const message = textAt(failure, 'message')
  // Batch gives the message a second time, as a detail.
  const details = listAt(failure, 'details').filter(detail => textAt(detail, 'value') !== message)
  const parts = [textAt(failure, 'code'), message, ...details.map(nameAndValue)]
  return defined({
    state: textAt(info, 'state'),
    exitCode: numberAt(info, 'exitCode'),
    failure: failure === undefined ? undefined : parts.filter(Boolean).join(': ')
  })
}

/** Of one of several tasks that were added together: why it wasn’t. */
export function refusalOfAdded(added: Json): { code: string; message: string } | undefined {
  if (textAt(added, 'status')?.toLowerCase() === 'success') return undefined
  return { code: textAt(added, 'error.code') ?? 'Unknown', message: textAt(added, 'error.message.value') ?? '' }
}

export function readTask(task: Json): Task {
  const failure = at(task, 'executionInfo.failureInfo')
  const parts = [textAt(failure, 'code'), textAt(failure, 'message')].filter(Boolean)
  return defined({
    taskId: neededText(task, 'id'),
    state: neededText(task, 'state').toLowerCase(),
    nodeId: textAt(task, 'nodeInfo.nodeId'),
    exitCode: numberAt(task, 'executionInfo.exitCode'),
    failure: failure === undefined ? undefined : parts.join(': ')
  })
}

function nameAndValue(pair: Json): string {
  return [textAt(pair, 'name'), textAt(pair, 'value')].filter(Boolean).join(': ')
}

/** Counts by state, spelt as nodes spell their state (`starttaskfailed`), without the total. */
export function readNodeCounts(counts: Json): NodeCounts {
  return { dedicated: byState(at(counts, 'dedicated')), lowPriority: byState(at(counts, 'lowPriority')) }
}

function byState(counts: Json | undefined): Record<string, number> {
  const entries = Object.entries(objectOf(counts ?? {})).map(([state, count]) => [state.toLowerCase(), count])
  return Object.fromEntries(entries.filter(([state, count]) => state !== 'total' && typeof count === 'number'))
}

export function readSupportedImage(image: Json): SupportedImage {
  return defined({
    nodeAgentSkuId: neededText(image, 'nodeAgentSKUId'),
    publisher: textAt(image, 'imageReference.publisher') ?? '',
    offer: textAt(image, 'imageReference.offer') ?? '',
    sku: textAt(image, 'imageReference.sku') ?? '',
    version: textAt(image, 'imageReference.version') ?? '',
    osType: textAt(image, 'osType') ?? '',
    verified: textAt(image, 'verificationType')?.toLowerCase() === 'verified',
    batchSupportEndOfLife: textAt(image, 'batchSupportEndOfLife')
  })
}

/** The job's id where it is bound to the pool by name. */
export function jobOnPool(job: Json, poolName: string): string | undefined {
  const bound = textAt(job, 'executionInfo.poolId') ?? textAt(job, 'poolInfo.poolId')
  return bound?.toLowerCase() === poolName.toLowerCase() ? neededText(job, 'id') : undefined
}

/** Active and running ones. */
export function readTaskCount(counts: Json): number {
  return (numberAt(counts, 'taskCounts.active') ?? 0) + (numberAt(counts, 'taskCounts.running') ?? 0)
}
