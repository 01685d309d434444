import { batchOperations } from '../../../emulator/batch/index.ts'
import { computeOperations } from '../../../emulator/compute/index.ts'
import { route } from '../../../emulator/kernel/router.ts'
import type { Recorded } from './recordings.ts'

const MANAGER = 'management.azure.com'

/** The URL in the spoken version that is nearest before the recorded one, for Batch after it; undefined where no operation answers to it. */
export function spoken({ method, uri }: Recorded['request']): string | undefined {
  const asked = `${method} ${uri}`
  if (!known.has(asked)) known.set(asked, spokenAs({ method, uri }))
  return known.get(asked)
}

const known = new Map<string, string | undefined>()

function spokenAs({ method, uri }: Recorded['request']): string | undefined {
  const url = new URL(uri)
  // A region's own door to Resource Manager.
  if (url.host.endsWith(`.${MANAGER}`)) url.host = MANAGER
  if (/\/(?:operations|DiskOperations|capsOperations)\//.test(url.pathname)) return uri
  const host = url.host === MANAGER ? 'resource-manager' : 'batch'
  const asked = url.searchParams.get('api-version') ?? 'newest'
  const versions = [...computeOperations, ...batchOperations]
    .filter(operation => {
      const probe = new URL(url)
      probe.searchParams.set('api-version', operation.apiVersions[0] ?? '')
      const routed = route([operation], { method, hosts: [host], url: probe })
      return 'operation' in routed
    })
    .flatMap(({ apiVersions }) => apiVersions)
    .sort()
  if (versions.length === 0) return undefined
  const after = versions.find(version => version >= asked)
  const before = versions.findLast(version => version <= asked)
  const isCompute = url.pathname.includes('/Microsoft.Compute/')
  url.searchParams.set('api-version', (isCompute ? (before ?? after) : (after ?? before)) ?? '')
  return url.href
}
