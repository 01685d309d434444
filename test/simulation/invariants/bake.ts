/** Nodes that must stay healthy for a while before their image is proved. */
import { IDS } from '../../support/story.ts'
import { parseDurationMs } from '../../../src/shared/duration.ts'
import { find, idIn, type Change, type Invariant, type Run } from './invariant.ts'

const PROVED = 'batch-image-rollout-proved'
const POOL = IDS.pool.toLowerCase()

type Met = Run['exchanges'][number]

const isTaken = ({ response, scripted }: Met): boolean => scripted !== true && response.status < 300
const isOfPool = ({ request }: Met): boolean => idIn(request.url) === POOL
const isLook = ({ request, response }: Met): boolean =>
  response.status === 200 && request.url.includes('/pools/render/nodes?')
/** Nodes come by it. */
const asksForNodes = (met: Met): boolean =>
  isOfPool(met) && isTaken(met) && JSON.stringify(met.request.body ?? {}).includes('"scaleSettings"')

/** By the looks at the nodes since the run has last asked for some. */
function msWatched({ exchanges }: Run): number {
  const looks = exchanges.slice(exchanges.findLastIndex(asksForNodes) + 1).filter(isLook)
  return (looks.at(-1)?.at ?? 0) - (looks[0]?.at ?? 0)
}

function becomesProved({ target, body, state }: Change): boolean {
  const before = find(state, target)
  if (!target.includes('/versions/') || before === undefined || before.tags?.[PROVED] !== undefined) return false
  const isShown = (version: Change['body']): boolean =>
    version?.properties?.publishingProfile?.excludeFromLatest === false
  return body?.tags?.[PROVED] !== undefined || (isShown(body) && !isShown(before))
}

export const bakeInvariants: Invariant[] = [
  {
    rule: 'an image counts as proved only when its nodes were watched for as long as bake says',
    atChange(change) {
      const { life, run } = change
      const bakeMs = parseDurationMs(life.simulated.inputs['bake'] ?? '0m') ?? 0
      if (bakeMs === 0 || run.index < 0 || !becomesProved(change)) return
      const watched = msWatched(run)
      return watched >= bakeMs ? undefined : `${change.target} after ${watched} of ${bakeMs} ms`
    }
  }
]
