/** What goes to Azure and what comes back, in the words of Microsoft's specifications. */
import { brokenContracts } from '../../support/contract/keeps-contracts.ts'
import type { Invariant } from './invariant.ts'

export const KEEPS_CONTRACTS = 'every request and every answer is valid by Microsoft’s contracts'

export const contractInvariants: Invariant[] = [
  {
    rule: KEEPS_CONTRACTS,
    async ofExchanges(exchanges) {
      const lines = await brokenContracts(exchanges, 'requests and answers')
      return lines.length === 0 ? undefined : lines.join('\n')
    }
  }
]
