import { createEmulator } from '../emulator/index.ts'
import { STORY_STARTS_AT, tellStory, type Told } from '../test/support/story.ts'
import { inVirtualTime } from '../test/support/virtual-time.ts'
import type { Bench } from './world.ts'

/** One whole run of the action in virtual time. Throws where it doesn't succeed: its time would say nothing. */
export async function rollout({ world, inputs }: Bench, more: Record<string, string> = {}): Promise<Told> {
  const told = await inVirtualTime(STORY_STARTS_AT, clock => {
    const emulator = createEmulator({ world, clock: () => clock.now() })
    return tellStory(emulator, clock, { inputs: { ...inputs, ...more } })
  })
  if (!told.ok) throw new Error(`a rollout of the benchmark failed: ${told.log.slice(-20).join('\n')}`)
  return told
}
