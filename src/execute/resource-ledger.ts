/** Keeps what a run does to each resource, and whether it is there, from the answers to its own calls. */
import { AzureError } from '../azure/errors.ts'
import type { Azure, BatchGateway, ComputeGateway, GalleryGateway } from '../azure/gateway.ts'
import type { Deed, ResourceOutcome } from '../model/resource-outcome.ts'

type ResourceLedger = {
  /** In the order in which the run came to them. */
  resources(): ResourceOutcome[]
  /** The same Azure, whose calls are kept. */
  watching(azure: Azure): Azure
}

export function resourceLedger(): ResourceLedger {
  const rows = new Map<string, ResourceOutcome>()
  const rowOf = (id: string): ResourceOutcome => {
    const row = rows.get(id.toLowerCase()) ?? { id, deeds: [] }
    rows.set(id.toLowerCase(), row)
    return row
  }
  const write = async <T>(id: string, deed: Deed, call: Promise<T>): Promise<T> => {
    try {
      const answer = await call
      const row = rowOf(id)
      if (row.deeds.at(-1) !== deed) row.deeds.push(deed)
      row.exists = deed !== 'deleted'
      return answer
    } catch (error) {
      const row = rowOf(id)
      if (!isRefusal(error, deed)) markUncertain(row, deed, error)
      else if (deed === 'made') row.exists ??= false
      throw error
    }
  }
  const read = async <T>(id: string, call: Promise<T | undefined>): Promise<T | undefined> => {
    const found = await call
    rowOf(id).exists = found !== undefined
    return found
  }
  const wasThere = (id: string): boolean => rowOf(id).exists === true
  const watching = (azure: Azure): Azure => ({
    ...azure,
    compute: watchedCompute(azure.compute, { write, read }),
    gallery: watchedGallery(azure.gallery, { write, read }, wasThere),
    batch: watchedBatch(azure.batch, { write, read }),
    until: signal => watching(azure.until(signal))
  })
  return { resources: () => [...rows.values()].map(row => ({ ...row, deeds: [...row.deeds] })), watching }
}

function markUncertain(row: ResourceOutcome, deed: Deed, error: unknown): void {
  row.isUncertain = true
  // What could not be deleted stays.
  if (deed === 'deleted' && isFailedOperation(error)) row.exists = true
  else if (deed === 'made' || deed === 'deleted') delete row.exists
}

/** It has ended, and not well: of that Azure tells, without a status. */
const isFailedOperation = (error: unknown): boolean =>
  error instanceof AzureError && error.status === undefined && error.cause === undefined

/**
 * Azure has said no. Of a call that was made twice, the first may have taken effect, and be why the second is refused: but for a
 * deletion, which Azure doesn't refuse of what is gone.
 */
function isRefusal(error: unknown, deed: Deed): boolean {
  if (!(error instanceof AzureError) || error.status === undefined) return false
  return error.status >= 400 && error.status < 500 && (error.tries === 1 || deed === 'deleted')
}

type Watch = {
  write<T>(id: string, deed: Deed, call: Promise<T>): Promise<T>
  read<T>(id: string, call: Promise<T | undefined>): Promise<T | undefined>
}

function watchedCompute(compute: ComputeGateway, { write, read }: Watch): ComputeGateway {
  return {
    ...compute,
    getVm: id => read(id, compute.getVm(id)),
    setVmTags: (id, tags, etag) => write(id, 'changed', compute.setVmTags(id, tags, etag)),
    deallocateVm: id => write(id, 'stopped', compute.deallocateVm(id)),
    startVm: id => write(id, 'started', compute.startVm(id)),
    getSnapshot: id => read(id, compute.getSnapshot(id)),
    createSnapshot: (id, body) => write(id, 'made', compute.createSnapshot(id, body)),
    deleteSnapshot: id => write(id, 'deleted', compute.deleteSnapshot(id)),
    getManagedImage: id => read(id, compute.getManagedImage(id)),
    createManagedImage: (id, body) => write(id, 'made', compute.createManagedImage(id, body))
  }
}

function watchedGallery(
  gallery: GalleryGateway,
  { write, read }: Watch,
  wasThere: (id: string) => boolean
): GalleryGateway {
  return {
    ...gallery,
    createGalleryImage: (id, body) => write(id, 'made', gallery.createGalleryImage(id, body)),
    getVersion: (id, options) => read(id, gallery.getVersion(id, options)),
    putVersion: (id, body) => write(id, wasThere(id) ? 'changed' : 'made', gallery.putVersion(id, body))
  }
}

function watchedBatch(batch: BatchGateway, { write, read }: Watch): BatchGateway {
  return {
    ...batch,
    getPool: (id, version) => read(id, batch.getPool(id, version)),
    createPool: (id, body, version) => write(id, 'made', batch.createPool(id, body, version)),
    patchPool: (id, body, condition) => write(id, 'changed', batch.patchPool(id, body, condition)),
    stopResize: (id, version) => write(id, 'changed', batch.stopResize(id, version)),
    deletePool: (id, version) => write(id, 'deleted', batch.deletePool(id, version))
  }
}
