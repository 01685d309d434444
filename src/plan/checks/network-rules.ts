/** The network that nodes join, and the addresses that they are seen by. */
import { nameOf, parentId, subscriptionOf } from '../../model/arm-id.ts'
import { namedByPool } from '../../model/named-by-pool.ts'
import type { PublicIP, Subnet, VirtualNetwork } from '../../model/observed.ts'
import { sameRegion } from '../../model/region.ts'
import type { WantedPool, Situation } from '../situation.ts'
import { freeAddresses, KEPT_BY_AZURE, subnetOf } from '../subnet-room.ts'
import { fitOf, objectAt, type Fit } from './as-it-will-be.ts'
import { ofLooked, refusedUnlessThere } from './looked.ts'
import { ofPool } from './of-pool.ts'
import { error, PAGE, warning, type Rule, type Verdict } from './rule.ts'

/** Of one kind (`ipAddressIds` in the contract). */
const NODES_PER_PUBLIC_IP = 100

export const NETWORK_RULES: readonly Rule[] = [
  {
    id: 'subnet',
    source: PAGE.batchContract,
    check: ofPool((wanted, situation) => {
      const network = situation.observed.named?.network
      return network && ofLooked('pool-spec: the subnet', network, found => subnetVerdicts(found, wanted, situation))
    })
  },
  {
    id: 'subnet-outbound',
    source:
      'learn.microsoft.com/azure/virtual-network/ip-services/default-outbound-access (2026-01); learn.microsoft.com/azure/batch/simplified-node-communication-pool-no-public-ip (2022-05)',
    check: ofPool((wanted, situation) => {
      const subnet = subnetOf(wanted, situation)
      if (subnet?.isPrivate !== true || !hasNoAddresses(fitOf(wanted, situation))) return undefined
      return warning(
        `pool-spec: subnet "${subnet.name}" has no way out (defaultOutboundAccess is false, and it has no NAT gateway and no route table), and the nodes get no public IP addresses: they reach only what private endpoints bring into the network`,
        'give the subnet a NAT gateway or a route to a firewall; or see that private endpoints serve all that nodes need: the account’s node management, its storage, registries, package feeds'
      )
    })
  },
  {
    id: 'public-ips',
    source: 'learn.microsoft.com/azure/batch/create-pool-public-ip',
    check: ofPool((wanted, situation) => {
      const addresses = situation.observed.named?.publicIPs ?? []
      return [
        ...enoughAddresses(addresses.length, wanted),
        ...addresses.flatMap(({ id, looked }) =>
          ofLooked(`pool-spec: public IP address "${nameOf(id)}"`, looked, found =>
            addressVerdicts(id, found, situation)
          )
        )
      ]
    })
  }
]

const hasNoAddresses = ({ network }: Fit): boolean =>
  String(objectAt(network, 'publicIPAddressConfiguration').provision).toLowerCase() === 'nopublicipaddresses'

function subnetVerdicts(network: VirtualNetwork | undefined, wanted: WantedPool, situation: Situation): Verdict[] {
  const { subnetId } = namedByPool(wanted.spec.pool)
  if (subnetId === undefined) return []
  const { account, pool } = situation.observed
  const [name, networkName] = [nameOf(subnetId), nameOf(parentId(subnetId))]
  const about = `pool-spec: subnet "${name}" of virtual network "${networkName}"`
  const subnet = network?.subnets.find(one => one.name.toLowerCase() === name.toLowerCase())
  if (network === undefined || subnet === undefined) {
    return [
      refusedUnlessThere(pool, subnetId)(
        network === undefined
          ? `${about}: there is no such virtual network`
          : `${about} does not exist; it has ${subnetNames(network)}`,
        'correct networkConfiguration.subnetId, or create the subnet'
      )
    ]
  }
  const elsewhere =
    account !== undefined && !sameRegion(network.location, account.location)
      ? [
          error(
            `${about} is in "${network.location}", and the Batch account in "${account.location}"; nodes join networks of the account’s region only`,
            'name a subnet of a virtual network in the account’s region'
          )
        ]
      : []
  return [
    ...elsewhere,
    ...delegationVerdict(about, subnet),
    ...roomVerdict(about, subnet, nodesToCome(wanted, situation))
  ]
}

