/** How long a pool spec takes to be read and refused as it grows: twice the size should take twice the time. */
import { InputError } from '../src/inputs/input-error.ts'
import { parseInputs } from '../src/commands/parse-inputs.ts'
import { ACTION_DEFAULTS } from '../src/inputs/action-defaults.ts'
import { median, table } from './table.ts'

const SIZES = [5_000, 10_000, 20_000]
const TURNS = 3

const repeated = (size: number, item: (index: number) => string, between: string): string =>
  Array.from({ length: size }, (_, index) => item(index)).join(between)

/** Each has had a part in it whose time was the square of its length. */
const SPECS: Record<string, (size: number) => string> = {
  'properties that there aren’t': size => `properties:\n${repeated(size, index => `  k${index}: 1`, '\n')}`,
  'the same key again and again': size => repeated(size, () => 'name: a', '\n'),
  'disks with a LUN each': size =>
    `properties: {deploymentConfiguration: {virtualMachineConfiguration: {dataDisks: [${repeated(size, index => `{lun: ${index}}`, ',')}]}}}`,
  'errors alone': size => `{${','.repeat(size)}}`,
  'an alias for each key': size => `a: &a 1\n${repeated(size, index => `k${index}: *a`, '\n')}`
}

export function poolSpecs(): string {
  const rows = Object.entries(SPECS).map(([name, text]) => {
    const took = SIZES.map(size => median(Array.from({ length: TURNS }, () => timeOf(text(size)))))
    const [, half = 0, whole = 0] = took
    return [name, ...took.map(ms => `${ms.toFixed(0)} ms`), (whole / half).toFixed(1)]
  })
  return table(['a pool spec of', ...SIZES.map(size => size.toLocaleString('en')), 'ratio of the last two'], rows)
}

function timeOf(text: string): number {
  const inputs: Record<string, string> = { ...ACTION_DEFAULTS, command: 'rollout', 'pool-spec-inline': text }
  const begun = performance.now()
  try {
    parseInputs(name => inputs[name] ?? '', { readText: () => '', glob: () => [], env: {} })
  } catch (error) {
    if (!(error instanceof InputError)) throw error
  }
  return performance.now() - begun
}
