/** The Actions runner, and the process, as the rest of the program sees them. */
import { error, getInput, notice, setOutput, setSecret, warning } from '@actions/core'
import { randomUUID } from 'node:crypto'
import { appendFileSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Journal } from './model/journal.ts'
import type { RunContext } from './model/spec.ts'
import type { Annotation } from './report/annotations.ts'
import { commandData } from './report/escape.ts'
import type { Outputs } from './report/outputs.ts'
import type { Clock } from './shared/clock.ts'

type Environment = Readonly<Record<string, string | undefined>>

export const clock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer)
        reject(signal?.reason)
      }
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', end)
        resolve()
      }, ms)
      if (signal?.aborted) end()
      else signal?.addEventListener('abort', end, { once: true })
    })
}

/** By these the SDKs write to stderr, past whatever keeps secrets out of the log: signed URLs, and more. */
const SDK_LOGS = ['AZURE_LOG_LEVEL', 'TYPESPEC_RUNTIME_LOG_LEVEL', 'DEBUG']

/** They read them when they are loaded, which is later. Debug logging of the job shows each call, without secrets. */
export function quietSdks(): void {
  for (const name of SDK_LOGS) {
    if (process.env[name] === undefined) continue
    delete process.env[name]
    log.debug(`${name} is left aside: what the SDKs write by it may hold secrets`)
  }
}

export const random = (): number => Math.random()

/** A folder for each run of the action: a job can use it twice. */
let folder: string | undefined

export function tempFile(name: string): string {
  folder ??= mkdtempSync(join(process.env.RUNNER_TEMP || tmpdir(), 'batch-image-rollout-'))
  return join(folder, name)
}

export function readInput(name: string): string {
  return getInput(name)
}

/** Where there can be no file for it, each write says so. */
export function journalAt(path: () => string): Journal {
  return { write: entry => appendFileSync(path(), `${JSON.stringify(entry)}\n`) }
}

export function writePlan(json: string): string {
  const file = tempFile('plan.json')
  writeFileSync(file, json)
  return file
}

/**
 * A log that nobody reads any more (EPIPE), or that has no room, ends nothing: outputs and summary are still read.
 */
export function outliveTheLog(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
}

export const log = {
  say: (text: string): void => void process.stdout.write(`${text}\n`),
  debug: (text: string): void => void process.stdout.write(`::debug::${commandData(text)}\n`),
  mask: (secret: string): void => setSecret(secret)
}

export function annotate({ level, title, message }: Annotation): void {
  const write = { error, warning, notice }[level]
  write(message, { title })
}

export function setOutputs(outputs: Outputs): void {
  for (const [name, value] of Object.entries(outputs)) setOutput(name, value)
}

/** Nothing to write to outside of GitHub. */
export function writeSummary(markdown: string): void {
  const path = process.env.GITHUB_STEP_SUMMARY
  if (path !== undefined && path !== '') appendFileSync(path, `${markdown}\n`)
}

/** GitHub's variables; outside of GitHub, words that say so. */
export function runContext(env: Environment): RunContext {
  const { GITHUB_REPOSITORY, GITHUB_RUN_ID, GITHUB_RUN_ATTEMPT, GITHUB_SHA, GITHUB_SERVER_URL } = env
  const repository = GITHUB_REPOSITORY || 'no-repository'
  const runId = GITHUB_RUN_ID || 'no-run'
  return {
    repository,
    runId,
    runAttempt: Number(GITHUB_RUN_ATTEMPT || 1),
    commit: GITHUB_SHA || '',
    nonce: randomUUID(),
    ...(GITHUB_SERVER_URL && GITHUB_REPOSITORY && GITHUB_RUN_ID
      ? { runUrl: `${GITHUB_SERVER_URL}/${repository}/actions/runs/${runId}` }
      : {})
  }
}

/**
 * Ends the process once everything printed is out. Left alone, a connection that is kept alive, or a token that is refreshed
 * in the background, would hold it, or end it with an error after it had succeeded.
 */
export function exitWhenWritten(code: number): void {
  process.exitCode = code
  process.stdout.write('', () => process.stderr.write('', () => process.exit(code)))
}
