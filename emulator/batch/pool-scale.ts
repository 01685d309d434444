import { isDeepStrictEqual } from 'node:util'
import type { Call, JsonObject, Stored } from '../kernel/types.ts'
import { firstEvaluation } from './autoscale.ts'
import { refuse, refuseProperty } from './batch-errors.ts'
import { checkAutoScale } from './formula-check.ts'
import { numberOf, objectOf, textOf } from './json.ts'
import type { DeallocationOption } from './pool-facts.ts'
import { poolProperties } from './pool-nodes.ts'
import { allocationAt, countAt, factsOf } from './pool-record.ts'
import { cutResize, settleAtPresent, startResize } from './resize.ts'
import { durationMs, ticksOf } from './time.ts'

const SHORTEST_TIMEOUT_MS = 5 * 60_000
const OPTIONS = ['Requeue', 'Terminate', 'TaskCompletion', 'RetainedData']

/** A write: another ETag, later than the last one, also within a millisecond. */
export function touch(call: Call, pool: Stored): void {
  const facts = factsOf(pool)
  const now = ticksOf(call.now)
  facts.ticks = now > facts.ticks ? now : facts.ticks + 1n
}

/** Throws the 400 for scale settings that Batch doesn't take. They are as the request has them. */
export function checkScaleSettings(call: Call, settings: JsonObject): void {
  const { fixedScale, autoScale } = settings
  if ((fixedScale === undefined) === (autoScale === undefined)) {
    refuseProperty(call, {
      name: 'scaleSettings',
      value: '',
      reason: 'Specify exactly one of fixedScale and autoScale'
    })
  }
  if (autoScale !== undefined) checkAutoScale(call, objectOf(autoScale))
  const fixed = objectOf(fixedScale)
  checkTimeout(call, fixed['resizeTimeout'] as string | undefined)
  checkOption(call, textOf(fixed['nodeDeallocationOption']))
  for (const name of ['targetDedicatedNodes', 'targetLowPriorityNodes']) {
    const value = fixed[name]
    if (value === undefined) continue
    const number = numberOf(value)
    if (number === undefined || !Number.isInteger(number) || number < 0) {
      refuseProperty(call, { name, value: String(value), reason: 'The value must be a whole number of at least 0' })
    }
  }
}

/** `resizeTimeout` has a minimum of 5 minutes; less is a 400 (ARM specification). */
export function checkTimeout(call: Call, resizeTimeout: string | undefined): void {
  if (resizeTimeout === undefined) return
  const ms = durationMs(resizeTimeout)
  if (ms !== undefined && ms >= SHORTEST_TIMEOUT_MS) return
  refuseProperty(call, { name: 'resizeTimeout', value: resizeTimeout, reason: 'The minimum value is 5 minutes' })
}

export function checkOption(call: Call, option: string | undefined): void {
  if (option === undefined || OPTIONS.some(known => known.toLowerCase() === option.toLowerCase())) return
  refuseProperty(call, {
    name: 'nodeDeallocationOption',
    value: option,
    reason: 'The value is not one of the known options'
  })
}

/** The option in ARM's casing, `Requeue` where there is none. */
export function optionOf(text: string | undefined): DeallocationOption {
  return (OPTIONS.find(option => option.toLowerCase() === text?.toLowerCase()) ?? 'Requeue') as DeallocationOption
}

/** Does what the pool's scale settings say now; `option` came with the request. */
export function applyScale(call: Call, pool: Stored, option: DeallocationOption): void {
  const facts = factsOf(pool)
  const { fixedScale, autoScale } = objectOf(poolProperties(pool)['scaleSettings'])
  if (autoScale !== undefined) {
    const { error, results, target, option } = firstEvaluation(
      pool,
      textOf(objectOf(autoScale)['formula']) ?? '',
      call.now
    )
    facts.autoScaleRun = { at: call.now, results, ...(error && { error }) }
    if (error !== undefined) return
    if (isSettled(call, pool) && isDeepStrictEqual(target, countAt(facts, call.now))) {
      settleAtPresent(pool, call.now, 'formula')
      return
    }
    return startResize(call.world, pool, { target, option, resizeTimeout: 'PT15M', now: call.now })
  }
  delete facts.autoScaleRun
  const fixed = objectOf(fixedScale)
  const target = {
    dedicated: numberOf(fixed['targetDedicatedNodes']) ?? 0,
    lowPriority: numberOf(fixed['targetLowPriorityNodes']) ?? 0
  }
  startResize(call.world, pool, {
    target,
    option,
    resizeTimeout: textOf(fixed['resizeTimeout']) ?? 'PT15M',
    now: call.now
  })
}

/** Steady, and not just being made: a new pool is resized at first, be it to nothing. */
const isSettled = ({ now }: Call, pool: Stored): boolean =>
  pool.createdAt < now && factsOf(pool).resize !== undefined && allocationAt(pool, now).state === 'Steady'

export function isAutoScaled(pool: Stored): boolean {
  return objectOf(poolProperties(pool)['scaleSettings'])['autoScale'] !== undefined
}

/** 409 of the Batch service's specification for a second resize; ARM's answer isn't documented. */
export function checkSteady(call: Call, pool: Stored): void {
  if (allocationAt(pool, call.now).state === 'Steady') return
  refuse(call, { status: 409, code: 'PoolBeingResized', message: 'The specified pool is being resized.' })
}

/** Refused on a pool that scales by itself (recorded). On a steady pool nothing happens. The ETag stays. */
export function stopResize(call: Call, pool: Stored): void {
  if (isAutoScaled(pool)) {
    refuse(call, {
      status: 409,
      code: 'OperationInvalidForCurrentState',
      message: 'The specified operation is not valid for the current state of the resource.',
      details: [
        { code: 'Reason', message: 'The specified pool has AutoScale enabled. AutoScale resize cannot be stopped' }
      ]
    })
  }
  cutResize(call.world, pool, { at: call.now, by: 'stopResize' })
}

/** Fixes the pool at the nodes that it has. Without autoscale nothing happens. */
export function disableAutoScale(call: Call, pool: Stored): void {
  if (!isAutoScaled(pool)) return
  const facts = factsOf(pool)
  cutResize(call.world, pool, { at: call.now, by: 'disableAutoScale' })
  const target = settleAtPresent(pool, call.now, 'disableAutoScale')
  delete facts.autoScaleRun
  const fixedScale = {
    targetDedicatedNodes: target.dedicated,
    targetLowPriorityNodes: target.lowPriority,
    resizeTimeout: facts.resize?.resizeTimeout ?? 'PT15M'
  }
  pool.body = { ...pool.body, properties: { ...poolProperties(pool), scaleSettings: { fixedScale } } }
  touch(call, pool)
}
