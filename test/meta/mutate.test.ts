import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { EQUIVALENTS } from '../../scripts/mutate/equivalents.ts'
import { readText, root } from './repository-files.ts'

test.each(EQUIVALENTS.map(one => [`${one.file}: ${one.line}`, one] as const))(
  'a change that nobody can tell is of a line that is there: %s',
  (_, { file, line }) => {
    expect(existsSync(join(root, file))).toBe(true)
    const lines = readText(file).split('\n')
    expect(lines.some(one => one.trim().includes(line))).toBe(true)
  }
)
