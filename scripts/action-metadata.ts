import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

export type ActionInput = { name: string; description: string; required: boolean; default?: string }
export type ActionOutput = { name: string; description: string }
export type ActionMetadata = {
  inputs: ActionInput[]
  outputs: ActionOutput[]
  runs: { using: string; main: string; post?: string }
}

type Raw = {
  inputs?: Record<string, { description?: string; required?: boolean; default?: unknown } | null>
  outputs?: Record<string, { description?: string } | null>
  runs: ActionMetadata['runs']
}

/** What `action.yml` declares, in its order. Throws for an input or output without a description, all of them at once. */
export function parseActionMetadata(text: string): ActionMetadata {
  const raw = parse(text) as Raw
  const bare = [...undescribed('input', raw.inputs), ...undescribed('output', raw.outputs)]
  if (bare.length > 0) throw new Error(`action.yml: ${bare.join(', ')} without a description; say what it is for`)
  return {
    inputs: Object.entries(raw.inputs ?? {}).map(([name, input]) => ({
      name,
      description: oneLine(input?.description),
      required: input?.required === true,
      ...(input?.default === undefined ? {} : { default: String(input.default) })
    })),
    outputs: Object.entries(raw.outputs ?? {}).map(([name, output]) => ({
      name,
      description: oneLine(output?.description)
    })),
    runs: raw.runs
  }
}

/** The repository's own `action.yml`. */
export function readActionMetadata(): ActionMetadata {
  return parseActionMetadata(readFileSync(join(import.meta.dirname, '..', 'action.yml'), 'utf8'))
}

function undescribed(kind: string, declared: Raw['outputs']): string[] {
  return Object.entries(declared ?? {})
    .filter(([, value]) => oneLine(value?.description) === '')
    .map(([name]) => `${kind} "${name}"`)
}

function oneLine(text: string | undefined): string {
  return (text ?? '').trim().replaceAll(/\s+/g, ' ')
}
