/** The commands, by the name that the input `command` gives them. */
import { parseImage } from '../inputs/parse-image.ts'
import { parseRollout } from '../inputs/parse-rollout.ts'
import type { CommandName } from '../model/spec.ts'
import { observe } from '../observe/observe.ts'
import { planRun } from '../plan/plan-run.ts'
import type { Command } from './command.ts'

/** From a source to an image to a pool: each command has one or both ends of it. */
const CHAIN = { observe, plan: planRun } satisfies Partial<Command>

export const COMMANDS: Readonly<Record<CommandName, Command>> = {
  release: {
    ...CHAIN,
    parse: (reader, files) => {
      const image = parseImage(reader)
      return { image, rollout: parseRollout(reader, files, image.publishTo) }
    }
  },
  image: { ...CHAIN, parse: reader => ({ image: parseImage(reader) }) },
  rollout: { ...CHAIN, parse: (reader, files) => ({ rollout: parseRollout(reader, files, undefined) }) }
}
