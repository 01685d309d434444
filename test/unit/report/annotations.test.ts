import { describe, expect, test } from '@jest/globals'
import { annotationsOf, renderAnnotation } from '../../../src/report/annotations.ts'
import { HOSTILE } from '../../support/hostile-text.ts'
import { failedOutcome, node, releaseOutcome, releasePlan } from '../../support/plan-fixtures.ts'

describe('annotations', () => {
  test('a success is one notice, and a warning for each warning of a check', () => {
    expect(annotationsOf(releasePlan(), releaseOutcome()).map(({ level, title }) => [level, title])).toEqual([
      ['warning', 'check data-disks-not-mounted'],
      ['notice', '"farm/render-node/2026.407.1" runs on pool "render"']
    ])
  })

  test('a failure is one error with what to do, without a notice', () => {
    const [error, ...others] = annotationsOf(releasePlan(), failedOutcome())
    expect(error).toMatchObject({ level: 'error', title: 'allocation-failed at scale-pool' })
    expect(error?.message).toContain('What to do: wait for capacity')
    expect(others.map(({ level }) => level)).toEqual(['warning', 'warning', 'warning'])
  })

  test.each(['check-failed', 'pool-change-refused'] as const)('%s is one error: it lists the checks itself', reason => {
    const finding = { rule: 'r', severity: 'error' as const, message: 'm', wayOut: 'w', source: 's' }
    const failure = { reason, message: 'm', wayOut: 'w', details: [] }
    const outcome = failedOutcome({ failure, pools: [] })
    const all = annotationsOf(releasePlan({ findings: [finding] }), outcome)
    expect(all.map(({ level, title }) => [level, title])).toEqual([['error', reason]])
  })

  test('there are at most 10 of each level, and the last says how many more there are', () => {
    const outcome = failedOutcome()
    const nodes = Array.from({ length: 500 }, (_, index) =>
      node(index, { state: 'unusable', errors: [{ code: `C${index}`, message: 'x'.repeat(9_000), details: [] }] })
    )
    const all = annotationsOf(releasePlan(), { ...outcome, pools: [{ ...outcome.pools[0]!, nodes }] })
    const warnings = all.filter(({ level }) => level === 'warning')
    expect(warnings).toHaveLength(10)
    expect(warnings.at(-1)?.message).toBe('492 more are in the job summary')
    expect(Math.max(...all.map(({ message }) => message.length))).toBeLessThanOrEqual(4_096)
  })

  test('a message is cut at 4,096 characters', () => {
    const outcome = failedOutcome()
    const failure = { ...outcome.failure!, message: 'y'.repeat(10_000) }
    expect(annotationsOf(undefined, { ...outcome, failure })[0]?.message).toHaveLength(4_096)
  })

  test.each(HOSTILE)('as a workflow command it is one line and one command: %j', text => {
    const line = renderAnnotation({ level: 'error', title: text, message: text })
    expect(line).not.toMatch(/[\r\n]/)
    expect(line.split('::')[1]).toMatch(/^error title=[^:,]*$/)
  })
})
