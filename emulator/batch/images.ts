import { replicatedAt } from '../compute/replication.ts'
import { find, isGone } from '../kernel/resources.ts'
import type { Call, JsonObject, Stored, World } from '../kernel/types.ts'
import { refuseProperty } from './batch-errors.ts'
import { objectOf, textOf } from './json.ts'
import type { ResizeErrorFact } from './pool-facts.ts'

const PREFIX = '^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Compute/'
const MANAGED = new RegExp(`${PREFIX}images/[^/]+$`, 'i')
const GALLERY = new RegExp(`${PREFIX}galleries/[^/]+/images/[^/]+(/versions/[^/]+)?$`, 'i')

/** The only api-version here whose contract names a managed image. */
export const MANAGED_IMAGE_API_VERSION = '2019-08-01'

/** Throws the 400 for an image id that Batch doesn't take. Marketplace and shared images pass. */
export function checkImageId(call: Call, reference: JsonObject): void {
  const id = textOf(reference['id'])
  if (id === undefined || GALLERY.test(id)) return
  const accepted =
    call.world.behaviour.managedImagePools === 'accepted' && call.apiVersion === MANAGED_IMAGE_API_VERSION
  if (MANAGED.test(id) && accepted) return
  const gallery =
    '/subscriptions/{subscriptionId}/resourceGroups/{resourceGroup}/providers/Microsoft.Compute/galleries/{galleryName}/images/{imageDefinitionName}'
  refuseProperty(call, {
    name: call.operation.host === 'batch' ? 'virtualMachineImageId' : 'imageReference.id',
    value: id,
    reason: `The specified resource id must be of the format ${gallery}/versions/{versionName} or ${gallery}`
  })
}

type Question = { world: World; reference: JsonObject; region: string; now: number }

/** Why no node can be made from this image at `now`; undefined where nothing stands in the way. */
export function imageProblem(question: Question): ResizeErrorFact | undefined {
  const id = textOf(question.reference['id'])
  if (id === undefined) return undefined
  const reason = MANAGED.test(id) ? managedProblem(question, id) : galleryProblem(question, id)
  if (reason === undefined) return undefined
  return {
    code: 'AllocationFailed',
    message: 'Desired number of dedicated nodes could not be allocated',
    details: [{ code: 'Reason', message: reason }]
  }
}

function managedProblem({ world, now }: Question, id: string): string | undefined {
  if (world.behaviour.managedImagePools === 'refused') return `Pools from managed images are not supported: ${id}`
  return find(world, id, now) === undefined ? `The image does not exist: ${id}` : undefined
}

function galleryProblem({ world, region, now }: Question, id: string): string | undefined {
  const version = galleryVersion(world, id, now)
  if (version === undefined) return `The gallery image version does not exist: ${id}`
  const lacking = `The gallery image version has no replica in region ${region}: ${version.id}`
  return replicatedAt(version, region, now) ? undefined : lacking
}

/** The version that an id names; for the id of a definition, its newest that isn't excluded from latest. */
function galleryVersion(world: World, id: string, now: number): Stored | undefined {
  if (/\/versions\/[^/]+$/i.test(id)) return find(world, id, now)
  const prefix = `${id.toLowerCase()}/versions/`
  return [...world.records.values()]
    .filter(record => record.id.toLowerCase().startsWith(prefix) && !isGone(record, now))
    .filter(record => publishing(record)['excludeFromLatest'] !== true)
    .sort((a, b) => byVersion(b.id, a.id))[0]
}

function byVersion(a: string, b: string): number {
  const parts = (id: string): number[] => (id.split('/').at(-1) ?? '').split('.').map(Number)
  const [left, right] = [parts(a), parts(b)]
  const at = left.findIndex((part, index) => part !== right[index])
  return at === -1 ? 0 : (left[at] ?? 0) - (right[at] ?? 0)
}

function publishing(record: Stored): JsonObject {
  return objectOf(objectOf(record.body['properties'])['publishingProfile'])
}
