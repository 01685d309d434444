import { expect, test } from '@jest/globals'
import mermaid from 'mermaid'
import type { Outcome } from '../../../src/model/outcome.ts'
import type { Plan } from '../../../src/model/plan.ts'
import { renderGantt } from '../../../src/report/gantt.ts'
import { HOSTILE } from '../../support/hostile-text.ts'
import {
  dryRunOutcome,
  dryRunPlan,
  failedOutcome,
  longOutcome,
  manyStepsOutcome,
  manyStepsPlan,
  releaseOutcome,
  releasePlan,
  STARTED_AT
} from '../../support/plan-fixtures.ts'

const cases: [name: string, plan: Plan, outcome: Outcome][] = [
  ['a release', releasePlan(), releaseOutcome()],
  ['a failure', releasePlan(), failedOutcome()],
  ['130 snapshots', manyStepsPlan(), manyStepsOutcome()],
  ['27 hours', releasePlan(), longOutcome()],
  ['hostile ids', ...hostile()]
]

test.each(cases)(
  'Mermaid parses the chart of %s, and reads a task with times for each row',
  async (_, plan, outcome) => {
    const chart = renderGantt(plan, outcome) ?? ''
    await expect(mermaid.parse(chart)).resolves.toMatchObject({ diagramType: 'gantt' })
    const rows = chart.split('\n').filter(line => line.startsWith('    '))
    const tasks = await tasksOf(chart)
    expect(tasks.map(task => task.task.trim())).toEqual(rows.map(row => row.split(' :')[0]?.trim()))
    expect(tasks.filter(task => !(Number(task.endTime) > Number(task.startTime)))).toEqual([])
  }
)

type Task = { task: string; startTime: Date; endTime: Date }

/** As Mermaid's own reader of Gantt charts understood them; needs no browser. */
async function tasksOf(chart: string): Promise<Task[]> {
  const diagram = await mermaid.mermaidAPI.getDiagramFromText(chart)
  return (diagram.db as unknown as { getTasks(): Task[] }).getTasks()
}

test('the nodes of a temporary pool come in the section of the proof, those of the pool itself in another', () => {
  const plan = releasePlan()
  const steps = plan.steps.map(step => (step.kind === 'scale-pool' ? { ...step, proofOf: 'render' } : step))
  const sectionOf = (chart: string | undefined): string | undefined =>
    /section (.*)\n(?: {4}.*\n)* {4}✗ scale-pool/.exec(chart ?? '')?.[1]
  expect(sectionOf(renderGantt(plan, failedOutcome()))).toBe('Pool')
  expect(sectionOf(renderGantt({ ...plan, steps }, failedOutcome()))).toBe('Proof')
})

test('Mermaid refuses a chart that is broken, so that the test above can fail', async () => {
  await expect(mermaid.parse('gantt\n  section A\n  a task without its time')).rejects.toThrow()
})

test('without a step that was started there is no chart', () => {
  expect(renderGantt(dryRunPlan(), dryRunOutcome())).toBeUndefined()
})

test('a step has its elapsed start, its length in seconds and its duration in words', () => {
  expect(renderGantt(releasePlan(), releaseOutcome())).toContain(
    '✓ image-version · 7m 32s :done, 2000-01-01 00:03:42, 452s'
  )
  expect(renderGantt(releasePlan(), failedOutcome())).toContain('✗ scale-pool · 1h 25m :crit,')
})

test('beyond 24 hours the date goes on', () => {
  const chart = renderGantt(releasePlan(), {
    ...longOutcome(),
    steps: [{ id: 'scale-pool', status: 'done', startedAt: STARTED_AT + 90_000_000, endedAt: STARTED_AT + 97_200_000 }]
  })
  expect(chart).toContain('2000-01-02 01:00:00, 7200s')
  expect(chart).toContain('axisFormat day %-j %H:%M')
})

test('a step of 0 seconds still has a length', () => {
  const chart = renderGantt(releasePlan(), {
    ...releaseOutcome(),
    steps: [{ id: 'pool-image', status: 'done', startedAt: STARTED_AT, endedAt: STARTED_AT }]
  })
  expect(chart).toContain('✓ pool-image · 0s :done, 2000-01-01 00:00:00, 1s')
})

test('many steps of a kind are one row, failed ones apart', () => {
  const outcome = manyStepsOutcome()
  const [first, ...others] = outcome.steps
  const chart = renderGantt(manyStepsPlan(), { ...outcome, steps: [{ ...first!, status: 'failed' }, ...others] }) ?? ''
  expect(chart).toContain('✓ 129 × create-snapshot · ')
  expect(chart).toContain('✗ snapshot-data0 · ')
  expect(chart.split('\n').length).toBeLessThan(20)
})

function hostile(): [Plan, Outcome] {
  const plan = releasePlan()
  const [template] = plan.steps
  const steps = HOSTILE.map(id => ({ ...template!, id }))
  return [
    { ...plan, steps: steps.slice(0, 23) },
    {
      ...releaseOutcome(),
      steps: steps.map(({ id }) => ({ id, status: 'done', startedAt: STARTED_AT, endedAt: STARTED_AT + 1_000 }))
    }
  ]
}
