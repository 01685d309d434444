/** Where Microsoft's specifications lie, and which file and version of them speaks of a URL. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Api } from './openapi-worker.ts'

const PLACES = ['../shared/azure-specs', '.contracts'].map(place => join(import.meta.dirname, '../../..', place))

/** The folder that holds `specification/` and `bicep-types/`; undefined where nobody has fetched them. */
export const specifications = PLACES.find(place => existsSync(join(place, 'specification/batch')))

/** For `testIf`. */
export const withoutSpecifications =
  specifications === undefined ? 'no specifications: npm run contract:fetch gets them' : undefined

/** Where the versions of an API lie, and where the bicep types of the newer ones do. */
type Family = { stable: string; types: string; isArmCall: boolean; urls: RegExp }

const MANAGER = 'resource-manager/Microsoft.'
const COMPUTE = { types: 'compute_1/microsoft.compute', isArmCall: true }
const FAMILIES: Record<string, Family> = {
  service: {
    stable: 'batch/data-plane/Microsoft.Batch',
    types: '',
    isArmCall: false,
    urls: /^https:\/\/[^/]*\.batch\./
  },
  batch: {
    stable: `batch/${MANAGER}Batch`,
    types: 'batch/microsoft.batch',
    isArmCall: true,
    urls: /\/providers\/Microsoft\.Batch\//i
  },
  disks: {
    stable: `compute/${MANAGER}Compute/DiskRP`,
    urls: /\/providers\/Microsoft\.Compute\/(?:disks|snapshots|diskEncryptionSets)\b/i,
    ...COMPUTE
  },
  galleries: {
    stable: `compute/${MANAGER}Compute/GalleryRP`,
    urls: /\/providers\/Microsoft\.Compute\/galleries\b/i,
    ...COMPUTE
  },
  compute: {
    stable: `compute/${MANAGER}Compute/ComputeRP`,
    urls: /\/providers\/Microsoft\.Compute\/(?:images|virtualMachines)\b/i,
    ...COMPUTE
  }
}

/** What the files held can judge by themselves: everything but these has no contract here. */
const BEYOND = /\/locations\/[^/]+\/(?:operations|DiskOperations|capsOperations)\/|\/poolOperationResults\//i

export type Contract = { api: string; asked: string; held: string }

/** The API of a URL and the version of it that is held; undefined for what no file here speaks of. */
export function contractOf(url: string): Contract | undefined {
  const api = Object.keys(FAMILIES).find(name => FAMILIES[name]?.urls.test(url))
  const asked = new URL(url).searchParams.get('api-version')
  if (api === undefined || asked === null || BEYOND.test(url)) return undefined
  const all = versionsOf(api)
  return { api, asked, held: all.find(version => version >= asked) ?? all.at(-1) ?? asked }
}

const versions = new Map<string, string[]>()

/** The oldest first. */
function versionsOf(api: string): string[] {
  const folder = join(specifications ?? '', 'specification', FAMILIES[api]?.stable ?? '', 'stable')
  const held = versions.get(api) ?? readdirSync(folder).sort()
  versions.set(api, held)
  return held
}

/** The name that the validator has for a version of an API. */
export const apiOf = ({ api, held }: Pick<Contract, 'api' | 'held'>): string => `${api} ${held}`

/** What speaks of the resources that are asked for; the rest of Compute is large. */
const OURS = /^(?:BatchManagement|BatchService|image|virtualMachine|disk|diskEncryptionSet|snapshot|gallery)\.json$/

/** The files of every version of every API, for the validator. */
export function apiFiles(): Record<string, Api> {
  return Object.fromEntries(
    Object.entries(FAMILIES).flatMap(([api, { stable, isArmCall }]) =>
      versionsOf(api).map(held => {
        const folder = join(specifications ?? '', 'specification', stable, 'stable', held)
        const files = readdirSync(folder).filter(file => OURS.test(file))
        return [apiOf({ api, held }), { files: files.map(file => join(folder, file)), isArmCall }]
      })
    )
  )
}

/** Path of the bicep types of exactly this version; undefined where there are none. */
export function bicepFile({ api, asked }: Contract): string | undefined {
  const types = FAMILIES[api]?.types ?? ''
  const path = join(specifications ?? '', 'bicep-types/generated', types, asked, 'types.json')
  return types !== '' && existsSync(path) ? path : undefined
}

type Deltas = { versions: Record<string, { added?: string[] }> }

/** Names of properties that pools have only since a version after `held`, up to `asked`; undefined where nobody has listed them. */
export function poolPropertiesSince({ asked, held }: Contract): string[] | undefined {
  const path = join(specifications ?? '', 'batch-arm-pool-version-deltas.json')
  if (!existsSync(path)) return undefined
  const { versions } = JSON.parse(readFileSync(path, 'utf8')) as Deltas
  return Object.entries(versions)
    .filter(([version]) => version > held && version <= asked)
    .flatMap(([, { added = [] }]) => added)
}
