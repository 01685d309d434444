/** What the whole action touches besides Azure's API itself; given once, in `index.ts` and `post.ts`. */
import type { HttpClient } from '@azure/core-rest-pipeline'
import type { Journal } from './model/journal.ts'
import type { RunContext } from './model/spec.ts'
import type { ToUndo } from './model/to-undo.ts'
import type { Annotation } from './report/annotations.ts'
import type { Outputs } from './report/outputs.ts'
import type { Clock } from './shared/clock.ts'

export type Deps = {
  /** An input's text; '' where it isn't given. */
  readInput(name: string): string
  env: Readonly<Record<string, string | undefined>>
  readText(path: string): string
  /** The files that a glob names, relative to the checkout. */
  glob(pattern: string): string[]
  clock: Clock
  /** Chance, in [0, 1). */
  random(): number
  context: RunContext
  getIdToken(audience: string): Promise<string>
  httpClient?: HttpClient
  journal: Journal
  log: Log
  /** Keeps the plan as a file; returns its path. As every write to the runner, it may throw. */
  writePlan(json: string): string
  /** Keeps for the post step what undoing takes. */
  saveToUndo(toUndo: ToUndo): void
  setOutputs(outputs: Outputs): void
  writeSummary(markdown: string): void
}

/** What it takes to speak to Azure. */
export type ConnectDeps = Pick<Deps, 'clock' | 'random' | 'httpClient' | 'getIdToken' | 'env'> & {
  readText?: Deps['readText']
  log: Pick<Log, 'debug' | 'say'>
  /** Hears of every access token. */
  hide?(secret: string): void
  /** Where each call that changes something is written down before it is sent. */
  journal?: Journal
}

export type Log = {
  say(text: string): void
  debug(text: string): void
  annotate(annotation: Annotation): void
  /** Never again in the log in clear. */
  mask(secret: string): void
}
