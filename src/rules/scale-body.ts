/** Scale as it is sent. */
import type { JsonObject } from '../model/json.ts'
import type { Scale } from '../model/observed.ts'
import type { NodeTargets } from '../model/plan.ts'
import type { Drain } from '../model/spec.ts'
import { formatIso8601 } from '../shared/iso8601.ts'

/** ARM's words for what becomes of running tasks. RetainedData is never sent: later api-versions refuse it. */
export function deallocationOption(drain: Drain): 'TaskCompletion' | 'Requeue' | 'Terminate' {
  const options = { 'task-completion': 'TaskCompletion', requeue: 'Requeue', terminate: 'Terminate' } as const
  return options[drain]
}

export function scaleSettingsOf(scale: Scale): JsonObject {
  if (scale.kind === 'auto') {
    const { formula, evaluationInterval } = scale
    return { autoScale: { formula, ...(evaluationInterval === undefined ? {} : { evaluationInterval }) } }
  }
  const { targetDedicatedNodes, targetLowPriorityNodes, resizeTimeout } = scale
  return {
    fixedScale: {
      targetDedicatedNodes,
      targetLowPriorityNodes,
      ...(resizeTimeout === undefined ? {} : { resizeTimeout })
    }
  }
}

/** A complete fixed scale: both targets each time, so that a PATCH never leaves one kind to chance. */
export function fixedScale(targets: NodeTargets, timeoutMs: number): JsonObject {
  return {
    targetDedicatedNodes: targets.dedicated,
    targetLowPriorityNodes: targets.lowPriority,
    resizeTimeout: formatIso8601(timeoutMs)
  }
}
