/** The items that this action keeps in a pool’s metadata. */

/** Nobody else's item begins so. */
export const OWN_PREFIX = 'batch-image-rollout'

/** Of the job of a smoke test; twelve hexadecimal digits follow. */
export const SMOKE_JOB_PREFIX = `${OWN_PREFIX}-smoke-`

/** A person’s own, where several pools are worked on in one run: a number, the lowest first. */
export const ORDER_ITEM = `${OWN_PREFIX}-order`

/** Which run last changed the pool. */
export const RUN_ITEM = OWN_PREFIX
/** While a pool is emptied for another image: the scale that it had, to give back. */
export const FORMER_ITEM = `${OWN_PREFIX}-former`
/** What Batch was asked to change, answered by 200, and left as it was: no pool is emptied twice for the same thing. */
export const UNMADE_ITEM = `${OWN_PREFIX}-unmade`
/** The image whose nodes failed when a run of this action last brought the pool up: they are of no use to anybody. */
export const FAILED_ITEM = `${OWN_PREFIX}-failed`
/** On a temporary pool: the name of the pool whose change it proves. */
export const PROOF_ITEM = `${OWN_PREFIX}-proof-of`
/** When the pool got another start task or other packages, where nodes had started before: they are still to restart. */
export const REFRESH_ITEM = `${OWN_PREFIX}-refresh`
/** Who works on the pool, and until when (`rules/lease.ts`). */
export const LEASE_ITEM = `${OWN_PREFIX}-lease`

const OURS: readonly string[] = [RUN_ITEM, FORMER_ITEM, UNMADE_ITEM, FAILED_ITEM, PROOF_ITEM, REFRESH_ITEM, LEASE_ITEM]

export const isOwnItem = (name: string): boolean => OURS.includes(name)
