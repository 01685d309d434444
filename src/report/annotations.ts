/** What the run's page shows at its top: errors, warnings and a notice. */
import type { Outcome } from '../model/outcome.ts'
import type { Plan } from '../model/plan.ts'
import { cut, oneLine } from '../shared/plain-text.ts'
import { commandData, commandProperty } from './escape.ts'
import { nodeTroubles } from './node-counts.ts'
import { headlineOf, verdictOf } from './verdict.ts'

type AnnotationLevel = 'error' | 'warning' | 'notice'
/** Raw text: whoever writes it as a workflow command escapes it (`renderAnnotation`, or @actions/core). */
export type Annotation = { level: AnnotationLevel; title: string; message: string }

/** GitHub shows 10 of each level a step, and messages of 4,096 characters. */
const MOST_ANNOTATIONS = 10
const MOST_MESSAGE_CHARACTERS = 4_096
const MOST_TITLE_CHARACTERS = 250

/** @param plan undefined when the run ended before there was one. */
export function annotationsOf(plan: Plan | undefined, outcome: Outcome): Annotation[] {
  const all = [
    ...failureAnnotations(outcome),
    ...findingAnnotations(plan).filter(({ level }) => level !== 'error' || !tellsFindings(outcome)),
    ...warningAnnotations(outcome),
    ...troubleAnnotations(outcome),
    ...noticeOf(plan, outcome)
  ]
  return (['error', 'warning', 'notice'] as const).flatMap(level => limited(all.filter(each => each.level === level)))
}

/** As the line of a workflow command. */
export function renderAnnotation({ level, title, message }: Annotation): string {
  return `::${level} title=${commandProperty(title)}::${commandData(message)}`
}

function failureAnnotations({ failure }: Outcome): Annotation[] {
  if (failure === undefined) return []
  const { reason, step, message, wayOut, details } = failure
  const text = [message, ...details.slice(0, 20).map(detail => `- ${detail}`), `What to do: ${wayOut}`].join('\n')
  return [{ level: 'error', title: step === undefined ? reason : `${reason} at ${step}`, message: text }]
}

/** The failure lists the errors among the findings itself (`run.ts`). */
function tellsFindings({ failure }: Outcome): boolean {
  return failure?.reason === 'check-failed' || failure?.reason === 'pool-change-refused'
}

function findingAnnotations(plan: Plan | undefined): Annotation[] {
  return (plan?.findings ?? []).flatMap(({ severity, rule, message, wayOut }): Annotation[] =>
    severity === 'note'
      ? []
      : [{ level: severity, title: `check ${rule}`, message: `${message}\nWhat to do: ${wayOut}` }]
  )
}

function warningAnnotations({ warnings }: Outcome): Annotation[] {
  return warnings.map(({ step, message, wayOut }) => ({
    level: 'warning',
    title: step === undefined ? 'warning' : `warning at ${step}`,
    message: `${message}\nWhat to do: ${wayOut}`
  }))
}

function troubleAnnotations({ pools }: Outcome): Annotation[] {
  return nodeTroubles(pools.flatMap(({ nodes }) => nodes)).map(({ state, text, nodeIds }) => {
    const nodes = nodeIds.length === 1 ? '1 node is' : `${nodeIds.length} nodes are`
    const more = nodeIds.length > 10 ? ` and ${nodeIds.length - 10} more` : ''
    return {
      level: 'warning',
      title: `${nodes} ${state}`,
      message: `${cut(text, 2_000)}\n${nodeIds.slice(0, 10).join(' ')}${more}`
    }
  })
}

function noticeOf(plan: Plan | undefined, outcome: Outcome): Annotation[] {
  if (outcome.failure !== undefined) return []
  return [{ level: 'notice', title: headlineOf(plan, outcome), message: verdictOf(plan, outcome) }]
}

function limited(annotations: readonly Annotation[]): Annotation[] {
  if (annotations.length <= MOST_ANNOTATIONS) return annotations.map(shortened)
  const shown = annotations.slice(0, MOST_ANNOTATIONS - 1)
  const left = annotations.length - shown.length
  const level = shown[0]?.level ?? 'notice'
  return [...shown.map(shortened), { level, title: `${left} more`, message: `${left} more are in the job summary` }]
}

function shortened({ level, title, message }: Annotation): Annotation {
  const lines = message.split('\n').map(oneLine).join('\n')
  return { level, title: cut(oneLine(title), MOST_TITLE_CHARACTERS), message: cut(lines, MOST_MESSAGE_CHARACTERS) }
}
