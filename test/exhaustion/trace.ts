/** An undisturbed telling of a main story: its exchanges, each with what it is and the stage of the plan it belongs to. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { createEmulator, type EmulatorRequest } from '../../emulator/index.ts'
import { STORY_STARTS_AT, tellStory } from '../support/story.ts'
import { inVirtualTime } from '../support/virtual-time.ts'
import { propertiesOf } from './properties.ts'
import { worldOf, type MainStory } from './stories.ts'

export type Traced = {
  /** Number of the exchange, from 0. */
  at: number
  method: string
  path: string
  operation: string
  phase: 'begin' | 'poll' | 'read' | 'read back' | 'sign-in'
  /** `observe`, the kind of a step, or `aftermath`. */
  stage: string
  status: number
  hasBody: boolean
  isConditional: boolean
}

export type Calm = {
  story: string
  exchanges: Traced[]
  /** How the world stands in the end. */
  properties: string[]
  /** What the same run does when it is told again: nothing, or what never ends. */
  changesAgain: number
}

export const SETTLES_MS = 14 * 3_600_000

export function trace(story: MainStory): Promise<Calm> {
  return worldOf(story).then(world =>
    inVirtualTime(STORY_STARTS_AT, async clock => {
      const emulator = createEmulator({ world, clock: () => clock.now() })
      const stages = stageTeller()
      const seen: { request: EmulatorRequest; stage: string }[] = []
      const watched = {
        ...emulator,
        handle: (request: EmulatorRequest) => {
          seen.push({ request, stage: stages.now() })
          return emulator.handle(request)
        }
      }
      const told = await tellStory(watched, clock, {
        inputs: story.inputs,
        context: { nonce: 'first' },
        deps: stages.deps
      })
      if (!told.ok) throw new Error(`story ${story.id} fails by itself: ${JSON.stringify(told.outputs)}`)
      const exchanges = told.exchanges.map((exchange, at): Traced => {
        const { request, response, operation = '' } = exchange
        const { stage = '' } = seen[at] ?? {}
        const { pathname } = new URL(request.url)
        return {
          at,
          method: request.method,
          path: pathname,
          operation,
          phase: phaseOf({ operation, method: request.method, stage }),
          stage,
          status: response.status,
          hasBody: response.body !== null,
          isConditional: ['if-match', 'if-none-match'].some(name => request.headers[name] !== undefined)
        }
      })
      const again = await tellStory(emulator, clock, {
        inputs: story.inputs,
        context: { nonce: 'again', runAttempt: 2 }
      })
      if (!again.ok) throw new Error(`story ${story.id} fails when it is told again: ${JSON.stringify(again.outputs)}`)
      await clock.sleep(SETTLES_MS)
      const properties = propertiesOf(emulator.state())
      return { story: story.id, exchanges, properties, changesAgain: again.changes.length }
    })
  )
}

function phaseOf({ operation, method, stage }: { operation: string; method: string; stage: string }): Traced['phase'] {
  if (/^(GitHub|Entra|Metadata)_/.test(operation)) return 'sign-in'
  if (method !== 'GET') return 'begin'
  if (/Operations_Get$/.test(operation)) return 'poll'
  return stage === 'observe' ? 'read' : 'read back'
}

/** Each step says its title first: from then on, whatever it awaits is done in its name. */
function stageTeller() {
  const step = new AsyncLocalStorage<string>()
  const kinds = new Map<string, string>()
  const log = { say, debug: () => undefined, annotate: () => undefined, mask: () => undefined }
  function say(line: string): void {
    const [, id = ''] = /^ *\d+:\d\d {2}(\S+)/.exec(line) ?? []
    const kind = kinds.get(id)
    if (kind !== undefined) step.enterWith(kind)
  }
  const writePlan = (json: string): string => {
    const plan = JSON.parse(json) as { steps: { id: string; kind: string }[] }
    for (const { id, kind } of plan.steps) kinds.set(id, kind)
    return '/runner/plan.json'
  }
  return {
    deps: { log, writePlan },
    now: () => step.getStore() ?? (kinds.size === 0 ? 'observe' : 'aftermath')
  }
}
