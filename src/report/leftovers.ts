/** What a run that was killed may have left, from its journal. */
import type { JournalEntry, ReadJournal } from '../model/journal.ts'
import { logLine } from '../shared/plain-text.ts'
import type { Annotation } from './annotations.ts'
import { markdownCode, markdownText } from './escape.ts'

const GOING_ON = 'Run the job again with the same inputs: it takes up what stands and goes on from there.'

export function renderLeftovers({ unfinished, finished }: ReadJournal): {
  lines: string
  markdown: string
  annotation: Annotation
} {
  const stands = [...unfinished, ...finished.filter(({ kind }) => kind.startsWith('create-'))]
  const how = (entry: JournalEntry): string => (unfinished.includes(entry) ? 'was under way' : 'is done')
  const headline = `the run was killed${unfinished.length === 0 ? '' : ` in the middle of ${unfinished.map(({ step }) => step).join(', ')}`}`
  return {
    lines: [
      headline,
      ...stands.map(entry => logLine(`  ${entry.step}  ${how(entry)}  ${entry.target}`)),
      GOING_ON
    ].join('\n'),
    markdown: [
      '## ❌ The run was killed',
      '',
      '| step | what | state |',
      '| --- | --- | --- |',
      ...stands.map(entry => `| ${markdownText(entry.title)} | ${markdownCode(entry.target)} | ${how(entry)} |`),
      '',
      GOING_ON
    ].join('\n'),
    annotation: { level: 'error', title: 'The run was killed', message: `${headline}; ${GOING_ON}` }
  }
}
