import { stringify } from 'yaml'
import { readActionMetadata } from '../action-metadata.ts'
import type { ActionInput } from '../action-metadata.ts'
import { replaceMarkedBlock } from '../marked-block.ts'

export const target = '.github/workflows/image-rollout.yml'

/** On a pull request nothing is ever changed, whatever the caller says. */
const DRY_RUN = "${{ inputs.dry-run || startsWith(github.event_name, 'pull_request') }}"

/** A path on a runner that is gone before the caller could read it. */
const STAYS_ON_RUNNER = /-file$/

export function render(current: string): string {
  const { inputs, outputs: all } = readActionMetadata()
  const outputs = all.filter(({ name }) => !STAYS_ON_RUNNER.test(name))
  const blocks: Record<string, Record<string, unknown>> = {
    inputs: Object.fromEntries(inputs.map(input => [input.name, workflowInput(input)])),
    outputs: Object.fromEntries(
      outputs.map(({ name, description }) => [name, { description, value: `\${{ jobs.rollout.outputs.${name} }}` }])
    ),
    'job-outputs': Object.fromEntries(outputs.map(({ name }) => [name, `\${{ steps.rollout.outputs.${name} }}`])),
    with: Object.fromEntries(inputs.map(({ name }) => [name, name === 'dry-run' ? DRY_RUN : `\${{ inputs.${name} }}`]))
  }
  let text = current
  for (const [name, block] of Object.entries(blocks)) text = replaceMarkedBlock(text, name, yamlLines(block))
  return text
}

function workflowInput(input: ActionInput): Record<string, unknown> {
  const { description, required } = input
  if (input.default === 'true' || input.default === 'false') {
    return { description, required, type: 'boolean', default: input.default === 'true' }
  }
  return { description, required, type: 'string', ...(input.default === undefined ? {} : { default: input.default }) }
}

function yamlLines(value: Record<string, unknown>): string[] {
  return stringify(value, { lineWidth: 0, defaultStringType: 'PLAIN' }).trimEnd().split('\n')
}
