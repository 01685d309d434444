/** For each invariant a small wrong change that it must catch, in a plain world where nothing else goes wrong. */
import type { EmulatorAnswer, EmulatorRequest } from '../../emulator/index.ts'
import { defaultWorld, RELEASE_INPUTS } from '../support/story.ts'
import type { Wire } from './disturbed-azure.ts'
import type { Disturbances, Wrong } from './disturbances-of.ts'
import { SECRET } from './inputs-of.ts'
import { KEEPS_CONTRACTS } from './invariants/contract.ts'
import type { Sabotage } from './one-run.ts'
import { NOT_IN_THE_WAY } from './rivals.ts'
import { NO_SETBACKS, withSetbacks, type Setbacks } from './setbacks.ts'
import { withNeighbours, type Simulated } from './world-of.ts'

// The action's own JSON, to be spoiled.
/* eslint-disable @typescript-eslint/no-explicit-any */
type Loose = any

export type Saboteur = { rule: string; does: string; plain?: Partial<Plain>; sabotage: Sabotage }

type Plain = {
  inputs: Record<string, string>
  former: boolean
  durationsMs: Record<string, number>
  setbacks: Setbacks
  /** How the nodes of the pool come up. */
  nodes: object
}

/** A release of 20 nodes: one, then waves of ten; `former`: the pool is there, with 20 nodes of an older image. */
export function plainWorld(plain: Partial<Plain> = {}): Simulated {
  const { inputs = {}, former = false, durationsMs = {}, setbacks = NO_SETBACKS, nodes } = plain
  const world = defaultWorld()
  withNeighbours(world)
  world.behaviour = { ...world.behaviour, durationsMs, ...(nodes && { nodes: { render: nodes } }) }
  const release = { ...RELEASE_INPUTS, 'image-version': 'auto', 'pool-spec-inline': specOf() }
  return {
    seed: 1,
    world: withSetbacks(world, setbacks),
    setbacks,
    comparable: nodes === undefined,
    gapMs: 3_600_000,
    inputs: { ...release, ...inputs },
    env: { LICENSE: SECRET },
    before: former ? [{ ...release, 'image-version': '0.9.0' }] : [],
    goal: { dedicated: 20, lowPriority: 0 },
    autoscale: false,
    former: former ? 20 : 0,
    canaryNodes: 1,
    waveSize: 10
  }
}

const SPEC_PROPERTIES = {
  vmSize: 'Standard_D4s_v5',
  startTask: {
    commandLine: "/bin/bash -c 'mount -a'",
    waitForSuccess: true,
    environmentSettings: [{ name: 'LICENSE', value: '${env:LICENSE}' }]
  },
  scaleSettings: { fixedScale: { targetDedicatedNodes: 20 } }
}

function specOf(more: Loose = {}): string {
  return JSON.stringify({ name: 'render', properties: { ...SPEC_PROPERTIES, ...more } })
}

type When = (request: EmulatorRequest, body: Loose) => boolean

const parsed = ({ body }: EmulatorRequest): Loose => (body?.startsWith('{') ? JSON.parse(body) : {})
const isMethodOf =
  (method: string, part: string): When =>
  request =>
    request.method === method && request.url.toLowerCase().includes(part)
const scales = (body: Loose): Loose => body.properties?.scaleSettings?.fixedScale
const isResize: When = (request, body) => isMethodOf('PATCH', '/pools/')(request, body) && scales(body) !== undefined
const isSnapshotPut = isMethodOf('PUT', '/snapshots/')
const isVersionPut = isMethodOf('PUT', '/versions/')

const isPromotion: When = (request, body) =>
  isVersionPut(request, body) && body.properties.publishingProfile.excludeFromLatest === false

/** Answers as if all copies of all versions had come to their end. */
const showsReplicated: Wire = (request, send) => {
  const answer = send(request)
  if (!/\/versions\/[^/]+\?.*ReplicationStatus/.test(request.url) || answer.status !== 200) return answer
  const shown = JSON.parse(answer.body)
  const { replicationStatus } = shown.properties
  if (replicationStatus === undefined) return answer
  replicationStatus.aggregatedState = 'Completed'
  replicationStatus.summary = replicationStatus.summary.map(({ region }: Loose) => ({
    region,
    state: 'Completed',
    progress: 100
  }))
  return { ...answer, body: JSON.stringify(shown) }
}

