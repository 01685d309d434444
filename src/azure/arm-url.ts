/** URLs of ARM resources, with the api-versions that their bodies are written for. */
import type { ArmId } from '../model/arm-id.ts'

/** What @azure/arm-compute 25.1 speaks, for the calls that go around its models. */
export const DISKS_VERSION = '2026-03-02'
export const COMPUTE_VERSION = '2026-04-01'
export const GALLERIES_VERSION = '2025-12-03'
/** The newest that are out, and, of what is only looked at, ones that every cloud has had for a year. */
export const BATCH_VERSION = '2025-06-01'
export const GROUPS_VERSION = '2021-04-01'
export const LOCATIONS_VERSION = '2022-12-01'
export const NETWORK_VERSION = '2024-05-01'
export const IDENTITY_VERSION = '2023-01-31'

type Query = { apiVersion: string; rest?: Record<string, string> }

/** @param path an id, or one with further segments; what isn't allowed in a path is escaped */
export function armUrl(base: string, path: ArmId | string, { apiVersion, rest = {} }: Query): string {
  const segments = path.split('/').map(segment => encodeURIComponent(segment))
  const query = [['api-version', apiVersion], ...Object.entries(rest)].map(
    ([name, value]) => `${name}=${encodeURIComponent(value ?? '')}`
  )
  return `${base}${segments.join('/')}?${query.join('&')}`
}
