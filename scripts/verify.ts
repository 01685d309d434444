/** All that can be checked without running the code: one line a check; the whole output of one that fails. */
import { availableParallelism } from 'node:os'
import { captureTool } from './tool.ts'

const CHECKS = [
  { name: 'dist/ as built', script: 'scripts/build.ts', args: ['--check'] },
  { name: 'eslint', script: 'eslint/bin/eslint.js', args: ['.', '--max-warnings', '0'] },
  { name: 'types', script: 'typescript/bin/tsc', args: ['-p', '.'] },
  { name: 'format', script: 'prettier/bin/prettier.cjs', args: ['--check', '--log-level', 'warn', '.'] },
  { name: 'generated files in sync', script: 'scripts/sync.ts', args: ['--check'] }
]

const startedAt = performance.now()
const waiting = [...CHECKS]
const failed: string[] = []

async function work(): Promise<void> {
  for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) await perform(check)
}

async function perform(check: (typeof CHECKS)[number]): Promise<void> {
  const begun = performance.now()
  const { code, output } = await captureTool(check.script, check.args)
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${check.name.padEnd(24)} ${seconds(begun)}`)
  if (code === 0) return
  failed.push(check.name)
  console.log(output.trimEnd().replaceAll(/^/gm, '  '))
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`
}

await Promise.all(Array.from({ length: Math.min(availableParallelism(), CHECKS.length) }, work))
console.log(
  failed.length === 0
    ? `verify: ${CHECKS.length} checks ok in ${seconds(startedAt)}`
    : `verify: failed: ${failed.join(', ')} (${seconds(startedAt)})`
)
process.exitCode = failed.length === 0 ? 0 : 1
