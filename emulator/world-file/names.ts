import { DURATION_NAMES, REPLICATE_PREFIX } from '../kernel/durations.ts'
import { bucketProblem } from '../kernel/buckets.ts'
import { displayRegion, regionNames } from '../kernel/regions.ts'
import type { Behaviour } from '../kernel/types.ts'
import { isDeniedBy } from '../sign-in/authorize.ts'
import type { Known } from './known.ts'
import { unknownName } from './nearest.ts'
import type { Path, Problem } from './problems.ts'

type Said = Partial<Behaviour>
type Check = (behaviour: Said, known: Known) => Problem[]

/** Names in `behaviour` that its structure alone doesn't settle. Only for a behaviour whose structure is right. */
export const nameProblems: Check = (behaviour, known) =>
  [durations, capacity, sizes, replication, denied, leftByPatch, throttling].flatMap(check => check(behaviour, known))

const durations: Check = ({ durationsMs = {} }) =>
  Object.entries(durationsMs).flatMap(([name, value]) => {
    const path = ['behaviour', 'durationsMs', name]
    if (name.startsWith(REPLICATE_PREFIX)) {
      return shortRegionProblem(name.slice(REPLICATE_PREFIX.length), path, value)
    }
    const names: readonly string[] = DURATION_NAMES
    return names.includes(name) ? [] : [problem(path, value, unknownName(name, 'a known name', names))]
  })

const SHORT_FORM = 'the short form of a region is needed, such as eastus2'

const capacity: Check = ({ capacity = [], virtualMachineSkus = [], virtualMachineSkusByRegion = {} }) => {
  const sizes = [virtualMachineSkus, ...Object.values(virtualMachineSkusByRegion)].flat()
  const families = [...new Set(sizes.map(({ familyName }) => String(familyName)))]
  return capacity.flatMap(({ region, family, refuses, relays }, index) => {
    const path = ['behaviour', 'capacity', index]
    const known = family === '*' || families.some(name => name.toLowerCase() === family.toLowerCase())
    const of = '"*" nor the family of a size in behaviour.virtualMachineSkus'
    return [
      ...regionProblem(region, [...path, 'region']),
      ...(known ? [] : [problem([...path, 'family'], family, unknownName(family, of, families))]),
      ...(relays && refuses !== true ? [problem([...path, 'relays'], relays, 'is read with refuses: true only')] : [])
    ]
  })
}

const sizes: Check = ({ virtualMachineSkusByRegion = {} }) =>
  Object.entries(virtualMachineSkusByRegion).flatMap(([region, value]) =>
    shortRegionProblem(region, ['behaviour', 'virtualMachineSkusByRegion', region], value)
  )

const replication: Check = ({ replicationFails = [] }) =>
  replicationFails.flatMap(({ region }, index) =>
    regionProblem(region, ['behaviour', 'replicationFails', index, 'region'])
  )

const shortRegionProblem = (region: string, path: Path, value: unknown): Problem[] =>
  /^[a-z\d]+$/.test(region) ? regionProblem(region, path, value) : [problem(path, value, SHORT_FORM)]

function regionProblem(region: string, path: Path, value: unknown = region): Problem[] {
  if (displayRegion(region) !== undefined) return []
  return [problem(path, value, unknownName(region, 'a region of Azure', regionNames()))]
}

const denied: Check = ({ denied = [] }, { actions }) =>
  denied.flatMap((pattern, index) =>
    actions.some(action => isDeniedBy(pattern, action))
      ? []
      : [problem(['behaviour', 'denied', index], pattern, unknownName(pattern, 'an action that is asked for', actions))]
  )

const leftByPatch: Check = ({ leftByPatch = [] }, { poolProperties }) =>
  leftByPatch.flatMap((name, index) =>
    poolProperties.includes(name)
      ? []
      : [problem(['behaviour', 'leftByPatch', index], name, unknownName(name, 'a property of pools', poolProperties))]
  )

const throttling: Check = ({ throttling = {} }, { buckets }) =>
  Object.entries(throttling).flatMap(([name, size]) => {
    const path = ['behaviour', 'throttling', name]
    if (!buckets.includes(name)) return [problem(path, size, unknownName(name, 'a bucket of any operation', buckets))]
    const wrong = bucketProblem(name, size)
    return wrong === undefined ? [] : [problem(path, size, wrong)]
  })

const problem = (path: Path, value: unknown, message: string): Problem => ({ path, value, message })
