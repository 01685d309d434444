/** What only tidies up never decides how a run ends. */
import { whatStands } from './ending.ts'
import { completed, isKeptByLock, type Invariant, type Loose, type Run } from './invariant.ts'
import { isChange } from '../disturbed-azure.ts'

/** Kinds of steps that come when all is proved. */
const LAST_STEPS = new Set(['settle-image-version', 'update-image-version', 'change-image-regions'])
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
  },
  {
    rule: 'where a lock keeps snapshots, all else stands as it would without',
    atEndOfLife(life, _, unlocked) {
      if (unlocked === undefined || !life.simulated.comparable || completed(unlocked) === undefined) return
      if (isKeptByLock(life)) return
      const [is, shall] = [life, unlocked].map(one => JSON.stringify(whatStands(one), undefined, 1))
      if (is === shall) return
      return completed(life) === undefined
        ? `no run went well: ${life.runs.at(-1)?.told?.outputs['failure-reason']}; without the lock one did`
        : `${is}\n--- and without the lock ---\n${shall}`
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
