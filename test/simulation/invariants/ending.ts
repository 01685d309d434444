/** How runs end, and lives of several runs. */
import { IDS } from '../../support/story.ts'
import { SECRET } from '../inputs-of.ts'
import {
  completed,
  find,
  idIn,
  isEnded,
  isKeptByLock,
  isSnapshot,
  isVersion,
  madeIn,
  type Ended,
  type Invariant,
  type Life,
  type Loose
} from './invariant.ts'

const UNITS_MS: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1_000 }
const msOf = (text: string): number => Number(text.slice(0, -1)) * (UNITS_MS[text.slice(-1)] ?? NaN)

/** What a stopped run may take for its last words. */
const LAST_WORDS_MS = 6_000
/** What a run that fails in the last moment may take for its last look. */
const LAST_LOOK_MS = 65_000

/** And what the work after the last step may take. */
const SILENT_AT_MOST_MS = 5 * 60_000 + LAST_LOOK_MS

export const endInvariants: Invariant[] = [
  {
    rule: 'a run ends by its deadline',
    atEndOfRun(_, { told, startedAt, endedAt, inputs }) {
      if (told.killed) return
      const over = endedAt - startedAt - msOf(inputs['deadline'] ?? '5h')
      const allowed = told.outputs['failure-reason'] === 'deadline-exceeded' ? LAST_WORDS_MS : LAST_LOOK_MS
      return over > allowed ? `${Math.round(over / 1_000)} s after its deadline` : undefined
    }
  },
  {
    rule: 'a cancelled run ends within seconds',
    atEndOfRun(_, { told, cancelledAt, endedAt }) {
      if (told.killed || cancelledAt === undefined) return
      const late = endedAt - cancelledAt
      return late > LAST_WORDS_MS ? `${Math.round(late / 1_000)} s after it was cancelled` : undefined
    }
  },
  {
    rule: 'a run is never silent for more than five minutes',
    atEndOfRun(_, { told, startedAt, endedAt }) {
      const times = [startedAt, ...told.saidAt, endedAt]
      const gaps = times.slice(1).map((at, index) => ({ at: times[index] ?? 0, ms: at - (times[index] ?? 0) }))
      const silent = gaps.find(({ ms }) => ms > SILENT_AT_MOST_MS)
      if (silent === undefined) return
      const minute = (at: number): string => `${Math.round((at - startedAt) / 60_000)}`
      return `silent from minute ${minute(silent.at)} to ${minute(silent.at + silent.ms)} of ${minute(endedAt)}`
    }
  },
  {
    rule: 'a cancelled run asks for nothing more than that a resize is stopped, and a temporary pool deleted',
    atChange({ run, method, target, at }) {
      if (run.journal === undefined || run.cancelledAt === undefined || at <= run.cancelledAt) return
      const isDeletion = method === 'DELETE' && /\/pools\/[^/]+$/.test(target)
      return target.endsWith('/stopresize') || isDeletion ? undefined : `${method} ${target} after it was cancelled`
    }
  },
  {
    rule: 'each change is written down before it is sent',
    atChange({ run, method, target, headers, body }) {
      if (run.journal === undefined) return
      const written = run.journal.filter(
        entry => entry.event === 'call' && entry.method === method && entry.target.toLowerCase() === target
      )
      // A call that is sent again is the same one, by its body and ETag.
      const calls = new Set(
        run.exchanges
          .filter(({ request }) => request.method === method && idIn(request.url) === target)
          .map(({ request }) => JSON.stringify([request.body, request.headers['if-match']]))
      ).add(JSON.stringify([body ?? null, headers['if-match']]))
      return written.length >= calls.size
        ? undefined
        : `${method} ${target}: call ${calls.size}, ${written.length} lines`
    }
  },
  {
    rule: 'a run that failed names everything that it made and that still stands',
    atEndOfRun(_, run) {
      const { told, left } = run
      if (told.killed || told.ok) return
      const words = JSON.stringify([told.log, told.outputs, told.annotations, told.summary]).toLowerCase()
      const unnamed = [...madeIn([run])].filter(
        id => find(left, id) !== undefined && !words.includes(`${id.split('/').at(-1)}`)
      )
      return unnamed.length === 0 ? undefined : `not named: ${unnamed.join(', ')}`
    }
  },
  {
    rule: 'a run never fails for a defect of the action',
    atEndOfRun(_, { told }) {
      if (told.killed || told.outputs['failure-reason'] !== 'internal-error') return
      return told.annotations.map(({ message }) => message).join('\n')
    }
  },
  {
    rule: 'a secret is in nothing that is written',
    atEndOfRun(_, { told }) {
      const { exchanges: _exchanges, changes: _changes, masked: _masked, ...written } = told
      const text = JSON.stringify(written)
      const found = [SECRET, 'eyJ'].filter(secret => text.includes(secret))
      return found.length === 0 ? undefined : `found: ${found.join(', ')}`
    }
  },
  {
    rule: 'a calm run completes what a disturbed one has begun',
    atEndOfLife(life, calm) {
      if (!life.simulated.comparable || completed(calm) === undefined || completed(life) !== undefined) return
      if (isKeptByLock(life)) return
      // A run that was stopped when Azure had taken its last change has left nothing to do.
      if (JSON.stringify(whatStands(life)) === JSON.stringify(whatStands(calm))) return
      const told = life.runs.at(-1)?.told
      return `the last of ${life.runs.length} runs failed: ${told?.outputs['failure-reason']}; ${told?.annotations[0]?.message}`
    }
  },
  {
    rule: 'what stands in the end is what stands after a rollout that nothing disturbed',
    atEndOfLife(life, calm) {
      if (!life.simulated.comparable || completed(calm) === undefined || completed(life) === undefined) return
      const [is, shall] = [life, calm].map(one => JSON.stringify(whatStands(one), undefined, 1))
      return is === shall ? undefined : `${is}\n--- and undisturbed ---\n${shall}`
    }
  },
  {
    rule: 'nothing of ours is left over',
    atEndOfLife(life) {
      const last = completed(life)
      if (last === undefined) return
      const keeps = last.inputs['keep-snapshots'] === 'true' || last.inputs['publish-to'] === IDS.managedImage
      const made = madeIn(life.runs)
      const snapshots = life.settled.filter(
        one => isSnapshot(one) && made.has(String(one.id).toLowerCase()) && !isTold(life, one)
      )
      const notes = (find(life.settled, IDS.pool)?.properties.metadata ?? []).filter(
        (item: Loose) => item.name.startsWith('batch-image-rollout-') && !isDeadLease(item, last) && !isToldOfPool(last)
      )
      const orphans = [...(keeps ? [] : snapshots.map(({ id }) => id)), ...notes.map(({ name }: Loose) => name)]
      // The pool of an image-only run isn't looked at.
      return orphans.length === 0 || last.inputs['command'] === 'rollout'
        ? undefined
        : `left over: ${orphans.join(', ')}`
    }
  }
]

