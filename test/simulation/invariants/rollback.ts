/** Pools whose nodes fail with the image that they were given: they have what they had before, or the run says why not. */
import { IDS } from '../../support/story.ts'
import { find, idIn, type Change, type Invariant, type Loose, type Run } from './invariant.ts'

const POOL = IDS.pool.toLowerCase()

const imageIn = (properties: Loose): string | undefined =>
  properties?.deploymentConfiguration?.virtualMachineConfiguration?.imageReference?.id?.toLowerCase()

/** Of a scale that is asked for or shown, what matters of it; undefined where none is. */
function scaleIn(settings: Loose): string | undefined {
  if (settings?.autoScale !== undefined) return String(settings.autoScale.formula)
  const fixed = settings?.fixedScale
  return fixed === undefined ? undefined : `${fixed.targetDedicatedNodes ?? 0}+${fixed.targetLowPriorityNodes ?? 0}`
}

/** What the run has written to the pool, and Azure has taken: each of its changes says something of the run in the metadata. */
function ownChanges({ exchanges }: Run): Loose[] {
  return exchanges
    .filter(
      ({ request, response, scripted }) =>
        request.method === 'PATCH' && idIn(request.url) === POOL && scripted !== true && response.status < 300
    )
    .map(({ request }) => (request.body as Loose)?.properties)
    .filter(properties => properties?.metadata !== undefined)
}

/** Whether the pool has another image since, by this run. */
const hasChangedImage = (run: Run, former: string): boolean =>
  ownChanges(run).some(properties => ![undefined, former].includes(imageIn(properties)))

const BY_NODES = new Set(['nodes-unhealthy', 'nodes-stuck', 'smoke-test-failed'])
const OF_POOL = new Set(['scale-pool', 'smoke-test', 'verify-nodes'])

/** Before, in the plan; or when it came to it. */
const WHY_NOT = /rollback-possible|was not rolled back to|the rollback of pool|has other content|left .*imageReference/

export const rollbackInvariants: Invariant[] = [
  {
    alone: true,
    rule: 'a pool whose nodes fail with the new image has its former image and scale again when the run is over, or the run says why not',
    atEndOfRun(_, run) {
      const { told, found, left, inputs } = run
      const { 'failure-reason': reason = '', 'failed-step': step = '' } = told.outputs
      if (told.killed || inputs['on-failure'] === 'keep' || !BY_NODES.has(reason) || !OF_POOL.has(step)) return
      const [had, has] = [found, left].map(state => find(state, IDS.pool)?.properties)
      const former = imageIn(had)
      if (former === undefined || !hasChangedImage(run, former)) return
      const [before, after] = [had, has].map(pool => [imageIn(pool), scaleIn(pool?.scaleSettings)].join(' '))
      if (before === after || WHY_NOT.test(told.log.join('\n'))) return
      return `it had ${before}, and has ${after}; nothing in the log says why`
    }
  },
  {
    rule: 'a rollback never touches a pool that somebody else has changed since',
    atChange({ run, method, target, headers, state }: Change) {
      if (method !== 'PATCH' || target !== POOL) return
      const begun = (run.journal ?? []).findLast(entry => entry.event === 'begin')
      if (begun === undefined || !/rollback-(drain|image)$/.test('step' in begun ? begun.step : '')) return
      const pool = find(state, IDS.pool)
      // Azure refuses it otherwise.
      const etag = headers['if-match']
      if (pool === undefined || (etag !== undefined && etag !== '*' && etag !== pool.etag)) return
      const own = ownChanges(run)
      const image = own.findLast(properties => imageIn(properties) !== undefined)
      const scale = own.findLast(({ scaleSettings }) => scaleIn(scaleSettings) !== undefined)
      const [left, now] = [
        [imageIn(image), scaleIn(scale?.scaleSettings)],
        [imageIn(pool.properties), scaleIn(pool.properties.scaleSettings)]
      ].map(parts => parts.join(' '))
      return left === now ? undefined : `the run left it with ${left}, and it has ${now}`
    }
  }
]
