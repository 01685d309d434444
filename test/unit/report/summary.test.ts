import { describe, expect, test } from '@jest/globals'
import { FAILURE_REASONS } from '../../../src/model/failure.ts'
import type { Outcome } from '../../../src/model/outcome.ts'
import type { CloudChoice } from '../../../src/model/spec.ts'
import { MOST_SUMMARY_BYTES, renderSummary } from '../../../src/report/summary.ts'
import {
  dryRunOutcome,
  dryRunPlan,
  failedOutcome,
  manyStepsOutcome,
  manyStepsPlan,
  node,
  poolId,
  poolSeen,
  releaseOutcome,
  releasePlan,
  versionId
} from '../../support/plan-fixtures.ts'

const cloud: CloudChoice = { kind: 'named', name: 'AzureCloud' }
const success = renderSummary({ plan: releasePlan(), outcome: releaseOutcome(), cloud })
const failure = renderSummary({ plan: releasePlan(), outcome: failedOutcome(), cloud })
const dryRun = renderSummary({ plan: dryRunPlan(), outcome: dryRunOutcome(), cloud })

/** Of the headings, in order. */
const headings = (markdown: string): string[] =>
  markdown.split('\n').flatMap(line => /^#{2,3} (.*)$/.exec(line)?.slice(1) ?? [])

describe('a release that succeeds', () => {
  test('begins with what happened to which image and pool', () => {
    const [head, , verdict] = success.split('\n')
    expect(head).toBe('## ✅ `farm/render-node/2026.407.1` runs on pool `render`')
    expect(verdict).toBe(
      'Image `farm/render-node/2026.407.1` was made; pool `render` was changed and has 58 healthy of 60 nodes. Still replicating to westus3, which it didn’t wait for. It took 38m 11s.'
    )
  })

  test('says nothing of failure', () => {
    expect(headings(success).filter(text => /fail|standing|to do/i.test(text))).toEqual([])
  })

  test('links what stands to the portal, and not what was deleted', () => {
    expect(success).toContain(`| [\`farm/render-node/2026.407.1\`](https://portal.azure.com/#@/resource${versionId}) |`)
    expect(success).toContain('| `render-node-2026.407.1-os` | snapshot | made, deleted | 64 GB |')
  })

  test('gives nodes by state, dedicated and low-priority apart', () => {
    expect(success).toContain('| `idle` | 40 | 10 |')
    expect(success).toContain('| `preempted` | · | 2 |')
    expect(success).toContain('| **wanted** | **48** | **12** |')
  })

  test('gives every step its reason and how long it took', () => {
    for (const { id, reason } of releasePlan().steps) {
      expect(success).toMatch(new RegExp(`\\| ✅ \\| \`${id}\` \\| [^|]* \\| ${reason.slice(0, 20)}`))
    }
    expect(success).toContain('| 26m\u00a045s |')
  })

  test('shows of two ids the end, where they differ', () => {
    expect(success).toContain('- …/images/render-node/versions/2026.331.1\n+ …/images/render-node/versions/2026.407.1')
  })

  test('shows differences with secrets as references', () => {
    expect(success).toContain('- (not set)\n+ [{"name":"KEY","value":"${env:FARM_KEY}"}]')
  })
})

describe('a release that fails', () => {
  test('says what failed, why, what stands and what to do, before anything else', () => {
    expect(headings(failure).slice(0, 4)).toEqual([
      'Failed at `scale-pool`: allocation-failed'.replace(/^/, '❌ '),
      'What failed',
      'What is left standing',
      'What to do'
    ])
    expect(failure).toContain(`Why: ${FAILURE_REASONS['allocation-failed']}.`)
    expect(failure).toContain('1. Wait for capacity and run again with the same inputs')
    expect(failure).toMatch(/^3\. /m)
  })

  test('puts nodes with the same trouble in one row, with their ids', () => {
    expect(failure).toContain('| 2 | `starttaskfailed` | StartTaskFailed: the start task wrote')
    expect(failure).toContain('`tvmps_0030_d` `tvmps_0031_d` |')
  })

  test('before a plan it says that nothing was changed', () => {
    const outcome: Outcome = {
      ...dryRunOutcome(),
      ok: false,
      steps: [],
      failure: {
        reason: 'input-invalid',
        message: '2 inputs are wrong',
        wayOut: 'mend them',
        details: ['a: "x"', 'b: "y"']
      }
    }
    const page = renderSummary({ plan: undefined, outcome, cloud })
    expect(page).toContain('before there was a plan; nothing was changed in Azure')
    expect(page).toContain('- a: "x"\n- b: "y"')
    expect(page).toContain('Nothing: this run left nothing of its own in Azure.')
  })

  test('resize errors from before the run are not shown as its own', () => {
    const outcome = failedOutcome()
    const errors = [{ code: 'AllocationTimedout', message: 'old', details: [] }]
    const pool = poolSeen({ resize: { startTime: '2026-01-01T00:00:00Z', errors } })
    const page = renderSummary({
      plan: releasePlan(),
      outcome: { ...outcome, pools: [{ ...outcome.pools[0]!, pool }] },
      cloud
    })
    expect(headings(page)).toContain('Resize errors from before this run')
  })
})

describe('a dry run', () => {
  test('says that nothing was changed, and what a real run would do', () => {
    const [head, , verdict] = dryRun.split('\n')
    expect(head).toBe('## 📝 Dry run: nothing was changed')
    expect(verdict).toBe(
      'This is only a plan: nothing was created, changed or deleted in Azure. A real run would make image `farm/render-node/2026.407.1` and change pool `render`, in 11 steps.'
    )
    expect(dryRun).not.toContain('```mermaid')
  })

  test('that a check ends promises no steps', () => {
    const outcome = { ...dryRunOutcome(), ok: false, failure: failedOutcome().failure! }
    const page = renderSummary({ plan: { ...dryRunPlan(), steps: [] }, outcome, cloud })
    expect(page.split('\n')[2]).toBe('This is only a plan: nothing was created, changed or deleted in Azure.')
    expect(page).not.toContain('would')
  })

  test('links the pool, which is there, and not the image, which is not', () => {
    expect(dryRun).toContain(`https://portal.azure.com/#@/resource${poolId}`)
    expect(dryRun).not.toContain(`https://portal.azure.com/#@/resource${versionId}`)
  })
})

test('a second run that changes nothing says so', () => {
  const plan = releasePlan({ steps: [] })
  const kept = {
    ...plan,
    image: { ...plan.image!, decision: 'keep' as const },
    pools: [{ ...plan.pools[0]!, decision: 'keep' as const }]
  }
  const page = renderSummary({ plan: kept, outcome: releaseOutcome({ changed: false, steps: [] }), cloud })
  expect(page).toContain('## ✅ Nothing had to be changed')
  expect(page).toContain('was already there; pool `render` was already as wanted')
  expect(page).toContain('| image version | left alone |')
})

test.each<[CloudChoice, string]>([
  [{ kind: 'named', name: 'AzureUSGovernment' }, 'https://portal.azure.us/#@/resource/subscriptions/'],
  [{ kind: 'named', name: 'AzureChinaCloud' }, 'https://portal.azure.cn/#@/resource/subscriptions/'],
  [{ kind: 'resource-manager', url: 'https://localhost:1' }, 'https://portal.azure.com/#@/resource/subscriptions/']
])('in cloud %j links go to %s', (choice, address) => {
  const page = renderSummary({ plan: releasePlan(), outcome: releaseOutcome(), cloud: choice })
  const portal = /https:\/\/portal[^)]*?\/subscriptions\//.exec(page)?.[0]
  expect(portal).toBe(address)
})

