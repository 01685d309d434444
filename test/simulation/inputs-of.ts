/** Random inputs: what is asked for, and what an earlier rollout has left in the account. */
import type { NodeTargets } from '../../src/model/plan.ts'
import { IDS } from '../support/story.ts'
import type { Dice } from './dice.ts'

/** A value that belongs to Azure alone. */
export const SECRET = 'canary-5f1d77aa'

export type Asked = {
  inputs: Record<string, string>
  env: Record<string, string>
  /** Inputs of runs that came before, and went well if the world let them. */
  before: Record<string, string>[]
  /** Nodes that the spec asks for; of a formula, what it comes to. */
  goal: NodeTargets
  autoscale: boolean
  /** Nodes of the pool that is there already; 0: none, or without nodes. */
  former: number
  /** Waves as the inputs ask for them. */
  canaryNodes: number
  waveSize: number | 'all'
}

const SHARES = { managed: 0.08, imageOnly: 0.08, rollout: 0.08, autoscale: 0.15, existing: 0.45, stopVm: 0.3 }

export function inputsOf(chance: Dice): Asked {
  const managed = chance.chance(SHARES.managed)
  const command = chance.chance(SHARES.imageOnly)
    ? 'image'
    : !managed && chance.chance(SHARES.rollout)
      ? 'rollout'
      : 'release'
  const autoscale = !managed && chance.chance(SHARES.autoscale)
  const goal = managed ? { dedicated: chance.between(0, 12), lowPriority: 0 } : goalOf(chance)
  const canaryNodes = chance.pick([0, 1, 1, 2, 5])
  const waveSize = chance.pick(['all', 'all', 1 + chance.logBetween(2, 40), 50] as const)
  const existing = !managed && command !== 'image' && chance.chance(SHARES.existing)
  const former = existing ? chance.pick([0, 1, 3, goal.dedicated, chance.logBetween(1, 120)]) : 0
  const image: Record<string, string> = {
    'source-vm': IDS.vm,
    generalize: 'done',
    'publish-to': managed ? IDS.managedImage : IDS.definition,
    ...(chance.chance(SHARES.stopVm) ? { 'stop-vm': 'true' } : {}),
    ...(managed ? {} : gallery(chance))
  }
  const pool: Record<string, string> = {
    'pool-spec-inline': specText({ goal, autoscale, startTask: 'mount -a' }),
    'batch-account': IDS.account,
    'canary-nodes': String(canaryNodes),
    'wave-size': String(waveSize),
    ...(managed ? { 'allow-retired': 'true' } : {}),
    ...poolChoices(chance)
  }
  const times: Record<string, string> = { deadline: chance.pick(['5h', '5h', '5h', '3h', '90m', '40m']) }
  if (chance.chance(0.2)) times['poll-interval'] = chance.pick(['5s', '1m', '3m'])
  const earlier = { ...image, ...(managed ? {} : { 'image-version': '0.9.0', 'keep-snapshots': 'false' }) }
  const before: Record<string, string>[] = []
  if (existing) {
    const startTask = chance.chance(0.7) ? 'mount -a' : 'mount --all'
    const present = specText({ goal: { dedicated: former, lowPriority: 0 }, autoscale: false, startTask })
    before.push({ ...earlier, 'pool-spec-inline': present, 'batch-account': IDS.account })
  }
  if (command === 'rollout') before.push({ ...earlier, command: 'image', 'image-version': '1.0.0' })
  const given = {
    image: { ...image, command, ...(managed && { 'allow-retired': '' }) },
    release: { ...image, ...pool }
  }
  const inputs =
    command === 'rollout'
      ? { ...pool, command, 'image-id': `${IDS.definition}/versions/1.0.0` }
      : command === 'image'
        ? given.image
        : given.release
  return {
    inputs: { ...inputs, ...times },
    env: { LICENSE: SECRET },
    before,
    goal: command === 'image' ? { dedicated: 0, lowPriority: 0 } : goal,
    autoscale,
    former,
    canaryNodes,
    waveSize
  }
}

function goalOf(chance: Dice): NodeTargets {
  const total = chance.chance(0.08) ? 0 : chance.logBetween(1, 300)
  const lowPriority = chance.chance(0.3) ? chance.between(0, total) : 0
  return { dedicated: total - lowPriority, lowPriority }
}

function gallery(chance: Dice): Record<string, string> {
  const regions = chance.pick(['', '', 'eastus2', 'eastus2=2, westus3', 'westus3, northeurope=2'])
  return {
    'image-version': chance.pick(['auto', 'auto', '1.0.0']),
    ...(regions === '' ? {} : { 'target-regions': regions }),
    'replication-mode': chance.chance(0.1) ? 'Shallow' : 'Full',
    promote: chance.pick(['when-proved', 'when-proved', 'when-proved', 'now', 'never']),
    'keep-snapshots': String(chance.chance(0.2))
  }
}

function poolChoices(chance: Dice): Record<string, string> {
  return {
    'image-change': chance.pick(['in-place', 'in-place', 'in-place', 'in-place', 'in-place', 'auto', 'auto', 'refuse']),
    'max-unhealthy': chance.pick(['5%', '0', '2', '30%']),
    drain: chance.pick(['task-completion', 'requeue', 'terminate']),
    'drain-timeout': chance.pick(['1h', '10m', '3h']),
    'resize-attempts': chance.pick(['3', '1', '5']),
    ...(chance.chance(0.4) ? { 'resize-timeout': chance.pick(['5m', '15m', '45m']) } : {})
  }
}

type Spec = { goal: NodeTargets; autoscale: boolean; startTask: string }

/** With a secret in the start task's environment, and an item of the user's own in the metadata. */
function specText({ goal, autoscale, startTask }: Spec): string {
  const { dedicated, lowPriority } = goal
  const formula = `$TargetDedicatedNodes = ${dedicated}; $TargetLowPriorityNodes = ${lowPriority};`
  const fixedScale = { targetDedicatedNodes: dedicated, targetLowPriorityNodes: lowPriority }
  const properties = {
    vmSize: 'Standard_D4s_v5',
    metadata: [{ name: 'team', value: 'lighting' }],
    startTask: {
      commandLine: `/bin/bash -c '${startTask}'`,
      waitForSuccess: true,
      environmentSettings: [{ name: 'LICENSE', value: '${env:LICENSE}' }]
    },
    scaleSettings: autoscale ? { autoScale: { formula, evaluationInterval: 'PT5M' } } : { fixedScale }
  }
  return JSON.stringify({ name: 'render', properties })
}
