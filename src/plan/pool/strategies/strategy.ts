/** A way to bring a pool to what is wanted. Each is a file; `index.ts` lists them in the order in which they are asked. */
import type { Pool } from '../../../model/observed.ts'
import type { Difference, Finding, PlannedPool, Undo } from '../../../model/plan.ts'
import type { PoolProof } from '../proof.ts'
import type { StepDraft } from '../steps.ts'
import type { WantedPool, Situation } from '../../situation.ts'

export type PoolQuestion = {
  situation: Situation
  wanted: WantedPool
  /** Undefined where there is none yet. */
  pool: Pool | undefined
  /** Of the pool that is there, save for its scale. */
  differences: Difference[]
  /** A temporary pool proves the image for another pool of the same size in the same account. */
  isProved: boolean
}

export type PoolAnswer = {
  pool: Pick<PlannedPool, 'decision' | 'reason'>
  steps: StepDraft[]
  /** What comes before, on another pool. */
  proof?: PoolProof
  findings?: Finding[]
  /** Of its own steps, beside what every change of a pool owes. */
  undo?: Undo[]
}

/** It would be the way, and may not be gone: the rule that says so. Without a way out, the choices are the way out. */
export type Refusal = Pick<Finding, 'rule' | 'message'> & Partial<Pick<Finding, 'wayOut'>>

export type Strategy = {
  /** @returns undefined where the question is none for it */
  answer(question: PoolQuestion): PoolAnswer | Refusal | undefined
  /** What is to be done to have it this way, and what that costs: for a change that was refused. */
  choice?(question: PoolQuestion): string
}
