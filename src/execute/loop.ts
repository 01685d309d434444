/** Drives the closed loops: looks, has it decided, acts, and waits. What is decided, and why, is a reducer’s of `decide/`. */
import type { Halt } from '../decide/decision.ts'
import { RunError } from '../model/failure.ts'
import type { Verdict } from '../rules/node-health.ts'
import type { Execution } from './context.ts'
import { watch, type Pace } from './watch.ts'

/** One of kind `halt` is a `Halt`. */
type AnyDecision = { kind: string; reason: string }
type Of<Decision extends AnyDecision, Kind extends string> = Extract<Decision, { kind: Kind }>
type Ended<Look, Decision extends AnyDecision> = { done: Of<Decision, 'done'>; look: Look }
type Acted<Decision extends AnyDecision> = Exclude<Decision, { kind: 'done' | 'halt' }>

/** `Progress`: what the loop knows besides what it sees, undefined where that is nothing. */
export type Loop<Look, Progress, Decision extends AnyDecision> = {
  /** Before the first look. */
  progress: Progress
  look(pace: Pace, progress: Progress): Promise<Look>
  /** Pure: `wait` looks again later, `done` and `halt` end the loop, everything else is acted on. */
  decide(look: Look, progress: Progress): Decision
  /** Told why it waits, after each look that comes to that. */
  tell(reason: string): void
  /**
   * Follows a decision, before the next wait. Undefined: nothing came of it, or Azure takes it only later.
   * @returns what is known from now on; with a `look` it is decided again at once
   */
  act?(
    decision: Acted<Decision>,
    seen: { look: Look; progress: Progress; pace: Pace }
  ): Promise<{ progress?: Progress; look?: Look } | undefined>
  /** What a halt throws: the verdict itself by default. */
  errorOf?(halt: Of<Decision, 'halt'>, look: Look): Promise<unknown>
  /** Ms that it takes as far as is known, unless it fails at once. */
  expectMs?: number
}

/**
 * @returns the decision that it is done, and the look that it was made on
 * @throws what `errorOf` makes of a halt, and what `look` and `act` throw
 */
export async function drive<Look, Progress, Decision extends AnyDecision>(
  run: Execution,
  loop: Loop<Look, Progress, Decision>
): Promise<Ended<Look, Decision>> {
  const { errorOf = async (halt: unknown) => haltError(halt as Halt) } = loop
  let { progress } = loop
  const once = async (pace: Pace): Promise<Ended<Look, Decision> | undefined> => {
    let look: Look = await loop.look(pace, progress)
    for (;;) {
      const decision = loop.decide(look, progress)
      if (isOf(decision, 'done')) return { done: decision, look }
      if (isOf(decision, 'halt')) throw await errorOf(decision, look)
      if (decision.kind === 'wait') loop.tell(decision.reason)
      const acted = await loop.act?.(decision as Acted<Decision>, { look, progress, pace })
      if (acted?.progress !== undefined) progress = acted.progress
      if (acted?.look === undefined) return undefined
      look = acted.look
    }
  }
  return watch(run, once, loop.expectMs)
}

function isOf<Decision extends AnyDecision, Kind extends string>(
  decision: Decision,
  kind: Kind
): decision is Of<Decision, Kind> {
  return decision.kind === kind
}

export function haltError({ failure, reason, wayOut, repetition }: Verdict): RunError {
  return new RunError({ reason: failure, message: reason, wayOut, repetition })
}

/** Says a line when it isn't the one that it said last. */
export function teller(run: Execution, stepId: string): (line: string) => void {
  let last = ''
  return line => {
    if (line !== '' && line !== last) run.say(stepId, line)
    last = line
  }
}

/** For what waits without a word: its step says all that there is to say. */
export const SILENT = (): void => undefined
