/** Galleries, image definitions and image versions. Versions come and go verbatim, for they are written back. */
import { type ArmId, nameOf, namesOf, resourceGroupOf, subscriptionOf } from '../model/arm-id.ts'
import { regionName } from '../model/region.ts'
import { GALLERIES_VERSION, armUrl } from './arm-url.ts'
import { ifThere, send, sendForAll, throughSdk, view } from './connection.ts'
import type { GalleryGateway } from './gateway.ts'
import { failureOf, followOperation, watchOf } from './operation.ts'
import { readGalleryImage, readGalleryImageVersion } from './read-image.ts'
import { neededText, objectOf } from './read-json.ts'
import type { Services } from './services.ts'

export function galleryGateway(services: Services, signal: AbortSignal): GalleryGateway {
  const clientOf = (id: ArmId) => services.compute(subscriptionOf(id))
  const lineTo = (id: ArmId) => services.line(clientOf(id), signal)
  const urlOf = (path: ArmId | string, rest?: Record<string, string>) =>
    armUrl(services.cloud.resourceManagerUrl, path, { apiVersion: GALLERIES_VERSION, ...(rest && { rest }) })
  return {
    getGallery: async id => {
      const what = { operation: 'Galleries_Get', target: nameOf(id) }
      const answer = await ifThere(
        throughSdk(lineTo(id), what, options => clientOf(id).galleries.get(resourceGroupOf(id), nameOf(id), options))
      )
      return answer && view(what, () => ({ location: regionName(neededText(answer.body, 'location')) }))
    },
    getGalleryImage: async id => {
      const what = { operation: 'GalleryImages_Get', target: spoken(id) }
      const [gallery = '', image = ''] = namesOf(id)
      const answer = await ifThere(
        throughSdk(lineTo(id), what, options =>
          clientOf(id).galleryImages.get(resourceGroupOf(id), gallery, image, options)
        )
      )
      return answer && view(what, () => readGalleryImage(objectOf(answer.body)))
    },
    createGalleryImage: async (id, body) => {
      const what = { operation: 'GalleryImages_CreateOrUpdate', target: spoken(id) }
      const first = await send(lineTo(id), what, { method: 'PUT', url: urlOf(id), body })
      await followOperation(lineTo(id), what, { ...services, first })
    },
    listVersions: async id => {
      const what = { operation: 'GalleryImageVersions_ListByGalleryImage', target: spoken(id) }
      const versions = await ifThere(sendForAll(lineTo(id), what, urlOf(`${id}/versions`)))
      return view(what, () => (versions ?? []).map(readGalleryImageVersion))
    },
    getVersion: async (id, options) => {
      const what = { operation: 'GalleryImageVersions_Get', target: spoken(id) }
      const url = urlOf(id, options?.replication ? { $expand: 'ReplicationStatus' } : {})
      const answer = await ifThere(send(lineTo(id), what, { method: 'GET', url }))
      return answer && view(what, () => readGalleryImageVersion(objectOf(answer.body)))
    },
    putVersion: async (id, body) => {
      const what = { operation: 'GalleryImageVersions_CreateOrUpdate', target: spoken(id) }
      const watch = watchOf(await send(lineTo(id), what, { method: 'PUT', url: urlOf(id), body }))
      return { failure: () => failureOf(lineTo(id), what, watch) }
    }
  }
}

/** `gallery/definition/version` */
function spoken(id: ArmId): string {
  return namesOf(id).join('/')
}