/** Changes the body of the requests that are meant. */
const spoil =
  (when: When, change: (body: Loose) => void): Wire =>
  (request, send) => {
    const body = parsed(request)
    if (!when(request, body)) return send(request)
    change(body)
    return send({ ...request, body: JSON.stringify(body) })
  }

/** Sends another request after the one that is meant. */
const add =
  (when: When, another: (request: EmulatorRequest) => EmulatorRequest): Wire =>
  (request, send) => {
    const answer = send(request)
    if (when(request, parsed(request))) send(another(request))
    return answer
  }

/** Answers in Azure's stead. */
const instead =
  (when: When, answer: (request: EmulatorRequest, send: Parameters<Wire>[1]) => EmulatorAnswer): Wire =>
  (request, send) =>
    when(request, parsed(request)) ? answer(request, send) : send(request)

/** Never changes a property of the pool; once it was asked for, answers as if it had. */
function claims(name: string, value: Loose): Wire {
  let isAsked = false
  return (request, send) => {
    const body = parsed(request)
    if (!request.url.toLowerCase().includes('/pools/render?')) return send(request)
    isAsked ||= body.properties?.[name] === value
    delete body.properties?.[name]
    const answer = send(request.method === 'PATCH' ? { ...request, body: JSON.stringify(body) } : request)
    const shown = answer.body.startsWith('{') ? JSON.parse(answer.body) : {}
    if (!isAsked || shown.properties === undefined) return answer
    shown.properties[name] = value
    return { ...answer, body: JSON.stringify(shown) }
  }
}

/** Once the image is made. */
function deletesKeptSnapshot(): Wire {
  let snapshot: EmulatorRequest | undefined
  return (request, send) => {
    if (isSnapshotPut(request, {})) snapshot ??= request
    if (snapshot !== undefined && isMethodOf('PATCH', '/pools/')(request, {})) {
      const { body: _, ...put } = snapshot
      send({ ...put, method: 'DELETE' })
      snapshot = undefined
    }
    return send(request)
  }
}

const without = (name: string, { headers, ...rest }: EmulatorRequest): EmulatorRequest => ({
  ...rest,
  headers: Object.fromEntries(Object.entries(headers).filter(([key]) => key.toLowerCase() !== name))
})

const underAny = ({ headers, ...rest }: EmulatorRequest): EmulatorRequest => ({
  ...rest,
  headers: Object.fromEntries(
    Object.entries(headers).map(([key, value]) => [key, key.toLowerCase() === 'if-match' ? '*' : value])
  )
})

const renamed = (request: EmulatorRequest): EmulatorRequest => ({
  ...request,
  url: request.url.replace('?', '-again?')
})
const empty = (status: number): EmulatorAnswer => ({ status, headers: {}, body: '' })
const json = (status: number, body: Loose): EmulatorAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body)
})
const at = (nth: number, wrong: Wrong): Disturbances => ({
  answers: [{ at: { nth, among: 'changes' }, times: 1, wrong }]
})

const STOPPED = { inputs: { 'stop-vm': 'true' } }
const LOCKED = { setbacks: { locked: true, failing: [] } }
const FAR = {
  inputs: { 'image-version': '1.0.0', 'target-regions': 'eastus2, northeurope' },
  setbacks: { locked: false, failing: [{ region: 'northeurope', times: 1 }] }
}
export const IN_PLACE = { inputs: { 'image-change': 'in-place' }, former: true }

/** Of a version that is named by its day; the former one is 0.9.0. */
const NODES_FAIL = {
  inputs: { ...IN_PLACE.inputs, prove: 'canary' },
  former: true,
  nodes: { startTaskFails: 'all', startTaskFailsOn: '/versions/20' }
}

/** Between the last look at the pool and the first change of the way back, and behind the back of its ETag. */
const comesBetween: Wire = (request, send) => {
  if (!/"nodeDeallocationOption":"Requeue"/i.test(request.body ?? '')) return send(request)
  const { headers, url } = without('if-match', request)
  const body = { properties: { scaleSettings: { fixedScale: { targetDedicatedNodes: 2, targetLowPriorityNodes: 0 } } } }
  send({ method: 'PATCH', url, headers, body: JSON.stringify(body) })
  return send(without('if-match', request))
}

