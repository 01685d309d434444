/** URLs of ARM resources, with the api-versions that their bodies are written for. */
import type { ArmId } from '../model/arm-id.ts'

/** What @azure/arm-compute 25.1 speaks, for the calls that go around its models. */
export const DISKS_VERSION = '2026-03-02'
export const COMPUTE_VERSION = '2026-04-01'
export const GALLERIES_VERSION = '2025-12-03'

export type Query = { apiVersion: string; rest?: Record<string, string> }

/** @param path an id, or one with further segments; what isn't allowed in a path is escaped */
export function armUrl(base: string, path: ArmId | string, { apiVersion, rest = {} }: Query): string {
  const segments = path.split('/').map(segment => encodeURIComponent(segment))
  const query = [['api-version', apiVersion], ...Object.entries(rest)].map(
    ([name, value]) => `${name}=${encodeURIComponent(value ?? '')}`
  )
  return `${base}${segments.join('/')}?${query.join('&')}`
}
