/** The parts of a summary that show the plan and what it rests on. */
import type { Json } from '../model/json.ts'
import type { Outcome, StepOutcome } from '../model/outcome.ts'
import type { Difference, Finding, Plan, Step } from '../model/plan.ts'
import { endingLines } from './endings.ts'
import { elapsedText } from '../shared/elapsed.ts'
import { cut, shortLine } from '../shared/plain-text.ts'
import { markdownCode, markdownLink, markdownText } from './escape.ts'
import type { Section } from './section.ts'
import { tableHead, tableRow } from './section.ts'

const MARKS: Record<StepOutcome['status'], string> = { done: '✅', failed: '❌', cancelled: '⛔', 'not-started': '⏸️' }

/** Every step with its reason; after a real run also how it ended and how long it took. */
export function planSection(plan: Plan, outcome: Outcome): Section {
  const reasons = [
    ...(plan.image === undefined ? [] : [reasonLine('Image', plan.image)]),
    ...plan.pools.map(pool => reasonLine('Pool', pool))
  ]
  const lead = ['### Plan', '', ...reasons, ...(reasons.length === 0 ? [] : [''])]
  const count = plan.steps.length === 1 ? '1 step' : `${plan.steps.length} steps`
  if (plan.steps.length === 0) {
    return { lead: [...lead, noSteps(plan)], items: [], what: '', importance: 50 }
  }
  const byId = new Map(outcome.steps.map(step => [step.id, step]))
  const titles = plan.dryRun ? ['Step', 'What it does', 'Why', 'After'] : ['', 'Step', 'What it does', 'Why', 'Took:']
  return {
    lead: [...lead, `<details><summary>${count}, each with its reason</summary>`, '', ...tableHead(titles)],
    items: [...plan.steps, ...rollbackSteps(plan, byId)].map(step =>
      plan.dryRun ? plannedRow(step) : performedRow(step, byId.get(step.id))
    ),
    tail: ['', '</details>'],
    what: 'steps',
    importance: 50
  }
}

/** Those that were begun: what is planned for a failure that didn’t come is no step of the run. */
function rollbackSteps({ rollbacks = [] }: Plan, byId: ReadonlyMap<string, StepOutcome>): Step[] {
  const begun = rollbacks.filter(({ steps }) => steps.some(({ id }) => byId.has(id)))
  return begun.flatMap(({ steps }) => steps)
}

function reasonLine(what: string, { decision, reason }: { decision: string; reason: string }): string {
  return `- ${what}: **${decision}**, because ${markdownText(cut(reason, 1_000))}`
}

function noSteps(plan: Plan): string {
  return plan.findings.some(({ severity }) => severity === 'error')
    ? 'No steps: a check says that this can’t work.'
    : 'No steps: everything is as wanted.'
}

function plannedRow(step: Step): string {
  return tableRow([...stepCells(step), afterCell(step.after)])
}

function performedRow(step: Step, outcome: StepOutcome | undefined): string {
  const { startedAt, endedAt, status = 'not-started' } = outcome ?? {}
  const took =
    startedAt === undefined || endedAt === undefined ? '' : elapsedText(endedAt - startedAt).replace(' ', '\u00a0')
  return tableRow([MARKS[status], ...stepCells(step), took])
}

function stepCells({ id, title, reason }: Step): string[] {
  return [markdownCode(cut(id, 100)), markdownText(cut(title, 300)), markdownText(cut(reason, 600))]
}

const MOST_AFTER = 3

function afterCell(after: readonly string[]): string {
  const named = after.slice(0, MOST_AFTER).map(id => markdownCode(cut(id, 100)))
  const more = after.length - named.length
  return `${named.join(' ')}${more > 0 ? ` and ${more} more` : ''}`
}

const NEEDS: Record<Difference['needs'], string> = {
  patch: 'with nodes present',
  'zero-nodes': 'only at zero nodes',
  'another-pool': 'only by another pool'
}

/** What is undone, and when. */
export function endingsSection(plan: Plan): Section | undefined {
  const lines = endingLines(plan)
  if (lines.length === 0) return undefined
  return {
    lead: ['<details><summary>If the run ends half-way</summary>', '', ...tableHead(['Between', 'What is done then'])],
    items: lines.map(({ stretch, what }) => tableRow([markdownCode(cut(stretch, 200)), markdownText(cut(what, 600))])),
    tail: ['', '</details>'],
    what: 'lines',
    importance: 45
  }
}

/** As a `diff` block: values may be long, and no line of it begins with what could end the block. */
export function differencesSections({ pools }: Plan): Section[] {
  return pools
    .filter(({ differences }) => differences.length > 0)
    .map(({ differences }) => ({
      lead: ['### Differences of the pool', '', '```diff'],
      items: differences.map(differenceLines),
      tail: ['```'],
      what: 'differences',
      importance: 65
    }))
}

function differenceLines({ path, present, wanted, needs }: Difference): string {
  const [from, to] = withoutCommonStart(valueText(present), valueText(wanted))
  return [`@@ ${shortLine(path, 300)} @@ can change ${NEEDS[needs]}`, `- ${from}`, `+ ${to}`].join('\n')
}

/** Two ids that differ only at their end, from three segments before the one that differs: `…/images/a/versions/1.0.0`. */
function withoutCommonStart(from: string, to: string): [string, string] {
  if (!from.startsWith('/subscriptions/') || !to.startsWith('/subscriptions/')) return [from, to]
  const [a, b] = [from.split('/'), to.split('/')]
  const same = a.findIndex((segment, index) => segment !== b[index])
  const start = (same === -1 ? a.length : same) - 3
  const tail = (segments: string[]): string => `…/${segments.slice(start).join('/')}`
  return start < 3 ? [from, to] : [tail(a), tail(b)]
}

function valueText(value: Json | undefined): string {
  if (value === undefined) return '(not set)'
  return shortLine(typeof value === 'string' ? value : JSON.stringify(value), 500)
}

const SEVERITIES: readonly Finding['severity'][] = ['error', 'warning', 'note']
const SIGNS: Record<Finding['severity'], string> = { error: '❌ error', warning: '⚠️ warning', note: 'ℹ️ note' }

/** Checks that have something to say, errors first. */
export function checksSection({ findings }: Plan): Section | undefined {
  if (findings.length === 0) return undefined
  const sorted = SEVERITIES.flatMap(severity => findings.filter(finding => finding.severity === severity))
  return {
    lead: ['### Checks', '', ...tableHead(['', 'Check', 'What it says', 'What to do'])],
    items: sorted.map(({ severity, rule, message, wayOut, source }) =>
      tableRow([
        SIGNS[severity],
        markdownLink(markdownCode(cut(rule, 100)), source),
        markdownText(cut(message, 1_000)),
        markdownText(cut(wayOut, 1_000))
      ])
    ),
    what: 'checks',
    importance: 68
  }
}

export function foundSection({ found }: Plan): Section | undefined {
  if (found.length === 0) return undefined
  return {
    lead: ['<details><summary>What the plan rests on</summary>', '', ...tableHead(['', 'Found'])],
    items: found.map(({ label, value }) => tableRow([markdownText(cut(label, 200)), markdownText(cut(value, 1_000))])),
    tail: ['', '</details>'],
    what: 'facts',
    importance: 40
  }
}
