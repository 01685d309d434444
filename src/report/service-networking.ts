import type { AzureError } from '../azure/errors.ts'

/** Operations of the Batch service itself. An account's network rules are about these alone ("Configure public network access"). */
const OF_THE_SERVICE = /^(?:Account_List|ComputeNode_|File_|Job_|JobSchedule_|Task_)/

/** A way out that names the account's networking where that may be why the Batch service refuses, or isn't reached. */
export function withNetworking({ operation, status }: AzureError, wayOut: string): string {
  if (!OF_THE_SERVICE.test(operation) || (status !== undefined && status !== 403)) return wayOut
  return `${wayOut}; see also the Batch account’s networking: its publicNetworkAccess or network rules may keep this runner out of the Batch service`
}
