/** What goes wrong in a run, and when: from a seed. */
import type { EmulatorRequest } from '../../emulator/index.ts'
import { dice, type Dice } from './dice.ts'

/** Counts requests of one kind within a run, from 0. */
export type Moment = { nth: number; among: 'all' | 'changes' }

export type Wrong =
  | { kind: 'status'; status: number; code?: string; headers?: Record<string, string> }
  | { kind: 'reset'; when: 'before' | 'after' }
  | { kind: 'operation'; outcome: 'Failed' | 'Canceled' }

export type Disturbances = {
  answers: { at: Moment; times: number; wrong: Wrong }[]
  killed?: { at: Moment; when: 'before' | 'after' }
  cancelled?: Moment
}

export const CALM: Disturbances = { answers: [] }

const WRONGS: readonly Wrong[] = [
  { kind: 'status', status: 429, code: 'TooManyRequests', headers: { 'retry-after': '17' } },
  { kind: 'status', status: 429, code: 'TooManyRequests' },
  { kind: 'status', status: 500, code: 'InternalServerError' },
  { kind: 'status', status: 503 },
  { kind: 'status', status: 504, code: 'GatewayTimeout' },
  { kind: 'status', status: 409, code: 'Conflict' },
  { kind: 'status', status: 412, code: 'ConditionNotMet' },
  { kind: 'reset', when: 'before' },
  { kind: 'reset', when: 'after' },
  { kind: 'operation', outcome: 'Failed' },
  { kind: 'operation', outcome: 'Canceled' }
]

export function disturbancesOf(seed: number): Disturbances {
  const chance = dice(seed, 2)
  const answers = Array.from({ length: chance.pick([0, 1, 1, 2, 4]) }, () => ({
    at: momentOf(chance),
    times: chance.pick([1, 1, 2, 7]),
    wrong: chance.pick(WRONGS)
  }))
  const ending = chance.random()
  if (ending < 0.45) return { answers, killed: { at: momentOf(chance), when: chance.pick(['before', 'after']) } }
  return ending < 0.65 ? { answers, cancelled: momentOf(chance) } : { answers }
}

function momentOf(chance: Dice): Moment {
  return chance.chance(0.7)
    ? { nth: chance.between(0, 18), among: 'changes' }
    : { nth: chance.logBetween(1, 300), among: 'all' }
}

const CONDITIONS = ['if-match', 'if-none-match']

/** Whether this request could be answered so: a 412 needs a condition, an operation something that begins one. */
export function applies(wrong: Wrong, { method, headers, url, body = '' }: EmulatorRequest): boolean {
  // The last change of a version isn't awaited by the run: whether it comes to its end is the next one's business.
  if (wrong.kind === 'operation') return operationOf(method, url) !== undefined && !body.includes('-state":"complete"')
  if (wrong.kind !== 'status' || wrong.status < 409 || wrong.status > 412) return true
  return wrong.status === 409 ? method !== 'GET' : CONDITIONS.some(name => headers[name] !== undefined)
}

const OPERATIONS = [
  ['PUT', /\/snapshots\/[^/?]+\?/i, 'Snapshots_CreateOrUpdate'],
  ['DELETE', /\/snapshots\/[^/?]+\?/i, 'Snapshots_Delete'],
  ['PUT', /\/galleries\/[^/]+\/images\/[^/?]+\?/i, 'GalleryImages_CreateOrUpdate'],
  ['PUT', /\/versions\/[^/?]+\?/i, 'GalleryImageVersions_CreateOrUpdate'],
  ['PUT', /Compute\/images\/[^/?]+\?/i, 'Images_CreateOrUpdate']
] as const

/** The long-running operation that a request begins, as faults name it. */
export function operationOf(method: string, url: string): string | undefined {
  return OPERATIONS.find(([verb, pattern]) => verb === method && pattern.test(url))?.[2]
}
