/** Snapshots, image and what else is made on the way. */
import { IDS } from '../../support/story.ts'
import { find, idIn, isSnapshot, isVersion, madeIn, type Change, type Invariant, type Loose } from './invariant.ts'

const HEALTHY = new Set(['idle', 'running'])

const STATE = 'batch-image-rollout-state'
const PROVED = 'batch-image-rollout-proved'
/** Nodes that got as far as to boot their image. */
const FAILED = new Set(['starttaskfailed', 'unusable', 'waitingforstarttask', 'starting'])
const isFailure = ({ state }: Loose): boolean => FAILED.has(state)
const imageOfNode = (node: Loose): string =>
  String(node.virtualMachineInfo?.imageReference?.virtualMachineImageId).toLowerCase()

const isHidden = (version: Loose): boolean => version?.properties?.publishingProfile?.excludeFromLatest === true

/** The snapshots of the image that a run is at: named by the role of their disk. */
const diskOf = (snapshot: Loose): string => String(snapshot.properties?.creationData?.sourceResourceId).toLowerCase()

export const imageInvariants: Invariant[] = [
  {
    rule: 'nothing is deleted or changed that was not made here',
    atChange({ life, run, method, target, state, body }) {
      if (find(state, target) === undefined || method === 'POST') return
      if (run.inputs['stop-vm'] === 'true' && isOwnTagOnly({ target, body, state })) return
      if (madeIn(life.runs).has(target)) return
      return `${method} of ${target}, which no run has made`
    }
  },
  {
    rule: 'an image becomes the latest only when healthy nodes run it',
    atChange(change) {
      const { body, target, state, run } = change
      const shown = body?.properties?.publishingProfile?.excludeFromLatest === false
      const before = find(state, target)
      if (!shown || !target.includes('/versions/') || (before !== undefined && !isHidden(before))) return
      if ((run.inputs['promote'] ?? 'when-proved') === 'now') return
      return proven(change) ? undefined : `promoted, and no healthy node has the image ${target}`
    }
  },
  {
    rule: 'an image says that it is proved only when healthy nodes run it, and says it once',
    atChange(change) {
      const { body, target, state } = change
      const proof = body?.tags?.[PROVED]
      const before = find(state, target)?.tags?.[PROVED]
      if (!target.includes('/versions/') || proof === before) return
      if (before !== undefined) return `${target} said "${before}", and is to say "${proof}"`
      return proven(change) ? undefined : `"${proof}", and no healthy node has the image ${target}`
    }
  },
  {
    rule: 'an image is marked failed only by nodes that ran it',
    atChange({ run, target, body, state }) {
      if (!target.includes('/versions/') || body?.tags?.[STATE] !== 'failed') return
      const before = find(state, target)
      if (before?.tags?.[STATE] === 'failed') return
      if (before?.tags?.[PROVED] !== undefined) return `${target} was proved`
      // By their order: a first look and what follows from it can be of one moment.
      const [looks, chances]: [number[], number[]] = [[], []]
      run.exchanges.forEach((exchange, place) => {
        const failed = listedNodes(exchange).filter(node => isFailure(node) && imageOfNode(node) === target)
        if (failed.length > 0) looks.push(place)
        if (/\/(reboot|removenodes)\?/.test(exchange.request.url)) chances.push(place)
      })
      const again = chances.some(at => looks.some(look => look < at) && looks.some(look => look > at))
      return again || hasFailedInBake(run, target)
        ? undefined
        : `marked as failed, and none of its nodes has failed again after a second chance`
    }
  },
  {
    alone: true,
    rule: 'no image is made twice',
    atChange({ life, run, method, target, state }) {
      if (method !== 'PUT' || !target.includes('/versions/') || find(state, target) !== undefined) return
      const others = life.runs.filter(({ index }) => index >= 0)
      if (run.index < 0 || others.some(({ told }) => told?.ok)) return
      const made = madeIn(others)
      const twin = state.find(
        one => isVersion(one) && made.has(String(one.id).toLowerCase()) && isOfUse(one, state, run)
      )
      return twin === undefined ? undefined : `${target} is made, though ${twin.id} is there and of use`
    }
  },
  {
    alone: true,
    rule: 'no disk is snapshot twice for one image',
    atChange({ method, target, body, state, run }) {
      if (method !== 'PUT' || !target.includes('/snapshots/')) return
      const version = body?.tags?.['batch-image-rollout-version']
      const disk = diskOf(body)
      const twin = state.find(
        one =>
          isSnapshot(one) &&
          !/^(Failed|Canceled)$/.test(one.properties.provisioningState) &&
          one.tags?.['batch-image-rollout-key'] === body?.tags?.['batch-image-rollout-key'] &&
          one.tags?.['batch-image-rollout-version'] === version &&
          diskOf(one) === disk &&
          !(String(one.id).toLowerCase() === target && wasLost(run, target))
      )
      return twin === undefined ? undefined : `${target}: ${twin.id} holds this disk for the same image`
    }
  }
]

