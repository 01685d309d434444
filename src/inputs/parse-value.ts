/** One value each: text into a value, or an Error that says what was got and what is allowed. */
import { formatDurationMs, parseDurationMs } from '../shared/duration.ts'
import { parseIso8601Ms } from '../shared/iso8601.ts'
import { didYouMean, joinWords } from '../shared/text.ts'
import type { CloudChoice, MaxUnhealthy, NamedCloud } from '../model/spec.ts'
import { isImageVersion } from './image-reference.ts'
import { isGuid, isResourceName } from './resource-id.ts'

export function parseChoice<T extends string>(text: string, choices: readonly T[]): T {
  const found = choices.find(choice => choice === text)
  if (found !== undefined) return found
  throw new Error(`"${text}" is not ${joinWords(choices)}${didYouMean(text, choices)}`)
}

export const parseBoolean = (text: string): boolean => parseChoice(text, ['true', 'false']) === 'true'

/** From `min` up. */
export function parseCount(text: string, min: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN
  if (value >= min) return value
  throw new Error(`"${text}" is not a whole number of at least ${min}`)
}

export function parseWaveSize(text: string): number | 'all' {
  if (text === 'all') return text
  if (/^\d{1,9}$/.test(text) && Number(text) >= 1) return Number(text)
  throw new Error(`"${text}" is not a wave size; "all", or a whole number of at least 1`)
}

/** Milliseconds, between two bounds that are written as inputs are: `5m`. */
export function parseDuration(text: string, min: string, max: string): number {
  const ms = parseDurationMs(text)
  if (ms === undefined) {
    const iso = parseIso8601Ms(text)
    const hint =
      iso === undefined ? 'a whole number and s, m, h or d, such as 20m' : `did you mean "${formatDurationMs(iso)}"?`
    throw new Error(`"${text}" is not a duration; ${hint}`)
  }
  if (ms < (parseDurationMs(min) ?? 0) || ms > (parseDurationMs(max) ?? Infinity)) {
    throw new Error(`"${text}" is out of bounds; from ${min} to ${max}`)
  }
  return ms
}

/** `7` nodes, or `5%` of them. */
export function parseMaxUnhealthy(text: string): MaxUnhealthy {
  const [, digits, percent] = /^(\d{1,9}(?:\.\d+)?)(%?)$/.exec(text) ?? []
  const value = Number(digits)
  if (percent === '' && Number.isInteger(value)) return { nodes: value }
  if (percent === '%' && value <= 100) return { share: value / 100 }
  throw new Error(`"${text}" is neither a number of nodes nor a share; such as 3, or 5% (at most 100%)`)
}

export function parseGuid(text: string): string {
  if (isGuid(text)) return text
  throw new Error(`"${text}" is not a GUID; 32 hexadecimal digits in five groups, as the Azure portal shows it`)
}

export function parseImageVersion(text: string): string {
  if (text === 'auto' || isImageVersion(text)) return text
  throw new Error(
    `"${text}" is not an image version; "auto", or Major.Minor.Patch, three integers from 0 to 2147483647 without ` +
      'leading zeros, such as 1.0.12'
  )
}

export function parseResourceGroupName(text: string): string {
  if (isResourceName(text)) return text
  throw new Error(
    `"${text}" is not the name of a resource group; 1 to 90 letters, digits and -_.(), and no period at the end`
  )
}

export function parseAudience(text: string): string {
  if (!/\s/.test(text)) return text
  throw new Error(`"${text}" is not an audience; such as "api://AzureADTokenExchange"`)
}

const NAMED_CLOUDS = ['AzureCloud', 'AzureUSGovernment', 'AzureChinaCloud'] as const satisfies readonly NamedCloud[]

export function parseCloud(text: string): CloudChoice {
  if (!text.includes('://')) return { kind: 'named', name: parseNamedCloud(text) }
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'https:') throw new Error(`"${text}" is not an https URL; tokens are sent over https only`)
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new Error(`"${url.origin}…" has more than host and path; a Resource Manager’s URL alone is expected`)
  }
  return { kind: 'resource-manager', url: `${url.origin}${url.pathname.replace(/\/+$/, '')}` }
}

function parseNamedCloud(text: string): NamedCloud {
  try {
    return parseChoice(text, NAMED_CLOUDS)
  } catch {
    throw new Error(`"${text}" is neither ${NAMED_CLOUDS.join(', ')} nor an https URL${didYouMean(text, NAMED_CLOUDS)}`)
  }
}
