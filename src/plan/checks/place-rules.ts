/** Regions and resource groups that are named, against those that there are. */
import { subscriptionOf } from '../../model/arm-id.ts'
import { sameRegion } from '../../model/region.ts'
import { didYouMean } from '../../shared/text.ts'
import { ofLooked } from './looked.ts'
import { error, type Rule } from './rule.ts'

export const PLACE_RULES: readonly Rule[] = [
  {
    id: 'regions-offered',
    source: 'GET /subscriptions/{id}/locations',
    check: ({ spec, observed: { regions } }) => {
      const target = spec.image?.publishTo
      if (target?.kind !== 'gallery' || regions === undefined) return undefined
      const { galleryImageId, targetRegions } = target
      return ofLooked('target-regions', regions, (offered = []) =>
        targetRegions
          // An empty list is no answer.
          .filter(({ region }) => offered.length > 0 && !offered.some(other => sameRegion(other, region)))
          .map(({ region }) =>
            error(
              `target-regions: subscription "${subscriptionOf(galleryImageId)}" offers no region "${region}"${didYouMean(region, offered)}`,
              'name regions as Azure lists them (az account list-locations --query "[].name")'
            )
          )
      )
    }
  },
  {
    id: 'groups-exist',
    source: 'Resource Manager: 404 ResourceGroupNotFound (recorded)',
    check: ({ imageExists, observed: { groups = [] } }) =>
      imageExists
        ? undefined
        : groups.flatMap(({ input, name, looked }) =>
            ofLooked(`${input}: resource group "${name}"`, looked, found =>
              found !== undefined
                ? []
                : [
                    error(
                      `${input}: resource group "${name}" does not exist`,
                      `correct it, or create the group (az group create --name ${name})`
                    )
                  ]
            )
          )
  }
]
