import type { Json, JsonObject, Operation } from '../kernel/types.ts'
import { BATCH_AUDIENCE, RESOURCE_MANAGER_AUDIENCE, type SignInContext } from './context.ts'

/**
 * `GET /metadata/endpoints`: one cloud since api-version 2022-09-01, a list of clouds in 2019-05-01 and 2020-06-01, the short
 * form in 2015-01-01.
 */
export function metadataOperations(context: SignInContext): Operation[] {
  return [
    {
      id: 'Metadata_Endpoints',
      host: 'resource-manager',
      method: 'GET',
      path: '/metadata/endpoints',
      apiVersions: ['2022-09-01', '2020-06-01', '2019-05-01', '2015-01-01'],
      handle: ({ apiVersion }) => ({ status: 200, body: bodyFor(context, apiVersion) })
    }
  ]
}

function bodyFor(context: SignInContext, apiVersion: string): Json {
  if (apiVersion === '2015-01-01') {
    const { resourceManagerUrl, loginUrl } = context
    const authentication = { loginEndpoint: `${loginUrl}/`, audiences: audiences(context) }
    return {
      galleryEndpoint: resourceManagerUrl,
      graphEndpoint: loginUrl,
      portalEndpoint: resourceManagerUrl,
      authentication
    }
  }
  const { loginUrl } = context
  if (apiVersion === '2022-09-01') return cloud(context, loginUrl)
  return [{ ...cloud(context, `${loginUrl}/`), gallery: 'https://gallery.emulated.azure/' }]
}

/** As in Azure/azure-cli#29283: since 2022-09-01 the login endpoint has no slash at its end, and there is no gallery. */
function cloud(context: SignInContext, loginEndpoint: string): JsonObject {
  const { resourceManagerUrl, signIn } = context
  return {
    portal: 'https://portal.emulated.azure',
    authentication: {
      loginEndpoint,
      audiences: audiences(context),
      tenant: signIn.tenantId,
      identityProvider: 'AAD'
    },
    media: 'https://rest.media.emulated.azure',
    graphAudience: 'https://graph.emulated.azure/',
    graph: 'https://graph.emulated.azure/',
    name: 'AzureEmulated',
    suffixes: {
      acrLoginServer: 'azurecr.emulated.azure',
      keyVaultDns: 'vault.emulated.azure',
      storage: 'core.emulated.azure',
      sqlServerHostname: 'database.emulated.azure'
    },
    batch: BATCH_AUDIENCE,
    resourceManager: `${resourceManagerUrl}/`
  }
}

const audiences = ({ resourceManagerUrl }: SignInContext): string[] => [
  RESOURCE_MANAGER_AUDIENCE,
  `${resourceManagerUrl}/`
]
