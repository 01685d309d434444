/**
 * Replicas of Resource Manager lag behind: what was written a moment ago can be 404 to the next read, and what was read to the next
 * write. Absence counts only when it has lasted. Here, so that it holds for every kind of resource, and for polls of one.
 */
import type { PipelinePolicy, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline'
import type { Json } from '../model/json.ts'
import type { Clock } from '../shared/clock.ts'
import { utcSeconds } from '../shared/utc.ts'
import { listAt, textAt } from './read/json.ts'

/** How long a 404 of what this run knows to be there must last. */
const DOUBTED_FOR_MS = 2 * 60_000
/** Between two questions, in ms; the last goes on. */
const WAITS_MS = [1_000, 2_000, 4_000, 8_000, 15_000]
/** What takes longer than usual is said. */
const QUIET_MS = 60_000

type AbsenceDeps = { clock: Clock; say(line: string): void }

/** Paths of what this run has written or seen, and neither deleted nor found gone, with the time when it last knew of it. */
type Known = Map<string, number>

/** One for all clients of a connection. */
export function doubtAbsence({ clock, say }: AbsenceDeps): PipelinePolicy {
  const known: Known = new Map()
  return {
    name: 'doubtAbsence',
    sendRequest: async (request, next) => {
      if (request.method === 'DELETE') {
        forget(known, pathOf(request.url))
        return next(request)
      }
      if (NODES_OF_POOL.test(pathOf(request.url))) known.set(pathOf(request.url), clock.now())
      let since: number | undefined
      for (let look = 0, isSaid = false; ; look++) {
        const response = await next(request)
        const now = clock.now()
        if (response.status < 300) learn(known, response, now)
        since ??= sinceWhen(known, request, now)
        if (response.status !== 404 || since === undefined) return response
        const leftMs = since + DOUBTED_FOR_MS - now
        if (leftMs <= 0) {
          known.delete(pathOf(request.url))
          return response
        }
        if (!isSaid && now - since > QUIET_MS) {
          isSaid = true
          say(`${lastNames(request)}: 404 of what was there before; asked again until ${utcSeconds(now + leftMs)}`)
        }
        const waitMs = WAITS_MS[Math.min(look, WAITS_MS.length - 1)] ?? 0
        await clock.sleep(Math.min(waitMs, leftMs), request.abortSignal as AbortSignal | undefined)
      }
    }
  }
}

const RESOURCE = /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+\/providers\//
/** After the provider, types and names take turns: this one ends with a type that is within a resource. */
const LIST_IN_RESOURCE = /\/providers\/[^/]+(\/[^/]+\/[^/]+)+\/[^/]+$/
/** Of the Batch service: who asks for a pool’s nodes has just read the pool from Resource Manager. */
const NODES_OF_POOL = /^\/pools\/[^/]+\/nodes$/
/** Where an operation that has begun is looked at. */
const LINKS = ['azure-asyncoperation', 'operation-location', 'location']

/** The resource itself, those of a list, and the operation that began. */
function learn(known: Known, { request, headers, bodyAsText }: PipelineResponse, now: number): void {
  const path = pathOf(request.url)
  for (const id of listedIn(bodyAsText ?? '')) known.set(id.toLowerCase(), now)
  if (RESOURCE.test(path) || known.has(path)) known.set(path, now)
  for (const name of LINKS) {
    const link = headers.get(name)
    if (request.method !== 'GET' && link !== undefined && URL.canParse(link, request.url)) {
      known.set(pathOf(new URL(link, request.url).href), now)
    }
  }
}

/** Ids that a page of a list shows. */
function listedIn(text: string): string[] {
  if (!/"value"\s*:\s*\[/.test(text)) return []
  const ids = listAt(JSON.parse(text.replace(/^\uFEFF/, '')) as Json, 'value').map(item => textAt(item, 'id') ?? '')
  return ids.filter(id => RESOURCE.test(id.toLowerCase()))
}

/**
 * From when on a 404 is doubted; undefined: it isn't. Of what is read, from the first 404. What is missing to a write may be what
 * it is in, or acts on; but a source that isn't there is 404 too: such a one is only doubted when that was just written or seen.
 */
function sinceWhen(known: Known, { method, url }: PipelineRequest, now: number): number | undefined {
  const path = pathOf(url)
  if (method === 'GET' || method === 'HEAD') return known.has(path) || known.has(ownerOfList(path)) ? now : undefined
  const times = [...known].filter(([one]) => path === one || path.startsWith(`${one}/`)).map(([, at]) => at)
  return times.length === 0 ? undefined : Math.max(...times)
}

/** `…/images/node/versions` is of `…/images/node`; the path of a resource itself is of none. */
function ownerOfList(path: string): string {
  return LIST_IN_RESOURCE.test(path) ? path.slice(0, path.lastIndexOf('/')) : ''
}

/** With what was in it. */
function forget(known: Known, path: string): void {
  for (const one of known.keys()) if (one === path || one.startsWith(`${path}/`)) known.delete(one)
}

function pathOf(url: string): string {
  return new URL(url).pathname.toLowerCase().replace(/\/+$/, '')
}

/** `snapshots/os` */
function lastNames({ url }: PipelineRequest): string {
  return new URL(url).pathname.split('/').filter(Boolean).slice(-2).join('/')
}
