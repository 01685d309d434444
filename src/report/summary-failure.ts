/** The part of a summary that is there only after a failure. */
import { FAILURE_REASONS } from '../model/failure.ts'
import type { Failure, Outcome } from '../model/outcome.ts'
import type { Plan } from '../model/plan.ts'
import type { CloudChoice } from '../model/spec.ts'
import { cut } from '../shared/plain-text.ts'
import { markdownCode, markdownText } from './escape.ts'
import { resourceLink } from './portal.ts'
import type { Section } from './section.ts'
import { tableHead, tableRow } from './section.ts'
import { whatToDo } from './what-to-do.ts'

export function failureSections(plan: Plan | undefined, outcome: Outcome, cloud: CloudChoice): (Section | undefined)[] {
  const { failure } = outcome
  if (failure === undefined) return []
  return [
    failedSection(failure, plan),
    detailsSection(failure),
    standingSection(outcome, cloud),
    {
      lead: ['### What to do', ''],
      items: whatToDo(failure, outcome).map((text, index) => `${index + 1}. ${markdownText(cut(text, 2_000))}`),
      what: 'suggestions',
      importance: 99
    }
  ]
}

function failedSection({ reason, step, message }: Failure, plan: Plan | undefined): Section {
  const title = plan?.steps.find(({ id }) => id === step)?.title
  const why = FAILURE_REASONS[reason]
  const at =
    step === undefined
      ? ''
      : ` at step ${markdownCode(step)}${title === undefined ? '' : `: ${markdownText(cut(title, 300))}`}`
  return {
    lead: [
      '### What failed',
      '',
      `**${markdownText(cut(message, 4_000))}**`,
      '',
      `${markdownCode(reason)}${at}`,
      '',
      `Why: ${markdownText(why)}.`
    ],
    items: [],
    what: '',
    importance: 99
  }
}

function detailsSection({ details }: Failure): Section | undefined {
  if (details.length === 0) return undefined
  return {
    lead: ['Details:', ''],
    items: details.map(line => `- ${markdownText(cut(line, 600))}`),
    what: 'details',
    importance: 80,
    most: 100
  }
}

function standingSection({ standing }: Outcome, cloud: CloudChoice): Section {
  if (standing.length === 0) {
    const none = 'Nothing: this run left nothing of its own in Azure.'
    return { lead: ['### What is left standing', '', none], items: [], what: '', importance: 99 }
  }
  return {
    lead: ['### What is left standing', '', ...tableHead(['Resource', 'What it is', 'Now'])],
    items: standing.map(({ id, role, note }) =>
      tableRow([resourceLink(cloud, id), markdownText(cut(role, 300)), markdownText(cut(note, 500))])
    ),
    what: 'resources',
    importance: 90
  }
}
