import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import { parseCommandFile, parseWorkflowCommands } from './command-files.ts'
import type { WorkflowCommand } from './command-files.ts'

const root = join(import.meta.dirname, '..')

export type StepRequest = {
  /** As in `with:`; what isn't named here has action.yml's default. Throws for one that action.yml doesn't declare. */
  inputs?: Record<string, string>
  /** `post` runs the post step, usually with the main step's `state`. */
  phase?: 'main' | 'post'
  state?: Record<string, string>
  /** Further variables: the sign-in of the embedded Azure, secrets of the pool spec, other GITHUB_* values. */
  env?: Record<string, string>
  /** Where the step runs (GITHUB_WORKSPACE); an empty folder otherwise. */
  workspace?: string
  /** Folder of the action (its action.yml and what that names); this repository otherwise. */
  actionFolder?: string
  /** Called with each piece of what the step prints, as it comes. */
  onOutput?: (text: string) => void
}

export type StepResult = {
  /** Null when a signal ended it. */
  exitCode: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
  /** `::error::…` and the like, in order. */
  commands: WorkflowCommand[]
  outputs: Record<string, string>
  state: Record<string, string>
  /** What the step wrote to GITHUB_ENV. */
  env: Record<string, string>
  /** Markdown of the job summary, and its file. */
  summary: string
  summaryFile: string
}

export type RunningStep = { child: ChildProcess; done: Promise<StepResult> }

type ActionFile = { inputs: Record<string, { default?: unknown }>; runs: { main: string; post: string } }

/** Runs the bundled action as the Actions runner does: inputs and command files in the environment, nothing else of ours. */
export function runStep(request: StepRequest): Promise<StepResult> {
  return startStep(request).done
}

/** The same, with the process in hand: for signals. */
export function startStep(request: StepRequest): RunningStep {
  const actionFolder = request.actionFolder ?? root
  const action = parse(readFileSync(join(actionFolder, 'action.yml'), 'utf8')) as ActionFile
  const folder = mkdtempSync(join(tmpdir(), 'runner-'))
  const files = commandFiles(folder)
  const env: Record<string, string> = {
    ...machineEnv(),
    ...contextEnv(folder, request.workspace),
    ...files,
    ...inputEnv(action, request.inputs ?? {}),
    ...prefixed('STATE_', request.state ?? {}),
    ...request.env
  }
  const script = join(actionFolder, action.runs[request.phase ?? 'main'])
  const child = spawn(process.execPath, [script], { env, cwd: env['GITHUB_WORKSPACE'] })
  return { child, done: collect(child, files, request.onOutput) }
}

/** `INPUT_*` for every input: what is given, else the default, else ''. Spaces become `_`, dashes stay. */
function inputEnv(action: ActionFile, given: Record<string, string>): Record<string, string> {
  const unknown = Object.keys(given).filter(name => !(name in action.inputs))
  if (unknown.length > 0) throw new Error(`inputs: ${unknown.join(', ')} not declared in action.yml`)
  const values = Object.entries(action.inputs).map(([name, input]) => {
    return [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, given[name] ?? String(input.default ?? '')]
  })
  return Object.fromEntries(values) as Record<string, string>
}

function machineEnv(): Record<string, string> {
  const names = ['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR']
  return Object.fromEntries(names.flatMap(name => (process.env[name] === undefined ? [] : [[name, process.env[name]]])))
}

function contextEnv(folder: string, workspace = join(folder, 'workspace')): Record<string, string> {
  for (const path of [workspace, join(folder, 'temp')]) mkdirSync(path, { recursive: true })
  return {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION: 'rollout',
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_EVENT_NAME: 'workflow_dispatch',
    GITHUB_JOB: 'rollout',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_REPOSITORY: 'contoso/render-farm',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '17000000001',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: '0123456789abcdef0123456789abcdef01234567',
    GITHUB_WORKFLOW: 'Roll out',
    GITHUB_WORKSPACE: workspace,
    RUNNER_OS: 'Linux',
    RUNNER_TEMP: join(folder, 'temp')
  }
}

function commandFiles(
  folder: string
): Record<'GITHUB_OUTPUT' | 'GITHUB_STATE' | 'GITHUB_ENV' | 'GITHUB_STEP_SUMMARY', string> {
  const files = {
    GITHUB_OUTPUT: join(folder, 'output'),
    GITHUB_STATE: join(folder, 'state'),
    GITHUB_ENV: join(folder, 'env'),
    GITHUB_STEP_SUMMARY: join(folder, 'summary.md')
  }
  for (const path of Object.values(files)) writeFileSync(path, '')
  return files
}

function collect(
  child: ChildProcess,
  files: ReturnType<typeof commandFiles>,
  onOutput: StepRequest['onOutput']
): Promise<StepResult> {
  const printed = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      printed[name] += text
      onOutput?.(text)
    })
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (exitCode, signal) => {
      try {
        resolve({ exitCode, signal, ...printed, ...readBack(printed.stdout, files) })
      } catch (error) {
        reject(error)
      }
    })
  })
}

function readBack(stdout: string, files: ReturnType<typeof commandFiles>) {
  const text = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '')
  return {
    commands: parseWorkflowCommands(stdout),
    outputs: parseCommandFile(text(files.GITHUB_OUTPUT)),
    state: parseCommandFile(text(files.GITHUB_STATE)),
    env: parseCommandFile(text(files.GITHUB_ENV)),
    summary: text(files.GITHUB_STEP_SUMMARY),
    summaryFile: files.GITHUB_STEP_SUMMARY
  }
}

function prefixed(prefix: string, values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [prefix + name, value]))
}
