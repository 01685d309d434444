import { batchOperations } from './batch/index.ts'
import { computeOperations, computeViews } from './compute/index.ts'
import { longRunningOperations } from './kernel/long-running.ts'
import type { Operation } from './kernel/types.ts'
import { namedResourceOperations } from './named-resources.ts'
import { resourceManagerOperations } from './resource-manager.ts'
import { adfsOperations } from './sign-in/adfs.ts'
import { DEFAULT_SIGN_IN, type SignInContext } from './sign-in/context.ts'
import { entraOperations } from './sign-in/entra.ts'
import { githubOperations } from './sign-in/github.ts'
import { metadataOperations } from './sign-in/metadata.ts'
import { knownOf, type Known } from './world-file/known.ts'

/** Everything that is emulated. */
export const allOperations = (context: SignInContext): readonly Operation[] => [
  ...metadataOperations(context),
  ...entraOperations(context),
  ...adfsOperations(context),
  ...githubOperations(context),
  ...resourceManagerOperations,
  ...namedResourceOperations,
  ...computeOperations,
  ...batchOperations,
  ...longRunningOperations(computeViews)
]

/** The names of operations don't depend on who signs in where. */
const NOWHERE: SignInContext = {
  ...{ resourceManagerUrl: '', loginUrl: '', githubUrl: '', key: '' },
  signIn: DEFAULT_SIGN_IN,
  realNow: () => 0
}

/** What worlds and faults are held to. */
export const KNOWN: Known = knownOf(allOperations(NOWHERE))
