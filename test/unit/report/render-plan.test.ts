import { expect, test } from '@jest/globals'
import type { Finding, Plan, Step } from '../../../src/model/plan.ts'
import { heading, renderFound, renderPlan } from '../../../src/report/render-plan.ts'
import * as f from '../../support/observed-fixtures.ts'

const finding = (severity: Finding['severity'], rule: string, message = 'is so', wayOut = 'do this'): Finding => ({
  rule,
  severity,
  message,
  wayOut,
  source: 's'
})
const step = (id: string, reason: string): Step => ({
  id,
  kind: 'delete-snapshot',
  after: [],
  title: `delete ${id}`,
  reason,
  snapshotId: f.snapshotIdOf(id)
})
const PLAN: Plan = {
  format: 2,
  command: 'image',
  dryRun: false,
  found: [],
  findings: [],
  pools: [],
  steps: [],
  undo: []
}
const linesOf = (change: Partial<Plan>, style?: Parameters<typeof renderPlan>[1]): string[] =>
  renderPlan({ ...PLAN, ...change }, style).split('\n')

test('where nothing was found, nothing is said of it', () => {
  expect(renderFound(PLAN)).toBe('')
})

test('headings are bold only where that is asked for', () => {
  expect(heading('Checks')).toBe('Checks')
  expect(heading('Checks', { bold: true })).toBe('\u001b[1mChecks\u001b[22m')
  expect(linesOf({ steps: [step('a', 'r')] }, { bold: true })).toContain('\u001b[1m1 step\u001b[22m')
})

test('checks come worst first, each with its rule, its message and its way out in one column', () => {
  expect(
    linesOf({ findings: [finding('note', 'n'), finding('error', 'e'), finding('warning', 'w')] }).slice(0, 10)
  ).toEqual([
    'Checks',
    '  error    e',
    '           is so',
    '           → do this',
    '  warning  w',
    '           is so',
    '           → do this',
    '  note     n',
    '           is so',
    '           → do this'
  ])
})

test('a long message is broken at the width, below itself, and never to less than 40 characters', () => {
  const words = (count: number): string => Array(count).fill('word').join(' ')
  const findings = [finding('note', 'n', words(20), words(20))]
  expect(linesOf({ findings }, { width: 60 }).slice(2, 7)).toEqual([
    `           ${words(10)}`,
    `           ${words(10)}`,
    `           → ${words(9)}`,
    `             ${words(9)}`,
    `             ${words(2)}`
  ])
  expect(linesOf({ findings }, { width: 10 })[2]).toBe(`           ${words(8)}`)
  expect(linesOf({ findings: [finding('note', 'n', words(40))] })[2]).toBe(`           ${words(22)}`)
})

test('a hundred checks of one line each are shown, and lines beyond three hundred are counted', () => {
  const many = (count: number): string[] =>
    linesOf({ findings: Array.from({ length: count }, () => finding('note', 'n')) })
  expect(many(100).filter(line => line.includes('more lines'))).toEqual([])
  expect(many(102).filter(line => line.includes('more lines'))).toEqual(['  … and 6 more lines'])
})

test('steps are numbered in columns, and a reason that neighbours share stands below the last of them', () => {
  const steps = ['a', 'bb', 'c', 'd', 'e'].map((id, index) =>
    step(id, index < 3 ? 'shared' : index < 4 ? 'own' : 'shared')
  )
  expect(linesOf({ steps }).slice(2)).toEqual([
    '5 steps',
    '  1  a   delete a',
    '  2  bb  delete bb',
    '  3  c   delete c',
    '         · all 3: shared',
    '  4  d   delete d',
    '         · own',
    '  5  e   delete e',
    '         · shared'
  ])
  expect(linesOf({ steps: [step('a', 'r'), step('b', 'r')] })).toContain('        · both: r')
})

test('a hundred steps are shown, and a hundred and one are not; the reason still stands below the last that is', () => {
  const many = (count: number): string[] =>
    linesOf({ steps: Array.from({ length: count }, (_, index) => step(`s${index + 1}`, 'r')) })
  expect(many(100).slice(-2)).toEqual(['  100  s100  delete s100', expect.stringMatching(/^ +· all 100: r$/)])
  expect(many(101).slice(-3)).toEqual([
    '  100  s100  delete s100',
    expect.stringMatching(/^ +· all 100: r$/),
    '  … and 1 more steps'
  ])
})

test('differences say what each needs, and a value too long for a line is cut', () => {
  const [pool] = f.planOf(f.releaseSpec(), f.observed()).pools
  const differences = (['patch', 'zero-nodes', 'another-pool'] as const).map(needs => ({
    path: `p.${needs}`,
    present: undefined,
    wanted: needs === 'patch' ? 'x'.repeat(300) : { a: 1 },
    needs
  }))
  const lines = linesOf({ pools: [{ ...pool!, differences }] })
  expect(lines).toEqual(
    expect.arrayContaining([
      'Differences of the pool',
      '  p.patch (can change with nodes present)',
      '    - (not set)',
      `    + ${'x'.repeat(199)}…`,
      '  p.zero-nodes (can change only at zero nodes)',
      '    + {"a":1}',
      '  p.another-pool (can change only by another pool)'
    ])
  )
  expect(linesOf({ pools: [{ ...pool!, differences: [] }] })).not.toContain('Differences of the pool')
})

test('image and pool stand in columns with their decisions', () => {
  const { image, pools } = f.planOf(f.releaseSpec(), f.observed())
  const [pool] = pools
  const rows = linesOf({ image: { ...image!, reason: 'r' }, pools: [{ ...pool!, reason: 'q' }] }).slice(0, 3)
  expect(rows).toEqual(['Plan of image', '  image  farm/node/1.0.0  create  r', '  pool   render           create  q'])
})
