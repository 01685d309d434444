/** What is not as wanted on a pool that exists, property by property. Only what the spec writes is compared. */
import { objectOf, type JsonObject } from '../../model/json.ts'
import type { Pool } from '../../model/observed.ts'
import type { Difference } from '../../model/plan.ts'
import { POOL_METADATA } from '../../model/pool-contract.ts'
import { bodyDifferences, type Row } from '../../rules/body-difference.ts'
import { virtualMachineConfigurationOf } from '../node-agent.ts'
import { writtenDifferences } from '../../rules/pool-body.ts'
import { foreignItems, isUnmade, specItems } from '../../rules/pool-metadata.ts'
import type { WantedPool } from '../situation.ts'

/**
 * Properties that Batch takes while nodes are there ("Update Batch pool properties", 2025-04-02); every other one needs a
 * pool of zero nodes. `identity` could change with nodes too, and the page advises against it. Tags are Resource Manager's own.
 */
const WITH_NODES: ReadonlySet<string> = new Set(['startTask', 'applicationPackages', 'metadata', 'tags'])

/** Everything but scale: that is for the waves. */
export function poolDifferences(wanted: WantedPool, pool: Pool): Difference[] {
  return allDifferences(wanted, pool).filter(row => !isUnmade(pool.metadata, row))
}

/** What an earlier run has asked for already, and Batch answered by 200 and left undone: it isn't asked for again. */
export function unmadeDifferences(wanted: WantedPool, pool: Pool): Difference[] {
  return allDifferences(wanted, pool).filter(row => isUnmade(pool.metadata, row))
}

function allDifferences(wanted: WantedPool, pool: Pool): Difference[] {
  const rows = writtenDifferences(wantedBody(wanted), pool).map(row => withMarketplaceImage(row, pool))
  return [...rows.map(row => ({ ...row, needs: needsOf(wanted, row.path) })), ...metadataDifferences(wanted, pool)]
}

/** An image of the Marketplace has no id; it is what the pool has all the same. */
function withMarketplaceImage(row: Row, { body }: Pool): Row {
  if (row.present !== undefined || !row.path.endsWith('imageReference.id')) return row
  const reference = objectOf(virtualMachineConfigurationOf(body.properties)?.imageReference)
  const names = ['publisher', 'offer', 'sku', 'version'].flatMap(name => reference[name] ?? [])
  return names.length === 0 ? row : { ...row, present: names.join(':') }
}

/** What the spec writes, save scale and metadata. */
function wantedBody({ properties, spec }: WantedPool): JsonObject {
  const { properties: _written, ...beside } = spec.pool
  return { properties, ...beside }
}

/** Before 2024-07-01 a pool's image and the like could not be changed at all. */
function needsOf(wanted: WantedPool, path: string): Difference['needs'] {
  if (path !== 'identity' && WITH_NODES.has(topLevelName(path))) return 'patch'
  return wanted.managed && path !== 'identity' ? 'another-pool' : 'zero-nodes'
}

/** Each top-level property that differs, as the spec writes it. */
export function changedBody(wanted: WantedPool, differences: readonly Difference[]): JsonObject {
  const { properties, ...beside } = wantedBody(wanted)
  const names = new Set(differences.map(({ path }) => topLevelName(path)))
  const changed = (body: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(body).filter(([name]) => names.has(name)))
  return { ...changed(beside), properties: changed(objectOf(properties)) }
}

const topLevelName = (path: string): string => path.split(/[.[]/)[0] ?? path

function metadataDifferences({ spec }: WantedPool, pool: Pool): Difference[] {
  const wanted = specItems(spec.pool.properties)
  if (wanted === undefined) return []
  const present = foreignItems(pool.metadata)
  const rows = bodyDifferences({ shape: POOL_METADATA, path: 'metadata' }, { present, wanted })
  return rows.length === 0
    ? []
    : [{ path: 'metadata', present: present.map(({ name }) => name), wanted, needs: 'patch' }]
}

/** `image, taskSlotsPerNode`: what differs, in a word each. */
export function changedThings(differences: readonly Pick<Difference, 'path'>[]): string {
  const word = ({ path }: Pick<Difference, 'path'>): string =>
    path.endsWith('imageReference.id')
      ? 'image'
      : path.replace('deploymentConfiguration.virtualMachineConfiguration.', '')
  return [...new Set(differences.map(word))].join(', ')
}
