/** What proves a change before a pool in use is touched, and that of it nothing is left. */
import { IDS } from '../../support/story.ts'
import {
  completed,
  idIn,
  isEnded,
  isPool,
  madeIn,
  type Ended,
  type Invariant,
  type Loose,
  type Run,
  type State
} from './invariant.ts'

const PROOF = 'batch-image-rollout-proof-of'
const POOL = IDS.pool.toLowerCase()

const isTemporary = (pool: Loose): boolean =>
  (pool?.properties?.metadata ?? []).some(({ name }: Loose) => name === PROOF)
const isGoing = (pool: Loose): boolean => pool?.properties?.provisioningState === 'Deleting'
const leftIn = (state: State): Loose[] => state.filter(one => isPool(one) && isTemporary(one) && !isGoing(one))

type Met = Run['exchanges'][number]

const imageOf = ({ request }: Met): string =>
  String((request.body as Loose)?.properties?.deploymentConfiguration?.virtualMachineConfiguration?.imageReference?.id)
const isTaken = ({ response, scripted }: Met): boolean => scripted !== true && response.status < 300

/** Whether the run has made one: then its pool needs no first wave of its own. */
export const hasTemporary = ({ exchanges }: Pick<Run, 'exchanges'>): boolean =>
  exchanges.some(met => met.request.method === 'PUT' && isTemporary(met.request.body) && isTaken(met))

/** Images whose nodes a run has seen at work on a temporary pool, before the exchange. */
function provedBefore(exchanges: readonly Met[]): Set<string> {
  const proved = new Set<string>()
  const images = new Map<string, string>()
  for (const met of exchanges) {
    const { request, response, lost } = met
    const [, name = ''] = /\/pools\/([^/?]+)/.exec(request.url) ?? []
    if (request.method === 'PUT' && isTemporary(request.body) && isTaken(met)) images.set(name, imageOf(met))
    const nodes: Loose[] = request.url.includes(`/pools/${name}/nodes`) ? ((response.body as Loose)?.value ?? []) : []
    const image = images.get(name)
    if (image !== undefined && lost !== true && nodes.some(({ state }) => state === 'idle' || state === 'running')) {
      proved.add(image.toLowerCase())
    }
  }
  return proved
}

const toNone = (body: Loose): boolean => {
  const fixed = body?.properties?.scaleSettings?.fixedScale
  return fixed?.targetDedicatedNodes === 0 && fixed.targetLowPriorityNodes === 0
}

/** Half of what the run may say to be allowed to go without. */
const isSaid = ({ told }: Run & Ended): boolean =>
  told.log.some(line => line.includes('no temporary pool can be made')) || told.killed

/** A node that serves nobody is no reason to be careful. */
function isInUse(state: State, nodes: number): boolean {
  const pool = state.find(({ id }) => String(id).toLowerCase() === POOL)
  const { currentDedicatedNodes = 0, currentLowPriorityNodes = 0, metadata = [] } = pool?.properties ?? {}
  const isOfFailure = metadata.some(({ name }: Loose) => name === 'batch-image-rollout-failed')
  return currentDedicatedNodes + currentLowPriorityNodes > nodes && !isOfFailure
}

export const proofInvariants: Invariant[] = [
  {
    alone: true,
    rule: 'a pool in use is emptied, and changed, only for an image that nodes of a temporary pool have proved, or it is said',
    atEndOfRun({ simulated }, run) {
      const { told, exchanges, found, inputs } = run
      const asked = simulated.inputs['prove'] ?? 'auto'
      if (asked === 'none' || asked === 'canary' || inputs['image-change'] !== 'in-place' || isSaid(run)) return
      // What an earlier run has left of nodes is judged by the plan alone.
      const isOfEarlier = JSON.stringify(found.find(({ id }) => String(id).toLowerCase() === POOL) ?? {}).includes(
        '-former'
      )
      if (isOfEarlier || !isInUse(found, 0)) return
      const changes = exchanges.filter(
        met => met.request.method === 'PATCH' && idIn(met.request.url) === POOL && isTaken(met)
      )
      const drain = changes.find(({ request }) => toNone(request.body))
      const change = changes.find(met => imageOf(met) !== 'undefined')
      if (drain === undefined || change === undefined) return
      const proved = provedBefore(exchanges.slice(0, exchanges.indexOf(drain)))
      return proved.has(imageOf(change).toLowerCase())
        ? undefined
        : `emptied for ${imageOf(change)}; proved were: ${[...proved].join(', ') || 'none'}; ${told.outputs['failure-reason']}`
    }
  },
  {
    rule: 'no pool is deleted but a temporary one of this action',
    atChange({ method, target, state }) {
      if (method !== 'DELETE') return
      const pool = state.find(one => isPool(one) && String(one.id).toLowerCase() === target)
      return pool === undefined || isTemporary(pool) ? undefined : `DELETE of ${target}`
    }
  },
  {
    rule: 'no temporary pool is left when a run and its post step are over, unless it says so',
    afterPost(_, run) {
      const words = JSON.stringify([run.told.log, run.told.annotations, run.undone ?? []])
      const unnamed = leftIn(run.left)
        .filter(({ id }) => madeIn([run]).has(String(id).toLowerCase()))
        .map(({ name }) => String(name))
        .filter(name => !new RegExp(`temporary pool ${name} (is left|\\()`).test(words) && !isStanding(run, name))
      return unnamed.length === 0 ? undefined : `left: ${unnamed.join(', ')}`
    }
  },
  {
    rule: 'after a run that went well no temporary pool of a dead one is left',
    atEndOfLife(life) {
      const last = completed(life)
      if (last === undefined || last.told.log.some(line => /temporary pool \S+ is left/.test(line))) return
      const earlier = life.runs.filter(run => isEnded(run) && run !== last)
      // One whose lease still held when the last run began may be another’s.
      const held = leftIn(last.found)
        .filter(pool => leaseEnd(pool) > last.startedAt)
        .map(({ name }) => String(name))
      const left = leftIn(life.settled)
        .map(({ name }) => String(name))
        .filter(name => !held.includes(name))
      return left.length === 0 ? undefined : `${left.join(', ')}, after ${earlier.length + 1} runs`
    }
  }
]

const isStanding = ({ told }: Run & Ended, name: string): boolean =>
  told.log.some(
    line => line.includes(name) && line.includes('temporary pool') && line.includes('was only for the proof')
  )

function leaseEnd(pool: Loose): number {
  const lease = (pool.properties.metadata ?? []).find(({ name }: Loose) => name === 'batch-image-rollout-lease')?.value
  return lease === undefined ? 0 : Date.parse(JSON.parse(lease).until)
}
