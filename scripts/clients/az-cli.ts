import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { ServedAzure } from '../../emulator/server.ts'
import type { Output, Row, Step } from './step.ts'

/** Every az there is: the one on PATH, and the one that `AZ` names. */
export function findAz(env: NodeJS.ProcessEnv): string[] {
  const onPath = (env['PATH'] ?? '').split(delimiter).map(folder => join(folder, 'az'))
  const found = [onPath.find(existsSync), env['AZ']].filter(path => path !== undefined && existsSync(path))
  return [...new Map(found.map(path => [realpathSync(path as string), path as string])).values()]
}

export type AzSession = {
  /** Of the file that `az cloud register` takes. */
  cloudFile: string
  perform(step: Step): Promise<Row>
  end(): void
}

/** An az of its own: no settings, extensions or sign-in of the user's, and the emulator's CA alone. */
export function azSession(az: string, { ready }: ServedAzure): AzSession {
  const folder = mkdtempSync(join(tmpdir(), 'az-client-'))
  mkdirSync(join(folder, 'config'))
  const cloudFile = join(folder, 'cloud.json')
  writeFileSync(cloudFile, JSON.stringify(cloudAt(ready.resourceManagerUrl)))
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    AZURE_CONFIG_DIR: join(folder, 'config'),
    AZURE_EXTENSION_DIR: join(folder, 'extensions'),
    AZURE_CORE_COLLECT_TELEMETRY: 'no',
    AZURE_CORE_NO_COLOR: 'yes',
    AZURE_CORE_ONLY_SHOW_ERRORS: 'yes',
    REQUESTS_CA_BUNDLE: ready.caFile
  }
  return {
    cloudFile,
    perform: step => perform(args => run(az, args, env), step),
    end: () => rmSync(folder, { recursive: true, force: true })
  }
}

/** An authority in the shape of ADFS: az asks Microsoft's own host about any other that it doesn't know. */
function cloudAt(url: string): unknown {
  return {
    endpoints: {
      ...{ resourceManager: url, management: url, gallery: url, activeDirectory: `${url}/adfs` },
      ...{ activeDirectoryResourceId: url, activeDirectoryGraphResourceId: url },
      batchResourceId: 'https://batch.core.emulated.azure/'
    },
    suffixes: {}
  }
}

type Run = { code: number; stdout: string; stderr: string }

function run(az: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Run> {
  return new Promise(resolve => {
    const options = { env, maxBuffer: 64 * 1024 * 1024, timeout: 300_000 }
    execFile(az, [...args, '--output', 'json'], options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1) || 1, stdout, stderr })
    })
  })
}

async function perform(az: (args: readonly string[]) => Promise<Run>, step: Step): Promise<Row> {
  const begun = performance.now()
  let { code, stdout, stderr } = await az(step.args)
  const instead = code !== 0 && step.instead?.when.test(stderr) ? step.instead : undefined
  if (instead !== undefined) ({ code, stdout, stderr } = await az(instead.args))
  const problem = code === 0 ? step.check?.(parsed(stdout)) : (errorIn(stderr) ?? `exit code ${code}`)
  return {
    step: step.name,
    command: words(instead?.args ?? step.args),
    result: problem === undefined ? 'ok' : 'failed',
    note: [problem, instead?.why].filter(text => text !== undefined).join('; '),
    seconds: (performance.now() - begun) / 1000
  }
}

const parsed = (stdout: string): Output => (stdout.trim() === '' ? undefined : JSON.parse(stdout))

const errorIn = (stderr: string): string | undefined =>
  stderr
    .split('\n')
    .filter(line => line.startsWith('ERROR: '))
    .at(-1)
    ?.slice('ERROR: '.length)

/** The command without its options. */
function words(args: readonly string[]): string {
  const first = args.findIndex(arg => arg.startsWith('-'))
  return args.slice(0, first === -1 ? args.length : first).join(' ')
}
