/** Several pools in one run: which comes first, how many at once, and which of them proves the image for others. */
import { nameOf, namesOf, sameId } from '../../model/arm-id.ts'
import { ORDER_ITEM } from '../../model/own-metadata.ts'
import type { Step } from '../../model/plan.ts'
import { idsOf } from '../../model/step.ts'
import { specItems } from '../../rules/pool-metadata.ts'
import type { Situation, WantedPool } from '../situation.ts'
import { planPool, withName, type PoolPlan } from './pool.ts'

type Target = { situation: Situation; wanted: WantedPool }

/**
 * @param after steps that must have succeeded before a pool may use the image
 * @returns in the order in which the run comes to them
 */
export function planPools(situations: readonly Situation[], after: string[], maxParallel: number): PoolPlan[] {
  const targets = inOrder(
    situations.flatMap(situation => (situation.pool ? [{ situation, wanted: situation.pool }] : []))
  )
  const names = namesFor(targets)
  const plans: PoolPlan[] = []
  for (const [index, { situation, wanted }] of targets.entries()) {
    const ahead = plans.slice(0, Math.max(0, index - maxParallel + 1)).flatMap(({ steps }) => lastOf(steps))
    const provedBy = plans.find((plan, other) => plan.proved !== undefined && isAlike(targets[other], wanted))?.proved
    const plan = planPool(situation, wanted, { after: [...after, ...ahead], provedBy })
    plans.push(targets.length === 1 ? plan : withName(plan, names[index] ?? ''))
  }
  return plans
}

/** Of the spec, else of the pool that is there; pools without a number come last, in the order in which they are named. */
function inOrder(targets: readonly Target[]): Target[] {
  const numberOf = ({ situation, wanted }: Target): number => {
    const items = [...(specItems(wanted.spec.pool.properties) ?? []), ...(situation.observed.pool?.metadata ?? [])]
    const text = items.find(({ name }) => name === ORDER_ITEM)?.value ?? ''
    return /^\d+$/.test(text) ? Number(text) : Infinity
  }
  return targets.toSorted((a, b) => compare(numberOf(a), numberOf(b)))
}

const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1)

/** Two accounts may each have a pool of one name. */
function namesFor(targets: readonly Target[]): string[] {
  const names = targets.map(({ wanted }) => nameOf(wanted.poolId))
  const isTwin = (name: string): boolean => names.filter(one => one.toLowerCase() === name.toLowerCase()).length > 1
  return targets.map(({ wanted }, index) => {
    const name = names[index] ?? ''
    return isTwin(name) ? namesOf(wanted.poolId).join('.') : name
  })
}

/** What decides: a run whose pool has failed begins no other. */
const lastOf = (steps: readonly Step[]): string[] =>
  idsOf(steps.filter(({ housekeeping }) => housekeeping !== true)).slice(-1)

/** Nodes of one size in one account: what boots on the one boots on the other. */
function isAlike(other: Target | undefined, wanted: WantedPool): boolean {
  if (other === undefined || !sameId(other.wanted.spec.batchAccountId, wanted.spec.batchAccountId)) return false
  const sizeOf = ({ properties }: WantedPool): string => String(properties.vmSize ?? '').toLowerCase()
  return sizeOf(other.wanted) !== '' && sizeOf(other.wanted) === sizeOf(wanted)
}
