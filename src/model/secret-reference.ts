/** `${env:NAME}` in a pool spec: it stands for a secret in plan, digest and log, and is only replaced as it is sent. */
import { isJsonObject, type Json, type JsonObject } from './json.ts'

const REFERENCE = /\$\{env:([A-Za-z_][A-Za-z0-9_]*)\}/g

type Environment = Readonly<Record<string, string | undefined>>

/** The environment variables that `value` refers to, each once, in the order of their first mention. */
export function secretReferences(value: Json | undefined): string[] {
  const names = stringsOf(value).flatMap(text => [...text.matchAll(REFERENCE)].map(match => match[1] ?? ''))
  return [...new Set(names)]
}

/** A copy of `body` with every reference replaced. Throws an Error that names a variable that isn't set or is empty. */
export function resolveSecrets(body: JsonObject, env: Environment): JsonObject {
  return mapStrings(body, text =>
    text.replaceAll(REFERENCE, (_, name: string) => {
      const secret = env[name]
      if (secret === undefined || secret === '') throw new Error(`environment variable ${name}: is not set or empty`)
      return secret
    })
  ) as JsonObject
}

function stringsOf(value: Json | undefined): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(stringsOf)
  return isJsonObject(value) ? Object.values(value).flatMap(stringsOf) : []
}

function mapStrings(value: Json | undefined, change: (text: string) => string): Json | undefined {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map(item => mapStrings(item, change) ?? null)
  if (!isJsonObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapStrings(item, change)]))
}
