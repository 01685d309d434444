/** Golden transcripts: text that was read and approved, compared to the letter. `UPDATE_GOLDEN=1` writes them anew. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect } from '@jest/globals'

const folder = join(import.meta.dirname, '../scenario/golden')

/** Compares `text` with `golden/<name>.txt`. In CI a transcript is never written. */
export function expectGolden(name: string, text: string): void {
  const path = join(folder, `${name}.txt`)
  const update = process.env['UPDATE_GOLDEN'] === '1'
  if (update && process.env['CI'])
    throw new Error('UPDATE_GOLDEN is not for CI: a transcript is read before it is committed')
  if (update) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    return
  }
  if (!existsSync(path)) throw new Error(`${path} is missing; run with UPDATE_GOLDEN=1, and read what it wrote`)
  expect(text).toBe(readFileSync(path, 'utf8'))
}
