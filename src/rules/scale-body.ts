/** Scale as it is sent. */
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts'
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

/** The scale that such settings, as they are sent, ask for; undefined where they ask for none. */
export function scaleIn(settings: Json | undefined): Scale | undefined {
  if (!isJsonObject(settings)) return undefined
  const { fixedScale: fixed, autoScale: auto } = settings
  if (isJsonObject(auto)) {
    const { formula, evaluationInterval: interval } = auto
    return {
      kind: 'auto',
      formula: String(formula),
      ...(typeof interval === 'string' ? { evaluationInterval: interval } : {})
    }
  }
  if (!isJsonObject(fixed)) return undefined
  return {
    kind: 'fixed',
    targetDedicatedNodes: Number(fixed.targetDedicatedNodes ?? 0),
    targetLowPriorityNodes: Number(fixed.targetLowPriorityNodes ?? 0)
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
