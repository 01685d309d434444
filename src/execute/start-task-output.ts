/** What a start task that failed wrote at its end: what everyone looks for first. */
import { AzureError } from '../azure/errors.ts'
import { nameOf } from '../model/arm-id.ts'
import type { PoolAddress } from '../model/plan.ts'
import type { Aged } from '../model/node-state.ts'
import type { Execution } from './context.ts'
import { serviceOf } from './node-looks.ts'

const MOST_NODES = 3
const MOST_BYTES = 4_096
const MOST_LINES = 15
/** Where Batch keeps them, on Linux and Windows alike ("Files and directories in Azure Batch"). */
const FILES = ['startup/stderr.txt', 'startup/stdout.txt']

/** Lines to be shown, by node: of a few nodes, for all of them mostly fail alike. Whatever can't be read is left out. */
export async function startTaskOutput(
  run: Execution,
  address: PoolAddress,
  bad: readonly Aged[]
): Promise<Map<string, string[]>> {
  const failed = bad.filter(({ node }) => node.state === 'starttaskfailed').slice(0, MOST_NODES)
  const read = failed.map(async ({ node: { nodeId } }): Promise<[string, string[]]> => {
    const ends = await Promise.all(FILES.map(path => endOf(run, address, { nodeId, path })))
    return [nodeId, ends.flat()]
  })
  return new Map((await Promise.all(read)).filter(([, lines]) => lines.length > 0))
}

async function endOf(
  run: Execution,
  address: PoolAddress,
  { nodeId, path }: { nodeId: string; path: string }
): Promise<string[]> {
  try {
    const text = await serviceOf(run, address).nodeFileEnd(nameOf(address.poolId), { nodeId, path, bytes: MOST_BYTES })
    const lines = text.split(/\r?\n/).filter(line => line.trim() !== '')
    return lines.slice(-MOST_LINES).map(line => `  ${path.split('/').at(-1)}: ${line}`)
  } catch (error) {
    // A role without it, a node that is gone: the verdict stands without its output.
    if (error instanceof AzureError && !run.signal.aborted) return []
    throw error
  }
}
