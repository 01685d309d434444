/** What must hold of a disturbed life, whatever the disturbance. */
import { reasonsFor } from './disturbances.ts'
import { propertiesOf } from './properties.ts'
import { DEADLINE_MINUTES } from './stories.ts'
import type { Life } from './try-cell.ts'
import type { Calm } from './trace.ts'

/** For the report and the last look. */
const AFTER_DEADLINE_MINUTES = 2
const CANCELLED_WITHIN_MS = 5_000

// The emulated Azure's JSON, as its GETs show it.
/* eslint-disable @typescript-eslint/no-explicit-any */
type Loose = any

export function judge(life: Life, calm: Calm): string[] {
  const { told, next, end, reached } = life
  if (!reached) return [`exchange ${life.cell.at} was another one than in the undisturbed telling`]
  return [
    ...endingOf(life),
    ...betweenOf(life),
    ...sourceOf(life),
    ...(next.ok ? [] : [`the next run failed: ${next.outputs['failure-reason']}: ${failureLine(next.log)}`]),
    ...(told.ok && !isLeftToNext(life) && next.changes.length > calm.changesAgain
      ? [`after a run that succeeded the next one still had to change: ${next.changes.join(' | ').slice(0, 300)}`]
      : []),
    ...differences(propertiesOf(end), calm.properties)
  ]
}

/**
 * What is gone needs no deletion, and what only tidies up, or adds a region that no pool needs, isn't awaited: what stays after
 * all is the next run's, and where it could be known, the run warns of it.
 */
const isLeftToNext = ({ cell, disturbance, told }: Life): boolean =>
  (cell.exchange.method === 'DELETE' && disturbance.id === '404') ||
  (/^(update-image-version|change-image-regions|mark-image-proved)$/.test(cell.exchange.stage) &&
    disturbance.wrong.kind === 'operation') ||
  told.annotations.some(({ level, title }) => level === 'warning' && title.startsWith('warning at '))

function endingOf({ cell, disturbance, told, cancelledAfterMs = 0 }: Life): string[] {
  if (told.killed) return []
  const reason = told.outputs['failure-reason']
  const allowed = reasonsFor(disturbance, cell.exchange)
  // Cancelled when all that decides was done: it succeeded, and still ends as cancelled, for the post step's sake.
  const isWell = told.ok || (reason === '' && disturbance.id === 'cancelled')
  return [
    ...(isWell || (allowed as readonly string[]).includes(reason)
      ? []
      : [`the run failed with ${reason} where ${allowed.join(', ') || 'success'} is right: ${failureLine(told.log)}`]),
    ...(told.minutes <= DEADLINE_MINUTES + AFTER_DEADLINE_MINUTES ? [] : [`the run took ${told.minutes} minutes`]),
    ...(told.summary === '' ? ['no summary was written'] : []),
    ...(cancelledAfterMs <= CANCELLED_WITHIN_MS ? [] : [`it ended ${cancelledAfterMs} ms after it was cancelled`])
  ]
}

/** What a run, or the post step after it, may not leave. What Azure refuses for good, it can't undo. */
function betweenOf(life: Life): string[] {
  const { between, disturbance, told } = life
  if (disturbance.forGood) return []
  const pools = between.filter(({ type }) => type === 'Microsoft.Batch/batchAccounts/pools')
  const pool: Loose = pools.find(({ name }) => name === 'render')?.['properties']
  if (pool === undefined) return []
  const isTemporary = ({ properties }: Loose): boolean =>
    properties.provisioningState !== 'Deleting' && JSON.stringify(properties).includes('batch-image-rollout-proof-of')
  const left = pools.filter(isTemporary).length
  const jobs = between.filter(
    ({ type, properties }: Loose) => type === 'Microsoft.Batch/batchAccounts/jobs' && properties.state === 'active'
  )
  const metadata: { name: string }[] = pool.metadata ?? []
  const has = (name: string): boolean => metadata.some(item => item.name === name)
  const isNamed =
    told.annotations.some(({ message }) => /(temporary pool|job) \S+ (of the smoke test )?is left/.test(message)) ||
    isLeftToNext(life)
  // With the new image in, its nodes are unproved: the next run goes on with it.
  const imageId: string = pool.deploymentConfiguration.virtualMachineConfiguration.imageReference.id
  const isOver = !told.killed && told.outputs['failure-reason'] !== 'cancelled' && imageId.endsWith('/0.9.0')
  return [
    ...(left === 0 || isNamed ? [] : ['a temporary pool was left']),
    ...(jobs.length === 0 || isNamed ? [] : ['a job was left']),
    ...(has('batch-image-rollout-lease') ? ['a lease was left on the pool'] : []),
    ...(isOver && has('batch-image-rollout-former')
      ? ['the pool was left emptied, with the note of its former scale']
      : []),
    ...(isOver && pool.scaleSettings.fixedScale?.targetDedicatedNodes === 0 ? ['the pool was left at zero nodes'] : [])
  ]
}

/** A VM that ran: it may be on its way, or be named, but neither left stopped without a word nor held by nobody. */
function sourceOf({ disturbance, told, vm }: Life): string[] {
  const isNamed = told.summary.includes('not seen running again')
  const isLeft = !/^(running|starting)$/.test(vm.between.power) && !isNamed && !disturbance.forGood
  const isOver = vm.end.power === 'running' && !vm.end.leased
  return [
    ...(isLeft ? [`the source VM was left ${vm.between.power}`] : []),
    ...(isOver ? [] : [`in the end the source VM is ${vm.end.power}${vm.end.leased ? ', and leased' : ''}`])
  ]
}

function differences(found: string[], wanted: string[]): string[] {
  return [
    ...found.filter(line => !wanted.includes(line)).map(line => `in the end there is ${line}`),
    ...wanted.filter(line => !found.includes(line)).map(line => `in the end there should be ${line}`)
  ]
}

/** The report's own first words on what went wrong. */
function failureLine(log: readonly string[]): string {
  const [, said = ''] = /What failed: ([\s\S]*?)\n\n/.exec(log.join('\n')) ?? []
  return said.replaceAll(/\s+/g, ' ').slice(0, 300)
}
