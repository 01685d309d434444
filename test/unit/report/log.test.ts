import { describe, expect, test } from '@jest/globals'
import type { Outcome } from '../../../src/model/outcome.ts'
import type { Plan } from '../../../src/model/plan.ts'
import { renderFound, renderOutcome, renderOutputs, renderPlan } from '../../../src/report/log.ts'
import { outputsOf } from '../../../src/report/outputs.ts'
import { HOSTILE } from '../../support/hostile-text.ts'
import {
  dryRunOutcome,
  dryRunPlan,
  failedOutcome,
  manyStepsPlan,
  node,
  releaseOutcome,
  releasePlan
} from '../../support/plan-fixtures.ts'

test('facts stand in two columns', () => {
  const plan = releasePlan({
    found: [
      { label: 'VM', value: 'golden' },
      { label: 'Batch account', value: 'farm' }
    ]
  })
  expect(renderFound(plan)).toBe('Found\n  VM             golden\n  Batch account  farm')
})

describe('the plan', () => {
  const text = renderPlan(releasePlan())

  test('gives each step its number, id, title and reason', () => {
    expect(text).toContain(
      [
        '   4  image-version   make version 2026.407.1 of farm/render-node',
        '                      · the definition has no version with this key; it stays hidden until the nodes are healthy'
      ].join('\n')
    )
  })

  test('gives the reason that steps share once, and says for how many', () => {
    expect(text.split('no snapshot of this disk carries')).toHaveLength(2)
    expect(text).toContain('· all 3: no snapshot of this disk carries this run’s key')
  })

  test('says that a dry run changes nothing', () => {
    expect(renderPlan(dryRunPlan())).toContain('Plan of release (dry run: nothing will be changed)')
  })

  test('shows differences as present and wanted', () => {
    expect(text).toContain('    - (not set)\n    + [{"name":"KEY","value":"${env:FARM_KEY}"}]')
  })

  test('counts steps beyond the first hundred', () => {
    expect(renderPlan(manyStepsPlan())).toContain('… and 35 more steps')
  })

  test.each<[string, Partial<Plan>, string]>([
    ['nothing to do', { steps: [], findings: [] }, 'No steps: everything is as wanted'],
    [
      'a check that fails',
      { steps: [], findings: [{ rule: 'r', severity: 'error', message: 'm', wayOut: 'w', source: 's' }] },
      'No steps: a check says that this can’t work'
    ]
  ])('without steps says why: %s', (_, change, line) => {
    expect(renderPlan(releasePlan(change))).toContain(line)
  })
})

describe('the outcome', () => {
  test('aligns ids and durations', () => {
    expect(renderOutcome(releasePlan(), releaseOutcome())).toContain(
      ['  ✓  image-version    7m 32s  replicated to eastus', '  ✓  pool-image           1s'].join('\n')
    )
  })

  test('of a failure says what failed, what to do and what stands', () => {
    const text = renderOutcome(releasePlan(), failedOutcome())
    const order = ['What failed: allocation-failed at scale-pool', '  1. Wait for capacity', 'Left standing'].map(
      part => text.indexOf(part)
    )
    expect(order).toEqual([...order].sort((a, b) => a - b))
    expect(order).not.toContain(-1)
    expect(text).toContain('  ·  finish-pool          –  not started')
  })

  test('of a dry run lists no steps', () => {
    expect(renderOutcome(dryRunPlan(), dryRunOutcome())).not.toContain('Steps')
  })

  test('is plain unless bold is asked for', () => {
    expect(renderOutcome(releasePlan(), releaseOutcome())).not.toContain('\u001b')
    expect(renderOutcome(releasePlan(), releaseOutcome(), { bold: true })).toContain('\u001b[1mSteps\u001b[22m')
  })
})

test('outputs show names in a column, without those that are empty', () => {
  const lines = renderOutputs(outputsOf(dryRunPlan(), dryRunOutcome())).split('\n')
  expect(lines).toContain('  image-version  2026.407.1')
  expect(lines.some(line => line.includes('pool-state'))).toBe(false)
})

test.each(HOSTILE)('foreign text writes no workflow command and no control character into the log: %j', text => {
  for (const line of everyText(text).split('\n')) {
    expect(line).not.toMatch(/^\s*::|##\[/)
    // eslint-disable-next-line no-control-regex
    expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
  }
})

/** All that goes to the log, with `text` wherever text comes from elsewhere. */
function everyText(text: string): string {
  const plan = releasePlan()
  const hostile: Plan = {
    ...plan,
    found: [{ label: text, value: text }],
    findings: [{ rule: text, severity: 'error', message: text, wayOut: text, source: text }],
    image: { ...plan.image!, imageName: text, reason: text },
    pools: [
      { ...plan.pools[0]!, reason: text, differences: [{ path: text, present: text, wanted: [text], needs: 'patch' }] }
    ],
    steps: plan.steps.map(step => ({ ...step, id: text, title: text, reason: text }))
  }
  const failed = failedOutcome()
  const outcome: Outcome = {
    ...failed,
    steps: [{ id: text, status: 'failed', note: text }],
    failure: { reason: 'azure-error', step: text, message: text, wayOut: text, details: [text] },
    standing: [{ id: text, kind: text, role: text, state: 'unmade', note: text }],
    pools: [
      {
        ...failed.pools[0]!,
        poolName: text,
        nodes: [node(1, { nodeId: text, state: 'unusable', errors: [{ code: text, message: text, details: [text] }] })]
      }
    ]
  }
  const outputs = { ...outputsOf(hostile, outcome), 'image-name': text }
  return [renderFound(hostile), renderPlan(hostile), renderOutcome(hostile, outcome), renderOutputs(outputs)].join('\n')
}
