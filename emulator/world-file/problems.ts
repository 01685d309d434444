export type Path = readonly (string | number)[]

/** Something in a world file, or in a script of faults, that can't be. */
export type Problem = { path: Path; value: unknown; message: string }

/** Everything that is wrong with a world, together: a person mends a file once. */
export class WorldError extends Error {
  readonly problems: readonly Problem[]

  constructor(of: string, problems: readonly Problem[]) {
    super(told(of, problems))
    this.name = 'WorldError'
    this.problems = problems
  }
}

/** A line that says of what, and one for each problem. */
export const told = (of: string, problems: readonly Problem[]): string =>
  [
    `${of}: ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}`,
    ...problems.map(problem => `  ${textOf(problem)}`)
  ].join('\n')

const textOf = ({ path, value, message }: Problem): string => {
  const shown = JSON.stringify(value) ?? 'nothing'
  return `${pathText(path)} (${shown.length > 80 ? `${shown.slice(0, 79)}…` : shown}): ${message}`
}

/** As one would write it in JavaScript: `behaviour.durationsMs["pool.delete"]`. */
const pathText = (path: Path): string =>
  path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`
      if (!/^\w+$/.test(part)) return `[${JSON.stringify(part)}]`
      return index === 0 ? part : `.${part}`
    })
    .join('')