describe('size', () => {
  const bytes = (text: string): number => Buffer.byteLength(text, 'utf8')
  const big = (character: string): Outcome => {
    const outcome = failedOutcome()
    const message = character.repeat(4_096 / bytes(character))
    const nodes = Array.from({ length: 10_000 }, (_, index) =>
      node(index, { state: 'unusable', errors: [{ code: `Code${index}`, message, details: [message] }] })
    )
    const details = nodes.map(({ nodeId }) => `${nodeId}: ${message}`)
    return { ...outcome, pools: [{ ...outcome.pools[0]!, nodes }], failure: { ...outcome.failure!, details } }
  }

  test.each(['x', '|', '中', '🐳', '@a', '$'])(
    '10,000 unhealthy nodes with errors of 4 KB of %s and 64 disks fit',
    character => {
      const outcome = { ...manyStepsOutcome(64), ...big(character) }
      const page = renderSummary({ plan: manyStepsPlan(64), outcome, cloud })
      expect(bytes(page)).toBeLessThan(MOST_SUMMARY_BYTES)
      const notices = page.split('\n').filter(line => line.endsWith(' left out.*'))
      expect(notices).toContainEqual(expect.stringMatching(/^\*9,\d{3} more kinds of unhealthy nodes left out/))
      expect(notices).toContainEqual(expect.stringMatching(/^\*9,\d{3} more details left out/))
      expect(headings(page)).toContain('What to do')
    }
  )

  test('the least important goes first: ids, facts, then steps; what to do is left whole', () => {
    const input = { plan: releasePlan(), outcome: failedOutcome(), cloud }
    const limitBytes = bytes(renderSummary(input)) - 1_800
    const page = renderSummary({ ...input, limitBytes })
    expect(bytes(page)).toBeLessThan(limitBytes)
    expect(page).toContain('*5 more ids left out.*')
    expect(page).toContain('*5 more facts left out.*')
    expect(page).toMatch(/\*\d more steps left out\.\*/)
    expect(page).not.toMatch(/more (?:resources|suggestions|states|checks|differences) left out/)
  })

  test('a list that would fill the page leaves room for the others', () => {
    const plan = manyStepsPlan(64)
    const page = renderSummary({ plan, outcome: { ...manyStepsOutcome(64), ...big('$') }, cloud })
    expect(page).toMatch(/9,\d{3} more kinds of unhealthy nodes left out/)
    expect(page).not.toMatch(/more (?:steps|facts|resources|checks|differences) left out/)
    expect(plan.steps.filter(({ id }) => !page.includes(`\`${id}\``))).toEqual([])
    expect(headings(page)).toEqual(expect.arrayContaining(headings(failure)))
  })

  test('a summary exactly at the limit loses something, one below it nothing', () => {
    const input = { plan: releasePlan(), outcome: releaseOutcome(), cloud }
    const whole = bytes(renderSummary(input))
    expect(renderSummary({ ...input, limitBytes: whole })).toContain('left out')
    expect(renderSummary({ ...input, limitBytes: whole + 1 })).not.toContain('left out')
  })
})
