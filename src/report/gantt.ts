/**
 * How long each step took, as a Mermaid Gantt chart. Mermaid reads and writes dates in the viewer's time zone; so that
 * its axis counts from 00:00 everywhere, time begins on 2000-01-01 00:00, in days on which no zone put its clock forward.
 */
import type { Outcome, StepOutcome } from '../model/outcome.ts'
import type { Plan, Step, StepKind } from '../model/plan.ts'
import { stepsOf } from '../model/step.ts'
import { STEP_KINDS } from '../model/step-kinds.ts'
import { elapsedText } from '../shared/elapsed.ts'
import { mermaidLabel } from './escape.ts'

const DAY_S = 86_400
/** More rows than this don't fit a screen; steps of a kind are then drawn as one. */
const MOST_ROWS = 24

type Row = { part: string; name: string; fromMs: number; toMs: number; status: StepOutcome['status'] }

/** The chart's text, without a fence; undefined when no step was started. */
export function renderGantt(plan: Plan, outcome: Outcome): string | undefined {
  const rows = rowsOf(plan, outcome)
  if (rows.length === 0) return undefined
  const totalS = Math.max(1, Math.ceil(Math.max(...rows.map(row => row.toMs)) / 1_000))
  const lines = ['gantt', '  dateFormat YYYY-MM-DD HH:mm:ss', `  axisFormat ${axisFormat(totalS)}`, '  todayMarker off']
  for (const part of new Set(rows.map(row => row.part))) {
    lines.push(`  section ${part}`)
    lines.push(...rows.filter(row => row.part === part).map(row => `    ${renderRow(row, totalS)}`))
  }
  return lines.join('\n')
}

/** Of elapsed time: from one day on with the day, counted from 1; short runs with seconds. */
function axisFormat(totalS: number): string {
  if (totalS >= DAY_S) return 'day %-j %H:%M'
  return totalS < 600 ? '%M:%S' : '%H:%M'
}

const MARKS: Record<StepOutcome['status'], string> = { done: '✓', failed: '✗', cancelled: '×', 'not-started': '·' }

/** A name never begins a line's text: a mark does, so that none is read as a keyword or a date. */
function renderRow({ name, fromMs, toMs, status }: Row, totalS: number): string {
  const label = `${MARKS[status]} ${mermaidLabel(name, 40)} · ${elapsedText(toMs - fromMs)}`
  const tag = status === 'done' ? 'done' : 'crit'
  // Shorter bars than 1/200 of the chart can't be seen.
  const lengthS = Math.max(1, Math.round((toMs - fromMs) / 1_000), Math.ceil(totalS / 200))
  return `${label} :${tag}, ${dateOf(Math.round(fromMs / 1_000))}, ${lengthS}s`
}

function dateOf(elapsedS: number): string {
  const [date, time] = new Date(Date.UTC(2000, 0, 1) + Math.max(0, elapsedS) * 1_000).toISOString().split('T')
  return `${date} ${time?.slice(0, 8)}`
}

function rowsOf(plan: Plan, outcome: Outcome): Row[] {
  const byId = new Map(stepsOf(plan).map(step => [step.id, step]))
  const timed = outcome.steps.flatMap(step => timedStep(byId.get(step.id), step, outcome))
  if (timed.length <= MOST_ROWS) return timed.map(({ row }) => row)
  return grouped(timed)
}

type TimedStep = { kind: StepKind; row: Row }

function timedStep(
  step: Step | undefined,
  { id, status, startedAt, endedAt }: StepOutcome,
  outcome: Outcome
): TimedStep[] {
  if (step === undefined || startedAt === undefined) return []
  const fromMs = Math.max(0, startedAt - outcome.startedAt)
  const toMs = Math.max(fromMs, (endedAt ?? outcome.endedAt) - outcome.startedAt)
  return [{ kind: step.kind, row: { part: partOf(step), name: id, fromMs, toMs, status } }]
}

/** The nodes of a temporary pool come by the same kind of step as those of any other. */
function partOf(step: Step): Row['part'] {
  return step.kind === 'scale-pool' && step.proofOf !== undefined ? 'Proof' : STEP_KINDS[step.kind].part
}

/** Steps of one kind that ended alike become one row, from the first one's start to the last one's end. */
function grouped(timed: readonly TimedStep[]): Row[] {
  const groups = Map.groupBy(timed, ({ kind, row }) => `${row.part} ${kind} ${row.status}`)
  return [...groups.values()].flatMap(group => {
    const [first] = group
    if (first === undefined) return []
    if (group.length === 1) return [first.row]
    const fromMs = Math.min(...group.map(({ row }) => row.fromMs))
    const toMs = Math.max(...group.map(({ row }) => row.toMs))
    return [{ ...first.row, name: `${group.length} × ${first.kind}`, fromMs, toMs }]
  })
}
