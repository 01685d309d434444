/** What a plan means for the nodes of a pool, in a sentence: what people look for first. */
import { nameOf } from '../model/arm-id.ts'
import type { Plan, PlannedPool, PoolExpectation, Step, StepKind } from '../model/plan.ts'
import { describeTargets, targetsOf, totalOf } from '../rules/node-targets.ts'
import { targetOf } from '../model/step.ts'
import type { MarkName } from './mark-name.ts'

/** Empty where no node comes or goes. */
export function capacityOf(plan: Plan, mark: MarkName): string[] {
  return plan.pools.flatMap(pool => capacityOfPool(plan.steps, pool, mark))
}

function capacityOfPool(steps: readonly Step[], { poolId }: PlannedPool, mark: MarkName): string[] {
  const own = steps.filter(step => 'poolId' in step && step.poolId === poolId)
  const drain = stepOf(own, 'drain-pool')
  const scale = stepOf(own, 'scale-pool')
  const comes = scale === undefined || totalOf(scale.goal) === 0 ? '' : `${describeTargets(scale.goal)} come in waves`
  const name = `pool ${mark(nameOf(poolId))}`
  if (drain !== undefined) {
    const leaves = `${wereOf(drain.expects.scale)} leave by ${drain.drain}, and it has none for some minutes`
    return [`${first(provedFirst(steps, poolId, mark))}Of ${name} ${leaves}${comes === '' ? '' : `; then ${comes}`}.`]
  }
  const proved = provedFirst(steps, poolId, mark)
  if (proved !== '') return [`${sentenceOf(proved)}${sentenceOf(name)} keeps its nodes.`]
  return comes === '' || own.every(({ kind }) => kind !== 'create-pool') ? [] : [`In ${name} ${comes}.`]
}

/** The one that is in use keeps its nodes until then. */
function provedFirst(steps: readonly Step[], poolId: string, mark: MarkName): string {
  const made = steps.find(step => step.kind === 'create-proof-pool' && step.like.poolId === poolId)
  const own = steps.filter(step => made !== undefined && 'poolId' in step && step.poolId === targetOf(made))
  const scale = stepOf(own, 'scale-pool')
  if (made === undefined || scale === undefined) return ''
  return `the change proves itself on ${describeTargets(scale.goal)} of temporary pool ${mark(nameOf(scale.poolId))}. `
}

const first = (proved: string): string => (proved === '' ? '' : `First ${proved}`)
const sentenceOf = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

function stepOf<K extends StepKind>(steps: readonly Step[], kind: K): Extract<Step, { kind: K }> | undefined {
  return steps.findLast((step): step is Extract<Step, { kind: K }> => step.kind === kind)
}

function wereOf(scale: PoolExpectation['scale']): string {
  if (scale === 'as-left') return 'the nodes that this run has brought'
  if (scale.kind === 'auto') return 'the nodes that its formula has asked for'
  return describeTargets(targetsOf(scale))
}
