/** Batch over Resource Manager. Pools come and go verbatim; the SDK serves what has no body. */
import { type PoolId, namesOf, resourceGroupOf, subscriptionOf } from '../model/arm-id.ts'
import type { Pool } from '../model/observed.ts'
import type { PoolApiVersion } from '../model/plan.ts'
import { armUrl } from './arm-url.ts'
import { azureTimeOf } from './azure-time.ts'
import { type Answer, type Message, type What, ifThere, send, sendForAll, throughSdk, view } from './connection.ts'
import { AzureError } from './errors.ts'
import type { BatchGateway } from './gateway.ts'
import { objectOf } from './read/json.ts'
import { readAccount, readPool, readVmSize } from './read/pool.ts'
import { showsWritten } from './written.ts'
import type { Services } from './services.ts'

const NEWEST: PoolApiVersion = '2025-06-01'

export function batchGateway(services: Services, signal: AbortSignal): BatchGateway {
  const lineTo = (subscriptionId: string, apiVersion: PoolApiVersion) =>
    services.line(services.batch(subscriptionId, apiVersion), signal)
  const urlOf = (path: string, apiVersion: PoolApiVersion = NEWEST) =>
    armUrl(services.cloud.resourceManagerUrl, path, { apiVersion })
  const poolLine = (id: PoolId, apiVersion: PoolApiVersion) => lineTo(subscriptionOf(id), apiVersion)
  const getPool = async (id: PoolId, apiVersion: PoolApiVersion) => {
    const what = { operation: 'Pool_Get', target: spoken(id) }
    const answer = await ifThere(send(poolLine(id, apiVersion), what, { method: 'GET', url: urlOf(id, apiVersion) }))
    return answer && poolOf(what, answer)
  }
  const write = async (what: What, id: PoolId, { apiVersion, ...message }: ConditionalWrite) => {
    try {
      const url = urlOf(id, apiVersion)
      return poolOf(what, await send(poolLine(id, apiVersion), what, { url, ...message }))
    } catch (error) {
      const present = mayBeOurs(error) ? await getPool(id, apiVersion) : undefined
      if (present !== undefined && showsWritten(present.body, message.body)) return present
      throw error
    }
  }
  return {
    getAccount: async id => {
      const [name = ''] = namesOf(id)
      const what = { operation: 'BatchAccount_Get', target: name }
      const client = services.batch(subscriptionOf(id), NEWEST)
      const answer = await ifThere(
        throughSdk(services.line(client, signal), what, options =>
          client.batchAccountOperations.get(resourceGroupOf(id), name, options)
        )
      )
      return (
        answer && view(what, () => ({ ...readAccount(objectOf(answer.body)), ...azureTimeOf(answer, services.clock) }))
      )
    },
    listVmSizes: async (subscriptionId, location) => {
      const what = { operation: 'Location_ListSupportedVirtualMachineSkus', target: location }
      const path = `/subscriptions/${subscriptionId}/providers/Microsoft.Batch/locations/${location}/virtualMachineSkus`
      const sizes = await sendForAll(lineTo(subscriptionId, NEWEST), what, urlOf(path))
      return view(what, () => sizes.map(readVmSize))
    },
    listPools: async id => {
      const what = { operation: 'Pool_ListByBatchAccount', target: spoken(id) }
      const pools = await ifThere(sendForAll(lineTo(subscriptionOf(id), NEWEST), what, urlOf(`${id}/pools`)))
      return view(what, () => (pools ?? []).map(pool => readPool(pool)))
    },
    getPool,
    createPool: (id, body, apiVersion) => {
      const what = { operation: 'Pool_Create', target: spoken(id) }
      return write(what, id, { method: 'PUT', body, headers: { 'if-none-match': '*' }, apiVersion })
    },
    patchPool: (id, body, { apiVersion, ifMatch }) => {
      const what = { operation: 'Pool_Update', target: spoken(id) }
      return write(what, id, { method: 'PATCH', body, headers: { 'if-match': ifMatch }, apiVersion })
    },
    stopResize: async (id, apiVersion) => {
      const what = { operation: 'Pool_StopResize', target: spoken(id) }
      const [account = '', pool = ''] = namesOf(id)
      const client = services.batch(subscriptionOf(id), apiVersion)
      const answer = await throughSdk(services.line(client, signal), what, options =>
        client.poolOperations.stopResize(resourceGroupOf(id), account, pool, options)
      )
      return poolOf(what, answer)
    },
    deletePool: async (id, apiVersion) => {
      const what = { operation: 'Pool_Delete', target: spoken(id) }
      await ifThere(send(poolLine(id, apiVersion), what, { method: 'DELETE', url: urlOf(id, apiVersion) }))
    }
  }
}

type ConditionalWrite = Pick<Required<Message>, 'method' | 'body' | 'headers'> & { apiVersion: PoolApiVersion }

/** The condition failed, but an earlier try of the same request, whose answer was lost, may be why. */
function mayBeOurs(error: unknown): boolean {
  if (!(error instanceof AzureError) || error.tries < 2) return false
  return error.status === 412 || (error.status === 409 && error.code === 'PoolExists')
}

function poolOf(what: What, answer: Answer): Pool {
  return view(what, () => readPool(objectOf(answer.body), answer.headers.get('etag')))
}

/** `account/pool` */
function spoken(id: Parameters<typeof namesOf>[0]): string {
  return namesOf(id).join('/')
}
