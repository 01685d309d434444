/** Writes under the ETag of a look, which somebody else’s write makes fail: then it is looked at again. */
import { AzureError } from './errors.ts'

/** Looks of one write: whoever writes more often than that is at work on the same thing. */
const LOOKS = 5

type Attempt<T> = {
  write(seen: T): Promise<T>
  /** As it is now; throws where it isn't as it must be. `done`: it is as it would have been written. */
  lookAgain(before: T): Promise<{ seen: T; done: boolean }>
}

export async function writeAgain<T>(first: T, { write, lookAgain }: Attempt<T>): Promise<T> {
  let seen = first
  for (let looks = 1; ; looks += 1) {
    try {
      return await write(seen)
    } catch (error) {
      if (!(error instanceof AzureError) || error.status !== 412 || looks === LOOKS) throw error
      const again = await lookAgain(seen)
      if (again.done) return again.seen
      seen = again.seen
    }
  }
}
