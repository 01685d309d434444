/** What happens if a run ends half-way, for people: a line for each stretch of it. */
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

/** In the order of the steps. */
export function endingLines({ steps, undo }: Pick<Plan, 'steps' | 'undo'>): EndingLine[] {
  const order = new Map(steps.map(({ id }, index) => [id, index]))
  const sorted = undo.toSorted((a, b) => (order.get(a.after) ?? 0) - (order.get(b.after) ?? 0))
  const stretches = Map.groupBy(sorted, ({ after, until }) => (after === until ? after : `${after} … ${until}`))
  return [...stretches].map(([stretch, owed]) => ({ stretch, what: sentences(owed).join('; ') }))
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
