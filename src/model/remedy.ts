/** What a resize error means, by its code and by what it relays. An unknown one gives up. */
import type { FailureReason, Repetition } from './failure.ts'
import { relayedErrors, type CodeAndMessage } from './relayed-error.ts'
import { ALLOCATION_FAILURES, RESIZE_ERRORS, type AllocationFailureRow, type Remedy } from './resize-errors.ts'

export type { Remedy } from './resize-errors.ts'

type ResizeErrorLike = { code: string; message?: string; details?: readonly Partial<CodeAndMessage>[] }
type ResizeMeaning = { remedy: Remedy; reason: FailureReason; repetition: Repetition; wayOut: string }

/** Codes are matched without regard to case: two spellings of AllocationTimedout are in use. */
export function resizeMeaning(error: ResizeErrorLike): ResizeMeaning {
  const row = isCode(error.code, 'AllocationFailed') ? allocationFailure(error) : rowOf(error.code)
  if (row === undefined) {
    return { remedy: 'give-up', reason: 'allocation-failed', repetition: 'unknown', wayOut: unknownWayOut(error) }
  }
  const { remedy, reason = 'allocation-failed', wayOut } = row
  return { remedy, reason, repetition: REPETITION[remedy], wayOut }
}

export function remedyOf(error: ResizeErrorLike): Remedy {
  return resizeMeaning(error).remedy
}

/** What gives up and is known has to do with somebody else. */
const REPETITION: Readonly<Record<Remedy, Repetition>> = {
  retry: 'helps',
  'wait-for-quota': 'after-change',
  'fix-input': 'after-change',
  'give-up': 'helps'
}

/** What says why comes first, however much an error quotes. */
const LONGEST = 20_000

const isCode = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

const rowOf = (code: string) => RESIZE_ERRORS.find(({ codes }) => codes.some(one => isCode(one, code)))

/** The reason, not a word of it: a subnet without capacity for more addresses is no region that is short. */
function allocationFailure({ message = '', details = [] }: ResizeErrorLike): AllocationFailureRow | undefined {
  const texts = [message, ...details.map(detail => detail.message ?? '')]
  const relayed = texts.flatMap(text => relayedErrors(text))
  const codes = [...relayed, ...details].map(({ code = '' }) => code)
  const text = [...texts, ...relayed.map(one => one.message)].join('\n').slice(0, LONGEST)
  const fits = ({ codes: known, says }: AllocationFailureRow): boolean =>
    known.some(one => codes.some(code => isCode(one, code))) || (says?.test(text) ?? false)
  return ALLOCATION_FAILURES.find(fits)
}

function unknownWayOut({ code }: ResizeErrorLike): string {
  return `this action doesn’t know this "${code}", and does not retry it: see what its details mind (image, size, disks, network, quota)`
}
