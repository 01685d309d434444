import type { SignIn } from '../kernel/types.ts'

/** What sign-in rests on. URLs without a trailing slash. */
export type SignInContext = {
  resourceManagerUrl: string
  loginUrl: string
  githubUrl: string
  signIn: SignIn
  /** Signs access tokens, and GitHub's ID tokens under another name. */
  key: string
  /** Tokens keep real lifetimes, also where Azure's clock runs faster. Ms since the epoch. */
  realNow(): number
}

export const DEFAULT_SIGN_IN: SignIn = {
  tenantId: '6f1b2c3d-0000-4000-8000-0000000000aa',
  clientId: '6f1b2c3d-0000-4000-8000-0000000000c1',
  objectId: '6f1b2c3d-0000-4000-8000-0000000000d1',
  subject: 'repo:render/images:ref:refs/heads/main'
}

export const BATCH_AUDIENCE = 'https://batch.core.emulated.azure/'
export const RESOURCE_MANAGER_AUDIENCE = 'https://management.core.emulated.azure/'
export const EXCHANGE_AUDIENCE = 'api://AzureADTokenExchange'

/** Names under which each service takes tokens, without trailing slashes. */
export function audiencesOf({ resourceManagerUrl }: SignInContext, host: 'resource-manager' | 'batch'): string[] {
  return host === 'batch'
    ? [withoutSlash(BATCH_AUDIENCE)]
    : [withoutSlash(RESOURCE_MANAGER_AUDIENCE), withoutSlash(resourceManagerUrl)]
}

export const withoutSlash = (text: string): string => text.replace(/\/+$/, '')
