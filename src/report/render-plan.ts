/** A plan as text for a job log: what was found, what the checks say, what will be done and why. */
import { nameOf } from '../model/arm-id.ts'
import type { Json } from '../model/json.ts'
import type { Difference, Finding, Plan, Step } from '../model/plan.ts'
import { endingLines } from './endings.ts'
import { columns, logLine, oneLine, shortLine, wrap } from '../shared/plain-text.ts'

export type TextStyle = {
  /** Headings in bold by ANSI; off by default. */
  bold?: boolean
  /** Columns of a line, as far as words allow; 120 by default. */
  width?: number
}

const WIDTH = 120
/** More differences, findings or steps of one kind than this are counted instead of listed. */
const MOST_LINES = 100

export function heading(text: string, { bold = false }: TextStyle = {}): string {
  const line = logLine(oneLine(text))
  return bold ? `\u001b[1m${line}\u001b[22m` : line
}

/** What the plan rests on, a line a fact. */
export function renderFound({ found }: Plan, style: TextStyle = {}): string {
  if (found.length === 0) return ''
  const rows = columns(found.map(({ label, value }) => [`  ${oneLine(label)}`, oneLine(value)]))
  return [heading('Found', style), ...rows.map(logLine)].join('\n')
}

/** Checks, differences and steps, each with its reason. */
export function renderPlan(plan: Plan, style: TextStyle = {}): string {
  const blocks = [
    checkLines(plan.findings, style),
    decisionLines(plan, style),
    differenceLines(plan, style),
    stepLines(plan, style),
    undoLines(plan, style)
  ]
  return blocks
    .filter(block => block.length > 0)
    .map(block => block.join('\n'))
    .join('\n\n')
}

const SEVERITIES: readonly Finding['severity'][] = ['error', 'warning', 'note']

function checkLines(findings: readonly Finding[], style: TextStyle): string[] {
  if (findings.length === 0) return []
  const sorted = SEVERITIES.flatMap(severity => findings.filter(finding => finding.severity === severity))
  const heads = columns(sorted.map(({ severity, rule }) => [`  ${severity}`, oneLine(rule)]))
  const lines = sorted.flatMap(({ message, wayOut }, index) => [
    heads[index] ?? '',
    ...indented(message, 11, style),
    ...indented(wayOut, 11, style, '→ ')
  ])
  return [heading('Checks', style), ...limited(lines, 'lines')]
}

function decisionLines({ command, dryRun, image, pools }: Plan, style: TextStyle): string[] {
  const rows = [
    ...(image === undefined ? [] : [['  image', oneLine(image.imageName), image.decision, oneLine(image.reason)]]),
    ...pools.map(({ poolId, decision, reason }) => ['  pool', oneLine(nameOf(poolId)), decision, oneLine(reason)])
  ]
  const title = dryRun ? `Plan of ${command} (dry run: nothing will be changed)` : `Plan of ${command}`
  return [heading(title, style), ...columns(rows).map(logLine)]
}

function differenceLines({ pools }: Plan, style: TextStyle): string[] {
  const differing = pools.filter(({ differences }) => differences.length > 0)
  return differing.flatMap(({ poolId, differences }) => {
    const which = pools.length === 1 ? 'the pool' : `pool ${nameOf(poolId)}`
    return [heading(`Differences of ${which}`, style), ...limited(differences.flatMap(differenceOf), 'lines')]
  })
}

const NEEDS: Record<Difference['needs'], string> = {
  patch: 'can change with nodes present',
  'zero-nodes': 'can change only at zero nodes',
  'another-pool': 'can change only by another pool'
}

function differenceOf({ path, present, wanted, needs }: Difference): string[] {
  return [`  ${oneLine(path)} (${NEEDS[needs]})`, `    - ${valueText(present)}`, `    + ${valueText(wanted)}`]
}

function valueText(value: Json | undefined): string {
  if (value === undefined) return '(not set)'
  return shortLine(typeof value === 'string' ? value : JSON.stringify(value), 200)
}

function stepLines({ steps, findings }: Plan, style: TextStyle): string[] {
  if (steps.length === 0) {
    const failed = findings.some(({ severity }) => severity === 'error')
    return [failed ? 'No steps: a check says that this can’t work' : 'No steps: everything is as wanted']
  }
  const numberWidth = String(steps.length).length
  const idWidth = Math.max(...steps.map(({ id }) => id.length))
  const heads = steps.map(({ id, title }, index) => {
    return `  ${String(index + 1).padStart(numberWidth)}  ${oneLine(id).padEnd(idWidth)}  ${oneLine(title)}`
  })
  const indent = numberWidth + idWidth + 6
  const lines = steps.map((_, index) => [logLine(heads[index] ?? ''), ...reasonLines(steps, index, indent, style)])
  const shown = lines.slice(0, MOST_LINES).flat()
  const left = lines.length - MOST_LINES
  const count = steps.length === 1 ? '1 step' : `${steps.length} steps`
  return [heading(count, style), ...shown, ...(left > 0 ? [`  … and ${left} more steps`] : [])]
}

/** Of a plan that owes nothing on its way there is nothing to say. */
function undoLines(plan: Plan, style: TextStyle): string[] {
  const rows = endingLines(plan).map(({ stretch, what }) => [`  ${oneLine(stretch)}`, oneLine(what)])
  return rows.length === 0 ? [] : [heading('If the run ends half-way', style), ...columns(rows).map(logLine)]
}

/** Below the last of the steps that follow one another with the same reason. */
function reasonLines(steps: readonly Step[], index: number, indent: number, style: TextStyle): string[] {
  const reason = steps[index]?.reason ?? ''
  const isLastShown = index === MOST_LINES - 1
  if (steps[index + 1]?.reason === reason && !isLastShown) return []
  let first = index
  while (steps[first - 1]?.reason === reason) first -= 1
  const count = index - first + 1
  return indented(count === 1 ? reason : `${count === 2 ? 'both' : `all ${count}`}: ${reason}`, indent, style, '· ')
}

function indented(text: string, indent: number, { width = WIDTH }: TextStyle, first = ''): string[] {
  const lines = wrap(text, Math.max(40, width - indent - first.length))
  return lines.map((line, index) =>
    logLine(' '.repeat(indent) + (index === 0 ? first : ' '.repeat(first.length)) + line)
  )
}

function limited(lines: readonly string[], what: string): string[] {
  const most = 3 * MOST_LINES
  const shown = lines.slice(0, most).map(logLine)
  return lines.length <= most ? shown : [...shown, `  … and ${lines.length - most} more ${what}`]
}
