/**
 * Works the action's chain with Microsoft's Python SDKs on the embedded Azure. Exit code 1 where a step fails; without a
 * Python that has them it says so and ends well.
 */
import { execFile, execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../tool.ts'
import { idTokenOf, serveAzure } from './served-azure.ts'
import { tableOf, type Row } from './step.ts'

const NEEDED = 'import azure.identity, azure.mgmt.compute, azure.mgmt.batch, azure.batch'

/** The Python that `PYTHON` names, else `python3`; undefined where it lacks one of the packages, or isn't there. */
export function findPython(env: NodeJS.ProcessEnv): string | undefined {
  const python = env['PYTHON'] ?? 'python3'
  const current = 'from azure.batch.models import BatchPoolCreateOptions'
  try {
    execFileSync(python, ['-c', `${NEEDED}\n${current}`], { stdio: 'ignore' })
    return python
  } catch {
    return undefined
  }
}

/** Every step with the packages of this Python, on an Azure of its own. */
export async function workWithPython(python: string): Promise<{ packages: string; rows: Row[] }> {
  const azure = await serveAzure()
  const { resourceManagerUrl: url, signIn, caFile } = azure.ready
  const given = { url, clientId: signIn['client-id'], tenantId: signIn['tenant-id'], idToken: idTokenOf(azure) }
  const env = { PATH: process.env['PATH'], REQUESTS_CA_BUNDLE: caFile, SDK_STEPS: JSON.stringify(given) }
  try {
    const { stdout, stderr } = await run(python, env)
    const rows = stdout
      .split('\n')
      .filter(line => line !== '')
      .map(line => JSON.parse(line) as Row)
    const [packages = '', ...rest] = stderr.trim().split('\n')
    return { packages, rows: rest.length === 0 ? rows : [...rows, brokeOff(rest)] }
  } finally {
    await azure.close()
  }
}

const brokeOff = (stderr: string[]): Row => ({
  ...{ step: 'to the end', command: 'sdk_steps.py', result: 'failed', seconds: 0 },
  note: stderr.at(-1) ?? ''
})

function run(python: string, env: NodeJS.ProcessEnv): Promise<{ stdout: string; stderr: string }> {
  const script = join(root, 'scripts/clients/sdk_steps.py')
  return new Promise(resolve => {
    execFile(python, [script], { env, timeout: 300_000 }, (_, stdout, stderr) => resolve({ stdout, stderr }))
  })
}

async function main(): Promise<void> {
  const python = findPython(process.env)
  if (python === undefined)
    return console.log('no Python with the current Azure SDKs (PYTHON names one): nothing was tried')
  const { packages, rows } = await workWithPython(python)
  console.log(tableOf(packages, rows))
  if (rows.length === 0 || rows.some(({ result }) => result === 'failed')) process.exitCode = 1
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main()