/** Another start task for the 20 nodes that are there: first one of them, then four at a time. */
export const REFRESH = {
  inputs: {
    'image-version': '0.9.0',
    'pool-spec-inline': specOf({
      startTask: { ...SPEC_PROPERTIES.startTask, commandLine: "/bin/bash -c 'mount --all'" }
    }),
    'refresh-nodes': 'reboot',
    'wave-size': '4'
  },
  former: true
}

const isReboot = isMethodOf('POST', '/reboot')

/** All nodes at once. */
function rebootsAll(): Wire {
  let ids: string[] = []
  return (request, send) => {
    const answer = send(request)
    if (isMethodOf('GET', '/nodes?')(request, {})) ids = JSON.parse(answer.body).value.map(({ id }: Loose) => id)
    if (isReboot(request, {})) {
      for (const id of ids) send({ ...request, url: request.url.replace(/nodes\/[^/]+/, `nodes/${id}`) })
    }
    return answer
  }
}

/** One of the nodes, as soon as it is idle. */
function rebootsOne(): Wire {
  let reboot: EmulatorRequest | undefined
  return (request, send) => {
    const answer = send(request)
    const [node] = isMethodOf('GET', '/nodes?')(request, {}) ? JSON.parse(answer.body).value : []
    if (node?.state === 'idle' && reboot === undefined) {
      const url = request.url.replace(/nodes\?.*/, `nodes/${node.id}/reboot?api-version=2025-06-01`)
      const headers = { ...request.headers, 'content-type': 'application/json; odata=minimalmetadata' }
      reboot = { ...request, method: 'POST', url, headers, body: '{}' }
      send(reboot)
    }
    return answer
  }
}

