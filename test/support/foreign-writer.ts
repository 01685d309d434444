/** Somebody else who writes into a pool's metadata: reads it, adds an item, and writes all of it back. */
import type { Emulator } from '../../emulator/index.ts'
import { somebodyElse } from './somebody-else.ts'
import { IDS } from './story.ts'

type Item = { name: string; value: string }
type PoolShown = { properties: { metadata?: Item[] } }

const urlOf = ({ connection }: Emulator): string => `${connection.resourceManagerUrl}${IDS.pool}?api-version=2025-06-01`

export function poolNow(emulator: Emulator): PoolShown & Record<string, unknown> {
  return JSON.parse(somebodyElse(emulator, 'GET', urlOf(emulator)).body) as PoolShown & Record<string, unknown>
}

export function changesPool(emulator: Emulator, body: object): void {
  somebodyElse(emulator, 'PATCH', urlOf(emulator), body)
}

export function notes(emulator: Emulator, name: string): void {
  const metadata = [...(poolNow(emulator).properties.metadata ?? []), { name, value: 'theirs' }]
  changesPool(emulator, { properties: { metadata } })
}

/** Writes before the n-th change of the pool, and before its next tries, `times` times in all. */
export function writesBefore(emulator: Emulator, nth: number, times: number) {
  let changes = 0
  let written = 0
  return (_: number, { method, url }: { method: string; url: string }): void => {
    if (method !== 'PATCH' || !url.includes('/pools/render?')) return
    changes += 1
    if (changes < nth || written >= times) return
    written += 1
    notes(emulator, `note-${written}`)
  }
}

/** `then` is done before the n-th change of the pool. */
export function changesBefore(nth: number, then: () => void) {
  let changes = 0
  return (_: number, { method, url }: { method: string; url: string }): void => {
    if (method === 'PATCH' && url.includes('/pools/render?') && ++changes === nth) then()
  }
}
