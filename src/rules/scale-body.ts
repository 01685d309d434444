/** Scale as it is sent. */
import type { JsonObject } from '../model/json.ts'
import type { Scale } from '../model/observed.ts'
import type { Drain } from '../model/spec.ts'

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
