/** What a start task that failed wrote at its end: what everyone looks for first. */
import { nameOf } from '../model/arm-id.ts'
import type { PoolAddress } from '../model/plan.ts'
import type { Aged } from '../model/node-state.ts'
import type { Execution } from './context.ts'
import { serviceOf } from './node-looks.ts'
import { outputLines } from './output-lines.ts'

const MOST_NODES = 3
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
    const read = (path: string) => (bytes: number) =>
      serviceOf(run, address).nodeFileEnd(nameOf(address.poolId), { nodeId, path, bytes })
    const ends = await Promise.all(FILES.map(path => outputLines(run, path, read(path))))
    return [nodeId, ends.flat()]
  })
  return new Map((await Promise.all(read)).filter(([, lines]) => lines.length > 0))
}
