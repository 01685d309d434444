import type { VmSize } from '../../model/observed.ts'
import type { WantedPool, Situation } from '../situation.ts'
import type { Rule } from './rule.ts'

/** A check of the pool that is rolled out to; nothing where none is. */
export function ofPool(check: (wanted: WantedPool, situation: Situation) => ReturnType<Rule['check']>): Rule['check'] {
  return situation => (situation.pool === undefined ? undefined : check(situation.pool, situation))
}

/** The size that the pool shall have, as Batch lists it for the account's region. */
export function vmSizeOf({ properties }: WantedPool, { observed }: Situation): VmSize | undefined {
  const name = String(properties.vmSize ?? observed.pool?.vmSize ?? '').toLowerCase()
  return observed.vmSizes.find(size => size.name.toLowerCase() === name)
}
