/** The nodes of the pool by Azure's own list, read by somebody else than the action. */
import type { Emulator } from '../../emulator/index.ts'
import { somebodyElse } from '../support/somebody-else.ts'

/** Of the default world. */
const BATCH_HOST = 'renderfarm.eastus2.batch.emulated.azure'

export function nodesNow(emulator: Emulator): unknown[] {
  const nodes: unknown[] = []
  let url: string | undefined = `https://${BATCH_HOST}/pools/render/nodes?api-version=2025-06-01`
  while (url !== undefined) {
    const page = JSON.parse(somebodyElse(emulator, 'GET', url).body) as { value: unknown[]; 'odata.nextLink'?: string }
    nodes.push(...page.value)
    url = page['odata.nextLink']
  }
  return nodes
}
