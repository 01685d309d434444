/** Plans that the source VM is stopped while its snapshots are taken, and runs again after them. */
import { nameOf } from '../../model/arm-id.ts'
import type { Source } from '../../model/observed.ts'
import type { Fact, Step, Undo } from '../../model/plan.ts'
import { idsOf } from '../../model/step.ts'
import { stateOf } from '../../rules/vm-state.ts'
import { shapeOf } from '../image/image-body.ts'
import { sourceOf, type ImageBuild } from '../image/image-build.ts'
import type { Situation } from '../situation.ts'
import { snapshotSteps, takesSnapshots } from './snapshots.ts'
import { snapshotDisks } from './snapshot-disks.ts'
import type { FromSource, SourceRow } from './source-row.ts'

export const vm: SourceRow = { disks: snapshotDisks, steps, stepsWithout, facts }

/** The VM's start isn't among what the image comes after. */
function steps(build: ImageBuild, beforeStop: string[]): FromSource {
  const { situation } = build
  const disks = snapshotDisks(situation)
  const stop = stopOf(situation)
  if (stop === undefined) {
    const snapshots = snapshotSteps(build, disks, { after: [], again: false })
    return { steps: snapshots, ready: idsOf(snapshots), undo: [] }
  }
  const { id: vmId } = sourceOf(build)
  const name = nameOf(vmId)
  const { startsAgain, isHeld } = stop
  const stopStep: Step = {
    id: 'stop-vm',
    kind: 'stop-vm',
    after: beforeStop,
    title: `${isHeld ? 'keep' : 'deallocate'} VM ${name}${isHeld ? ' stopped' : ''}`,
    reason: isHeld ? 'an earlier run stopped it for the same snapshots' : 'so that all disks are of one moment',
    vmId,
    startsAgain
  }
  const snapshots = snapshotSteps(build, disks, { after: ['stop-vm'], again: !isHeld })
  const verify: Step = {
    id: 'verify-vm-stopped',
    kind: 'verify-vm-stopped',
    after: idsOf(snapshots),
    title: `make sure that VM ${name} is still stopped`,
    reason: 'somebody else may have started it',
    vmId,
    startsAgain
  }
  const start = startsAgain ? startStep(situation, [verify.id]) : []
  return {
    steps: [stopStep, ...snapshots, verify, ...start],
    ready: [verify.id],
    undo: [...start.map(step => startedAgain(step, stopStep.id)), ...withoutUse(situation, verify.id)]
  }
}

/** What an earlier run has stopped for it is started. */
function stepsWithout(situation: Situation): Pick<FromSource, 'steps' | 'undo'> {
  const { source } = situation.observed
  if (source === undefined || situation.spec.image?.stopVm !== true) return { steps: [], undo: [] }
  const start = isOurs(source, situation) ? startStep(situation, []) : []
  return { steps: start, undo: start.map(step => startedAgain(step, step.id)) }
}

/** As long as it isn’t done, it is tried again. */
function startedAgain(step: Step, after: string): Undo {
  return { after, until: step.id, on: ['failed', 'killed'], step: { ...step, after: [] } }
}

/** Snapshots that were not all taken while the VM was stopped: they are not of one moment. */
function withoutUse(situation: Situation, verify: string): Undo[] {
  return snapshotDisks(situation).map(({ role, snapshotId }) => ({
    after: verify,
    until: verify,
    on: ['failed'],
    given: 'vm-has-run',
    step: {
      id: `discard-snapshot-${role}`,
      kind: 'delete-snapshot',
      after: [],
      title: `delete snapshot ${nameOf(snapshotId)}`,
      reason: 'the VM has run while the snapshots were taken',
      housekeeping: true,
      snapshotId
    }
  }))
}

function startStep({ observed: { source } }: Situation, after: string[]): Step[] {
  if (source === undefined) return []
  const { id: vmId } = source
  return [
    {
      id: 'start-vm',
      kind: 'start-vm',
      after,
      title: `start VM ${nameOf(vmId)} again`,
      reason: after.length > 0 ? 'its snapshots are taken' : 'an earlier run stopped it, and couldn’t start it again',
      vmId
    }
  ]
}

/** Neither of them changes a disk. */
const RESTS = /^(stopped|deallocated)$/i
const RUNS = /^(running|starting)$/i

type Stop = {
  /** Whether it ran, now or before an earlier run stopped it: what didn't run is never started. */
  startsAgain: boolean
  /** An earlier run has stopped it, and it hasn't run since: the snapshots that are there are of the same moment. */
  isHeld: boolean
}

/** Undefined where there is nothing to stop, or nothing to stop it for. */
function stopOf(situation: Situation): Stop | undefined {
  const { source } = situation.observed
  if (source === undefined || situation.spec.image?.stopVm !== true || source.generalized) return undefined
  const { powerState = 'running' } = source
  const ours = isOurs(source, situation)
  if (RESTS.test(powerState) && !ours) return undefined
  if (!takesSnapshots(situation, snapshotDisks(situation)) && !ours) return undefined
  return { startsAgain: ours || RUNS.test(powerState), isHeld: ours && /^deallocated$/i.test(powerState) }
}

/** Left by a run that this one may take over from. */
function isOurs(source: Source, { context, observed }: Situation): boolean {
  return ['earlier-attempt', 'ran-out', 'mine'].includes(stateOf(source, context, observed.at))
}

function facts(source: Source): Fact[] {
  const { hyperVGeneration, architecture } = shapeOf(source)
  const state = [source.powerState, source.generalized ? 'generalized' : ''].filter(Boolean).join(', ')
  const disks = [source.osDisk, ...source.dataDisks]
  const size = disks.reduce((sum, { disk }) => sum + (disk?.sizeGB ?? 0), 0)
  const reference = source.imageReference
  const base =
    reference?.publisher === undefined ? reference?.id : [reference.publisher, reference.offer, reference.sku].join(':')
  return [
    { label: 'source', value: `VM ${nameOf(source.id)} in ${source.location} (${state || 'state unknown'})` },
    { label: 'guest', value: `${source.osType}, generation ${hyperVGeneration}, ${architecture}` },
    { label: 'base image', value: base ?? 'not known' },
    {
      label: 'disks',
      value: `${disks.length} (${['OS', ...source.dataDisks.map(({ lun }) => `LUN ${lun}`)].join(', ')}), ${size} GiB`
    }
  ]
}
