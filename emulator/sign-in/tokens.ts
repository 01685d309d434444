import { createHmac, timingSafeEqual } from 'node:crypto'
import type { JsonObject } from '../kernel/types.ts'

/** What is in a token; times in seconds since the epoch. */
export type Claims = JsonObject & { iss: string; aud: string; exp: number; nbf: number }

/** A JWT whose signature only the emulator can make and check. Azure signs by RSA; nobody here looks at how. */
export function signToken(claims: Claims, key: string): string {
  const body = [{ typ: 'JWT', alg: 'HS256' }, claims].map(part =>
    Buffer.from(JSON.stringify(part)).toString('base64url')
  )
  return `${body.join('.')}.${signatureOf(body.join('.'), key)}`
}

/** A token comes with each of an hour's calls; more than these are never in use at once. */
const MOST_READ = 100
const alreadyRead = new Map<string, Claims | undefined>()

/** Undefined when `token` is malformed or was signed by somebody else. */
export function readToken(token: string, key: string): Claims | undefined {
  const both = `${key} ${token}`
  if (alreadyRead.has(both)) return alreadyRead.get(both)
  if (alreadyRead.size >= MOST_READ) alreadyRead.clear()
  const claims = verified(token, key)
  alreadyRead.set(both, claims)
  return claims
}

function verified(token: string, key: string): Claims | undefined {
  const [header = '', payload = '', signature = ''] = token.split('.')
  const expected = Buffer.from(signatureOf(`${header}.${payload}`, key))
  const got = Buffer.from(signature)
  if (got.length !== expected.length || !timingSafeEqual(got, expected)) return undefined
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims
}

const signatureOf = (text: string, key: string): string => createHmac('sha256', key).update(text).digest('base64url')
