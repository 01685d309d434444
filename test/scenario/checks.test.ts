/** Every rule of the checks, made to fire in a whole run: what a user reads is in `golden/checks.txt`. */
import { expect, test } from '@jest/globals'
import type { Finding, Plan } from '../../src/model/plan.ts'
import { RULES } from '../../src/plan/checks/index.ts'
import { CASES, NEAR_MISSES, type Case } from '../support/check-cases.ts'
import { expectGolden } from '../support/golden.ts'
import { defaultWorld, onAzure, type Told, type World } from '../support/story.ts'

/** Rules that aren't in the table of rules: they need the differences of the pool. */
const OF_THE_POOL = ['another-pool', 'image-change', 'proof-room', 'stop-after']

/** Of a pool that needs what it can't get, too. */
const REFUSED = ['another-pool', 'image-change', 'pool-change-unmade']

type Setting = Omit<Case, 'severity'>

const runs = new Map<Setting, Promise<Told>>()

/** The dry run of a case, told once. */
function told(one: Setting): Promise<Told> {
  const run = runs.get(one) ?? tell(one)
  runs.set(one, run)
  return run
}

function tell({ world: change, sizes, denied = [], inputs }: Setting): Promise<Told> {
  const world: World = defaultWorld()
  change?.(world.resources)
  sizes?.(world.behaviour?.virtualMachineSkus ?? [])
  world.behaviour = { ...world.behaviour, denied }
  return onAzure({ world }, ({ story }) => story({ inputs: { ...inputs, 'dry-run': 'true' } }))
}

const findingsOf = ({ plan }: Told, rule: string): Finding[] =>
  ((plan as Plan | undefined)?.findings ?? []).filter(finding => finding.rule === rule)

test.each(CASES)('$rule fires: $when', async one => {
  const run = await told(one)
  const findings = findingsOf(run, one.rule)
  expect({
    log: findings.length > 0 ? '' : run.log.join('\n'),
    severities: findings.map(({ severity }) => severity)
  }).toEqual({
    log: '',
    severities: [one.severity]
  })
  const failed = (run.plan as Plan).findings.some(({ severity }) => severity === 'error')
  expect(run.ok).toBe(!failed)
  expect(run.changes).toEqual([])
  if (one.severity === 'error') {
    expect(run.outputs['failure-reason']).toBe(REFUSED.includes(one.rule) ? 'pool-change-refused' : 'check-failed')
    expect((run.plan as Plan).steps).toEqual([])
  }
})

test.each(NEAR_MISSES)('$rule has nothing to say: $when', async one => {
  const run = await told(one)
  expect(run.plan).toBeDefined()
  expect(findingsOf(run, one.rule)).toEqual([])
})

test('an error stops a run that is no dry run as well: it only reads', async () => {
  const { inputs } = CASES.find(({ rule }) => rule === 'generalized')!
  await onAzure({}, async ({ story }) => {
    const run = await story({ inputs })
    expect(run.ok).toBe(false)
    expect(run.changes).toEqual([])
    const methods = run.exchanges
      .filter(({ request }) => !new URL(request.url).pathname.endsWith('/token'))
      .map(({ request }) => request.method)
    expect(new Set(methods)).toEqual(new Set(['GET']))
  })
})

test('every rule has a case', () => {
  const rules = [...RULES.map(({ id }) => id), ...OF_THE_POOL]
  expect([...new Set(CASES.map(({ rule }) => rule))].toSorted()).toEqual(rules.toSorted())
})

test('what the checks say, with ways out and sources', async () => {
  const blocks: string[] = []
  for (const one of CASES) {
    for (const { severity, message, wayOut, source } of findingsOf(await told(one), one.rule)) {
      blocks.push(`${one.rule} (${severity}): ${one.when}\n  ${message}\n  → ${wayOut}\n  ${source}\n`)
    }
  }
  expectGolden('checks', blocks.join('\n'))
})

test.each(CASES)('$rule is said in one line that starts with what it is about: $when', async one => {
  for (const { message, wayOut } of findingsOf(await told(one), one.rule)) {
    expect(message).toMatch(/^[a-z][^\n]*[^.\s]$/)
    expect(wayOut).toMatch(/^[a-z][^\n]*[^.\s]$/)
  }
})
