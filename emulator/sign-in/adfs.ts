import type { Operation } from '../kernel/types.ts'
import type { SignInContext } from './context.ts'
import { grantForSecret } from './entra.ts'

/** The ADFS-shaped sign-in of a local cloud: with it, `az` skips the discovery of its instance. As az 2.45 asks for it. */
export function adfsOperations(context: SignInContext): Operation[] {
  const base = `${context.loginUrl}/adfs`
  const token = { host: 'login', method: 'POST', apiVersions: [] } as const
  return [
    {
      id: 'Adfs_OpenIdConfiguration',
      host: 'login',
      method: 'GET',
      path: '/adfs/.well-known/openid-configuration',
      apiVersions: [],
      handle: () => ({
        status: 200,
        body: {
          issuer: base,
          authorization_endpoint: `${base}/oauth2/authorize/`,
          token_endpoint: `${base}/oauth2/token`,
          device_authorization_endpoint: `${base}/oauth2/devicecode`,
          jwks_uri: `${base}/discovery/keys`
        }
      })
    },
    { ...token, id: 'Adfs_Token', path: '/adfs/oauth2/token', handle: call => grantForSecret(context, call) }
  ]
}
