/** How far versions are replicated, by Azure's own word. */
import type { Emulator } from '../../emulator/index.ts'
import { somebodyElse } from '../support/somebody-else.ts'

export type RegionNow = { region: string; state: 'Completed' | 'Replicating' | 'Failed' }

/** By the version's id in lower case. */
export type RegionsNow = Record<string, RegionNow[]>

const VERSION = 'Microsoft.Compute/galleries/images/versions'

export function regionsNow(emulator: Emulator): RegionsNow {
  const ids = emulator.state().flatMap(({ id, type }) => (type === VERSION ? [String(id)] : []))
  return Object.fromEntries(ids.map(id => [id.toLowerCase(), regionsOf(emulator, id)]))
}

function regionsOf(emulator: Emulator, id: string): RegionNow[] {
  const query = 'api-version=2025-12-03&$expand=ReplicationStatus'
  const { body } = somebodyElse(emulator, 'GET', `${emulator.connection.resourceManagerUrl}${id}?${query}`)
  const { properties } = JSON.parse(body) as { properties: { replicationStatus?: { summary: RegionNow[] } } }
  return properties.replicationStatus?.summary ?? []
}
