import { parse } from 'yaml'
import { readActionMetadata } from '../../scripts/action-metadata.ts'

type Given = { with?: Record<string, unknown> }
type Workflow = { jobs: Record<string, Given & { steps?: Given[] }> }

const declared = readActionMetadata().inputs.map(({ name }) => name)

/** What a workflow gives the action, with `${{ vars.… }}` and `${{ inputs.… }}` put in. The sign-in is the embedded Azure's own. */
export function inputsIn(yaml: string, values: Record<string, string>): Record<string, string> {
  const { jobs } = parse(yaml) as Workflow
  const withs = Object.values(jobs).flatMap(job => [job.with, ...(job.steps ?? []).map(step => step.with)])
  const given = Object.entries(withs.find(one => one !== undefined && 'batch-account' in one) ?? {})
  const inputs = given
    .filter(([name]) => declared.includes(name) && !['client-id', 'tenant-id'].includes(name))
    .map(([name, value]) => [name, String(value).replace(EXPRESSION, (_, variable: string) => values[variable] ?? '')])
  return Object.fromEntries(inputs) as Record<string, string>
}

const EXPRESSION = /\$\{\{ (?:vars|inputs)\.([\w-]+) \}\}/
