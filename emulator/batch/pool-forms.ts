/** The forms in which ARM gives back what was sent: the same values, spelt otherwise. */
import type { Json, JsonObject } from '../kernel/types.ts'
import { objectOf } from './json.ts'

/** recorded 2026-02-11: `confidentialVM` comes back as `ConfidentialVM`, whatever the contract says. */
const AS_RECORDED: Record<string, string> = { confidentialvm: 'ConfidentialVM', trustedlaunch: 'TrustedLaunch' }

/** `properties` as a GET shows them. `other`: every value that has more than one form in the one that wasn't sent. */
export function inForm(properties: JsonObject, other: boolean): JsonObject {
  return objectOf(formed(properties, other))
}

function formed(value: Json | undefined, other: boolean, name = ''): Json | undefined {
  if (Array.isArray(value)) return value.map(item => formed(item, other, name) ?? null)
  if (typeof value === 'string') return textInForm(value, other, name)
  if (value === null || typeof value !== 'object' || name === 'settings' || name === 'metadata') return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, formed(part, other, key)]))
}

function textInForm(value: string, other: boolean, name: string): string {
  if (name === 'securityType') return AS_RECORDED[value.toLowerCase()] ?? value
  if (!other) return value
  if (value.startsWith('/subscriptions/')) return value.toLowerCase()
  if (DURATIONS.has(name)) return inSeconds(value)
  return ENUMERATED.has(name) ? flipped(value) : value
}

const DURATIONS = new Set(['resizeTimeout', 'evaluationInterval', 'pauseTimeBetweenBatches'])

/** Names under which one of the contract's values stands (2025-06-01), but for states. */
const ENUMERATED = new Set([
  ...['interNodeCommunication', 'nodeFillType', 'jobDefaultOrder', 'caching', 'storageAccountType', 'policy'],
  ...[
    'elevationLevel',
    'scope',
    'loginMode',
    'dynamicVnetAssignmentScope',
    'provision',
    'ipFamilies',
    'protocol',
    'access'
  ],
  ...['targets', 'placement', 'securityEncryptionType', 'workingDirectory']
])

function inSeconds(duration: string): string {
  const [, hours = '0', minutes = '0', seconds = '0'] =
    /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?$/.exec(duration) ?? []
  return /^PT/.test(duration) ? `PT${Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)}S` : duration
}

const flipped = (value: string): string => {
  const first = value.charAt(0)
  return (first === first.toUpperCase() ? first.toLowerCase() : first.toUpperCase()) + value.slice(1)
}
