/** One cell: a run that is disturbed, the post step where it is killed or cancelled, and the next run. */
import {
  createEmulator,
  type Emulator,
  type EmulatorAnswer,
  type EmulatorRequest,
  type Exchange
} from '../../emulator/index.ts'
import { RunError } from '../../src/model/failure.ts'
import { brokenContracts } from '../support/contract/keeps-contracts.ts'
import { vmNow, type VmNow } from '../support/somebody-else.ts'
import { IDS, STORY_STARTS_AT, tellPost, tellStory, type Told, type World } from '../support/story.ts'
import { inVirtualTime } from '../support/virtual-time.ts'
import type { Cell } from './cells.ts'
import { disturbanceOf, LONG_RUNNING, type Disturbance } from './disturbances.ts'
import { disturb } from './disturbed.ts'
import { judge } from './judge.ts'
import { storyOf, worldOf } from './stories.ts'
import { SETTLES_MS, type Calm } from './trace.ts'

export type Tried = {
  cell: Cell
  /** `succeeded`, `killed`, or the failure-reason. */
  ended: string
  /** What should not have been, a line each. */
  wrong: string[]
}

export type Life = {
  cell: Cell
  disturbance: Disturbance
  told: Told
  /** After run and post step, before the next run. */
  between: ReturnType<Emulator['state']>
  next: Told
  end: ReturnType<Emulator['state']>
  /** With Azure, of both runs and the post step. */
  exchanges: readonly Exchange[]
  cancelledAfterMs?: number
  /** The source VM then, and in the end. */
  vm: { between: VmNow; end: VmNow }
  reached: boolean
  undone: string[]
}

/** Longer than the deadline; the next run begins when it is over. */
const ENDLESS_MS = 12 * 3_600_000

export async function tryCell(cell: Cell, calm: Calm): Promise<Tried> {
  const life = await live(cell)
  const { told } = life
  // One that is cancelled when all that decides is done has succeeded, whatever the runner makes of it.
  const reason = told.killed ? 'killed' : told.outputs['failure-reason']
  const ended = reason === '' ? 'succeeded' : reason
  return {
    cell,
    ended,
    wrong: [...judge(life, calm), ...(await brokenContracts(life.exchanges, 'requests and answers'))]
  }
}

export async function live(cell: Cell): Promise<Life> {
  const story = storyOf(cell.story)
  const disturbance = disturbanceOf(cell.disturbance)
  const slow = slowed(disturbance, cell)
  const calmWorld = await worldOf(story)
  const world = await worldOf(story, slow)
  return inVirtualTime(STORY_STARTS_AT, async clock => {
    const emulator = createEmulator({ world, clock: () => clock.now() })
    const cancel = new AbortController()
    let cancelledAt: number | undefined
    const azure = disturb(emulator, cell, () => {
      cancelledAt = clock.now()
      cancel.abort(
        new RunError({
          reason: 'cancelled',
          message: 'the run was cancelled (SIGINT)',
          wayOut: 'run it again with the same inputs'
        })
      )
    })
    const first = {
      inputs: story.inputs,
      context: { nonce: 'first' },
      killedAt: azure.killedAt,
      cancel: cancel.signal
    }
    const told = await tellStory(azure.emulator, clock, first)
    const endedAt = clock.now()
    const undone = told.ok ? [] : await tellPost(emulator, clock, { story: first, told })
    const between = emulator.state()
    const vmBetween = vmNow(emulator, IDS.vm)
    if (disturbance.wrong.kind === 'operation') await clock.sleep(ENDLESS_MS + 3_600_000)
    const later = Object.keys(slow).length === 0 ? emulator : fixed(emulator, calmWorld, () => clock.now())
    const next = await tellStory(later, clock, {
      inputs: story.inputs,
      context: { nonce: 'next', runAttempt: 2 }
    })
    await clock.sleep(SETTLES_MS)
    return {
      cell,
      disturbance,
      told,
      between,
      next,
      end: later.state(),
      vm: { between: vmBetween, end: vmNow(later, IDS.vm) },
      exchanges: [...emulator.journal(), ...(later === emulator ? [] : later.journal())],
      reached: azure.reached(),
      undone,
      ...(cancelledAt === undefined ? {} : { cancelledAfterMs: endedAt - cancelledAt })
    }
  })
}

function slowed({ wrong }: Disturbance, { exchange }: Cell): Record<string, number> {
  if (wrong.kind !== 'operation' || wrong.outcome !== 'endless') return {}
  const keys = LONG_RUNNING[exchange.operation]?.(exchange) ?? []
  return Object.fromEntries(keys.map(key => [key, ENDLESS_MS]))
}

/** The same Azure, whose operations take their usual time again: everything that was under way has ended. */
function fixed(emulator: Emulator, world: World, clock: () => number): Emulator {
  return createEmulator({ world: { ...world, resources: emulator.state() }, clock })
}

export type { EmulatorAnswer, EmulatorRequest }
