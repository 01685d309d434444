/** What a token says of itself. Nothing here checks its signature: it only serves to explain. */
import { type Json, type JsonObject, isJsonObject } from '../../model/json.ts'
import { numberAt, textAt } from '../read/json.ts'

/** Undefined for whatever isn't a JSON Web Token. */
export function claimsOf(token: string): JsonObject | undefined {
  try {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Json
    return isJsonObject(claims) ? claims : undefined
  } catch {
    return undefined
  }
}

/** What of GitHub's ID token a federated credential is compared with, and when it is good. */
export type IdTokenFacts = {
  subject: string
  issuer: string
  audience: string
  /** Ms since the epoch, by GitHub's clock. */
  from: number
  until: number
  /** The subject with the numbers of owner and repository in it, or without them: whichever GitHub did not send. */
  otherForm?: string
}

export function factsOf(idToken: string): IdTokenFacts | undefined {
  const claims = claimsOf(idToken)
  const subject = textAt(claims, 'sub')
  if (claims === undefined || subject === undefined) return undefined
  const otherForm = otherFormOf(subject, claims)
  return {
    subject,
    issuer: textAt(claims, 'iss') ?? '',
    audience: textAt(claims, 'aud') ?? '',
    from: (numberAt(claims, 'nbf') ?? numberAt(claims, 'iat') ?? 0) * 1_000,
    until: (numberAt(claims, 'exp') ?? 0) * 1_000,
    ...(otherForm === undefined ? {} : { otherForm })
  }
}

/** GitHub sends `repo:owner/name:…`, or since 2026 `repo:owner@id/name@id:…`; a credential may be registered for either. */
function otherFormOf(subject: string, claims: JsonObject): string | undefined {
  const [, owner, withId, name, rest] = /^repo:([^/@:]+)(@\d+)?\/([^/@:]+)(?:@\d+)?(:.*)$/s.exec(subject) ?? []
  if (owner === undefined || name === undefined || rest === undefined) return undefined
  if (withId !== undefined) return `repo:${owner}/${name}${rest}`
  const [ownerId, id] = ['repository_owner_id', 'repository_id'].map(key => textAt(claims, key))
  return ownerId === undefined || id === undefined ? undefined : `repo:${owner}@${ownerId}/${name}@${id}${rest}`
}
