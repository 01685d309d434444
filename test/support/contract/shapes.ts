/** Which exchanges are alike: a contract judges one of each shape, for it says nothing of figures, names in ids and times. */
import type { Exchange } from '../../../emulator/index.ts'
import type { Json } from '../../../emulator/kernel/types.ts'

/** Equal for two exchanges that no contract could tell apart. Whatever is chosen among few stays: method, version, status, words. */
export function shapeOf({ request, response, scripted }: Exchange): string {
  const [, version = ''] = /[?&]api-version=([^&]*)/.exec(request.url) ?? []
  const answer = [response.status, headersOf(response.headers), ofJson(response.body)].join(' ')
  return [request.method, version, plain(request.url), headersOf(request.headers), ofJson(request.body), answer]
    .concat(scripted === true ? 'scripted' : [])
    .join(' ')
}

/** Names, and the type of the content. */
const headersOf = (headers: Record<string, string>): string =>
  `${Object.keys(headers).sort().join()}:${headers['content-type'] ?? headers['Content-Type'] ?? ''}`

/** A list is as the kinds of its items, however many there are. */
function ofJson(value: Json | undefined): string {
  if (typeof value === 'string') return `"${plain(value)}"`
  if (typeof value === 'number') return `${value < 0 ? '-' : ''}${Number.isInteger(value) ? 'integer' : 'number'}`
  if (typeof value !== 'object' || value === null) return typeof value
  if (Array.isArray(value)) return `[${[...new Set(value.map(ofJson))].sort().join()}]`
  let properties = ''
  for (const name of Object.keys(value)) {
    const inner = value[name]
    if (inner !== undefined) properties += `${plain(name)}:${ofJson(inner)},`
  }
  return `{${properties}}`
}

const known = new Map<string, string>()

/** Without figures, hexadecimal ones included. */
function plain(text: string): string {
  const found = known.get(text)
  if (found !== undefined) return found
  const made = text.replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[\da-f]*\d[\da-f]*/gi, '0')
  known.set(text, made)
  return made
}
