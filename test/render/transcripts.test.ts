import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import mermaid from 'mermaid'
import { diagramsOf } from './page.ts'

const folder = join(import.meta.dirname, '../scenario/golden')
const transcripts = readdirSync(folder).map(name => [name, readFileSync(join(folder, name), 'utf8')] as const)
const withDiagrams = transcripts.filter(([, text]) => text.includes('```mermaid'))

test.each(withDiagrams)('every diagram of %s is one that Mermaid can read', async (_, text) => {
  for (const diagram of diagramsOf(text)) expect(await mermaid.parse(diagram)).toMatchObject({ diagramType: 'gantt' })
})

test('there are summaries with diagrams to read', () => {
  expect(withDiagrams.length).toBeGreaterThan(15)
})
