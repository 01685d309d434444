import { execFileSync } from 'node:child_process'
import { expect } from '@jest/globals'
import { findAz } from '../../scripts/clients/az-cli.ts'
import { workWithAz } from '../../scripts/clients/az.ts'
import { azCommandsIn, PAGES } from '../support/doc-blocks.ts'
import { testIf } from '../support/test-if.ts'

const found = findAz(process.env)
const missing = process.env['RUN_CLIENTS'] === undefined ? 'RUN_CLIENTS is not set; a minute an az' : undefined

for (const az of found.length === 0 ? ['az'] : found) {
  testIf(found.length === 0 ? 'no az' : missing)(
    `${az}, which nobody here wrote, works the chain by hand on the embedded Azure`,
    async () => {
      const { rows } = await workWithAz(az)
      expect(rows.filter(({ result }) => result === 'failed')).toEqual([])
      expect(rows.length).toBeGreaterThan(55)
    },
    300_000
  )

  testIf(found.length === 0 ? 'no az' : missing)(
    `${az} knows every command of az in the pages, with its options`,
    () => {
      const commands = PAGES.flatMap(azCommandsIn)
      expect(commands.length).toBeGreaterThan(40)
      expect(commands.filter(command => !isKnown(az, command))).toEqual([])
    },
    300_000
  )
}

const helps = new Map<string, string>()

function isKnown(az: string, command: string): boolean {
  const [, words = ''] = /^az ((?:[a-z][\w-]*\s?)+)/.exec(command) ?? []
  const options = command.match(/(?<=\s)--[a-z][a-z-]*/g) ?? []
  const help = helps.get(words) ?? helpOf(az, words)
  helps.set(words, help)
  return options.every(option => new RegExp(`^ +(?:-\\S+ )*${option}(?![\\w-])`, 'm').test(help)) && help !== ''
}

/** Empty where there is no such command. */
function helpOf(az: string, words: string): string {
  try {
    return execFileSync(az, [...words.trim().split(' '), '--help'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore']
    })
  } catch {
    return ''
  }
}
