/** Reads from the exchanges of a rollout when each stretch of its path ended, and how long the look before was ago. */
import type { Exchange } from '../emulator/index.ts'

export type Wait = { name: string; ms: number; lastWaitMs: number }

type Boundary = { name: string; at: number }

/** @param endedAt when the run ended, in ms since the epoch, as the exchanges' own times are */
export function waitsOf(exchanges: readonly Exchange[], startedAt: number, endedAt: number): Wait[] {
  const boundaries = boundariesOf(exchanges, endedAt)
  return boundaries.map(({ name, at }, index) => {
    const from = boundaries[index - 1]?.at ?? startedAt
    const looks = [
      ...new Set(exchanges.filter(one => isLook(one, name) && one.at >= from && one.at <= at).map(one => one.at))
    ]
    return { name, ms: at - from, lastWaitMs: at - (looks.filter(look => look < at).at(-1) ?? from) }
  })
}

/** What is begun when a stretch has ended tells when it was seen to have ended. */
function boundariesOf(exchanges: readonly Exchange[], endedAt: number): Boundary[] {
  const puts = (path: RegExp): number[] =>
    exchanges.filter(({ request }) => request.method === 'PUT' && path.test(pathOf(request))).map(({ at }) => at)
  const resizes = exchanges.filter(
    ({ request }) => request.method === 'PATCH' && JSON.stringify(request.body ?? '').includes('fixedScale')
  )
  const versions = puts(/\/versions\/[^/]+$/)
  return [
    { name: 'snapshots', at: versions[0] },
    { name: 'image version', at: puts(/\/pools\/[^/]+$/)[0] },
    { name: 'canary', at: resizes[0]?.at },
    { name: 'other nodes', at: versions[1] },
    { name: 'promotion', at: endedAt }
  ].map(({ name, at }) => {
    if (at === undefined) throw new Error(`the benchmark can't find where "${name}" ends in this rollout`)
    return { name, at }
  })
}

const LOOKS: Record<string, RegExp> = {
  snapshots: /\/(snapshots|DiskOperations|capsOperations)\//i,
  'image version': /\/versions\//,
  canary: /\/(pools|nodes)\b/,
  'other nodes': /\/(pools|nodes)\b/,
  promotion: /\/versions\//
}

const isLook = ({ request }: Exchange, name: string): boolean =>
  request.method === 'GET' && (LOOKS[name]?.test(pathOf(request)) ?? false)

const pathOf = ({ url }: { url: string }): string => new URL(url).pathname
