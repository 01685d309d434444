import { RunError } from '../model/failure.ts'
import { cut, cutInside } from '../shared/plain-text.ts'

export type InputProblem = {
  /** The input's name as it is typed in a workflow. */
  input: string
  message: string
}

/** More of a value than this helps nobody to find it, and an ARM id is shorter. */
const MOST_QUOTED = 400
const MOST_NAME = 100
const MOST_MESSAGE = 1_200
/** More problems than this are not read; the first ones are. */
const MOST_PROBLEMS = 100

/** One line of bounded length, whatever the value that is quoted, or the property's name: both may be megabytes. */
export function problemLine(input: string, message: string): InputProblem {
  const quotesCut = message.replace(/"[^"]{400,}"/g, quoted => `"${cut(quoted.slice(1, -1), MOST_QUOTED)}"`)
  // What is wrong is at the end.
  return { input: cut(input, MOST_NAME), message: cutInside(quotesCut, MOST_MESSAGE).replaceAll(/\s*[\r\n]+\s*/g, ' ') }
}

/** Everything that is wrong with the inputs, in the order of action.yml; the message has one line for each. */
export class InputError extends RunError {
  readonly problems: readonly InputProblem[]

  constructor(problems: readonly InputProblem[]) {
    const lines = problems.slice(0, MOST_PROBLEMS).map(({ input, message }) => `${input}: ${message}`)
    const more = problems.length - lines.length
    super({
      reason: 'input-invalid',
      message: [...lines, ...(more > 0 ? [`and ${more} more`] : [])].join('\n'),
      wayOut: 'correct the inputs and run again; Azure was not called'
    })
    this.name = 'InputError'
    this.problems = problems
  }
}
