/** The end of a file that something on a node wrote, for people to read. */
import { AzureError } from '../azure/errors.ts'
import type { Execution } from './context.ts'

const MOST_BYTES = 4_096
const MOST_LINES = 15

/** `  stderr.txt: line`, the last lines that aren't blank. None where it can't be read: a role is missing, or the node is gone. */
export async function outputLines(
  { signal }: Pick<Execution, 'signal'>,
  path: string,
  read: (bytes: number) => Promise<string>
): Promise<string[]> {
  try {
    const lines = (await read(MOST_BYTES)).split(/\r?\n/).filter(line => line.trim() !== '')
    return lines.slice(-MOST_LINES).map(line => `  ${path.split('/').at(-1)}: ${line}`)
  } catch (error) {
    if (error instanceof AzureError && !signal.aborted) return []
    throw error
  }
}
