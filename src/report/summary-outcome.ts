/** The parts of a summary that say what came of the plan. */
import type { Outcome, PoolOutcome, SmokeTestOutcome } from '../model/outcome.ts'
import type { Plan } from '../model/plan.ts'
import type { CloudChoice } from '../model/spec.ts'
import { cut, shortLine } from '../shared/plain-text.ts'
import { markdownCode, markdownText } from './escape.ts'
import { renderGantt } from './gantt.ts'
import { nodeTroubles, stateRows } from './node-counts.ts'
import { resizeErrorsTitle, targetsOf } from './pool-state.ts'
import { resourceLink, shortName } from './portal.ts'
import type { Section } from './section.ts'
import { tableHead, tableRow } from './section.ts'
import { touchedOf } from './touched.ts'

export function nodesSection({ poolName, pool, nodes }: PoolOutcome): Section {
  const wanted = targetsOf(pool)
  const bold = (label: string, dedicated: number | undefined, lowPriority: number | undefined): string =>
    tableRow([`**${label}**`, `**${dedicated ?? '–'}**`, `**${lowPriority ?? '–'}**`])
  const states = stateRows(nodes).map(row =>
    tableRow([markdownCode(row.state), zero(row.dedicated), zero(row.lowPriority)])
  )
  return {
    lead: [`### Nodes of pool ${markdownCode(poolName)}`, '', ...tableHead(['State', 'Dedicated:', 'Low-priority:'])],
    items: [
      ...states,
      bold('present', pool.currentDedicatedNodes, pool.currentLowPriorityNodes),
      bold('wanted', wanted.dedicated, wanted.lowPriority)
    ],
    tail: [
      '',
      `The pool is ${markdownCode(pool.allocationState)}, its provisioning state ${markdownCode(pool.provisioningState)}.`
    ],
    what: 'states',
    importance: 85
  }
}

/** What one of the nodes wrote; of the others it is mostly the same. */
export function smokeTestSection({ poolName, result, output }: SmokeTestOutcome): Section {
  return {
    lead: ['### Smoke test', '', `On pool ${markdownCode(poolName)}: ${markdownText(result)}.`, ''],
    items: output.map(line => `- ${markdownCode(cut(line.trim(), 300))}`),
    what: 'lines of its output',
    importance: 40
  }
}

const zero = (count: number): string => (count === 0 ? '·' : String(count))

const MOST_NODE_IDS = 10

/** Unhealthy nodes, those with the same trouble in one row. */
export function troublesSection({ nodes }: PoolOutcome): Section | undefined {
  const troubles = nodeTroubles(nodes)
  if (troubles.length === 0) return undefined
  const ids = (nodeIds: readonly string[]): string => {
    const more = nodeIds.length - MOST_NODE_IDS
    const named = nodeIds.slice(0, MOST_NODE_IDS).map(id => markdownCode(cut(id, 100)))
    return `${named.join(' ')}${more > 0 ? ` and ${more} more` : ''}`
  }
  return {
    lead: ['### Unhealthy nodes', '', ...tableHead(['Nodes:', 'State', 'Error', 'Ids'])],
    items: troubles.map(({ nodeIds, state, text }) =>
      tableRow([String(nodeIds.length), markdownCode(state), markdownText(cut(text, 600)), ids(nodeIds)])
    ),
    what: 'kinds of unhealthy nodes',
    importance: 60,
    most: 100
  }
}

/** What went wrong without deciding the run. */
export function warningsSection({ warnings }: Outcome): Section | undefined {
  if (warnings.length === 0) return undefined
  return {
    lead: ['### Warnings', '', ...tableHead(['Step', 'What is wrong', 'What to do'])],
    items: warnings.map(({ step, message, wayOut }) =>
      tableRow([step === undefined ? '' : markdownCode(step), markdownText(cut(message, 1_000)), markdownText(wayOut)])
    ),
    what: 'warnings',
    importance: 80
  }
}

export function resizeErrorsSection({ pool }: PoolOutcome, startedAt: number): Section | undefined {
  const errors = pool.resize?.errors ?? []
  if (errors.length === 0) return undefined
  return {
    lead: [`### ${resizeErrorsTitle(pool, startedAt)}`, '', ...tableHead(['Code', 'Message', 'Details'])],
    items: errors.map(({ code, message, details }) => {
      const lines = details
        .slice(0, 10)
        .map(detail => `${markdownText(detail.code)}: ${markdownText(cut(detail.message, 600))}`)
      return tableRow([markdownCode(cut(code, 200)), markdownText(cut(message, 1_000)), lines.join('<br>')])
    }),
    what: 'resize errors',
    importance: 70
  }
}

export function touchedSection(plan: Plan, outcome: Outcome, cloud: CloudChoice): Section | undefined {
  const touched = touchedOf(plan, outcome)
  if (touched.length === 0) return undefined
  const titles = ['Resource', 'Kind', 'What', ...(plan.dryRun ? [] : ['Note'])]
  return {
    lead: [`### ${plan.dryRun ? 'What would be touched' : 'What was touched'}`, '', ...tableHead(titles)],
    items: touched.map(({ id, what, verbs, note, exists }) => {
      const name = exists ? resourceLink(cloud, id) : markdownCode(cut(shortName(id), 200))
      return tableRow([name, what, verbs.join(', '), ...(plan.dryRun ? [] : [markdownText(cut(note, 500))])])
    }),
    what: 'resources',
    importance: 75
  }
}

/** To be copied: a name alone is of no use to a command. */
export function idsSection(plan: Plan, outcome: Outcome): Section | undefined {
  const ids = touchedOf(plan, outcome).flatMap(({ id, exists }) => (exists ? [id] : []))
  if (ids.length === 0) return undefined
  return {
    lead: ['<details><summary>ARM ids</summary>', '', '```text'],
    items: ids.map(id => shortLine(id, 1_000)),
    tail: ['```', '', '</details>'],
    what: 'ids',
    importance: 30
  }
}

export function replicationSection({ replication }: Outcome): Section | undefined {
  if (replication === undefined || replication.regions.length === 0) return undefined
  return {
    lead: ['### Replication of the image', '', ...tableHead(['Region', 'State', 'Progress:'])],
    items: replication.regions.map(({ region, state, progress, details }) => {
      const more = details === undefined || details === '' ? '' : `: ${markdownText(cut(details, 500))}`
      return tableRow([markdownCode(region), markdownText(state) + more, `${progress} %`])
    }),
    what: 'regions',
    importance: 55
  }
}

export function timeSection(plan: Plan, outcome: Outcome): Section | undefined {
  const chart = renderGantt(plan, outcome)
  if (chart === undefined) return undefined
  return { lead: ['### Where the time went', '', '```mermaid', chart, '```'], items: [], what: '', importance: 100 }
}
