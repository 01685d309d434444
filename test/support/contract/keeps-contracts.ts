/** What every story and every call of the embedded Azure in a test ends with. */
import type { Exchange } from '../../../emulator/index.ts'
import { violations, type Judging } from './contract.ts'

/** Throws where an exchange isn't as Microsoft's contracts say; the message has a line for each way. */
export async function keepsContracts(exchanges: readonly Exchange[], judging: Judging): Promise<void> {
  const lines = [...new Set(await violations(exchanges, judging))]
  if (lines.length > 0) throw new Error(`${lines.length} ways to break Microsoft's contracts:\n${lines.join('\n')}`)
}
