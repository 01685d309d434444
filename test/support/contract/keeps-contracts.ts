/** What every story and every call of the embedded Azure in a test ends with. */
import type { Exchange } from '../../../emulator/index.ts'
import { isAzures, violations, type Judging } from './contract.ts'
import { note } from './ledger.ts'

/** Throws where an exchange isn't as Microsoft's contracts say; the message has a line for each way. */
export async function keepsContracts(exchanges: readonly Exchange[], judging: Judging): Promise<void> {
  const lines = await brokenContracts(exchanges, judging)
  if (lines.length > 0) throw new Error(`${lines.length} ways to break Microsoft's contracts:\n${lines.join('\n')}`)
}

/** A line for each way in which an exchange isn't as the contracts say. */
export async function brokenContracts(exchanges: readonly Exchange[], judging: Judging): Promise<string[]> {
  for (const exchange of exchanges) if (isAzures(exchange)) note('given', exchange)
  return [...new Set(await violations(exchanges, judging))]
}
