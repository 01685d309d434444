import { Evaluator, Lexer, Parser, data, wellKnownFunctions } from '@actions/expressions'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { readActionMetadata } from '../../scripts/action-metadata.ts'
import { readText } from './repository-files.ts'

type Step = { id?: string; uses?: string; with?: Record<string, string>; env?: Record<string, string> }
type Workflow = {
  on: { workflow_call: { outputs: Record<string, { value: string }> } }
  jobs: { rollout: { environment: string; concurrency: Record<string, unknown> & { group: string }; steps: Step[] } }
}
type Contexts = { github: Record<string, string>; inputs: Record<string, string | boolean> }

const workflow = parse(readText('.github/workflows/image-rollout.yml')) as Workflow
const { rollout } = workflow.jobs
const withDryRun = rollout.steps.find(({ id }) => id === 'rollout')?.with?.['dry-run'] ?? ''

const KEY = 'batch-image-rollout/render'
test.each([
  { event: 'push', dryRun: false, changes: true },
  { event: 'schedule', dryRun: false, changes: true },
  { event: 'workflow_dispatch', dryRun: false, changes: true },
  { event: 'push', dryRun: true, changes: false },
  { event: 'pull_request', dryRun: false, changes: false },
  { event: 'pull_request', dryRun: true, changes: false },
  { event: 'pull_request_target', dryRun: false, changes: false }
])('on $event with dry-run $dryRun: something may change: $changes', ({ event, dryRun, changes }) => {
  const contexts = {
    github: { event_name: event, run_id: '17' },
    inputs: { 'dry-run': dryRun, environment: 'production', 'concurrency-key': 'render' }
  }
  expect(evaluated(withDryRun, contexts)).toBe(String(!changes))
  expect(evaluated(rollout.environment, contexts)).toBe(changes ? 'production' : '')
  expect(evaluated(rollout.concurrency.group, contexts)).toBe(changes ? KEY : `${KEY}/plan/17`)
})

test('a run that waits is never cancelled, neither is one that has begun', () => {
  expect(rollout.concurrency).toMatchObject({ 'cancel-in-progress': false, queue: 'max' })
})

test('the action comes from the repository and commit of the workflow itself', () => {
  const own = rollout.steps.find(step => step.with?.['path'] === '.batch-image-rollout')
  expect(own?.with).toMatchObject({
    repository: '${{ job.workflow_repository }}',
    ref: '${{ job.workflow_sha }}'
  })
  expect(rollout.steps.at(-1)?.uses).toBe('./.batch-image-rollout')
})

test('the caller gets every output but a path, which would be of a runner that is gone', () => {
  const outputs = readActionMetadata().outputs.map(({ name }) => name)
  expect(Object.keys(workflow.on.workflow_call.outputs)).toEqual(outputs.filter(name => name !== 'plan-file'))
})

/** Text with each `${{ … }}` replaced by its value, by GitHub's own evaluator. */
function evaluated(text: string, contexts: Contexts): string {
  return text.replaceAll(/\$\{\{([\s\S]*?)\}\}/g, (_, expression: string) => {
    const tokens = new Lexer(expression.trim()).lex().tokens
    const parsed = new Parser(tokens, Object.keys(contexts), [...Object.values(wellKnownFunctions)]).parse()
    return new Evaluator(parsed, dictionary(contexts)).evaluate().coerceString()
  })
}

function dictionary(values: Contexts | Contexts['inputs']): data.Dictionary {
  const pairs = Object.entries(values).map(([key, value]: [string, string | boolean | Contexts['inputs']]) => {
    if (typeof value === 'object') return { key, value: dictionary(value) }
    return { key, value: typeof value === 'string' ? new data.StringData(value) : new data.BooleanData(value) }
  })
  return new data.Dictionary(...pairs)
}
