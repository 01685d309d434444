/** Compute's part of the fake Azure: VM, snapshots, images. */
import type { ComputeGateway, GalleryGateway, StartedOperation } from '../../../src/azure/gateway.ts'
import { AzureError } from '../../../src/azure/errors.ts'
import { nameOf } from '../../../src/model/arm-id.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import type { GalleryImageVersion, Snapshot, Vm } from '../../../src/model/observed.ts'
import { regionName } from '../../../src/model/region.ts'
import { named, type Around } from './index.ts'

const MINUTE = 60_000

export function compute({ world, time, make }: Around): ComputeGateway {
  const vmNow = (change: Partial<Vm>): void => void (world.vm &&= { ...world.vm, ...change })
  const afterwards = (powerState: string): Promise<void> =>
    new Promise(resolve =>
      time.later(world.takes?.power ?? 0, () => {
        vmNow({ powerState })
        resolve()
      })
    )
  return {
    getSource: () => Promise.reject(new Error('no step asks for the whole source')),
    getVm: id => make({ name: 'getVm', target: nameOf(id) }, () => world.vm),
    setVmTags: (id, tags, etag) =>
      make({ name: 'setVmTags', target: nameOf(id), body: tags, under: etag }, () => {
        if (etag !== world.vm?.etag) {
          throw new AzureError({
            operation: 'VM',
            target: nameOf(id),
            status: 412,
            code: 'PreconditionFailed',
            message: 'no'
          })
        }
        vmNow({ tags, ...(etag === undefined ? {} : { etag: String(Number(etag) + 1) }) })
      }),
    deallocateVm: async id => {
      await make({ name: 'deallocateVm', target: nameOf(id) }, () => vmNow({ powerState: 'deallocating' }))
      await afterwards('deallocated')
    },
    startVm: async id => {
      await make({ name: 'startVm', target: nameOf(id) }, () => vmNow({ powerState: 'starting' }))
      await afterwards('running')
    },
    listSnapshots: () => Promise.reject(new Error('no step lists snapshots')),
    getSnapshot: id => make({ name: 'getSnapshot', target: nameOf(id) }, () => named(world.snapshots, id)),
    createSnapshot: (snapshotId, body) =>
      make({ name: 'createSnapshot', target: nameOf(snapshotId), body }, () => {
        const made: Snapshot = { snapshotId, location: 'eastus2', tags: {}, provisioningState: 'Succeeded' }
        world.snapshots = { [nameOf(snapshotId)]: made, ...world.snapshots }
      }),
    deleteSnapshot: id =>
      make({ name: 'deleteSnapshot', target: nameOf(id) }, () => void delete world.snapshots?.[nameOf(id)]),
    getManagedImage: id => make({ name: 'getManagedImage', target: nameOf(id) }, () => world.managedImage),
    createManagedImage: (id, body) => make({ name: 'createManagedImage', target: nameOf(id), body }, () => undefined)
  }
}

const wentWell: StartedOperation = { failure: async () => undefined }

export function gallery({ world, time, make }: Around): GalleryGateway {
  return {
    getGallery: id => make({ name: 'getGallery', target: nameOf(id) }, () => ({ location: 'eastus2' })),
    getGalleryImage: id => make({ name: 'getGalleryImage', target: nameOf(id) }, () => undefined),
    createGalleryImage: (id, body) =>
      make({ name: 'createGalleryImage', target: nameOf(id), body }, () => void (world.galleryImage = body)),
    listVersions: () => Promise.reject(new Error('no step lists versions')),
    getVersion: (id, options) =>
      make({ name: 'getVersion', target: nameOf(id) }, () => {
        const version = named(world.versions, id)
        if (version === undefined || options?.replication === true) return version
        const { replication: _, ...rest } = version
        return rest
      }),
    putVersion: (versionId, body) =>
      make({ name: 'putVersion', target: nameOf(versionId), body }, () => {
        const name = nameOf(versionId)
        const set = (change: Partial<GalleryImageVersion>): void => {
          const there = world.versions?.[name]
          if (there !== undefined) world.versions = { ...world.versions, [name]: { ...there, ...change } }
        }
        world.versions = { ...world.versions, [name]: { ...world.versions?.[name], ...versionOf(versionId, body) } }
        time.later(world.takes?.update ?? MINUTE, () => set({ provisioningState: 'Succeeded' }))
        return wentWell
      })
  }
}

type Publishing = {
  excludeFromLatest?: boolean
  targetRegions?: { name: string; regionalReplicaCount?: number }[]
}

function versionOf(versionId: GalleryImageVersion['versionId'], body: JsonObject): GalleryImageVersion {
  const { publishingProfile = {} } = (body.properties ?? {}) as { publishingProfile?: Publishing }
  return {
    versionId,
    location: String(body.location ?? 'eastus2'),
    tags: (body.tags ?? {}) as Record<string, string>,
    provisioningState: 'Updating',
    excludeFromLatest: publishingProfile.excludeFromLatest ?? false,
    targetRegions: (publishingProfile.targetRegions ?? []).map(({ name, regionalReplicaCount = 1 }) => ({
      region: regionName(name),
      replicas: regionalReplicaCount
    })),
    body
  }
}
