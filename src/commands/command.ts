/** A command of the action: what it reads from the inputs, what it looks at in Azure, and what it plans. */
import type { Azure } from '../azure/gateway.ts'
import type { InputReader } from '../inputs/input-reader.ts'
import type { InputFiles } from '../inputs/parse-pool.ts'
import type { Observed } from '../model/observed.ts'
import type { Plan } from '../model/plan.ts'
import type { ImageSpec, RolloutSpec, RunContext, RunSpec } from '../model/spec.ts'

/** Of a Spec, what is the command’s own. */
type CommandSpec = { image?: ImageSpec; rollouts: RolloutSpec[] }

export type Command = {
  /** Everything that is wrong is a complaint to the reader; only then is what is returned whole. */
  parse(reader: InputReader, files: InputFiles): CommandSpec
  /**
   * @param at ms since the epoch; decides the day of an `auto` version
   * @returns what was seen, once for each pool; where there is none, once
   */
  observe(azure: Azure, spec: RunSpec, at: number): Promise<Observed[]>
  /** Pure. `observed` as `observe` has returned it. */
  plan(spec: RunSpec, observed: readonly Observed[], context: RunContext): Plan
}
