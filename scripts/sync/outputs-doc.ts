import { readActionMetadata } from '../action-metadata.ts'

export const target = 'docs/outputs.md'

export function render(): string {
  const { outputs } = readActionMetadata()
  return [
    '# Outputs',
    '',
    'Written from `action.yml` by `npm run sync`. They are set on failure too, with what is known by then.',
    '',
    'GitHub drops an output of a job that contains a masked value: keep ids in `vars`, not in `secrets`.',
    '',
    '| output | meaning |',
    '| --- | --- |',
    ...outputs.map(({ name, description }) => `| \`${name}\` | ${description.replaceAll('|', '\\|')} |`),
    ''
  ].join('\n')
}
