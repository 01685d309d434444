/** One pool, its waves and its nodes. */
import type { Exchange } from '../../../emulator/index.ts'
import { IDS } from '../../support/story.ts'
import { hasTemporary } from './proof.ts'
import { find, idIn, type Change, type Invariant, type Loose, type Run, type State } from './invariant.ts'

type Counts = { dedicated: number; lowPriority: number }

const total = ({ dedicated, lowPriority }: Counts): number => dedicated + lowPriority

const FORMER = 'batch-image-rollout-former'

const etagIn = ({ headers, body }: Exchange['response']): string | undefined => headers['etag'] ?? (body as Loose)?.etag

/** What a request asks for as a fixed scale. */
function asked({ target, body }: Pick<Change, 'target' | 'body'>): Counts | undefined {
  if (target !== IDS.pool.toLowerCase()) return undefined
  return targetsOf(body?.properties?.scaleSettings)
}

function targetsOf(settings: Loose): Counts | undefined {
  const fixed = settings?.fixedScale
  if (fixed === undefined) return undefined
  return { dedicated: fixed.targetDedicatedNodes ?? 0, lowPriority: fixed.targetLowPriorityNodes ?? 0 }
}

function present(pool: Loose): Counts {
  const { currentDedicatedNodes = 0, currentLowPriorityNodes = 0 } = pool?.properties ?? {}
  return { dedicated: currentDedicatedNodes, lowPriority: currentLowPriorityNodes }
}

/** Scales that the pool has had and may get back: as the run found it, or as an earlier run wrote it down. */
function formerScales(run: Run, pool: Loose): Counts[] {
  const found = find(run.found, IDS.pool)
  const noted = [...(found?.properties.metadata ?? []), ...(pool?.properties.metadata ?? [])]
    .filter(({ name }: Loose) => name === FORMER)
    .map(({ value }: Loose) => JSON.parse(value))
    .filter(({ kind }: Loose) => kind === 'fixed')
    .map((scale: Loose) => ({ dedicated: scale.targetDedicatedNodes, lowPriority: scale.targetLowPriorityNodes }))
  const had = targetsOf(found?.properties.scaleSettings)
  return [...noted, ...(had === undefined ? [] : [had])]
}

const same = (a: Counts, b: Counts): boolean => a.dedicated === b.dedicated && a.lowPriority === b.lowPriority

/** The pipeline sends a request again whose answer was lost: the ETag keeps Azure from acting twice. */
function isSentAgain({ run, target, body, headers }: Change): boolean {
  const last = run.exchanges.findLast(
    ({ request }) => request.method === 'PATCH' && request.url.toLowerCase().includes(target)
  )
  const etag = headers['if-match']
  return (
    etag !== undefined &&
    last?.request.headers['if-match'] === etag &&
    JSON.stringify(last.request.body) === JSON.stringify(body)
  )
}

