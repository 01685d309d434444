/** Writes the inputs of action.yml, with their defaults, as a constant that the bundle can hold. */
import { readActionMetadata } from '../action-metadata.ts'

/** Relative to the repository's root. */
export const target = 'src/inputs/action-defaults.ts'

export function render(): string {
  const defaults = Object.fromEntries(readActionMetadata().inputs.map(input => [input.name, input.default ?? '']))
  return [
    '/** Every input of action.yml with its default (empty: none). Generated from there by `npm run sync`. */',
    `export const ACTION_DEFAULTS = ${JSON.stringify(defaults)} as const`,
    '',
    'export type InputName = keyof typeof ACTION_DEFAULTS',
    '',
    'export const INPUT_NAMES = Object.keys(ACTION_DEFAULTS) as InputName[]',
    ''
  ].join('\n')
}