/** More than half of them, and two at least, after as many were seen healthy. */
function hasFailedInBake({ inputs, exchanges }: Change['run'], target: string): boolean {
  if ((inputs['bake'] ?? '0m') === '0m') return false
  const looks = exchanges.map(listedNodes).filter(nodes => nodes.some(node => imageOfNode(node) === target))
  const isMost = (nodes: Loose[], count: number): boolean => count >= 2 && 2 * count > nodes.length
  const isLost = ({ state }: Loose): boolean => state === 'unusable' || state === 'starttaskfailed'
  const lost = looks.findIndex(nodes => isMost(nodes, nodes.filter(isLost).length))
  return lost > 0 && looks.slice(0, lost).some(nodes => nodes.filter(({ state }) => HEALTHY.has(state)).length >= 2)
}

/** A lease in the source VM's tags, which leaves everybody else's as they are. */
function isOwnTagOnly({ target, body, state }: Pick<Change, 'target' | 'body' | 'state'>): boolean {
  const foreign = (tags: Loose): string =>
    JSON.stringify(Object.entries(tags ?? {}).filter(([name]) => name !== 'batch-image-rollout-lease'))
  const isTags = Object.keys(body ?? {}).join() === 'tags' && target === IDS.vm.toLowerCase()
  return isTags && foreign(body.tags) === foreign(find(state, target).tags)
}

/** The pipeline sends a request again whose answer never came. */
function wasLost({ exchanges }: Change['run'], target: string): boolean {
  return exchanges.some(({ request, lost }) => lost && request.method === 'PUT' && idIn(request.url) === target)
}

/** Neither failed nor finished to the last: a run that was killed when all was done can't know. */
function isOfUse({ id, tags, properties }: Loose, state: Loose[], { inputs }: Change['run']): boolean {
  if (properties.provisioningState === 'Failed' || properties.provisioningState === 'Canceled') return false
  const tagged = tags?.['batch-image-rollout-state']
  if (tagged === 'failed') return false
  const inUse = inputs['command'] === 'image' || imageOf(state) === String(id).toLowerCase()
  return tagged !== 'complete' || !inUse
}

function imageOf(state: Loose[]): string {
  const { deploymentConfiguration } = find(state, IDS.pool)?.properties ?? {}
  return String(deploymentConfiguration?.virtualMachineConfiguration?.imageReference?.id).toLowerCase()
}

function proven({ target, state, run, nodes }: Change): boolean {
  if (imageOf(state) !== target) return false
  const isProof = (node: Loose): boolean =>
    HEALTHY.has(node.state) &&
    String(node.virtualMachineInfo?.imageReference?.virtualMachineImageId).toLowerCase() === target
  return nodes().some(isProof) || run.exchanges.some(one => listedNodes(one).some(isProof))
}

/** A formula may have sent the canary away since Azure listed it. */
function listedNodes({ request, response }: Change['run']['exchanges'][number]): Loose[] {
  const body = response.body as Loose
  return /\/pools\/[^/]+\/nodes\?/.test(request.url) && response.status === 200 ? (body?.value ?? []) : []
}

/** Polls of one operation. */
const OPERATION = /\/locations\/[^/]+\/(diskoperations|operations|capsoperations)\/[^/]+$/

export const callInvariants: Invariant[] = [
  {
    rule: 'no operation is polled more often than Compute grants',
    atExchange(_, run, { at, request }) {
      const id = idIn(request.url)
      if (!OPERATION.test(id)) return
      const times = run.exchanges.filter(one => idIn(one.request.url) === id).map(one => one.at)
      const granted = grants(times)
      return granted ? undefined : `${times.length} polls of ${id} by ${new Date(at).toISOString()}`
    }
  },
  {
    rule: 'Azure’s Retry-After is obeyed',
    atExchange(_, run, { at, request }) {
      const asked = run.exchanges
        .slice(0, -1)
        .findLast(one => one.request.url === request.url && one.request.method === request.method)
      const seconds = Number(asked?.response.headers['retry-after'])
      if (asked === undefined || asked.lost === true || Number.isNaN(seconds) || at - asked.at >= seconds * 1_000)
        return
      return `${request.method} ${idIn(request.url)} after ${at - asked.at} ms; Azure asked for ${seconds} s`
    }
  }
]

/** 45 at once, 15 a minute more. */
function grants(times: readonly number[]): boolean {
  let left = 45
  let last = times[0] ?? 0
  for (const at of times) {
    left = Math.min(45, left + ((at - last) / 60_000) * 15) - 1
    last = at
    if (left < 0) return false
  }
  return true
}
