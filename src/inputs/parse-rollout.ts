import { parentId, sameId } from '../model/arm-id.ts'
import {
  IMAGE_CHANGES,
  ON_FAILURES,
  PROVES,
  REFRESHES,
  STOPS,
  type PublishTo,
  type RolloutImageId,
  type RolloutSpec
} from '../model/spec.ts'
import { parseDurationMs } from '../shared/duration.ts'
import { defined } from './defined.ts'
import { isManagedImageId, parseGivenImage, RETIRED, type GivenImage } from './image-reference.ts'
import type { InputReader } from './input-reader.ts'
import { parsePools, type ChosenPool, type InputFiles } from './parse-pool.ts'
import { parseSmokeTest } from './parse-smoke-test.ts'
import {
  parseBoolean,
  parseChoice,
  parseCount,
  parseDuration,
  parseMaxUnhealthy,
  parseWaveSize
} from './parse-value.ts'

/** @param publishTo where the image goes that this run makes, if it makes one. */
export function parseRollouts(reader: InputReader, files: InputFiles, publishTo: PublishTo | undefined): RolloutSpec[] {
  const allowRetired = reader.take('allow-retired', parseBoolean)
  // Where the input itself is wrong, what it decides is left alone.
  const refuseRetired = allowRetired === false
  if (publishTo?.kind === 'managed' && refuseRetired) {
    reader.complain('publish-to', `"${publishTo.imageId}" is a managed image; ${RETIRED}`)
  }
  // With `release` it was noted as not used.
  const takesImage = reader.command !== 'release'
  const given = takesImage ? reader.takeOptional('image-id', text => parseGivenImage(text, !refuseRetired)) : undefined
  const managedImage = publishTo?.kind === 'managed' || (takesImage && isManagedImageId(reader.text('image-id').trim()))
  const pools = parsePools(reader, { allowRetired: !refuseRetired, managedImage, files })
  const waves = parseWaves(reader, files, publishTo)
  const force = takesImage ? reader.take('force', parseBoolean) : false
  return pools.map(pool => ({
    batchAccountId: pool.batchAccountId,
    poolName: pool.name,
    poolFrom: pool.from,
    pool: pool.body,
    ...defined({ leftAside: pool.leftAside }),
    ...chooseImage(reader, given, pool),
    ...waves,
    allowRetired,
    force
  }))
}

type Whereto = 'batchAccountId' | 'poolName' | 'poolFrom' | 'pool' | 'leftAside' | 'allowRetired' | 'force'

function parseWaves(
  reader: InputReader,
  files: InputFiles,
  publishTo: PublishTo | undefined
): Omit<RolloutSpec, Whereto> {
  const duration = (min: string, max: string) => (text: string) => parseDuration(text, min, max)
  return {
    imageChange: reader.take('image-change', text => parseChoice(text, IMAGE_CHANGES)),
    ...parseProof(reader, files, publishTo),
    onFailure: reader.take('on-failure', text => parseChoice(text, ON_FAILURES)),
    waveSize: reader.take('wave-size', parseWaveSize),
    ...defined({ resizeTimeoutMs: reader.takeOptional('resize-timeout', duration('5m', '5d')) }),
    nodeTimeoutMs: reader.take('node-timeout', duration('5m', '5d')),
    repairAttempts: reader.take('repair-attempts', text => parseCount(text, 0)),
    resizeAttempts: reader.take('resize-attempts', text => parseCount(text, 1)),
    maxUnhealthy: reader.take('max-unhealthy', parseMaxUnhealthy),
    bakeMs: reader.take('bake', text => (text === '0' || parseDurationMs(text) === 0 ? 0 : duration('1m', '1d')(text))),
    refreshNodes: reader.take('refresh-nodes', text => parseChoice(text, REFRESHES)),
    drain: reader.take('drain', text => parseChoice(text, ['task-completion', 'requeue', 'terminate'])),
    drainTimeoutMs: reader.take('drain-timeout', duration('5m', '5d'))
  }
}

function parseProof(
  reader: InputReader,
  files: InputFiles,
  publishTo: PublishTo | undefined
): Pick<RolloutSpec, 'prove' | 'canaryNodes'> & Partial<Pick<RolloutSpec, 'smokeTest' | 'stopAfter'>> {
  const prove = reader.take('prove', text => parseChoice(text, PROVES))
  const canaryNodes = reader.take('canary-nodes', text => parseCount(text, 0))
  if (prove === 'canary' && canaryNodes === 0) {
    reader.complain('prove', 'is "canary", and canary-nodes is 0; ask for at least one node, or say prove: none')
  }
  const smokeTest = parseSmokeTest(reader, files)
  if (smokeTest !== undefined && (prove === 'none' || (prove === 'auto' && canaryNodes === 0))) {
    const why = prove === 'none' ? 'prove is "none"' : 'canary-nodes is 0, so that a new pool has no first wave'
    reader.complain('smoke-test', `has no node to run on: ${why}; let nodes prove the image first, or leave it out`)
  }
  const stopAfter = reader.takeOptional('stop-after', text => parseChoice(text, STOPS))
  if (stopAfter === 'proof') checkStop(reader, prove, publishTo)
  return { prove, canaryNodes, ...defined({ smokeTest, stopAfter }) }
}

/** What can’t be, whatever pool is there. */
function checkStop(reader: InputReader, prove: RolloutSpec['prove'], publishTo: PublishTo | undefined): void {
  if (prove === 'canary' || prove === 'none') {
    reader.complain(
      'stop-after',
      `is "proof", and prove is "${prove}", so that nothing is proved before the pool is changed; say prove: temporary-pool, or leave stop-after out`
    )
  }
  if (publishTo?.kind === 'gallery' && publishTo.promote === 'now') {
    reader.complain(
      'stop-after',
      'is "proof", which keeps the image hidden, and promote is "now"; say promote: when-proved, or leave stop-after out'
    )
  }
}

function chooseImage(
  reader: InputReader,
  given: GivenImage | undefined,
  { from, pinnedImageId: pinned }: ChosenPool
): Pick<RolloutSpec, 'imageId' | 'latestProvedOf' | 'imageFrom'> {
  if (reader.command === 'release' && pinned !== undefined) {
    reader.complain(
      from,
      `pins the image "${pinned}", and command "release" makes another; leave imageReference out, or roll the pinned one ` +
        'out with command "rollout"'
    )
  }
  if (reader.command !== 'rollout') return {}
  if (!reader.isGiven('image-id') && pinned === undefined) {
    const wayOut = from === 'pool' ? '' : ', or a pool spec that pins an image'
    reader.complain('image-id', `is missing; command "rollout" needs it${wayOut}`)
  }
  if (given !== undefined && pinned !== undefined && !mayAgree(given, pinned)) {
    const says = 'imageId' in given ? given.imageId : `${given.latestProvedOf}/latest-proved`
    reader.complain('image-id', `"${says}" is not the image "${pinned}" that ${from} pins; leave one of them out`)
  }
  if (given !== undefined) return { ...(pinned !== undefined && { imageId: pinned }), ...given, imageFrom: 'image-id' }
  return pinned === undefined || from === 'pool' ? {} : { imageId: pinned, imageFrom: from }
}

/** Which version is the latest that is proved, only Azure can say: the check `image-agrees` holds it against the pin. */
function mayAgree(given: GivenImage, pinned: RolloutImageId): boolean {
  if ('imageId' in given) return sameId(given.imageId, pinned)
  return !isManagedImageId(pinned) && sameId(parentId(pinned), given.latestProvedOf)
}
