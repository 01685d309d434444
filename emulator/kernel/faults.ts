import type { Json, Outcome } from './types.ts'

/**
 * A scripted failure: of the calls of `operation` (to `url`, where given: a part of it), the first `skip` pass and the next
 * `times` fail, either at once (`respond`) or, for a long-running operation, while it is polled (`outcome`).
 */
export type Fault = FaultScope & ({ respond: FaultAnswer } | Outcome)
export type FaultScope = { operation: string; url?: string; skip?: number; times: number }
export type FaultAnswer = {
  status?: number
  code?: string
  message?: string
  headers?: Record<string, string>
  body?: Json
  /** The connection is cut: before Azure has seen the request, or after it did what was asked. */
  reset?: (typeof RESETS)[number]
}

export const RESETS = ['before', 'after'] as const

export type FaultScript = {
  /** The fault that meets this call, which is thereby used once. */
  take(operation: string, url: string): Fault | undefined
  add(faults: readonly Fault[]): void
  /** Those with times left. */
  unused(): Fault[]
}

export function faultScript(initial: readonly Fault[] = []): FaultScript {
  const counted = initial.map(fault => ({ fault, seen: 0, used: 0 }))
  return {
    take(operation, url) {
      const meant = counted.filter(({ fault }) => fault.operation === operation && url.includes(fault.url ?? ''))
      for (const entry of meant) entry.seen += 1
      const due = meant.find(({ fault, seen, used }) => seen > (fault.skip ?? 0) && used < fault.times)
      if (due === undefined) return undefined
      due.used += 1
      return due.fault
    },
    add: faults => void counted.push(...faults.map(fault => ({ fault, seen: 0, used: 0 }))),
    unused: () => counted.filter(({ fault, used }) => used < fault.times).map(({ fault }) => fault)
  }
}
