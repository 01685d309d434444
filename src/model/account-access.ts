/** Who a Batch account lets in, by its own settings. */
import type { BatchAccount } from './observed.ts'

/** Whether tokens of Microsoft Entra ID are taken, which is how this action signs in. Azure lists the modes or says nothing. */
export function allowsEntra({ allowedAuthenticationModes: modes }: BatchAccount): boolean {
  return modes === undefined || modes.includes('AAD')
}

/** Whether the endpoint of the Batch service is closed to some or all of the public network. */
export function isRestricted({ network }: BatchAccount): boolean {
  return network.publicAccess.toLowerCase() !== 'enabled' || network.account !== undefined
}

/** @param status of the refusal; undefined where no answer came, as when a name resolves inside of a network only */
export function explainsRefusal(account: BatchAccount, status: number | undefined): boolean {
  if (status === undefined) return isRestricted(account)
  return (status === 401 || status === 403) && (isRestricted(account) || !allowsEntra(account))
}
