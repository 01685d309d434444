import { transcript } from '../support/transcript.ts'
import type { Simulation } from './simulate.ts'

/** What a seed has broken, its transcript, and how to see it again. */
export function report({ seed, violations, chapters }: Simulation): string {
  const rules = violations.map(({ rule, found, run }) => `run ${run}: ${rule}\n  ${found.replaceAll('\n', '\n  ')}`)
  return [
    transcript(chapters),
    `seed ${seed} breaks ${violations.length} ${violations.length === 1 ? 'rule' : 'rules'}; again: npm run simulate -- --seed ${seed}`,
    ...rules
  ].join('\n')
}
