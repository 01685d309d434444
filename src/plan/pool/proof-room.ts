/** Whether an account has room for a temporary pool beside the one that is in use: pools are often sized to the quota. */
import { nameOf } from '../../model/arm-id.ts'
import type { Pool, VmSize } from '../../model/observed.ts'
import type { NodeTargets } from '../../model/plan.ts'
import { nodesOf, targetsOf } from '../../rules/node-targets.ts'
import { hiddenFromLike } from '../../rules/pool-body.ts'
import { objectOf, type JsonObject } from '../../model/json.ts'
import { coreLimits, type CoreKind } from '../core-use.ts'
import type { WantedPool, Situation } from '../situation.ts'
import { freeAddresses, subnetOf } from '../subnet-room.ts'

/** `nodes`: as many as were asked for, or as there is room for. `why`: what leaves none, as half a sentence. */
type Room = { nodes: NodeTargets } | { why: string }

type Asked = { pool: Pool; nodes: number; body: JsonObject }

/** @param body what is written of the temporary pool, over what `pool` has */
export function roomFor(situation: Situation, wanted: WantedPool, { pool, nodes, body }: Asked): Room {
  const why = whyNone(situation, { pool, body }) ?? whyNoAddress(situation, wanted, { pool, body })
  if (why !== undefined) return { why }
  const [first, second] = kindsOf(wanted, pool)
  const [ofFirst, ofSecond] = [placesFor(situation, wanted, pool, first), placesFor(situation, wanted, pool, second)]
  if (ofFirst.places > 0) return { nodes: targets(first, Math.min(nodes, ofFirst.places)) }
  if (ofSecond.places > 0) return { nodes: targets(second, Math.min(nodes, ofSecond.places)) }
  return { why: ofFirst.why }
}

function whyNone({ observed }: Situation, { pool, body }: Pick<Asked, 'pool' | 'body'>): string | undefined {
  const { account, otherPools } = observed
  const hidden = hiddenFromLike(body, pool)
  if (hidden.length > 0) {
    return `no answer of Batch shows ${hidden.join(', ')}, so that no other pool can be made like it; write it into the pool spec`
  }
  const pools = otherPools.length + 1
  return account?.poolQuota !== undefined && pools >= account.poolQuota
    ? `account "${nameOf(account.accountId)}" has ${pools} ${pools === 1 ? 'pool' : 'pools'}, and its quota is ${account.poolQuota}`
    : undefined
}

/** Public addresses of the user's own serve one pool. */
function whyNoAddress(
  situation: Situation,
  wanted: WantedPool,
  { pool, body }: Pick<Asked, 'pool' | 'body'>
): string | undefined {
  const network = { ...networkOf(pool.body), ...networkOf(body) }
  const { provision } = objectOf(network.publicIPAddressConfiguration)
  if (String(provision).toLowerCase() === 'usermanaged') return 'its public IP addresses are its own (UserManaged)'
  const subnet = subnetOf(wanted, situation)
  return subnet !== undefined && freeAddresses(subnet) === 0 ? `subnet "${subnet.name}" has no free address` : undefined
}

const networkOf = ({ properties }: JsonObject): JsonObject => objectOf(objectOf(properties).networkConfiguration)

/** The kind that the pool has comes first; a node of the other kind proves an image as well. */
function kindsOf({ scale }: WantedPool, pool: Pool): [CoreKind, CoreKind] {
  const goal = scale.kind === 'fixed' ? scale.goal : nodesOf(pool)
  return goal.dedicated > 0 || goal.lowPriority === 0 ? ['dedicated', 'lowPriority'] : ['lowPriority', 'dedicated']
}

const targets = (kind: CoreKind, nodes: number): NodeTargets => ({ dedicated: 0, lowPriority: 0, [kind]: nodes })

/** The pool keeps its nodes meanwhile, may still get those that it has asked for, and comes back while the temporary one goes. */
function placesFor(
  { observed }: Situation,
  { properties, scale }: WantedPool,
  pool: Pool,
  kind: CoreKind
): { places: number; why: string } {
  const name = String(properties.vmSize ?? pool.vmSize ?? '').toLowerCase()
  const size = observed.vmSizes.find(one => one.name.toLowerCase() === name)
  // Of what isn't known, Batch's own answer will tell.
  if (size?.vCpus === undefined) return { places: Infinity, why: '' }
  const { vCpus } = size
  const all = [atMost(pool, scale), ...observed.otherPools.map(other => atMost(other))]
  const limits = coreLimits(observed, size, all)
    .filter(limit => limit.kind === kind && limit.quota !== undefined)
    .map(limit => ({ ...limit, left: Math.floor(((limit.quota ?? 0) - limit.used) / vCpus) }))
    .toSorted((a, b) => a.left - b.left)
  const [tightest] = limits
  if (tightest === undefined) return { places: Infinity, why: '' }
  return { places: Math.max(0, tightest.left), why: whyNoCores(tightest, size) }
}

function whyNoCores({ cores, quota, used }: { cores: string; quota: number | undefined; used: number }, size: VmSize) {
  return `a node of ${size.name} needs ${size.vCpus} ${cores}, and of the account’s quota, ${quota}, its pools have ${used}`
}

/** With the nodes that it may have while the temporary pool is there. */
function atMost(pool: Pool, wanted?: WantedPool['scale']): Pool {
  const asked = pool.scale.kind === 'fixed' ? targetsOf(pool.scale) : nodesOf(pool)
  const counts = [nodesOf(pool), asked, ...(wanted?.kind === 'fixed' ? [wanted.goal] : [])]
  return {
    ...pool,
    currentDedicatedNodes: Math.max(...counts.map(({ dedicated }) => dedicated)),
    currentLowPriorityNodes: Math.max(...counts.map(({ lowPriority }) => lowPriority))
  }
}