export const SABOTEURS: Saboteur[] = [
  {
    rule: 'never are more nodes out for a refresh than a wave has',
    does: 'restarts all nodes with the first',
    plain: REFRESH,
    sabotage: { wire: rebootsAll() }
  },
  {
    rule: 'no healthy node restarts unless refresh-nodes says so',
    does: 'restarts a node once it is idle',
    sabotage: { wire: rebootsOne() }
  },
  {
    rule: 'after a refresh that went well no note says that nodes are still to restart, unless it says so',
    does: 'writes the note again with the pool’s last change',
    plain: REFRESH,
    sabotage: {
      wire: spoil(
        (request, body) => isMethodOf('PATCH', '/pools/')(request, body) && leaseIn(body) === undefined,
        body => body.properties.metadata.push({ name: 'batch-image-rollout-refresh', value: '{}' })
      )
    }
  },
  {
    rule: 'a pool whose nodes fail with the new image has its former image and scale again when the run is over, or the run says why not',
    does: 'takes the nodes away again with the last change of the way back',
    plain: NODES_FAIL,
    sabotage: {
      wire: spoil(
        (request, body) => isMethodOf('PATCH', '/pools/')(request, body) && !request.body?.includes('-lease'),
        body => (body.properties.scaleSettings = { fixedScale: { targetDedicatedNodes: 0, targetLowPriorityNodes: 0 } })
      )
    }
  },
  {
    rule: 'a rollback never touches a pool that somebody else has changed since',
    does: 'lets somebody else resize the pool before its first change, which takes any ETag',
    plain: NODES_FAIL,
    sabotage: { wire: comesBetween }
  },
  {
    rule: 'no resize is asked for while the pool resizes',
    does: 'sends each resize twice',
    sabotage: { wire: add(isResize, request => without('if-match', request)) }
  },
  {
    rule: 'no wave is larger than asked',
    does: 'asks for three nodes more, short of the goal',
    sabotage: {
      wire: spoil(
        (request, body) => isResize(request, body) && scales(body).targetDedicatedNodes < 17,
        body => (scales(body).targetDedicatedNodes += 3)
      )
    }
  },
  {
    rule: 'never are more nodes asked for than the goal, or than the pool had',
    does: 'asks for one node more than the goal',
    sabotage: {
      wire: spoil(
        (request, body) => isResize(request, body) && scales(body).targetDedicatedNodes === 20,
        body => (scales(body).targetDedicatedNodes += 1)
      )
    }
  },
  {
    rule: 'every change of a pool that is there is under its ETag',
    does: 'leaves If-Match out',
    sabotage: { wire: (request, send) => send(without('if-match', request)) }
  },
  {
    rule: 'every change of a pool that is there is under its ETag',
    does: 'takes any ETag',
    sabotage: { wire: (request, send) => send(underAny(request)) }
  },
  {
    rule: 'a pool in use is emptied, and changed, only for an image that nodes of a temporary pool have proved, or it is said',
    does: 'proves nothing',
    plain: IN_PLACE,
    sabotage: { inputs: inputs => ({ ...inputs, prove: 'none' }) }
  },
  {
    rule: 'no pool is deleted but a temporary one of this action',
    does: 'deletes the pool that is in use in the place of the temporary one',
    plain: IN_PLACE,
    sabotage: {
      wire: (request, send) =>
        request.method === 'DELETE'
          ? send({ ...request, url: request.url.replace(/pools\/[^?]+/, 'pools/render') })
          : send(request)
    }
  },
  {
    rule: 'no temporary pool is left when a run and its post step are over, unless it says so',
    does: 'forgets that the temporary pool is to be deleted',
    plain: IN_PLACE,
    sabotage: {
      disturbances: { answers: [], killed: { at: { nth: 6, among: 'changes' }, when: 'after' } },
      forgets: 'delete-proof-pool'
    }
  },
  {
    rule: 'after a run that went well no temporary pool of a dead one is left',
    does: 'keeps from Azure that a pool is to be deleted',
    plain: IN_PLACE,
    sabotage: { wire: instead(isMethodOf('DELETE', '/pools/'), () => empty(202)) }
  },
  {
    rule: 'a pool that had nodes is not left at none by a run that ended by itself, unless its failure says so',
    does: 'takes the nodes away again with the last change of the pool',
    plain: IN_PLACE,
    sabotage: {
      wire: spoil(
        (request, body) => isMethodOf('PATCH', '/pools/')(request, body) && !request.body?.includes('-lease'),
        body => (body.properties.scaleSettings = { fixedScale: { targetDedicatedNodes: 0, targetLowPriorityNodes: 0 } })
      )
    }
  },
  {
    rule: 'what the outputs name is there when the run ends',
    does: 'deletes a snapshot that is to be kept, behind the run’s back',
    plain: { inputs: { 'keep-snapshots': 'true' } },
    sabotage: { wire: deletesKeptSnapshot() }
  },
  {
    rule: 'a snapshot that a run has made and that still stands is named by its report',
    does: 'calls a snapshot refused that Azure has made',
    sabotage: {
      wire: instead(isSnapshotPut, (request, send) => {
        send(request)
        return json(400, { error: { code: 'InvalidParameter', message: 'refused' } })
      })
    }
  },
  {
    rule: 'what differs from the spec after a change is never reported as done',
    does: 'leaves a property as it was, and shows it as it was asked for',
    plain: {
      inputs: { 'image-change': 'in-place', 'pool-spec-inline': specOf({ taskSlotsPerNode: 2 }) },
      former: true
    },
    sabotage: { wire: claims('taskSlotsPerNode', 2) }
  },
  {
    rule: 'nothing is deleted or changed that was not made here',
    does: 'deletes a snapshot of somebody else that has our tag',
    sabotage: {
      wire: (request, send) =>
        request.method === 'DELETE'
          ? send({ ...request, url: request.url.replace(/snapshots\/[^?]+/, 'snapshots/render-node-backup') })
          : send(request)
    }
  },
  {
    rule: 'an image becomes the latest only when healthy nodes run it',
    does: 'publishes the version for all at once',
    sabotage: { wire: spoil(isVersionPut, body => (body.properties.publishingProfile.excludeFromLatest = false)) }
  },
  {
    rule: 'an image counts as proved only when its nodes were watched for as long as bake says',
    does: 'leaves the bake out',
    plain: { inputs: { bake: '20m' } },
    sabotage: { inputs: inputs => ({ ...inputs, bake: '0m' }) }
  },
  {
    rule: 'with stop-after: proof the pool in use is not touched, and its image neither shown nor called proved',
    does: 'goes on to the end',
    plain: { former: true, inputs: { 'image-change': 'in-place', 'stop-after': 'proof' } },
    sabotage: { inputs: inputs => ({ ...inputs, 'stop-after': '' }) }
  },
  {
    rule: 'an image says that it is proved only when healthy nodes run it, and says it once',
    does: 'says so of a version that has no nodes yet',
    sabotage: { wire: spoil(isVersionPut, body => (body.tags['batch-image-rollout-proved'] = 'by nobody')) }
  },
  {
    rule: 'an image is marked failed only by nodes that ran it',
    does: 'marks the version as failed in the place of complete',
    sabotage: {
      wire: spoil(
        (request, body) => isVersionPut(request, body) && body.tags['batch-image-rollout-state'] === 'complete',
        body => (body.tags['batch-image-rollout-state'] = 'failed')
      )
    }
  },
  {
    rule: 'no image is made twice',
    does: 'tags the version as complete from the start, in a run that is killed while it replicates',
    sabotage: {
      disturbances: { answers: [], killed: { at: { nth: 5, among: 'changes' }, when: 'before' } },
      wire: spoil(isVersionPut, body => (body.tags['batch-image-rollout-state'] = 'complete'))
    }
  },
  {
    rule: 'no disk is snapshot twice for one image',
    does: 'makes each snapshot under a second name too',
    sabotage: { wire: add(isSnapshotPut, renamed) }
  },
  {
    rule: 'no operation is polled more often than Compute grants',
    does: 'sends each poll fifty times',
    sabotage: {
      wire: (request, send) => {
        const answer = send(request)
        const isPoll = /\/locations\/[^/]+\/\w*operations\//i.test(request.url) && answer.status === 200
        for (let again = 0; isPoll && again < 49; again++) send(request)
        return answer
      }
    }
  },
  {
    rule: 'Azure’s Retry-After is obeyed',
    does: 'sends a throttled request again at once',
    sabotage: {
      disturbances: at(0, { kind: 'status', status: 429, code: 'TooManyRequests', headers: { 'retry-after': '17' } }),
      wire: (request, send) => {
        const answer = send(request)
        return answer.status === 429 ? send(request) : answer
      }
    }
  },
  {
    rule: 'no snapshot is asked for while the source VM runs, where it shall be stopped',
    does: 'keeps from Azure that the VM is to be deallocated',
    plain: STOPPED,
    sabotage: { wire: instead(isMethodOf('POST', '/deallocate'), () => empty(202)) }
  },
  {
    rule: 'a source VM that ran is running again when all of a run is over, or the run says that it may not be',
    does: 'keeps from Azure that the VM is to be started',
    plain: STOPPED,
    sabotage: { wire: instead(isMethodOf('POST', '/start'), () => empty(202)) }
  },
  {
    rule: 'nobody holds the source VM when a rollout has succeeded',
    does: 'keeps from Azure that a tag goes',
    plain: STOPPED,
    sabotage: {
      wire: instead(
        (request, body) =>
          isMethodOf('PATCH', '/virtualmachines/')(request, body) && !JSON.stringify(body).includes('-lease'),
        request => json(200, { id: new URL(request.url).pathname })
      )
    }
  },
  {
    rule: 'a pool that was emptied for an image that it didn’t get has its former scale when all of a run is over, or it is said',
    does: 'forgets that the pool is to get its scale back',
    plain: { ...IN_PLACE, inputs: { ...IN_PLACE.inputs, prove: 'canary' } },
    sabotage: {
      disturbances: { answers: [], killed: { at: { nth: 7, among: 'changes' }, when: 'after' } },
      forgets: 'restore-pool'
    }
  },
  {
    rule: 'no run holds the pool when all of it is over, unless it says so',
    does: 'forgets that the pool is to be released',
    sabotage: {
      disturbances: { answers: [], killed: { at: { nth: 6, among: 'changes' }, when: 'after' } },
      forgets: 'release-pool'
    }
  },
  {
    rule: 'a source VM that ran is running again when all of a run is over, or the run says that it may not be',
    does: 'forgets that the VM is to be started',
    plain: STOPPED,
    sabotage: {
      disturbances: { answers: [], killed: { at: { nth: 3, among: 'changes' }, when: 'after' } },
      forgets: 'start-vm'
    }
  },
  {
    rule: 'a run ends by its deadline',
    does: 'lets no wait of an hour or more come to its end',
    plain: { inputs: { deadline: '1h' }, durationsMs: { 'galleryImageVersion.create': 8 * 3_600_000 } },
    sabotage: {
      clock: clock => ({
        ...clock,
        sleep: (ms, signal) => (ms >= 3_600_000 ? new Promise(() => undefined) : clock.sleep(ms, signal))
      })
    }
  },
  {
    rule: 'a run is never silent for more than five minutes',
    does: 'sleeps on where it should say what it waits for',
    plain: { durationsMs: { 'galleryImage.create': 30 * 60_000 } },
    sabotage: {
      clock: clock => ({
        ...clock,
        sleep: (ms, signal) => clock.sleep(ms === 5 * 60_000 ? 4 * ms : ms, signal)
      })
    }
  },
  {
    rule: 'a cancelled run ends within seconds',
    does: 'is deaf to the cancellation',
    sabotage: { disturbances: { answers: [], cancelled: { nth: 45, among: 'all' } }, isDeaf: true }
  },
  {
    rule: 'a cancelled run asks for nothing more than that a resize is stopped, and a temporary pool deleted',
    does: 'is deaf to the cancellation',
    sabotage: { disturbances: { answers: [], cancelled: { nth: 45, among: 'all' } }, isDeaf: true }
  },
  {
    rule: 'each change is written down before it is sent',
    does: 'keeps one journal line for all changes of the pool',
    sabotage: {
      loses: (() => {
        let lines = 0
        return entry => entry.event === 'call' && entry.target.endsWith('/pools/render') && lines++ > 0
      })()
    }
  },
  {
    rule: 'a run that failed names everything that it made and that still stands',
    does: 'makes a snapshot that the run knows nothing of, and lets the image fail',
    sabotage: {
      wire: (request, send) =>
        isVersionPut(request, {})
          ? json(400, { error: { code: 'InvalidParameter', message: 'a fault' } })
          : add(isSnapshotPut, renamed)(request, send)
    }
  },
  {
    rule: 'a run never fails for a defect of the action',
    does: 'lets the first wait throw a TypeError',
    sabotage: {
      clock: clock => ({
        ...clock,
        sleep: (ms, signal) =>
          ms < 60_000 ? Promise.reject(new TypeError('undefined is not a function')) : clock.sleep(ms, signal)
      })
    }
  },
  {
    rule: 'the same advice never leads to the same failure twice',
    does: 'hides what Azure has against the version, as if it had only been interrupted',
    sabotage: {
      wire: instead(isVersionPut, () =>
        json(409, { error: { code: 'InternalOperationError', message: 'it was interrupted' } })
      )
    }
  },
  {
    rule: 'a secret is in nothing that is written',
    does: 'puts the secret into the pool spec itself, in place of its reference',
    sabotage: {
      inputs: inputs => ({
        ...inputs,
        'pool-spec-inline': (inputs['pool-spec-inline'] ?? '').replace('${env:LICENSE}', SECRET)
      })
    }
  },
  {
    rule: 'a calm run completes what a disturbed one has begun',
    does: 'answers every change of the pool with 500',
    sabotage: { wire: instead(isMethodOf('PATCH', '/pools/'), () => empty(500)) }
  },
  {
    rule: 'what stands in the end is what stands after a rollout that nothing disturbed',
    does: 'asks for one replica more',
    sabotage: {
      wire: spoil(isVersionPut, body => {
        for (const region of body.properties.publishingProfile.targetRegions) region.regionalReplicaCount += 1
      })
    }
  },
  {
    rule: 'nothing of ours is left over',
    does: 'keeps from Azure that snapshots are to be deleted',
    sabotage: { wire: instead(isMethodOf('DELETE', '/snapshots/'), () => empty(204)) }
  },
  {
    rule: 'housekeeping never decides',
    does: 'keeps from Azure that the version is to be promoted where it refuses to delete snapshots',
    sabotage: {
      wire: (request, send) => {
        if (isMethodOf('DELETE', '/snapshots/')(request, {})) {
          return json(409, { error: { code: 'ScopeLocked', message: 'the group is locked' } })
        }
        return spoil(isPromotion, body => (body.properties.publishingProfile.excludeFromLatest = true))(request, send)
      }
    }
  },
  {
    rule: 'where a lock keeps snapshots, all else stands as it would without',
    does: 'takes the lock for one on the version',
    plain: LOCKED,
    sabotage: {
      wire: instead(isPromotion, () => json(409, { error: { code: 'ScopeLocked', message: 'the group is locked' } }))
    }
  },
  {
    rule: 'a region that a version isn’t replicated to is named when a run ends well',
    does: 'shows each region as replicated',
    plain: FAR,
    sabotage: { wire: showsReplicated }
  },
  {
    rule: 'with wait-for-regions: all no run ends well while a region isn’t replicated to',
    does: 'shows each region as replicated',
    plain: { ...FAR, inputs: { ...FAR.inputs, 'wait-for-regions': 'all' } },
    sabotage: { wire: showsReplicated }
  },
  {
    rule: 'a region that failed is told, taken off and added again by the next run that goes well',
    does: 'keeps it where it was to be taken off',
    plain: FAR,
    sabotage: {
      wire: spoil(
        (request, body) =>
          isVersionPut(request, body) && body.properties.safetyProfile?.allowDeletionOfReplicatedLocations === true,
        body => body.properties.publishingProfile.targetRegions.push({ name: 'northeurope', regionalReplicaCount: 1 })
      )
    }
  },
  {
    rule: KEEPS_CONTRACTS,
    does: 'tags a snapshot with a number',
    sabotage: { wire: spoil(isSnapshotPut, body => (body.tags.disks = 3)) }
  },
  {
    rule: KEEPS_CONTRACTS,
    does: 'asks for a resize by a property that no pool has',
    sabotage: { wire: spoil(isResize, body => (body.properties.scaleSettings.fixedScale.targetNodes = 3)) }
  }
]

