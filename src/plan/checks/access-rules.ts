/** Whether this run, and the nodes, can reach the account. */
import { isRestricted } from '../../model/account-access.ts'
import { nameOf } from '../../model/arm-id.ts'
import { isJsonObject, type JsonObject } from '../../model/json.ts'
import type { BatchAccount } from '../../model/observed.ts'
import type { WantedPool } from '../situation.ts'
import { ofPool } from './of-pool.ts'
import { error, warning, type Rule } from './rule.ts'

const SOURCE = 'learn.microsoft.com/azure/batch/public-network-access'

export const ACCESS_RULES: readonly Rule[] = [
  {
    id: 'account-reachable',
    source: SOURCE,
    check: ({ observed: { account, serviceRefused } }) =>
      account === undefined || serviceRefused === undefined || !isRestricted(account)
        ? undefined
        : error(
            `batch-account: "${nameOf(account.accountId)}" ${restrictionOf(account)}, and refuses this runner: ${serviceRefused}`,
            wayIn(account)
          )
  },
  {
    id: 'nodes-reach-account',
    source: SOURCE,
    check: ofPool((wanted, { observed }) => {
      const { account, pool } = observed
      if (account === undefined || !isClosedToNodes(account)) return undefined
      const network = networkOf(wanted, pool?.body)
      const about = `batch-account: "${nameOf(account.accountId)}" closes its node management endpoint to the public network`
      if (network.subnetId === undefined) {
        return warning(
          `${about}, and the pool is in no virtual network; its nodes may never be ready`,
          'give the pool a subnet (networkConfiguration.subnetId) of a network with a private endpoint for nodeManagement'
        )
      }
      return account.network.privateEndpoints.some(group => group.toLowerCase() === 'nodemanagement')
        ? undefined
        : warning(
            `${about}, and has no approved private endpoint for it; nodes may never be ready`,
            'make a private endpoint for nodeManagement in the pool’s virtual network'
          )
    })
  }
]

function restrictionOf({ network }: BatchAccount): string {
  if (network.publicAccess !== 'Enabled') return `has publicNetworkAccess "${network.publicAccess}"`
  const count = network.account?.allowed.length ?? 0
  return count === 0
    ? 'lets no address in by its network rules'
    : `lets in ${count} ${count === 1 ? 'address or range' : 'addresses or ranges'} alone`
}

function wayIn({ network }: BatchAccount): string {
  const inside = 'run the job on a self-hosted runner in a virtual network with a private endpoint for batchAccount'
  if (network.publicAccess === 'SecuredByPerimeter')
    return `${inside}, or add an inbound rule for the runner to the perimeter`
  return network.publicAccess === 'Disabled'
    ? inside
    : `add the runner’s public address to the account’s network rules, which takes some minutes to count; a hosted runner has another each time: ${inside}`
}

/** With rules that let some addresses in, those may be the nodes’. */
function isClosedToNodes({ network }: BatchAccount): boolean {
  return network.publicAccess === 'Disabled' || network.nodeManagement?.allowed.length === 0
}

/** The pool’s, where the spec leaves it out. */
function networkOf({ properties }: WantedPool, present: JsonObject | undefined): JsonObject {
  const own = properties.networkConfiguration
  if (isJsonObject(own)) return own
  const former = isJsonObject(present?.properties) ? present.properties.networkConfiguration : undefined
  return isJsonObject(former) ? former : {}
}
