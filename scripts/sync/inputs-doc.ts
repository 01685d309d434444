import { readActionMetadata } from '../action-metadata.ts'
import type { ActionInput } from '../action-metadata.ts'

export const target = 'docs/inputs.md'

export function render(): string {
  const { inputs } = readActionMetadata()
  return [
    '# Inputs',
    '',
    'Written from `action.yml` by `npm run sync`. All problems with inputs are reported together, before any call to Azure.',
    '',
    '| input | default | meaning |',
    '| --- | --- | --- |',
    ...inputs.map(input => `| \`${input.name}\` | ${defaultOf(input)} | ${cell(input.description)} |`),
    ''
  ].join('\n')
}

function defaultOf(input: ActionInput): string {
  if (input.required) return 'required'
  return input.default === undefined || input.default === '' ? '' : `\`${input.default}\``
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}
