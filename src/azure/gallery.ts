/** Galleries, image definitions and image versions. Versions come and go verbatim, for they are written back. */
import { isDeepStrictEqual } from 'node:util'
import { type ArmId, nameOf, namesOf, resourceGroupOf, subscriptionOf } from '../model/arm-id.ts'
import type { Json, JsonObject } from '../model/json.ts'
import { regionName } from '../model/region.ts'
import { GALLERIES_VERSION, armUrl } from './arm-url.ts'
import { type Answer, ifThere, send, sendForAll, throughSdk, view } from './connection.ts'
import { AzureError } from './errors.ts'
import type { GalleryGateway } from './gateway.ts'
import { failureOf, followOperation, watchOf } from './operation.ts'
import { readGalleryImage, readGalleryImageVersion } from './read/image.ts'
import { booleanAt, defined, listAt, neededText, objectOf, recordAt, textAt } from './read/json.ts'
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
      return (
        answer &&
        view(what, () =>
          defined({
            location: regionName(neededText(answer.body, 'location')),
            provisioningState: textAt(answer.body, 'properties.provisioningState')
          })
        )
      )
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
      const watch = await send(lineTo(id), what, { method: 'PUT', url: urlOf(id), body }).then(
        first => watchOf(what, first),
        async error => {
          const isTaken =
            mayBeTaken(error) && takenOn(await send(lineTo(id), what, { method: 'GET', url: urlOf(id) }), body)
          if (!isTaken) throw error
          return undefined
        }
      )
      return { failure: () => failureOf(lineTo(id), what, watch) }
    }
  }
}

/** An operation is in progress: that of an earlier try of the same request, whose answer was lost, may be it. */
function mayBeTaken(error: unknown): boolean {
  return error instanceof AzureError && error.status === 409 && error.tries > 1
}

/** Tags name run and attempt, and say how far it is; the rest is what a later change changes. */
function takenOn({ body: present }: Answer, written: JsonObject): boolean {
  const regions = (version: Json | undefined): string[] =>
    listAt(version, 'properties.publishingProfile.targetRegions').map(target => regionName(neededText(target, 'name')))
  const hidden = (version: Json | undefined): boolean =>
    booleanAt(version, 'properties.publishingProfile.excludeFromLatest') ?? false
  return (
    isDeepStrictEqual(recordAt(present, 'tags'), recordAt(written, 'tags')) &&
    isDeepStrictEqual(regions(present).sort(), regions(written).sort()) &&
    hidden(present) === hidden(written)
  )
}

/** `gallery/definition/version` */
function spoken(id: ArmId): string {
  return namesOf(id).join('/')
}
