import { spawn } from 'node:child_process'
import { join } from 'node:path'

/** The repository's root. */
export const root = join(import.meta.dirname, '..')

/** Ends the script with one line on stderr. */
export function fail(message: string): never {
  console.error(message)
  process.exit(1)
}

export type ToolResult = { code: number; output: string }

/** Runs a script of the repository, or of node_modules, on this Node; the output is stdout and stderr as they came. */
export function captureTool(script: string, args: readonly string[] = []): Promise<ToolResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...nodeFlags, pathOf(script), ...args], { cwd: root })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('error', reject)
    child.on('close', code => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString() }))
  })
}

/** Runs it and shows its output only when it fails, which ends this script. */
export async function runTool(script: string, args: readonly string[] = []): Promise<void> {
  const { code, output } = await captureTool(script, args)
  if (code !== 0) fail(`${script} ${args.join(' ')}: exit code ${code}\n${output.trimEnd()}`)
}

const nodeFlags = ['--disable-warning=ExperimentalWarning']

function pathOf(script: string): string {
  return join(root, script.startsWith('scripts/') ? '' : 'node_modules', script)
}
