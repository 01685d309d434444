/** Reads that the pools of a run have in common: each is made once, for whoever asks first. */
import { AzureError } from '../azure/errors.ts'
import type { Azure } from '../azure/gateway.ts'
import { explainsRefusal } from '../model/account-access.ts'
import type { BatchAccountId, GalleryImageId, GalleryImageVersionId, ImageId } from '../model/arm-id.ts'
import type {
  BatchAccount,
  GalleryImage,
  GalleryImageVersion,
  ManagedImage,
  Observed,
  Pool,
  SupportedImage,
  VmSize
} from '../model/observed.ts'

type Definition = Pick<Observed, 'galleryImage' | 'versions'>
export type Supported = { supportedImages: SupportedImage[] } | { serviceRefused: string }

export type SharedReads = {
  account(id: BatchAccountId): Promise<BatchAccount | undefined>
  pools(id: BatchAccountId): Promise<Pool[]>
  vmSizes(of: { subscriptionId: string; location: string }): Promise<VmSize[]>
  supportedImages(account: BatchAccount): Promise<Supported>
  /** With its regions. */
  version(id: GalleryImageVersionId): Promise<GalleryImageVersion | undefined>
  galleryImage(id: GalleryImageId): Promise<GalleryImage | undefined>
  /** With its versions, without their regions. */
  definition(id: GalleryImageId): Promise<Definition>
  managedImage(id: ImageId): Promise<ManagedImage | undefined>
  /** Of what pool specs name. */
  named: Omit<Azure['named'], 'listRegions' | 'getResourceGroup'>
}

export function sharedReads({ batch, batchService, gallery, compute, named }: Azure): SharedReads {
  return {
    account: once(id => batch.getAccount(id)),
    pools: once(id => batch.listPools(id)),
    vmSizes: once(
      ({ subscriptionId, location }) => batch.listVmSizes(subscriptionId, location),
      ({ subscriptionId, location }) => `${subscriptionId} ${location}`
    ),
    supportedImages: once(
      account => unlessRefused(account, batchService(account.accountEndpoint).listSupportedImages()),
      ({ accountEndpoint }) => accountEndpoint
    ),
    version: once(id => gallery.getVersion(id, { replication: true })),
    galleryImage: once(id => gallery.getGalleryImage(id)),
    definition: once(id => definitionOf(gallery, id)),
    managedImage: once(id => compute.getManagedImage(id)),
    named: {
      getVirtualNetwork: once(id => named.getVirtualNetwork(id)),
      getIdentity: once(id => named.getIdentity(id)),
      getPackage: once(
        reference => named.getPackage(reference),
        reference => Object.values(reference).join(' ')
      ),
      getPublicIP: once(id => named.getPublicIP(id)),
      getEncryptionSet: once(id => named.getEncryptionSet(id))
    }
  }
}

function once<Of, T>(read: (of: Of) => Promise<T>, keyOf: (of: Of) => string = String): (of: Of) => Promise<T> {
  const made = new Map<string, Promise<T>>()
  return of => {
    const key = keyOf(of).toLowerCase()
    const found = made.get(key) ?? read(of)
    made.set(key, found)
    return found
  }
}

/** A replica that lags may show one without the other: what can't be is asked for again, and then isn't believed at once. */
export async function definitionOf(gallery: Azure['gallery'], id: GalleryImageId): Promise<Definition> {
  const [found, listed] = await Promise.all([gallery.getGalleryImage(id), gallery.listVersions(id)])
  const galleryImage = found ?? (listed.length > 0 ? await gallery.getGalleryImage(id) : undefined)
  const versions = listed.length === 0 && found !== undefined ? await gallery.listVersions(id) : listed
  return { ...(galleryImage && { galleryImage }), versions }
}

/** Where the account itself says why it lets nobody in. */
async function unlessRefused(account: BatchAccount, read: Promise<SupportedImage[]>): Promise<Supported> {
  try {
    return { supportedImages: await read }
  } catch (error) {
    if (!(error instanceof AzureError) || !explainsRefusal(account, error.status)) throw error
    return { serviceRefused: error.message }
  }
}
