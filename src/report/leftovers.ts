/** What the post step has to say: what a run that was killed may have left, and what was undone. */
import { type ArmId, namesOf } from '../model/arm-id.ts'
import type { CallEntry, ReadJournal, StepEntry } from '../model/journal.ts'
import type { StepKind } from '../model/plan.ts'
import { STEP_KINDS, type StepKindRow } from '../model/step-kinds.ts'
import { logLine, oneLine } from '../shared/plain-text.ts'
import type { Annotation } from './annotations.ts'
import { markdownCode, markdownText } from './escape.ts'

const GOING_ON = 'Run the job again with the same inputs: it resumes where it stopped.'
const NODES = 'Until then the nodes of the pool cost money.'
/** More rows than this help nobody. */
const MOST_ROWS = 200

type Leftovers = ReadJournal & {
  /** What the post step did, a line each. */
  undone?: readonly string[]
}

/** After a run that was killed. */
export function renderLeftovers(left: Leftovers): { lines: string; markdown: string; annotation: Annotation } {
  const { lastCall, unfinished, undone = [] } = left
  const rows = standing(left)
  const under = unfinished.map(({ step }) => oneLine(step)).join(', ')
  const headline = `the run was killed${under === '' ? '' : ` in the middle of ${under}`}`
  const advice = [GOING_ON, ...(rows.some(({ kind }) => kind.includes('pool')) ? [NODES] : [])].join(' ')
  const last = lastCall === undefined ? [] : [describeCall(lastCall)]
  const width = Math.max(0, ...rows.map(({ step }) => step.length))
  return {
    lines: [
      `${headline.charAt(0).toUpperCase()}${headline.slice(1)}.`,
      ...rows.map(row => logLine(`  ${row.step.padEnd(width)}  ${row.state.padEnd(9)}  ${row.target}`)),
      ...last.map(line => logLine(`  ${line}`)),
      ...undone.map(line => logLine(`  ${oneLine(line)}`)),
      advice
    ].join('\n'),
    markdown: [
      '## ❌ The run was killed',
      '',
      ...(rows.length === 0 ? ['Nothing that it made stands.'] : table(rows)),
      '',
      ...undoneList([...last, ...undone]),
      advice
    ].join('\n'),
    annotation: { level: 'error', title: 'The run was killed', message: `${headline}\nWhat to do: ${advice}` }
  }
}

/** Whether Azure has seen it can't be known here. */
function describeCall({ at, method, target }: CallEntry): string {
  const time = new Date(at).toISOString().slice(11, 19)
  const [, short = target] = target.split(/\/providers\/[^/]+\//)
  return oneLine(`its last change was asked for at ${time} UTC: ${method} ${short}`)
}

/** After a run that has said itself what stands. */
export function renderUndone(
  undone: readonly string[],
  ended: 'cancelled' | 'failed'
): { lines: string; markdown: string } {
  return {
    lines: [`After the ${ended} run:`, ...undone.map(line => logLine(`  ${oneLine(line)}`))].join('\n'),
    markdown: [`### After the ${ended} run`, '', ...undoneList(undone)].join('\n')
  }
}

function undoneList(undone: readonly string[]): string[] {
  return undone.length === 0 ? [] : [...undone.map(line => `- ${markdownText(line)}`), '']
}

type Row = StepEntry & { state: string }

/** Each thing once; what the run itself deleted is gone. */
function standing({ unfinished, finished }: ReadJournal): Row[] {
  const deleted = finished.filter(entry => does(entry) === 'deletes').map(({ target }) => target)
  const made = finished.filter(entry => does(entry) === 'makes' && !deleted.includes(entry.target))
  const rows = [
    ...made.map(entry => ({ ...entry, state: 'made' })),
    ...unfinished.map(entry => ({ ...entry, state: 'under way' }))
  ]
  return [...new Map(rows.map(row => [row.target, row])).values()]
}

/** A journal can hold anything. */
function does({ kind }: StepEntry): StepKindRow['does'] | undefined {
  return kind in STEP_KINDS ? STEP_KINDS[kind as StepKind].does : undefined
}

function table(rows: readonly Row[]): string[] {
  const more = rows.length > MOST_ROWS ? [`| and ${rows.length - MOST_ROWS} more | | |`] : []
  const line = ({ target, state, title }: Row): string =>
    `| ${markdownCode(namesOf(target as ArmId).join('/'))} | ${state} | ${markdownText(title)} |`
  return ['| What | State | Step |', '| :-- | :-- | :-- |', ...rows.slice(0, MOST_ROWS).map(line), ...more]
}
