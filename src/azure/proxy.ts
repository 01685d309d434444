/** The proxy that the environment names, read as most programs read it: without a scheme it is an http one. */
import { RunError } from '../model/failure.ts'

/** Of the SDKs' `proxyOptions`. `host`: with its scheme. */
export type ProxySettings = { host: string; port: number; username?: string; password?: string }

type Environment = Readonly<Record<string, string | undefined>>

/** The SDK's own order; for each, upper case before lower. */
const VARIABLES = ['HTTPS_PROXY', 'ALL_PROXY', 'HTTP_PROXY']
const PORTS: Record<string, number> = { 'http:': 80, 'https:': 443 }

/** Undefined where none is named. @throws RunError where one is, and can't be used */
export function proxyOf(env: Environment): ProxySettings | undefined {
  const name = VARIABLES.flatMap(one => [one, one.toLowerCase()]).find(one => (env[one] ?? '').trim() !== '')
  if (name === undefined) return undefined
  const text = (env[name] ?? '').trim()
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`
  const url = URL.canParse(whole) ? new URL(whole) : undefined
  const usual = url && PORTS[url.protocol]
  if (url === undefined || url.hostname === '' || usual === undefined) {
    throw new RunError({
      reason: 'input-invalid',
      message: `${name}: "${withoutUser(text)}" names no proxy that can be used; it is an http or https URL, such as http://proxy.example:3128`,
      wayOut: `correct the environment variable ${name} of the runner, or take it away`
    })
  }
  return {
    host: `${url.protocol}//${url.hostname}`,
    port: Number(url.port || usual),
    ...(url.username === '' ? {} : { username: decoded(url.username) }),
    ...(url.password === '' ? {} : { password: decoded(url.password) })
  }
}

/** A percent sign that begins no code stands for itself, as in most programs. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll(/%(?![0-9a-f]{2})/gi, '%25'))
  } catch {
    return text
  }
}

/** Who signs in to a proxy is nobody's business. */
function withoutUser(text: string): string {
  return text.replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/i, '$1')
}