const subnetNames = ({ subnets }: VirtualNetwork): string => subnets.map(({ name }) => `"${name}"`).join(', ') || 'none'

function delegationVerdict(about: string, { delegations }: Subnet): Verdict[] {
  return delegations.length === 0
    ? []
    : [
        warning(
          `${about} is delegated to ${delegations.join(', ')}; nodes of a pool may not join it`,
          'name a subnet that is delegated to nothing'
        )
      ]
}

function nodesToCome({ nodes }: WantedPool, { observed: { pool } }: Situation): number {
  return Math.max(0, nodes - (pool === undefined ? 0 : pool.currentDedicatedNodes + pool.currentLowPriorityNodes))
}

/** Batch gives the nodes for which there are addresses, and then a resize error. */
function roomVerdict(about: string, subnet: Subnet, nodes: number): Verdict[] {
  const { addressPrefixes, usedAddresses } = subnet
  const left = freeAddresses(subnet)
  return left === undefined || nodes <= left
    ? []
    : [
        warning(
          `${about} has ${left} free addresses (${addressPrefixes.join(', ')}, of which ${usedAddresses} are in use and Azure keeps ${KEPT_BY_AZURE}) for ${nodes} nodes that are to come`,
          'name a larger subnet, or ask for fewer nodes'
        )
      ]
}

/** By the contract an address serves 100 nodes of one kind; by the page one is used for each 100 nodes, of whichever. */
function enoughAddresses(addresses: number, { scale }: WantedPool): Verdict[] {
  if (addresses === 0 || scale.kind !== 'fixed') return []
  const { dedicated, lowPriority } = scale.goal
  const begun = (nodes: number): number => Math.ceil(nodes / NODES_PER_PUBLIC_IP)
  const needed = begun(dedicated) + begun(lowPriority)
  if (addresses >= needed) return []
  const say = addresses < begun(dedicated + lowPriority) ? error : warning
  return [
    say(
      `pool-spec: ${addresses} public IP ${addresses === 1 ? 'address' : 'addresses'} for ${dedicated} dedicated and ${lowPriority} low-priority nodes; each serves ${NODES_PER_PUBLIC_IP} nodes of one kind`,
      `name ${needed} or more in publicIPAddressConfiguration.ipAddressIds, or ask for fewer nodes`
    )
  ]
}

function addressVerdicts(
  id: NonNullable<Situation['observed']['named']>['publicIPs'][number]['id'],
  address: PublicIP | undefined,
  { observed: { account, pool } }: Situation
): Verdict[] {
  const about = `pool-spec: public IP address "${nameOf(id)}"`
  if (address === undefined) {
    return [
      refusedUnlessThere(pool, id)(
        `${about} does not exist in subscription "${subscriptionOf(id)}"`,
        'correct publicIPAddressConfiguration.ipAddressIds, or create it'
      )
    ]
  }
  const verdicts: Verdict[] = []
  if (account !== undefined && !sameRegion(address.location, account.location)) {
    verdicts.push(
      error(
        `${about} is in "${address.location}", and the Batch account in "${account.location}"; both must be in one region`,
        'name public IP addresses of the account’s region'
      )
    )
  }
  if (address.sku?.toLowerCase() === 'basic' || address.allocationMethod?.toLowerCase() === 'dynamic') {
    verdicts.push(
      warning(
        `${about} is ${[address.sku, address.allocationMethod].filter(Boolean).join(', ')}; Batch asks for Standard and Static`,
        'create it with the Standard SKU and static allocation'
      )
    )
  }
  if (address.usedBy !== undefined && pool === undefined) {
    verdicts.push(
      warning(
        `${about} is used by ${address.usedBy} already; nodes may not be allocated`,
        'name addresses that nothing else uses'
      )
    )
  }
  return verdicts
}
