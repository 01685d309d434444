/** The end of the job log: how each step ended, the nodes, what failed, what stands, and the outputs. */
import { renderFound, renderPlan, heading } from './render-plan.ts'
import type { TextStyle } from './render-plan.ts'
import type { Failure, Outcome, PoolOutcome, StepOutcome } from '../model/outcome.ts'
import type { Plan } from '../model/plan.ts'
import { elapsedText } from '../shared/elapsed.ts'
import { columns, logLine, oneLine, shortLine, wrap } from '../shared/plain-text.ts'
import { nodeTroubles, stateRows } from './node-counts.ts'
import type { Outputs } from './outputs.ts'
import { resizeErrorsTitle, targetsOf } from './pool-state.ts'
import { shortName } from './portal.ts'
import { headlineOf, verdictOf } from './verdict.ts'
import { whatToDo } from './what-to-do.ts'

export { renderFound, renderPlan }

/** More rows than this are counted instead of listed. */
const MOST_ROWS = 100

/** @param plan undefined when the run ended before there was one. */
export function renderOutcome(plan: Plan | undefined, outcome: Outcome, style: TextStyle = {}): string {
  const blocks = [
    [heading(headlineOf(plan, outcome), style), ...block(verdictOf(plan, outcome), '  ')],
    plan?.dryRun === true ? [] : stepLines(outcome, style),
    ...outcome.pools.flatMap(pool => [nodeLines(pool, style), troubleLines(pool, outcome, style)]),
    warningLines(outcome, style),
    outcome.failure === undefined ? [] : failureLines(outcome.failure, outcome, style),
    outcome.failure === undefined ? [] : standingLines(outcome, style)
  ]
  return blocks
    .filter(lines => lines.length > 0)
    .map(lines => lines.map(keepBold).join('\n'))
    .join('\n\n')
}

/** Headings were made safe before they were made bold. */
const keepBold = (line: string): string => (line.startsWith('\u001b[1m') ? line : logLine(line))

const MARKS: Record<StepOutcome['status'], string> = { done: '✓', failed: '✗', cancelled: '×', 'not-started': '·' }

function stepLines({ steps }: Outcome, style: TextStyle): string[] {
  if (steps.length === 0) return []
  const rows = steps
    .slice(0, MOST_ROWS)
    .map(step => [`  ${MARKS[step.status]}`, oneLine(step.id), tookOf(step), noteOf(step)])
  return [heading('Steps', style), ...columns(rows, [2]), ...moreLine(steps.length - MOST_ROWS, 'steps')]
}

function tookOf({ startedAt, endedAt }: StepOutcome): string {
  return startedAt === undefined || endedAt === undefined ? '–' : elapsedText(endedAt - startedAt)
}

function noteOf({ status, note }: StepOutcome): string {
  if (note !== undefined) return shortLine(note, 200)
  return status === 'done' ? '' : status.replace('-', ' ')
}

function nodeLines({ poolName, pool, nodes }: PoolOutcome, style: TextStyle): string[] {
  const wanted = targetsOf(pool)
  const count = (value: number | undefined): string => (value === undefined ? '–' : String(value))
  const rows = [
    ['', 'dedicated', 'low-priority'],
    ...stateRows(nodes).map(row => [`  ${oneLine(row.state)}`, count(row.dedicated), count(row.lowPriority)]),
    ['  present', count(pool.currentDedicatedNodes), count(pool.currentLowPriorityNodes)],
    ['  wanted', count(wanted.dedicated), count(wanted.lowPriority)]
  ]
  return [heading(`Nodes of pool "${poolName}", ${pool.allocationState}`, style), ...columns(rows, [1, 2])]
}

const MOST_NODE_IDS = 5

function troubleLines({ pool, nodes }: PoolOutcome, { startedAt }: Outcome, style: TextStyle): string[] {
  const troubles = nodeTroubles(nodes)
  const resizeErrors = (pool.resize?.errors ?? []).slice(0, 20)
  const nodeRows = troubles.slice(0, 20).flatMap(({ state, text, nodeIds }) => {
    const more = nodeIds.length > MOST_NODE_IDS ? ` and ${nodeIds.length - MOST_NODE_IDS} more` : ''
    const ids = nodeIds
      .slice(0, MOST_NODE_IDS)
      .map(id => shortLine(id, 100))
      .join(' ')
    return [`  ${nodeIds.length} ${oneLine(state)}: ${shortLine(text, 300)}`, `    ${ids}${more}`]
  })
  const errorRows = resizeErrors.flatMap(({ code, message, details }) => [
    `  ${oneLine(code)}: ${shortLine(message, 300)}`,
    ...details.slice(0, 5).map(detail => `    ${oneLine(detail.code)}: ${shortLine(detail.message, 300)}`)
  ])
  return [
    ...(nodeRows.length === 0
      ? []
      : [heading('Unhealthy nodes', style), ...nodeRows, ...moreLine(troubles.length - 20, 'kinds')]),
    ...(errorRows.length === 0 ? [] : [heading(resizeErrorsTitle(pool, startedAt), style), ...errorRows])
  ]
}

function warningLines({ warnings }: Outcome, style: TextStyle): string[] {
  if (warnings.length === 0) return []
  const lines = warnings
    .slice(0, MOST_ROWS)
    .flatMap(({ step, message, wayOut }) => [
      ...block(step === undefined ? message : `${step}: ${message}`, '  '),
      ...block(wayOut, '  → ')
    ])
  return [heading('Warnings', style), ...lines, ...moreLine(warnings.length - MOST_ROWS, 'warnings')]
}

function failureLines(failure: Failure, outcome: Outcome, style: TextStyle): string[] {
  const where = failure.step === undefined ? failure.reason : `${failure.reason} at ${failure.step}`
  // Long enough for a command that is to be copied.
  const details = failure.details.slice(0, MOST_ROWS).map(line => `  ${shortLine(line, 600)}`)
  const advice = whatToDo(failure, outcome).flatMap((text, index) => block(text, `  ${index + 1}. `))
  return [
    heading(`What failed: ${where}`, style),
    ...block(failure.message, '  '),
    ...details,
    ...moreLine(failure.details.length - MOST_ROWS, 'details'),
    '',
    heading('What to do', style),
    ...advice
  ]
}

function standingLines({ standing }: Outcome, style: TextStyle): string[] {
  if (standing.length === 0) return [heading('Left standing: nothing', style)]
  const rows = standing
    .slice(0, MOST_ROWS)
    .map(({ id, role, note }) => [`  ${oneLine(shortName(id))}`, oneLine(role), shortLine(note, 200)])
  return [heading('Left standing', style), ...columns(rows), ...moreLine(standing.length - MOST_ROWS, 'resources')]
}

/** The outputs that have a value, names aligned. */
export function renderOutputs(outputs: Outputs, style: TextStyle = {}): string {
  const rows = Object.entries(outputs)
    .filter(([, value]) => !['', '{}', 'null'].includes(value))
    .map(([name, value]) => [`  ${name}`, shortLine(value, 300)])
  return [heading('Outputs', style), ...columns(rows).map(logLine)].join('\n')
}

function block(text: string, prefix: string): string[] {
  const rest = ' '.repeat(prefix.length)
  return wrap(text, 116 - prefix.length).map((line, index) => (index === 0 ? prefix : rest) + line)
}

const moreLine = (left: number, what: string): string[] => (left > 0 ? [`  … and ${left} more ${what}`] : [])
