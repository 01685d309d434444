/** Recorded exchanges with Azure, where they lie beside the checkout. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Json } from '../../../emulator/kernel/types.ts'

export type Recorded = {
  op: string
  request: { method: string; uri: string; headers?: Record<string, string>; body?: Json; bodyUnrecorded?: true }
  response: { status: number; headers: Record<string, string>; body: Json }
  recordedAt?: string
  apiVersionEdited?: true
}
export type Recording = { name: string; exchanges: Recorded[] }

const FOLDER = join(import.meta.dirname, '../../../../shared/recorded')

/** For `testIf`. */
export const withoutRecordings = existsSync(FOLDER) ? undefined : 'no recordings beside the checkout'

export function readRecordings(): Recording[] {
  const names = withoutRecordings === undefined ? readdirSync(FOLDER).filter(name => name.endsWith('.jsonl')) : []
  return names.map(name => {
    const lines = readFileSync(join(FOLDER, name), 'utf8').split('\n').filter(Boolean)
    const exchanges = lines.map(line => JSON.parse(line) as Recorded)
    return { name, exchanges: isSorted({ name }) ? inTime(exchanges) : exchanges }
  })
}

/** Recorders that sort by method and path: of what came in one second the order isn't known. */
export const isSorted = ({ name }: Pick<Recording, 'name'>): boolean => /^azure-(?:sdk|libraries)-for-net/.test(name)

const inTime = (exchanges: Recorded[]): Recorded[] =>
  exchanges.toSorted((a, b) => Date.parse(a.recordedAt ?? '') - Date.parse(b.recordedAt ?? ''))

/** Recorders that strip Retry-After, or wrote another: its absence says nothing. */
export const keepsRetryAfter = ({ name }: Pick<Recording, 'name'>): boolean =>
  /^azure-(?:sdk-for-net|libraries-for-net|sdk-for-python-2022|sdk-for-node|service-operator)/.test(name)