export const PLAINS: Partial<Plain>[] = [{}, IN_PLACE, LOCKED, FAR]

/** For what holds of two that are at work at once: each of them is spoiled. */
export const RIVAL_SABOTEURS: { rule: string; does: string; wire(): Wire }[] = [
  {
    rule: 'one writer at a time: once another has changed the pool, the former changes it no more',
    does: 'takes every lease for its own, and asks for no ETag',
    wire: () => {
      let own: string | undefined
      return (request, send) => {
        own = leaseIn(parsed(request)) ?? own
        const answer = send(without('if-match', request))
        const body = isMethodOf('GET', '/pools/render?')(request, {}) ? JSON.parse(answer.body) : {}
        const item = (body.properties?.metadata ?? []).find(isLease)
        if (item === undefined) return answer
        if (own === undefined) body.properties.metadata = body.properties.metadata.filter((one: Loose) => !isLease(one))
        else item.value = own
        return { ...answer, body: JSON.stringify(body) }
      }
    }
  },
  {
    rule: NOT_IN_THE_WAY,
    does: 'leases the pool for a year, and never lets go of it',
    wire: () => {
      let own: string | undefined
      return (request, send) => {
        const body = parsed(request)
        own = leaseIn(body)?.replace(/"until":"20\d\d/, '"until":"2099') ?? own
        if (!isMethodOf('PATCH', '/pools/')(request, body) || own === undefined) return send(request)
        const others = (body.properties.metadata ?? []).filter((one: Loose) => !isLease(one))
        body.properties.metadata = [...others, { name: LEASE, value: own }]
        return send({ ...request, body: JSON.stringify(body) })
      }
    }
  }
]

const LEASE = 'batch-image-rollout-lease'
const isLease = ({ name }: Loose): boolean => name === LEASE
const leaseIn = (body: Loose): string | undefined => (body.properties?.metadata ?? []).find(isLease)?.value
