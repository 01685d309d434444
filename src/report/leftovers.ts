/** What a run that was killed may have left, from its journal. */
import { namesOf, type ArmId } from '../model/arm-id.ts'
import type { JournalEntry, ReadJournal } from '../model/journal.ts'
import { logLine } from '../shared/plain-text.ts'
import type { Annotation } from './annotations.ts'
import { markdownCode, markdownText } from './escape.ts'

const GOING_ON = 'Run the job again with the same inputs: it takes up what stands and goes on from there.'
const NODES = 'Until then the nodes of the pool cost money.'

export function renderLeftovers({ unfinished, finished }: ReadJournal): {
  lines: string
  markdown: string
  annotation: Annotation
} {
  const rows = standing(unfinished, finished)
  const under = unfinished.map(({ step }) => step).join(', ')
  const headline = `the run was killed${under === '' ? '' : ` in the middle of ${under}`}`
  const advice = [GOING_ON, ...(rows.some(({ kind }) => kind.includes('pool')) ? [NODES] : [])].join(' ')
  const width = Math.max(0, ...rows.map(({ step }) => step.length))
  return {
    lines: [
      `${headline.charAt(0).toUpperCase()}${headline.slice(1)}.`,
      ...rows.map(row => logLine(`  ${row.step.padEnd(width)}  ${row.state.padEnd(9)}  ${row.target}`)),
      advice
    ].join('\n'),
    markdown: [
      '## ❌ The run was killed',
      '',
      ...(rows.length === 0 ? ['Nothing that it made stands.'] : table(rows)),
      '',
      advice
    ].join('\n'),
    annotation: { level: 'error', title: 'The run was killed', message: `${headline}\nWhat to do: ${advice}` }
  }
}

type Row = JournalEntry & { state: string }

/** Each thing once, by what was last done to it; what was deleted doesn't stand. */
function standing(unfinished: readonly JournalEntry[], finished: readonly JournalEntry[]): Row[] {
  const deleted = finished.filter(({ kind }) => kind.startsWith('delete-')).map(({ target }) => target)
  const made = finished.filter(({ kind, target }) => kind.startsWith('create-') && !deleted.includes(target))
  const rows = [
    ...made.map(entry => ({ ...entry, state: 'made' })),
    ...unfinished.map(entry => ({ ...entry, state: 'under way' }))
  ]
  return [...new Map(rows.map(row => [row.target, row])).values()]
}

function table(rows: readonly Row[]): string[] {
  return [
    '| What | State | Step |',
    '| :-- | :-- | :-- |',
    ...rows.map(({ target, state, title }) => {
      return `| ${markdownCode(namesOf(target as ArmId).join('/'))} | ${state} | ${markdownText(title)} |`
    })
  ]
}
