/**
 * Replicas of Resource Manager lag behind: what was written a moment ago can be 404 to the next read, and what was read to the next
 * write. Absence counts only when it has lasted. Here, so that it holds for every kind of resource, and for polls of one.
 */
import type { PipelinePolicy, PipelineRequest } from '@azure/core-rest-pipeline'
import type { Clock } from '../shared/clock.ts'
import { utcSeconds } from '../shared/utc.ts'

/** Of what this run has written or seen, and not deleted, a 404 is doubted for so long from then on. */
export const DOUBTED_FOR_MS = 2 * 60_000
/** Between two questions, in ms; the last goes on. */
const WAITS_MS = [1_000, 2_000, 4_000, 8_000, 15_000]
/** What takes longer than usual is said. */
const QUIET_MS = 60_000

type AbsenceDeps = { clock: Clock; say(line: string): void }

/** One for all clients of a connection: it remembers what the run knows to be there. */
export function doubtAbsence({ clock, say }: AbsenceDeps): PipelinePolicy {
  const known = new Map<string, number>()
  return {
    name: 'doubtAbsence',
    sendRequest: async (request, next) => {
      const thing = thingOf(request)
      if (thing === undefined) return next(request)
      if (request.method === 'DELETE') forget(known, thing)
      if (isListOfNodes(request) && !known.has(thing)) known.set(thing, clock.now())
      for (let look = 0, isSaid = false; ; look++) {
        const response = await next(request)
        if (response.status !== 404 || request.method === 'DELETE') {
          if (response.status < 300 && request.method !== 'DELETE') known.set(thing, clock.now())
          return response
        }
        const knownAt = lastKnown(known, thing, request.method)
        const leftMs = (knownAt ?? -Infinity) + DOUBTED_FOR_MS - clock.now()
        if (knownAt === undefined || leftMs <= 0) return response
        if (!isSaid && clock.now() - knownAt > QUIET_MS) {
          isSaid = true
          say(
            `${lastNames(thing)}: 404 of what was there a moment ago; asked again until ${utcSeconds(clock.now() + leftMs)}`
          )
        }
        const waitMs = WAITS_MS[Math.min(look, WAITS_MS.length - 1)] ?? 0
        await clock.sleep(Math.min(waitMs, leftMs), request.abortSignal as AbortSignal | undefined)
      }
    }
  }
}

/** Of the Batch service: who asks for a pool’s nodes has just read the pool from Resource Manager. */
const NODES_OF_POOL = /^\/pools\/[^/]+\/nodes$/

function isListOfNodes({ url }: PipelineRequest): boolean {
  return NODES_OF_POOL.test(new URL(url).pathname.toLowerCase())
}

/** A resource of Resource Manager by its path; undefined for operations, lists of a subscription, and whatever else has a URL. */
function thingOf({ url }: PipelineRequest): string | undefined {
  const { host, pathname } = new URL(url)
  const path = pathname.toLowerCase().replace(/\/+$/, '')
  if (NODES_OF_POOL.test(path)) return `${host}${path}`
  return /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+\/providers\//.test(path) ? path : undefined
}

/** To a read that thing alone counts; to a write also what it is in, or of which it is an action: that is what is missing then. */
function lastKnown(known: ReadonlyMap<string, number>, thing: string, method: string): number | undefined {
  if (method === 'GET') return known.get(thing)
  const times = [...known].filter(([one]) => thing === one || thing.startsWith(`${one}/`)).map(([, at]) => at)
  return times.length === 0 ? undefined : Math.max(...times)
}

/** With what was in it. */
function forget(known: Map<string, number>, thing: string): void {
  for (const one of known.keys()) if (one === thing || one.startsWith(`${thing}/`)) known.delete(one)
}

/** `snapshots/os` */
function lastNames(thing: string): string {
  return thing.split('/').slice(-2).join('/')
}
