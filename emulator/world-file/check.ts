import type { Fault } from '../kernel/faults.ts'
import type { WorldFile } from '../kernel/world.ts'
import { behaviourSchema } from './behaviour.ts'
import { faultProblems } from './faults.ts'
import type { Known } from './known.ts'
import { nameProblems } from './names.ts'
import { WorldError, type Problem } from './problems.ts'
import { resourceProblems, topNames } from './resources.ts'
import { problemsOf } from './shapes.ts'

/** Throws a `WorldError` with all that can't be in a world: nothing in a world is overlooked in silence. */
export function checkWorld(world: WorldFile, known: Known): void {
  const top = problemsOf(topNames, world, [])
  if (typeof world !== 'object' || world === null) throw new WorldError('world', top)
  const behaviour = problemsOf(behaviourSchema.optional(), world.behaviour, ['behaviour'])
  const names = behaviour.length === 0 && world.behaviour ? nameProblems(world.behaviour, known) : []
  throwAny('world', [...top, ...resourceProblems(world.resources, known), ...behaviour, ...names])
}

/** Throws a `WorldError` with all that can't be in a script of faults. */
export function checkFaults(faults: readonly Fault[], known: Known): void {
  throwAny('faults', faultProblems(faults, known))
}

function throwAny(of: string, problems: readonly Problem[]): void {
  if (problems.length > 0) throw new WorldError(of, problems)
}
