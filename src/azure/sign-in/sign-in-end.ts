/** Says beforehand that a run may outlive its sign-in. */
import type { SignIn } from '../../model/spec.ts'
import { utc } from '../../shared/utc.ts'
import type { Job } from './job.ts'

/** Undefined where the run is over before GitHub stops giving ID tokens. @param deadlineAt ms since the epoch */
export function signInEndsEarly(who: SignIn, { asksUntil }: Job, deadlineAt: number): string | undefined {
  if (who.kind !== 'github-oidc' || asksUntil === undefined || deadlineAt <= asksUntil) return undefined
  return (
    `GitHub lets this job sign in until ${utc(asksUntil)} only, and the deadline is ${utc(deadlineAt)}: ` +
    'the last tokens may serve for most of an hour more, then the run ends with sign-in-failed. ' +
    'Give it a shorter deadline, let it begin earlier in its job, or sign in without client-id on a runner with a managed identity'
  )
}
