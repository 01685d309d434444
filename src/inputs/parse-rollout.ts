import { sameId } from '../model/arm-id.ts'
import type { PublishTo, RolloutImageId, RolloutSpec } from '../model/spec.ts'
import { messageOf } from '../shared/text.ts'
import { defined } from './defined.ts'
import { isManagedImageId, parsePinnedImage, RETIRED } from './image-reference.ts'
import type { InputReader } from './input-reader.ts'
import {
  parseBoolean,
  parseChoice,
  parseCount,
  parseDuration,
  parseMaxUnhealthy,
  parseWaveSize
} from './parse-value.ts'
import { parsePoolSpec, type PoolSpec } from './pool-spec.ts'
import { parseResourceId } from './resource-id.ts'

export type InputFiles = {
  /** The text of a file, by a path relative to the checkout. Throws. */
  readText(path: string): string
  env: Readonly<Record<string, string | undefined>>
}

/** @param publishTo where the image goes that this run makes, if it makes one. */
export function parseRollout(reader: InputReader, files: InputFiles, publishTo: PublishTo | undefined): RolloutSpec {
  const allowRetired = reader.take('allow-retired', parseBoolean)
  // Where the input itself is wrong, what it decides is left alone.
  const refuseRetired = allowRetired === false
  if (publishTo?.kind === 'managed' && refuseRetired) {
    reader.complain('publish-to', `"${publishTo.imageId}" is a managed image; ${RETIRED}`)
  }
  // With `release` it was noted as not used.
  const takesImage = reader.command !== 'release'
  const imageId = takesImage
    ? reader.takeOptional('image-id', text => parsePinnedImage(text, !refuseRetired))
    : undefined
  const source = poolSpecSource(reader, files)
  const managedImage = publishTo?.kind === 'managed' || (takesImage && isManagedImageId(reader.text('image-id').trim()))
  const pool = source && readPool(reader, source, { allowRetired: !refuseRetired, managedImage, files })
  return {
    batchAccountId: reader.take('batch-account', text => parseResourceId(text, 'Microsoft.Batch/batchAccounts')),
    poolName: pool?.name ?? '',
    pool: pool?.body ?? { properties: {} },
    ...(pool && source ? chooseImage(reader, { imageId, pool, source: source.input }) : {}),
    ...parseWaves(reader),
    allowRetired
  }
}

function parseWaves(reader: InputReader): Omit<RolloutSpec, 'batchAccountId' | 'poolName' | 'pool' | 'allowRetired'> {
  const duration = (min: string, max: string) => (text: string) => parseDuration(text, min, max)
  return {
    imageChange: reader.take('image-change', text => parseChoice(text, ['auto', 'in-place', 'refuse'])),
    canaryNodes: reader.take('canary-nodes', text => parseCount(text, 0)),
    waveSize: reader.take('wave-size', parseWaveSize),
    ...defined({ resizeTimeoutMs: reader.takeOptional('resize-timeout', duration('5m', '5d')) }),
    nodeTimeoutMs: reader.take('node-timeout', duration('5m', '5d')),
    repairAttempts: reader.take('repair-attempts', text => parseCount(text, 0)),
    resizeAttempts: reader.take('resize-attempts', text => parseCount(text, 1)),
    maxUnhealthy: reader.take('max-unhealthy', parseMaxUnhealthy),
    drain: reader.take('drain', text => parseChoice(text, ['task-completion', 'requeue', 'terminate'])),
    drainTimeoutMs: reader.take('drain-timeout', duration('5m', '5d'))
  }
}

type PoolSpecSource = { input: 'pool-spec' | 'pool-spec-inline'; text: string }

function poolSpecSource(reader: InputReader, files: InputFiles): PoolSpecSource | undefined {
  const path = reader.text('pool-spec').trim()
  const inline = reader.text('pool-spec-inline')
  if (path !== '' && inline.trim() !== '') {
    reader.complain('pool-spec', 'is given together with pool-spec-inline; give one of them')
    return undefined
  }
  if (inline.trim() !== '') return { input: 'pool-spec-inline', text: inline }
  if (path === '') {
    const needs = reader.command === undefined ? '' : `command "${reader.command}" needs it, or pool-spec-inline`
    if (needs !== '') reader.complain('pool-spec', `is missing; ${needs}`)
    return undefined
  }
  const text = reader.take('pool-spec', () => readFile(path, files))
  return typeof text === 'string' ? { input: 'pool-spec', text } : undefined
}

function readFile(path: string, files: InputFiles): string {
  if (/[\n*?[\]]/.test(path)) throw new Error(`"${path}" is not the path of one file; globs and lists aren’t taken yet`)
  try {
    return files.readText(path)
  } catch (error) {
    throw new Error(`"${path}" could not be read: ${messageOf(error)}; the path is taken from the checkout’s root`)
  }
}

type PoolContext = { allowRetired: boolean; managedImage: boolean; files: InputFiles }

function readPool(reader: InputReader, source: PoolSpecSource, context: PoolContext): PoolSpec | undefined {
  // A dry run sends nothing, and a pull request's job may have no secrets.
  const secretsNeeded = reader.text('dry-run').trim() !== 'true'
  const { spec, problems } = parsePoolSpec(source.text, { ...context, env: context.files.env, secretsNeeded })
  for (const problem of problems) reader.complain(source.input, problem)
  return spec
}

type ImageChoice = { imageId: RolloutImageId | undefined; pool: PoolSpec; source: PoolSpecSource['input'] }

function chooseImage(
  reader: InputReader,
  { imageId, pool, source }: ImageChoice
): Pick<RolloutSpec, 'imageId' | 'imageFrom'> {
  const pinned = pool.pinnedImageId
  if (reader.command === 'release' && pinned !== undefined) {
    reader.complain(
      source,
      `pins the image "${pinned}", and command "release" makes another; leave imageReference out, or roll the pinned one ` +
        'out with command "rollout"'
    )
  }
  if (reader.command !== 'rollout') return {}
  if (!reader.isGiven('image-id') && pinned === undefined) {
    reader.complain('image-id', 'is missing; command "rollout" needs it, or a pool spec that pins an image')
  }
  if (imageId !== undefined && pinned !== undefined && !sameId(imageId, pinned)) {
    reader.complain('image-id', `"${imageId}" is not the image "${pinned}" that ${source} pins; leave one of them out`)
  }
  if (imageId !== undefined) return { imageId, imageFrom: 'image-id' }
  return pinned === undefined ? {} : { imageId: pinned, imageFrom: source }
}
