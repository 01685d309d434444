/** Who holds a pool or a VM, seen from this run: the post step holds what its main step held. */
import { leaseState, type Lease, type LeaseState } from '../rules/lease.ts'
import type { Execution } from './context.ts'

/** @param now Azure’s time, in ms since the epoch; as far as it is known by default. */
export function holdOn(
  { context, undoing, azureNow }: Pick<Execution, 'context' | 'undoing' | 'azureNow'>,
  lease: Lease | undefined,
  now = azureNow()
): LeaseState {
  const main = undoing?.actsFor
  if (main !== undefined && leaseState(lease, main, now) === 'mine') return 'mine'
  return leaseState(lease, context, now)
}

/** Whether it is still the main step’s, so that the post step has to take it over before it acts. */
export function isMainsOwn(
  { undoing, azureNow }: Pick<Execution, 'undoing' | 'azureNow'>,
  lease: Lease | undefined
): boolean {
  return undoing?.actsFor !== undefined && leaseState(lease, undoing.actsFor, azureNow()) === 'mine'
}
