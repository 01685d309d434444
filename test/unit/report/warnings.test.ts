import { expect, test } from '@jest/globals'
import type { RunWarning } from '../../../src/model/outcome.ts'
import { annotationsOf } from '../../../src/report/annotations.ts'
import { renderOutcome } from '../../../src/report/log.ts'
import { renderSummary } from '../../../src/report/summary.ts'
import { HOSTILE } from '../../support/hostile-text.ts'
import { failedOutcome, releaseOutcome, releasePlan } from '../../support/plan-fixtures.ts'

const left: RunWarning = {
  step: 'delete-os',
  message: 'snapshot "render-os" is still there',
  wayOut: 'take the lock off, or leave it: a later run tries again'
}

const summaryOf = (warnings: RunWarning[]): string =>
  renderSummary({
    plan: releasePlan(),
    outcome: releaseOutcome({ warnings }),
    cloud: { kind: 'named', name: 'AzureCloud' }
  })

test('a warning stands at the end of the log, after the nodes, with its step and the way out', () => {
  const text = renderOutcome(releasePlan(), releaseOutcome({ warnings: [left] }))
  expect(text).toContain(
    'Warnings\n  delete-os: snapshot "render-os" is still there\n  → take the lock off, or leave it: a later run tries again'
  )
  expect(text.indexOf('Warnings')).toBeGreaterThan(text.indexOf('Nodes of pool'))
})

test('a warning has a row in the summary, above what went well', () => {
  const summary = summaryOf([left])
  expect(summary).toContain('### Warnings')
  expect(summary).toContain('| `delete-os` | snapshot "render-os" is still there |')
  expect(summary.indexOf('### Warnings')).toBeLessThan(summary.indexOf('### Nodes'))
})

test('a warning is an annotation, and leaves the notice of the success', () => {
  const all = annotationsOf(releasePlan(), releaseOutcome({ warnings: [left] }))
  expect(all).toContainEqual({
    level: 'warning',
    title: 'warning at delete-os',
    message: `${left.message}\nWhat to do: ${left.wayOut}`
  })
  expect(all.at(-1)?.level).toBe('notice')
})

test('a warning of a run that failed comes before what failed', () => {
  const text = renderOutcome(releasePlan(), failedOutcome({ warnings: [left] }))
  expect(text.indexOf('Warnings')).toBeGreaterThan(-1)
  expect(text.indexOf('Warnings')).toBeLessThan(text.indexOf('What failed'))
})

test('without warnings nothing is said of them', () => {
  expect(renderOutcome(releasePlan(), releaseOutcome())).not.toContain('Warnings')
  expect(summaryOf([])).not.toContain('### Warnings')
})

test.each(HOSTILE)('what a warning quotes of Azure breaks no line of the log and no row: %j', text => {
  const warnings = [{ step: text, message: text, wayOut: text }]
  const log = renderOutcome(releasePlan(), releaseOutcome({ warnings }))
  expect(log.split('\n').filter(line => /^(::|##\[)/.test(line))).toEqual([])
  const [, table = ''] = summaryOf(warnings).split('### Warnings\n')
  const rows = (table.split('\n### ')[0] ?? '').split('\n').filter(line => line !== '')
  expect(rows).toHaveLength(3)
})
