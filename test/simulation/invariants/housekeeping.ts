/** What only tidies up never decides how a run ends. */
import { isChange } from '../disturbed-azure.ts'
import type { Invariant, Loose, Run } from './invariant.ts'

/** Kinds of steps that come when all is proved. */
const LAST_STEPS = new Set(['settle-image-version', 'finish-image-version', 'change-image-regions'])
const ENDED_FROM_OUTSIDE = new Set(['cancelled', 'deadline-exceeded'])

export const housekeepingInvariants: Invariant[] = [
  {
    rule: 'housekeeping never decides',
    atEndOfRun(_, { told, exchanges }) {
      if (told.killed || told.ok || ENDED_FROM_OUTSIDE.has(told.outputs['failure-reason'])) return
      const steps: Loose[] = (told.plan as Loose)?.steps ?? []
      const failed = steps.find(({ id }) => id === told.outputs['failed-step'])
      if (failed?.housekeeping === true) return `the run failed at ${failed.id}, which only tidies up`
      return LAST_STEPS.has(failed?.kind) && wasOnlyKeptFromTidying(told.log, exchanges)
        ? `the run failed at ${failed.id}, though nothing had gone wrong but that snapshots are left`
        : undefined
    }
  }
]

function wasOnlyKeptFromTidying(log: string[], exchanges: Run['exchanges']): boolean {
  const isWrong = ({ request, response, lost }: Run['exchanges'][number]): boolean =>
    lost === true ||
    (isChange(request) && response.status >= 400 && request.method !== 'DELETE') ||
    /"Failed"|"Canceled"/.test(JSON.stringify(response.body ?? ''))
  return log.some(line => /warning: snapshot \S+ is left/.test(line)) && !exchanges.some(isWrong)
}
