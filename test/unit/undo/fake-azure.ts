/** One VM and one pool, as an Azure that takes every change unless a test says otherwise. */
import { AzureError } from '../../../src/azure/errors.ts'
import type { Azure } from '../../../src/azure/gateway.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import type { Pool, Vm } from '../../../src/model/observed.ts'
import type { Undoing } from '../../../src/undo/undoing.ts'
import { AT, CONTEXT } from '../../support/observed-fixtures.ts'

export type World = { vm?: Vm; pool?: Pool }

export type Fake = {
  world: World
  /** What was changed, in order. */
  calls: string[]
  undoing: Undoing
  /** The next call of this name ends so, after `meanwhile`. */
  refuse(call: string, status: number, meanwhile?: () => void): void
}

export function fakeAzure(world: World): Fake {
  const calls: string[] = []
  const refusals = new Map<string, { status: number; meanwhile: () => void }[]>()
  let now = AT
  const change = (call: string, effect: () => void): void => {
    calls.push(call)
    const refusal = refusals.get(call)?.shift()
    if (refusal === undefined) return effect()
    refusal.meanwhile()
    throw new AzureError({ operation: call, target: 'it', status: refusal.status, code: 'No', message: 'no' })
  }
  const compute = {
    getVm: async () => world.vm,
    setVmTags: async (_: string, tags: Vm['tags']) =>
      change('setVmTags', () => {
        if (world.vm !== undefined) world.vm = { ...world.vm, tags }
      }),
    startVm: async () =>
      change('startVm', () => {
        if (world.vm !== undefined) world.vm = { ...world.vm, powerState: 'running' }
      })
  }
  const batch = {
    getAccount: async () => undefined,
    getPool: async () => world.pool,
    patchPool: async (_: string, body: JsonObject) => {
      change('patchPool', () => (world.pool = patched(world.pool!, body)))
      return world.pool
    },
    stopResize: async () => {
      change('stopResize', () => (world.pool = { ...world.pool!, allocationState: 'Stopping' }))
      return world.pool
    }
  }
  return {
    world,
    calls,
    refuse: (call, status, meanwhile = () => undefined) =>
      void refusals.set(call, [...(refusals.get(call) ?? []), { status, meanwhile }]),
    undoing: {
      azure: { compute, batch } as unknown as Azure,
      clock: {
        now: () => now,
        // Whatever is on its way has arrived by the next look.
        sleep: async ms => {
          now += ms
          if (world.vm !== undefined) world.vm = { ...world.vm, powerState: 'deallocated' }
          if (world.pool !== undefined) world.pool = { ...world.pool, allocationState: 'Steady' }
        }
      },
      context: CONTEXT,
      signal: new AbortController().signal
    }
  }
}

type Body = { properties: { metadata?: Pool['metadata']; scaleSettings?: { fixedScale?: JsonObject } } }

function patched(pool: Pool, body: JsonObject): Pool {
  const { metadata, scaleSettings } = (body as unknown as Body).properties
  const { targetDedicatedNodes, targetLowPriorityNodes } = scaleSettings?.fixedScale ?? {}
  return {
    ...pool,
    ...(metadata === undefined ? {} : { metadata }),
    ...(scaleSettings === undefined
      ? {}
      : {
          scale: {
            kind: 'fixed',
            targetDedicatedNodes: Number(targetDedicatedNodes),
            targetLowPriorityNodes: Number(targetLowPriorityNodes)
          }
        })
  }
}
