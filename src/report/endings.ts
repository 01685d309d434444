/** What happens if a run ends half-way, for people: a line for each stretch of it. */
import { nameOf } from '../model/arm-id.ts'
import { stepsOf } from '../model/step.ts'
import type { Condition, Plan, Undo } from '../model/plan.ts'

type EndingLine = {
  /** `stop-vm … start-vm`: from where until where it holds. */
  stretch: string
  /** `start VM render-source again`. */
  what: string
}

const CONDITIONS: Readonly<Record<Condition, string>> = {
  'image-blamed': ' where nodes that run it have failed again and again',
  'vm-has-run': ' where the VM has run meanwhile'
}

/** In the order of the steps; the way back of a pool, and what that owes, come last. */
export function endingLines(plan: Pick<Plan, 'steps' | 'undo' | 'rollbacks'>): EndingLine[] {
  const { undo, rollbacks = [] } = plan
  const order = new Map(stepsOf(plan).map(({ id }, index) => [id, index]))
  const sorted = undo.toSorted((a, b) => (order.get(a.after) ?? 0) - (order.get(b.after) ?? 0))
  const stretches = Map.groupBy(sorted, ({ after, until }) => (after === until ? after : `${after} … ${until}`))
  const lines = [...stretches].map(([stretch, owed]) => ({ stretch, what: sentences(owed).join('; '), owed }))
  const own = new Set(rollbacks.flatMap(({ steps }) => steps.map(({ id }) => id)))
  const isOfWayBack = ({ owed }: { owed: readonly Undo[] }): boolean => owed.some(({ after }) => own.has(after))
  return [
    ...lines.filter(line => !isOfWayBack(line)),
    ...rollbacks.map(({ after, until, poolId, imageName, cost }) => ({
      stretch: `${after} … ${until}`,
      what: `where its nodes fail: roll pool ${nameOf(poolId)} back to ${imageName} (${cost})`
    })),
    ...lines.filter(isOfWayBack)
  ].map(({ stretch, what }) => ({ stretch, what }))
}

/** Steps of a kind are counted after the first. */
function sentences(owed: readonly Undo[]): string[] {
  const kinds = Map.groupBy(owed, ({ step }) => step.kind)
  return [...kinds.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return []
    const more = others.length === 0 ? '' : ` and ${others.length} more`
    const where = first.given === undefined ? '' : CONDITIONS[first.given]
    return [`${first.step.title}${more}${where}`]
  })
}
