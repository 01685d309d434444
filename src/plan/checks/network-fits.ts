/** A pool’s network against its scale, its size and its account. */
import { totalOf } from '../../rules/node-targets.ts'
import { objectAt, type Fit } from './as-it-will-be.ts'
import type { FitRule } from './fit-rule.ts'
import { error, PAGE, warning, type Verdict } from './rule.ts'

/** Nodes that can talk to each other, by the account's pool allocation mode. */
const INTER_NODE_LIMIT = { BatchService: 100, UserSubscription: 80 }

export const NETWORK_FITS: readonly FitRule[] = [
  {
    id: 'inter-node-kinds',
    source: 'Batch’s own message: Azure/aztk#226 (2017)',
    ofScale: true,
    check: fit =>
      isInterNode(fit) && fit.goal !== undefined && fit.goal.dedicated > 0 && fit.goal.lowPriority > 0
        ? error(
            'pool-spec: interNodeCommunication is Enabled, and such a pool can’t have both dedicated and low-priority nodes',
            'ask for one kind of nodes, or leave interNodeCommunication out'
          )
        : undefined
  },
  {
    id: 'inter-node-nodes',
    source: PAGE.batchQuota,
    ofScale: true,
    check: fit => {
      const { account, goal } = fit
      const mode = account?.poolAllocationMode === 'UserSubscription' ? 'UserSubscription' : 'BatchService'
      const limit = INTER_NODE_LIMIT[mode]
      return !isInterNode(fit) || goal === undefined || totalOf(goal) <= limit
        ? undefined
        : warning(
            `pool-spec: ${totalOf(goal)} nodes with interNodeCommunication; ${limit} are documented as the most for a pool of a ${mode} account`,
            `ask for ${limit} at most, or leave interNodeCommunication out`
          )
    }
  },
  {
    id: 'accelerated-networking',
    source:
      'AcceleratedNetworkingEnabled in GET locations/{l}/virtualMachineSkus; Compute’s own message: kubernetes-sigs/cluster-api#1201',
    check: ({ network, size }) =>
      network.enableAcceleratedNetworking === true && size?.acceleratedNetworking === false
        ? error(
            `pool-spec: enableAcceleratedNetworking is true, and vmSize "${size.name}" doesn’t have it`,
            'leave it out, or choose a size that has it'
          )
        : undefined
  },
  {
    id: 'public-addresses',
    source: `learn.microsoft.com/azure/batch/simplified-node-communication-pool-no-public-ip (2022-05); ${PAGE.batchContract}`,
    check: ({ network }) => {
      const { provision, ipAddressIds } = objectAt(network, 'publicIPAddressConfiguration')
      const addresses = Array.isArray(ipAddressIds) ? ipAddressIds.length : 0
      const how = String(provision).toLowerCase()
      if (how === 'nopublicipaddresses') return withoutAddresses(network.subnetId, addresses)
      return how === 'usermanaged' ? withOwnAddresses(addresses) : undefined
    }
  }
]

const isInterNode = ({ properties }: Fit): boolean =>
  String(properties.interNodeCommunication).toLowerCase() === 'enabled'

function withoutAddresses(subnetId: unknown, addresses: number): Verdict[] {
  const verdicts: Verdict[] = []
  if (subnetId === undefined) {
    verdicts.push(
      error(
        'pool-spec: NoPublicIPAddresses without subnetId; such a pool must be in a virtual network of yours',
        'add networkConfiguration.subnetId, or let Batch manage the addresses (BatchManaged)'
      )
    )
  }
  if (addresses > 0) {
    verdicts.push(
      error(
        'pool-spec: NoPublicIPAddresses with ipAddressIds; such a pool takes none',
        'leave ipAddressIds out, or say provision: UserManaged'
      )
    )
  }
  return verdicts
}

/** Whether they are enough is told with what they are (`public-ips`). */
function withOwnAddresses(addresses: number): Verdict | undefined {
  return addresses > 0
    ? undefined
    : error(
        'pool-spec: public IP addresses are UserManaged, and ipAddressIds names none',
        'name their ids, or let Batch manage the addresses (BatchManaged)'
      )
}
