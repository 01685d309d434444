/** The commands, by the name that the input `command` gives them. */
import { parseImage } from '../inputs/parse-image.ts'
import { parseRollouts } from '../inputs/parse-rollout.ts'
import type { CommandName } from '../model/spec.ts'
import { observeRun } from '../observe/observe.ts'
import { planRun } from '../plan/plan-run.ts'
import type { Command } from './command.ts'

/** From a source to an image to a pool: each command has one or both ends of it. */
const CHAIN = { observe: observeRun, plan: planRun } satisfies Partial<Command>

export const COMMANDS: Readonly<Record<CommandName, Command>> = {
  release: {
    ...CHAIN,
    parse: (reader, files) => {
      const image = parseImage(reader)
      return { image, rollouts: parseRollouts(reader, files, image.publishTo) }
    }
  },
  image: { ...CHAIN, parse: reader => ({ image: parseImage(reader), rollouts: [] }) },
  rollout: { ...CHAIN, parse: (reader, files) => ({ rollouts: parseRollouts(reader, files, undefined) }) }
}
