import type { CommandName } from '../model/spec.ts'
import { joinWords, messageOf } from '../shared/text.ts'
import { ACTION_DEFAULTS, COMMAND_NAMES, INPUT_NAMES, NEEDED_BY, USED_BY, type InputName } from './action-defaults.ts'
import { InputError, problemLine, type InputProblem } from './input-error.ts'
import { parseChoice } from './parse-value.ts'

export type InputReader = {
  /** Undefined: it isn't one; everything else is parsed all the same. */
  command: CommandName | undefined
  /** The input's text as it came, or its default; an empty input counts as left out. */
  text(name: InputName): string
  /** Whether it differs from its default: the same value, written out, can't be told from it. */
  isGiven(name: InputName): boolean
  /**
   * The input's value. Where it is missing or wrong, undefined after all, with a problem noted: nothing may be done with it
   * but pass it on, as `throwIfAny` ends the parsing.
   */
  take<T>(name: InputName, parse: (text: string) => T): T
  /** As `take`; an empty input is undefined without a problem. */
  takeOptional<T>(name: InputName, parse: (text: string) => T): T | undefined
  /** `name` as it is typed in a workflow: also of an input that there isn't. */
  complain(name: string, message: string): void
  /** Throws an InputError if there was any problem. */
  throwIfAny(): void
}

/** Reads every input once. Inputs that the command doesn't use are noted as problems, and so are those that it lacks. */
export function readInputs(read: (name: string) => string): InputReader {
  const texts = new Map(INPUT_NAMES.map(name => [name, read(name)]))
  const problems: InputProblem[] = []
  const text = (name: InputName): string => {
    const given = texts.get(name) ?? ''
    return given.trim() === '' ? ACTION_DEFAULTS[name] : given
  }
  const complain = (name: string, message: string): void => void problems.push(problemLine(name, message))
  const take = <T>(name: InputName, parse: (text: string) => T): T => {
    try {
      return parse(text(name).trim())
    } catch (error) {
      const errors: unknown[] = error instanceof AggregateError ? error.errors : [error]
      for (const each of errors) complain(name, messageOf(each))
      return undefined as never
    }
  }
  const reader: InputReader = {
    command: take('command', value => parseChoice(value, COMMAND_NAMES)),
    text,
    isGiven: name => text(name).trim() !== ACTION_DEFAULTS[name],
    take: (name, parse) => (text(name) === '' ? (undefined as never) : take(name, parse)),
    takeOptional: (name, parse) => (text(name) === '' ? undefined : take(name, parse)),
    complain,
    throwIfAny: () => {
      if (problems.length > 0) throw new InputError(problems.toSorted((a, b) => rank(a) - rank(b)))
    }
  }
  if (reader.command !== undefined) checkUse(reader, reader.command)
  return reader
}

const rank = ({ input }: InputProblem): number => INPUT_NAMES.findIndex(name => name === input)

function checkUse(reader: InputReader, command: CommandName): void {
  for (const name of INPUT_NAMES) {
    if (reader.isGiven(name) && !USED_BY[name].includes(command)) {
      const users = joinWords(USED_BY[name], 'and')
      reader.complain(name, `is not used by command "${command}", only by ${users}; leave it out`)
    }
    if (NEEDED_BY[name]?.includes(command) === true && !reader.isGiven(name)) {
      reader.complain(name, `is missing; command "${command}" needs it`)
    }
  }
}
