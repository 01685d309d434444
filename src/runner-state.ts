/** What the main step tells the post step: GitHub hands it over as `STATE_…`. */
import { saveState as save } from '@actions/core'

export const STATE = {
  /** Path of the journal. */
  journal: 'journal',
  /** What undoing takes, as JSON; absent where nothing was to be changed. */
  undo: 'undo',
  /** How the main step ended; absent when it was killed. */
  ended: 'ended'
} as const

type StateName = (typeof STATE)[keyof typeof STATE]

export function saveState(name: StateName, value: string): void {
  save(name, value)
}

export function readState(name: StateName, env: Readonly<Record<string, string | undefined>>): string | undefined {
  return env[`STATE_${name}`] || undefined
}
