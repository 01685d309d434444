/** Which version an image gets: the one asked for, the one an earlier run left open, or the next of the day. */
import type { GalleryImageVersion, Snapshot } from '../model/observed.ts'
import type { RunContext } from '../model/spec.ts'
import { nameOf } from '../model/arm-id.ts'
import { isOfRun, mayTakeUp, originOf, TAG } from './run-tags.ts'

export type VersionChoice = { version: string; reason: string }

export type VersionQuestion = {
  /** `auto` or Major.Minor.Patch. */
  asked: string
  key: string
  /** Ms since the epoch, UTC decides the day. */
  at: number
  versions: readonly GalleryImageVersion[]
  snapshots: readonly Snapshot[]
  context: RunContext
  /** The run goes on with a version that another has stopped with, however old it is (`stop-after`). */
  goesOn: boolean
}

/** A tag can be changed by hand. */
const IS_VERSION = /^\d+\.\d+\.\d+$/

export function chooseVersion(question: VersionQuestion): VersionChoice {
  const { asked, key, versions, snapshots, context } = question
  if (asked !== 'auto') return { version: asked, reason: 'image-version names it' }

  const left = versions
    .filter(
      version => version.tags[TAG.state] !== 'failed' && (isFresh(version, question) || isWaiting(version, question))
    )
    .toSorted((a, b) => compareVersions(nameOf(b.versionId), nameOf(a.versionId)))[0]
  if (left !== undefined) {
    return { version: nameOf(left.versionId), reason: `${originOf(left.tags)} ${didWith(left.tags)}` }
  }

  const taken = new Set(versions.map(version => nameOf(version.versionId)))
  const begun = snapshots
    .filter(snapshot => isUsable(snapshot, { key, context, at: question.at }))
    .flatMap(snapshot => {
      const version = snapshot.tags[TAG.version]
      return version === undefined || !IS_VERSION.test(version) || taken.has(version)
        ? []
        : [{ version, origin: originOf(snapshot.tags) }]
    })
    .toSorted((a, b) => compareVersions(b.version, a.version))[0]
  if (begun !== undefined) return { version: begun.version, reason: `${begun.origin} had begun its snapshots` }

  const next = nextOfTheDay(question.at, [...taken, ...snapshots.flatMap(({ tags }) => tags[TAG.version] ?? [])])
  return { version: next, reason: 'the next of the day (UTC)' }
}

function didWith(tags: Record<string, string>): string {
  if (tags[TAG.state] === 'stopped') return 'stopped when it was proved'
  return tags[TAG.state] === 'complete' ? 'has made it' : 'left it unfinished'
}

/** Somebody looks at it before the run goes on, for a day or for ten; another version of the same inputs since then takes its place. */
function isWaiting(
  { versionId, tags }: GalleryImageVersion,
  { key, context, goesOn, versions }: VersionQuestion
): boolean {
  if (!goesOn || tags[TAG.state] !== 'stopped' || tags[TAG.proved] !== undefined || !mayTakeUp(tags, key, context))
    return false
  const name = nameOf(versionId)
  return versions.every(other => other.tags[TAG.key] !== key || compareVersions(nameOf(other.versionId), name) <= 0)
}

/** What another run left is of use for this long: later, the source has moved on. */
const FRESH_MS = 24 * 3_600_000

/** Whether an image may still be made from a snapshot that is there: this run's own, or one that a run left lately. */
export function isUsable(
  { tags, timeCreated }: Snapshot,
  { key, context, at }: { key: string; context: RunContext; at: number }
): boolean {
  return isFresh({ tags, publishedAt: timeCreated }, { key, context, at })
}

type Left = { tags: Record<string, string>; publishedAt?: string | undefined }

function isFresh({ tags, publishedAt }: Left, { key, context, at }: Pick<VersionQuestion, 'key' | 'context' | 'at'>) {
  if (!mayTakeUp(tags, key, context)) return false
  return isOfRun(tags, context) || publishedAt === undefined || at - Date.parse(publishedAt) < FRESH_MS
}

/** Largest part of a version (Compute gallery contract: 32-bit integers). */
const LARGEST_PART = 2 ** 31 - 1

/** `YYYY.MMDD.N`. A part of a version is an integer, so January 5th is 105. N counts from 1, past what no number can follow. */
function nextOfTheDay(at: number, taken: readonly string[]): string {
  const date = new Date(at)
  const day = `${date.getUTCFullYear()}.${(date.getUTCMonth() + 1) * 100 + date.getUTCDate()}.`
  const numbers = taken
    .filter(version => version.startsWith(day))
    .map(version => Number(version.slice(day.length)))
    .filter(number => number < LARGEST_PART)
  return `${day}${Math.max(0, ...numbers) + 1}`
}

/** By number, part by part: 1.10.0 is after 1.9.0. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map(version => version.split('.').map(Number)) as [number[], number[]]
  for (const [index, part] of left.entries()) {
    const difference = part - (right[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
