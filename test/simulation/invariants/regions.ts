/** The regions of a version: what has become of them is told, and what has failed is fixed. */
import type { RegionNow, RegionsNow } from '../regions-now.ts'
import { find, idIn, isVersion, type Ended, type Invariant, type Loose, type Run } from './invariant.ts'

export const regionInvariants: Invariant[] = [
  {
    alone: true,
    rule: 'a region that a version isn’t replicated to is named when a run ends well',
    atEndOfRun(_, run) {
      const { told, leftRegions } = run
      if (!told.ok || !makesImages(run)) return
      const unsaid = unfinished(leftRegions, run).filter(({ region }) => !isTold(told.summary, region))
      return unsaid.length === 0 ? undefined : `not named: ${unsaid.map(describe).join(', ')}`
    }
  },
  {
    alone: true,
    rule: 'with wait-for-regions: all no run ends well while a region isn’t replicated to',
    atEndOfRun(_, run) {
      const { told, inputs, leftRegions } = run
      if (!told.ok || !makesImages(run) || inputs['wait-for-regions'] !== 'all') return
      const left = unfinished(leftRegions, run).filter(({ region }) => isAsked(run, region))
      return left.length === 0 ? undefined : `it went well, and has ${left.map(describe).join(', ')}`
    }
  },
  {
    alone: true,
    rule: 'a region that failed is told, taken off and added again by the next run that goes well',
    atEndOfRun(_, run) {
      const { told, found, foundRegions } = run
      if (!told.ok || !makesImages(run)) return
      const id = imageOf(run)
      const version = find(found, id)
      if (!isVersion(version ?? {}) || isMadeAnew(run, id)) return
      const { publishingProfile } = version.properties
      if (publishingProfile.replicationMode === 'Shallow') return
      const failed = unfinished(foundRegions, run).filter(
        ({ region, state }) => state === 'Failed' && region !== version.location && isAsked(run, region)
      )
      const left = failed.filter(({ region }) => !isMended(run, region) || !isTold(told.summary, region))
      return left.length === 0 ? undefined : `not fixed, or not told: ${left.map(describe).join(', ')}`
    }
  }
]

const describe = ({ region, state }: RegionNow): string => `${region} ${state}`
const makesImages = ({ inputs }: Run): boolean => inputs['command'] !== 'rollout'
/** Not where it is only named as one that was asked for. */
const isTold = (summary: string, region: string): boolean =>
  summary.split('\n').some(line => /still replicating to|replication (of|failed)/i.test(line) && line.includes(region))
const imageOf = ({ told }: Run & Ended): string => told.outputs['image-id'].toLowerCase()
const unfinished = (regions: RegionsNow, run: Run & Ended): RegionNow[] =>
  (regions[imageOf(run)] ?? []).filter(({ state }) => state !== 'Completed')
const isAsked = ({ inputs }: Run, region: string): boolean =>
  (inputs['target-regions'] ?? '').split(/[=,\s]+/).includes(region)

/** The regions that each of the run's own changes of the version asked for, in order. */
function askedFor(run: Run & Ended): string[][] {
  return run.exchanges
    .filter(({ request, response, lost }) => {
      const isChange = request.method === 'PUT' && idIn(request.url) === imageOf(run)
      return isChange && (lost === true || response.status < 300)
    })
    .map(({ request }) => {
      const { targetRegions } = (request.body as Loose).properties.publishingProfile
      return targetRegions.map(({ name }: Loose) => name.toLowerCase().replaceAll(' ', ''))
    })
}

function isMended(run: Run & Ended, region: string): boolean {
  const puts = askedFor(run)
  const without = puts.findIndex(regions => !regions.includes(region))
  return without !== -1 && puts.slice(without).some(regions => regions.includes(region))
}

/** A version that came to nothing as a whole. */
function isMadeAnew({ exchanges }: Run, id: string): boolean {
  return exchanges.some(({ request }) => {
    const body = request.body as Loose
    return request.method === 'PUT' && idIn(request.url) === id && body?.tags?.['batch-image-rollout-state'] === 'open'
  })
}
