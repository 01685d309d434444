/** A run that is to stop when its image has proved itself. */
import { IDS } from '../../support/story.ts'
import { find, type Invariant } from './invariant.ts'

const POOL = IDS.pool.toLowerCase()
const PROVED = 'batch-image-rollout-proved'

export const stopInvariants: Invariant[] = [
  {
    rule: 'with stop-after: proof the pool in use is not touched, and its image neither shown nor called proved',
    atChange({ life, run, method, target, body, state }) {
      if (life.simulated.inputs['stop-after'] !== 'proof' || run.index < 0) return
      if (target === POOL || target.startsWith(`${POOL}/`)) return `${method} of ${target}`
      const before = find(state, target)
      if (!target.includes('/versions/')) return
      const isShown = body?.properties?.publishingProfile?.excludeFromLatest === false
      const wasShown = before?.properties?.publishingProfile?.excludeFromLatest === false
      if (isShown && !wasShown) return `${target} is shown`
      return body?.tags?.[PROVED] === before?.tags?.[PROVED] ? undefined : `${target} is called proved`
    }
  }
]