export const poolInvariants: Invariant[] = [
  {
    rule: 'no resize is asked for while the pool resizes',
    atChange(change) {
      const scales = change.body?.properties?.scaleSettings !== undefined && change.method === 'PATCH'
      const state = find(change.state, IDS.pool)?.properties.allocationState
      if (!scales || change.target !== IDS.pool.toLowerCase() || state === undefined || state === 'Steady') return
      return isSentAgain(change) ? undefined : `PATCH of scaleSettings while the pool is ${state}`
    }
  },
  {
    rule: 'no wave is larger than asked',
    atChange(change) {
      const wave = asked(change)
      if (wave === undefined || total(wave) === 0) return
      const pool = find(change.state, IDS.pool)
      if (formerScales(change.run, pool).some(scale => same(scale, wave))) return
      const has = present(pool)
      const more = Math.max(0, wave.dedicated - has.dedicated) + Math.max(0, wave.lowPriority - has.lowPriority)
      const limit = waveLimit(change, total(has))
      return more > limit ? `${more} nodes more than the ${total(has)} there are; ${limit} are allowed` : undefined
    }
  },
  {
    rule: 'never are more nodes asked for than the goal, or than the pool had',
    atChange(change) {
      const wave = asked(change)
      if (wave === undefined) return
      const pool = find(change.state, IDS.pool)
      const allowed = [goalOf(change), present(pool), ...formerScales(change.run, pool)]
      const most = (kind: keyof Counts): number => Math.max(...allowed.map(counts => counts[kind]))
      const over = (['dedicated', 'lowPriority'] as const).filter(kind => wave[kind] > most(kind))
      return over.length > 0 ? `${JSON.stringify(wave)} asked for; allowed are ${JSON.stringify(allowed)}` : undefined
    }
  },
  {
    rule: 'every change of a pool that is there is under its ETag',
    atChange({ run, method, target, headers }) {
      if (method !== 'PATCH' || target !== IDS.pool.toLowerCase()) return
      const etag = headers['if-match']
      if (etag === undefined) return 'PATCH without If-Match'
      const isShown = run.exchanges.some(
        ({ request, response, lost }) => lost !== true && idIn(request.url) === target && etagIn(response) === etag
      )
      return isShown ? undefined : `PATCH under ${etag}, which no answer of the pool’s has shown`
    }
  },
  {
    rule: 'one writer at a time: once another has changed the pool, the former changes it no more',
    atExchange({ poolWriters }) {
      const turns = poolWriters.filter((writer, nth) => writer !== poolWriters[nth - 1])
      const back = turns.find((writer, nth) => turns.indexOf(writer) < nth)
      return back === undefined ? undefined : `${back} again, after ${turns.join(', ')}`
    }
  },
  {
    alone: true,
    rule: 'what differs from the spec after a change is never reported as done',
    atEndOfRun(_, { told, inputs, left }) {
      const text = inputs['pool-spec-inline']
      if (!told.ok || text === undefined || text === '') return
      const { scaleSettings: _scale, metadata: _metadata, ...wanted } = JSON.parse(text).properties
      const wrong = unlike(wanted, find(left, IDS.pool)?.properties)
      return wrong.length === 0 ? undefined : `the run went well, and the pool has not ${wrong.join(', ')}`
    }
  },
  {
    alone: true,
    rule: 'a pool that had nodes is not left at none by a run that ended by itself, unless its failure says so',
    atEndOfRun(_, run) {
      const { told, found, left } = run
      if (told.killed || run.cancelledAt !== undefined || told.outputs['failure-reason'] === 'deadline-exceeded') return
      const goal = goalOf({ run })
      const [had, has] = [found, left].map(state => targetsOf(find(state, IDS.pool)?.properties.scaleSettings))
      if (had === undefined || has === undefined || total(had) === 0 || total(has) > 0 || total(goal) === 0) return
      return /may not have all of its nodes back/.test(JSON.stringify([told.log, told.annotations]))
        ? undefined
        : `${JSON.stringify(had)} when the run began, and none asked for now; nothing in its failure says so`
    }
  },
  {
    alone: true,
    rule: 'a pool that was emptied for an image that it didn’t get has its former scale when all of a run is over, or it is said',
    afterPost(_, run) {
      const { told, found, left } = run
      const [had, has] = [found, left].map(state => find(state, IDS.pool)?.properties)
      if (told.ok || had === undefined || has === undefined || imageOf(had) !== imageOf(has)) return
      if (!asksForNodes(had.scaleSettings) || asksForNodes(has.scaleSettings) || total(goalOf({ run })) === 0) return
      return isSaid(run) ? undefined : `its scale was ${JSON.stringify(had.scaleSettings)}, and is none now`
    }
  },
  {
    alone: true,
    rule: 'no run holds the pool when all of it is over, unless it says so',
    afterPost(_, run) {
      const items: Loose[] = find(run.left, IDS.pool)?.properties.metadata ?? []
      const lease = items.find(({ name }) => name === 'batch-image-rollout-lease')?.value
      const isOwn = lease !== undefined && String(JSON.parse(lease).nonce).split(' ')[0] === run.told.context.nonce
      return isOwn && !isSaid(run) ? `its lease is still in the pool’s metadata: ${lease}` : undefined
    }
  }
]

const imageOf = ({ deploymentConfiguration }: Loose): string =>
  String(deploymentConfiguration?.virtualMachineConfiguration?.imageReference?.id).toLowerCase()

const asksForNodes = (settings: Loose): boolean =>
  settings?.autoScale !== undefined || total(targetsOf(settings) ?? { dedicated: 0, lowPriority: 0 }) > 0

/** By the run itself, or by its post step. */
const isSaid = ({ told, undone }: Run): boolean =>
  /may not have all of its nodes back|not undone|keeps the lease/.test(JSON.stringify([told?.log, undone]))

/** `vmSize: Standard_D4s_v5`, for each value of a spec that isn't there, in any casing; secrets aside. */
function unlike(wanted: Loose, present: Loose, path = ''): string[] {
  if (typeof wanted === 'object' && wanted !== null) {
    return Object.entries(wanted).flatMap(([name, value]) => unlike(value, present?.[name], `${path}.${name}`))
  }
  const isSame = String(wanted).toLowerCase() === String(present).toLowerCase()
  return isSame || String(wanted).includes('${env:') ? [] : [`${path.slice(1)}: ${String(wanted)}`]
}

function waveLimit({ run, state }: Pick<Change, 'run' | 'state'>, has: number): number {
  const canary = Number(run.inputs['canary-nodes'] ?? 1)
  const size = run.inputs['wave-size'] ?? 'all'
  const whole = total(goalOf({ run }))
  const wave = size === 'all' ? whole : Number(size)
  const isProved = run.inputs['prove'] === 'none' || hasTemporary(run) || hasFormerImage(run, state)
  return has === 0 && canary > 0 && !isProved ? canary : wave
}

/** What ran before has proved itself: a pool that goes back to it needs no first wave of its own. */
function hasFormerImage({ found }: Pick<Run, 'found'>, state: State): boolean {
  const [had, has] = [found, state].map(one => find(one, IDS.pool)?.properties)
  return had !== undefined && has !== undefined && imageOf(had) === imageOf(has)
}

/** As the inputs say; a formula is preceded by its canary. */
function goalOf({ run }: Pick<Change, 'run'>): Counts {
  const text = run.inputs['pool-spec-inline']
  if (text === undefined || text === '') return { dedicated: 0, lowPriority: 0 }
  const settings = JSON.parse(text).properties.scaleSettings
  const canary = Number(run.inputs['canary-nodes'] ?? 1)
  return targetsOf(settings) ?? { dedicated: canary, lowPriority: canary }
}
