/** Each call of a fake Azure: written down, and disturbed where a test says so. */
import { AzureError } from '../../../src/azure/errors.ts'

export type Call = { name: string; at: number; target: string; body?: unknown; under?: string | undefined }

export type Disturbance = (() => void) | undefined

export type Calls = {
  all: Call[]
  /** What the next calls of a name meet, in their order, before they take effect; `undefined`: nothing. */
  next(name: string, ...disturbances: Disturbance[]): void
  /** What all further calls of a name meet. */
  always(name: string, disturbance: () => void): void
  /** @returns what `effect` makes, unless something comes before it */
  make<T>(call: Omit<Call, 'at'>, effect: () => T): Promise<T>
}

/** A step that asks for ever, and never waits, is to fail, and not to hang. */
const MOST_CALLS = 3_000

export function calls(now: () => number): Calls {
  const all: Call[] = []
  const queues = new Map<string, Disturbance[]>()
  const standing = new Map<string, () => void>()
  return {
    all,
    next: (name, ...more) => void queues.set(name, [...(queues.get(name) ?? []), ...more]),
    always: (name, disturbance) => void standing.set(name, disturbance),
    make: async (call, effect) => {
      all.push({ ...call, at: now() })
      if (all.length > MOST_CALLS) throw new Error(`${call.name}: asked too often`)
      queues.get(call.name)?.shift()?.()
      standing.get(call.name)?.()
      return effect()
    }
  }
}

/** Azure refuses, once `meanwhile` has happened. */
export function refuses(status: number, code = 'Refused', meanwhile: () => void = () => undefined): () => void {
  return () => {
    meanwhile()
    throw new AzureError({ operation: 'Operation', target: 'it', status, code, message: 'refused' })
  }
}

/** Nothing usable was answered. */
export function fails(): () => void {
  return () => {
    throw new AzureError(
      { operation: 'Operation', target: 'it', code: 'ECONNRESET', message: 'lost' },
      new Error('lost')
    )
  }
}

/** A defect of ours comes in between. */
export function breaks(): () => void {
  return () => {
    throw new TypeError('x is undefined')
  }
}
