/** The job summary, in GitHub's Markdown: what happened, and on failure what failed, what stands and what to do. */
import type { Outcome } from '../model/outcome.ts'
import type { Plan } from '../model/plan.ts'
import type { CloudChoice, RunContext } from '../model/spec.ts'
import { markdownCode, markdownLink, markdownText } from './escape.ts'
import type { Section } from './section.ts'
import { renderSections } from './section.ts'
import { failureSections } from './summary-failure.ts'
import {
  idsSection,
  nodesSection,
  replicationSection,
  resizeErrorsSection,
  smokeTestSection,
  timeSection,
  touchedSection,
  troublesSection,
  warningsSection
} from './summary-outcome.ts'
import { checksSection, differencesSections, endingsSection, foundSection, planSection } from './summary-plan.ts'
import { headlineOf, verdictOf } from './verdict.ts'

/** GitHub takes 1 MiB a step; the summary stays below this. */
export const MOST_SUMMARY_BYTES = 1_000_000

export type SummaryInput = {
  /** Undefined when the run ended before there was one. */
  plan: Plan | undefined
  outcome: Outcome
  cloud: CloudChoice
  run?: RunContext
  /** `MOST_SUMMARY_BYTES` by default. */
  limitBytes?: number
}

/** Always below `limitBytes` in UTF-8; what was left out for that is said where it was. */
export function renderSummary(input: SummaryInput): string {
  const { plan, outcome, cloud } = input
  const about = plan === undefined ? [] : planSections(plan, outcome, cloud)
  const sections = [
    headSection(input),
    ...failureSections(plan, outcome, cloud),
    warningsSection(outcome),
    ...about,
    footSection(input)
  ]
  return renderSections(
    sections.filter(section => section !== undefined),
    input.limitBytes ?? MOST_SUMMARY_BYTES
  )
}

function planSections(plan: Plan, outcome: Outcome, cloud: CloudChoice): (Section | undefined)[] {
  const steps = planSection(plan, outcome)
  const result = [
    ...outcome.pools.flatMap(pool => [
      nodesSection(pool),
      troublesSection(pool),
      resizeErrorsSection(pool, outcome.startedAt)
    ]),
    ...outcome.smokeTests.map(smokeTestSection),
    touchedSection(plan, outcome, cloud),
    idsSection(plan, outcome),
    replicationSection(outcome),
    timeSection(plan, outcome)
  ]
  const basis = [...differencesSections(plan), checksSection(plan)]
  const found = foundSection(plan)
  return plan.dryRun ? [...basis, ...result, steps, endingsSection(plan), found] : [...result, ...basis, steps, found]
}

function headSection({ plan, outcome }: SummaryInput): Section {
  const icon = outcome.failure !== undefined || !outcome.ok ? '❌' : plan?.dryRun === true ? '📝' : '✅'
  return {
    lead: [`## ${icon} ${headlineOf(plan, outcome, markdownCode)}`, '', verdictOf(plan, outcome, markdownCode)],
    items: [],
    what: '',
    importance: 100
  }
}

function footSection({ plan, run }: SummaryInput): Section | undefined {
  if (run === undefined) return undefined
  const attempt = run.runAttempt === 1 ? '' : `, attempt ${run.runAttempt}`
  const text = `run ${markdownText(run.runId)}${attempt}`
  const link = run.runUrl === undefined ? text : markdownLink(text, run.runUrl)
  const command = plan === undefined ? '' : `command ${markdownCode(plan.command)} · `
  const from = `${markdownText(run.repository)} at ${markdownCode(run.commit.slice(0, 7))}`
  return { lead: [`<sub>${command}${from} · ${link}</sub>`], items: [], what: '', importance: 100 }
}