/** What a run couldn't tidy up is left to the next one, and said. */
const warns = ({ told }: Ended, text: string): boolean => told.log.some(line => line.includes(`warning: ${text}`))
function isTold({ runs, simulated }: Life, { name }: Loose): boolean {
  const ended = runs.filter(isEnded)
  // What a lock keeps is another run's to tell where that has made it from other inputs.
  const tellers = simulated.setbacks.locked ? ended : ended.slice(-1)
  return tellers.some(run => warns(run, `snapshot ${name} is left`))
}
const isToldOfPool = (last: Ended): boolean => warns(last, 'pool render keeps the lease')

/** Of a run that was killed, and whose pool needed nothing more: nobody minds it. */
function isDeadLease({ name, value }: Loose, { endedAt }: Ended): boolean {
  return name === 'batch-image-rollout-lease' && Date.parse(JSON.parse(value).until) <= endedAt
}

/** The properties that a disturbed life must share with a calm one. Names of versions follow the day, and are none of them. */
export function whatStands(life: Life): Loose {
  const last = completed(life) ?? life.runs.filter(isEnded).at(-1)
  if (last === undefined) return undefined
  const { settled: left } = life
  const pool = find(left, IDS.pool)
  const properties = pool?.properties
  const imageId = properties?.deploymentConfiguration?.virtualMachineConfiguration?.imageReference?.id
  const image = imageId === undefined ? undefined : find(left, imageId)
  return {
    image: versionIn(image, life),
    made: versionIn(find(left, last.told.outputs['image-id'] ?? '') ?? image, life),
    snapshots: left.filter(
      one =>
        isSnapshot(one) &&
        !isTold(life, one) &&
        ofImage(one, last.told.outputs['image-version'] || String(imageId).split('/').at(-1))
    ).length,
    definition: find(left, IDS.definition) !== undefined,
    managedImage: find(left, IDS.managedImage)?.properties.provisioningState,
    pool: properties && {
      vmSize: properties.vmSize,
      allocationState: properties.allocationState,
      scale: scaleOf(properties.scaleSettings),
      nodes: nodesOf(properties),
      startTask: properties.startTask?.commandLine,
      metadata: (properties.metadata ?? []).filter(({ name }: Loose) => !name.startsWith('batch-image-rollout'))
    }
  }
}

/** How many a formula gets hangs on what the region had when it was evaluated. */
function nodesOf({ scaleSettings, currentDedicatedNodes, currentLowPriorityNodes }: Loose): Loose {
  return scaleSettings.autoScale === undefined
    ? [currentDedicatedNodes, currentLowPriorityNodes]
    : 'as the formula says'
}

const ofImage = ({ tags }: Loose, version: string | undefined): boolean =>
  tags?.['batch-image-rollout-version'] === version

function scaleOf({ fixedScale, autoScale }: Loose): Loose {
  return autoScale ?? { dedicated: fixedScale.targetDedicatedNodes, lowPriority: fixedScale.targetLowPriorityNodes }
}

function versionIn(version: Loose, { simulated }: Life): Loose {
  if (!isVersion(version ?? {})) return version === undefined ? undefined : 'managed'
  const { publishingProfile: profile, provisioningState } = version.properties
  return {
    // How often a region is tried, and so how the last try ended, is another in each life.
    provisioningState: simulated.setbacks.failing.length > 0 ? 'as its regions end' : provisioningState,
    state: version.tags?.['batch-image-rollout-state'],
    // A formula may want no nodes, or others, when the next run looks for what proves the image.
    hidden: simulated.autoscale ? 'as nodes prove it' : profile.excludeFromLatest === true,
    regions: profile.targetRegions
      .map(
        ({ name, regionalReplicaCount }: Loose) =>
          `${name.toLowerCase().replaceAll(' ', '')}=${regionalReplicaCount ?? 1}`
      )
      .toSorted()
  }
}
