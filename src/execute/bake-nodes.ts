/** Drives `decideBake`. Nothing is done about the nodes; the lease is renewed where the run still holds the pool. */
import { decideBake, type BakeDecision, type BakeView } from '../decide/bake.ts'
import { tallyNodes } from '../rules/node-health.ts'
import { nodesOf, totalOf } from '../rules/node-targets.ts'
import { utcSeconds } from '../shared/utc.ts'
import type { Execution, Performed, StepOf } from './context.ts'
import { drive, teller } from './loop.ts'
import { halted, nodeLooks, readNodes } from './node-looks.ts'
import { readPool, renewLease } from './pool-changes.ts'
import { startTaskOutput } from './start-task-output.ts'

export async function bakeNodes(run: Execution, step: StepOf<'bake-nodes'>): Performed {
  const looks = nodeLooks(run)
  const { metadata } = step
  run.say(step.id, `the nodes must stay healthy until ${utcSeconds(run.clock.now() + step.bakeMs)}`)
  const { done } = await drive<BakeView, undefined, BakeDecision>(run, {
    progress: undefined,
    look: async ({ sinceMs }) => {
      const pool = await readPool(run, step)
      const { nodes, msShort } = looks.at(await readNodes(run, step), totalOf(nodesOf(pool)))
      return { pool, nodes, msShort, msSinceBegun: sinceMs(), msLeft: run.deadlineAt - run.clock.now() }
    },
    decide: view => decideBake(step, view),
    tell: teller(run, step.id),
    act: async (_wait, { look: { pool } }) => {
      if (metadata !== undefined) await renewLease(run, { ...step, metadata }, pool)
      return undefined
    },
    errorOf: async (verdict, { nodes }) => {
      if (verdict.blamesImage === true) run.known.conditions.add('image-blamed')
      const { bad } = tallyNodes(nodes, step.nodeTimeoutMs)
      return halted(run, step, { verdict, bad, output: await startTaskOutput(run, step, bad) })
    },
    expectMs: step.bakeMs
  })
  return done.reason
}
