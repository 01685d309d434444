import type { Json } from './types.ts'

export type Exchange = {
  /** Azure's time, in ms since the epoch. */
  at: number
  /** Id of the operation that was meant, as faults name it; none where nothing answers to the URL. */
  operation?: string
  /** A fault answered, or cut the connection, in Azure's stead. */
  scripted?: true
  request: { method: string; url: string; headers: Record<string, string>; body: Json }
  response: { status: number; headers: Record<string, string>; body: Json }
}

/** A body as the journal keeps it: parsed where it is JSON, and without what could be used to sign in. */
export function keptBody(text: string | undefined): Json {
  if (text === undefined || text === '') return null
  try {
    return withoutSecrets(JSON.parse(text) as Json)
  } catch {
    return text.replaceAll(/(client_assertion|client_secret|password)=[^&]*/g, '$1=REDACTED')
  }
}

function withoutSecrets(body: Json): Json {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body
  const { access_token, value } = body
  if (typeof access_token === 'string') return { ...body, access_token: 'REDACTED' }
  return typeof value === 'string' && value.startsWith('eyJ') ? { ...body, value: 'REDACTED' } : body
}

export function keptHeaders(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'authorization'))
}
