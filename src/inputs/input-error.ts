import { RunError } from '../model/failure.ts'

export type InputProblem = {
  /** The input's name as it is typed in a workflow. */
  input: string
  message: string
}

/** Everything that is wrong with the inputs, in the order of action.yml; the message has one line for each. */
export class InputError extends RunError {
  readonly problems: readonly InputProblem[]

  constructor(problems: readonly InputProblem[]) {
    super(
      'input-invalid',
      problems.map(({ input, message }) => `${input}: ${message}`).join('\n'),
      'correct the inputs and run again; Azure was not called'
    )
    this.name = 'InputError'
    this.problems = problems
  }
}
