/** Inputs that nobody declared: the runner only warns of them, and a misspelt `dry_run: true` would be a real run. */
import { nearest } from '../shared/text.ts'
import { INPUT_NAMES } from './action-defaults.ts'
import type { InputProblem } from './input-error.ts'

const PREFIX = 'INPUT_'

/** The variable that the runner hands an input over in: blanks become underscores, hyphens stay. */
const variableOf = (name: string): string => `${PREFIX}${name.replaceAll(' ', '_').toUpperCase()}`

export function undeclaredInputs(env: Readonly<Record<string, string | undefined>>): InputProblem[] {
  const declared = new Set(INPUT_NAMES.map(variableOf))
  return Object.keys(env)
    .filter(variable => variable.startsWith(PREFIX) && variable !== PREFIX && !declared.has(variable))
    .map(variable => {
      const input = variable.slice(PREFIX.length).toLowerCase()
      const meant = nearest(input.replaceAll('_', '-'), INPUT_NAMES)
      const wayOut = meant === undefined ? 'leave it out, under with as under env' : `did you mean "${meant}"?`
      return { input, message: `is not an input of this action, and ${variable} is set; ${wayOut}` }
    })
}
