/** Drives `decideVerify`. Reads only: nothing is done about the nodes. */
import { decideVerify, type VerifyDecision, type VerifyView } from '../decide/verify.ts'
import { tallyNodes } from '../rules/node-health.ts'
import { nodesOf, totalOf } from '../rules/node-targets.ts'
import type { Execution, Performed, StepOf } from './context.ts'
import { withImageLookedAt } from './image-still-there.ts'
import { drive, haltError, teller } from './loop.ts'
import { halted, nodeLooks, readNodes } from './node-looks.ts'
import { readPool } from './pool-changes.ts'
import { startTaskOutput } from './start-task-output.ts'

export async function verifyNodes(run: Execution, step: StepOf<'verify-nodes'>): Performed {
  const looks = nodeLooks(run)
  const { done } = await drive<VerifyView, undefined, VerifyDecision>(run, {
    progress: undefined,
    look: async ({ sinceMs }) => {
      const pool = await readPool(run, step)
      return { pool, msShort: 0, msSinceBegun: sinceMs() }
    },
    decide: view => decideVerify(step, view),
    tell: teller(run, step.id),
    act: async ({ kind }, { look: { pool }, pace: { mark, sinceMs } }) => {
      if (kind === 'wait') return undefined
      const expected = totalOf(nodesOf(pool))
      const { nodes, msShort } = looks.at(await readNodes(run, step), expected)
      const tally = tallyNodes(nodes, step.nodeTimeoutMs)
      mark('settled', tally.total - tally.pending, expected)
      return { look: { pool, nodes: tally, msShort, msSinceBegun: sinceMs() } }
    },
    errorOf: async (verdict, { pool, nodes }) => {
      // Of a pool without nodes the list may still show some, which are not the reason.
      const bad = totalOf(nodesOf(pool)) === 0 ? [] : (nodes?.bad ?? [])
      return halted(run, step, { verdict, bad, output: await startTaskOutput(run, step, bad) })
    }
  })
  const { reason, shortfall } = done
  if (shortfall !== undefined) await warnOfShortfall(run, step, shortfall)
  return reason
}

type Shortfall = NonNullable<Extract<VerifyDecision, { kind: 'done' }>['shortfall']>

/** @throws RunError where the image is gone: none of the nodes can come any more. */
async function warnOfShortfall(run: Execution, step: StepOf<'verify-nodes'>, shortfall: Shortfall): Promise<void> {
  const looked = await withImageLookedAt(run, step, shortfall)
  if (looked !== shortfall) throw haltError(looked)
  run.warn(step.id, { message: shortfall.reason, wayOut: shortfall.retried })
}
