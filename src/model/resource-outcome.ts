/** What became of the resources of a run, by its own calls alone: the report is made of it, not of what was planned. */

import { sameId } from './arm-id.ts'

/** What a run did to a resource, once Azure had taken it. */
export type Deed = 'made' | 'changed' | 'deleted' | 'started' | 'stopped'

export type ResourceOutcome = {
  /** ARM id, as it was first written. */
  id: string
  /** Whether it is there, by what Azure answered last. Undefined where nothing says: nobody looked, or a call had no answer. */
  exists?: boolean
  /** A call that would have changed it had no answer, or failed half-way: it may have taken effect. */
  isUncertain?: true
  /** In order, each once in a row. */
  deeds: Deed[]
}

/** Undefined: the run has had nothing to do with it. */
export function resourceOf(resources: readonly ResourceOutcome[], id: string): ResourceOutcome | undefined {
  return resources.find(one => sameId(one.id, id))
}

/** Whether the run has changed it, or may have. */
export function hasChanged({ deeds, isUncertain }: ResourceOutcome): boolean {
  return deeds.length > 0 || isUncertain === true
}
