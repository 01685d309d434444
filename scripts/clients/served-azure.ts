import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startServer, type ServedAzure } from '../../emulator/server.ts'
import type { WorldFile } from '../../emulator/index.ts'
import { root } from '../tool.ts'

const SPEED = 60

/**
 * Where an answer names no wait, az waits 30 s of its own between two looks, and Azure names few. So all is done at the first
 * look, save for the version: there az has to wait once. Nodes come slowly enough for a resize to be stopped under way.
 */
const DURATIONS_MS = {
  'snapshot.create': 0,
  'snapshot.delete': 0,
  'image.create': 0,
  'galleryImageVersion.update': 0,
  'pool.nextNode': 20_000
}

/** The default world over HTTPS, a minute a second. */
export function serveAzure(): Promise<ServedAzure> {
  const world = JSON.parse(readFileSync(join(root, 'emulator/worlds/default.json'), 'utf8')) as WorldFile
  const durationsMs = { ...world.behaviour?.durationsMs, ...DURATIONS_MS }
  return startServer({ world: { ...world, behaviour: { ...world.behaviour, durationsMs } }, speed: SPEED })
}

/** An ID token as a job of GitHub would get it, from the emulator in this process. */
export function idTokenOf({ emulator, ready }: ServedAzure): string {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } = ready.env
  const answer = emulator.handle({
    method: 'GET',
    url: `${url}&audience=${encodeURIComponent('api://AzureADTokenExchange')}`,
    headers: { authorization: `Bearer ${token}` }
  })
  return String((JSON.parse(answer.body) as { value: string }).value)
}
