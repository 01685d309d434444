/** Writes the inputs of action.yml, with their defaults and the commands that use them, as constants that the bundle can hold. */
import type { CommandName } from '../../src/model/spec.ts'
import { readActionMetadata, type ActionInput } from '../action-metadata.ts'

/** Relative to the repository's root. */
export const target = 'src/inputs/action-defaults.ts'

const COMMANDS: Readonly<Record<CommandName, true>> = { release: true, image: true, rollout: true }

export function render(): string {
  const { inputs } = readActionMetadata()
  const by = <T>(value: (input: ActionInput) => T): Record<string, T> =>
    Object.fromEntries(inputs.map(input => [input.name, value(input)]))
  return [
    '/** Every input of action.yml with its default (empty: none). Generated from there by `npm run sync`. */',
    "import type { CommandName } from '../model/spec.ts'",
    '',
    `export const ACTION_DEFAULTS = ${JSON.stringify(by(input => input.default ?? ''))} as const`,
    '',
    'export type InputName = keyof typeof ACTION_DEFAULTS',
    '',
    'export const INPUT_NAMES = Object.keys(ACTION_DEFAULTS) as InputName[]',
    '',
    `export const COMMAND_NAMES = ${JSON.stringify(Object.keys(COMMANDS))} as const satisfies readonly CommandName[]`,
    '',
    '/** Which command uses which input: “Used by …” or “Needed by …” of its description, else all of them. */',
    `export const USED_BY: Readonly<Record<InputName, readonly CommandName[]>> = ${JSON.stringify(by(({ name, description }) => usersOf(name, description)?.commands ?? Object.keys(COMMANDS)))}`,
    '',
    '/** And which can’t do without it. One of several inputs that serve is judged where they are parsed. */',
    `export const NEEDED_BY: Partial<Record<InputName, readonly CommandName[]>> = ${JSON.stringify(
      Object.fromEntries(
        inputs.flatMap(({ name, description }) => {
          const users = usersOf(name, description)
          return users?.isNeeded === true ? [[name, users.commands]] : []
        })
      )
    )}`,
    ''
  ].join('\n')
}

/** @throws Error for a command that there isn’t */
export function usersOf(input: string, description: string): { commands: string[]; isNeeded: boolean } | undefined {
  const [, how, list = '', end] = /\b(Used|Needed) by ((?:`[a-z]+`(?:, | and )?)+)(.)/.exec(description) ?? []
  if (how === undefined) return undefined
  const commands = [...list.matchAll(/`([a-z]+)`/g)].map(([, name = '']) => name)
  const unknown = commands.filter(name => !(name in COMMANDS))
  if (unknown.length > 0) {
    throw new Error(
      `action.yml: ${input}: "${how} by ${unknown.join(', ')}"; commands are ${Object.keys(COMMANDS).join(', ')}`
    )
  }
  return { commands, isNeeded: how === 'Needed' && end === '.' }
}
