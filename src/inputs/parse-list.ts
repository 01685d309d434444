/** Lists: all that is wrong with the entries is thrown together, as an AggregateError. An input that is given has an entry. */
import { regionName } from '../model/region.ts'
import type { ImageSpec, TargetRegion } from '../model/spec.ts'
import { didYouMean } from '../shared/text.ts'
import { OWN_PREFIX } from '../model/own-metadata.ts'
import { tagFault } from './tag-rules.ts'

/** `all`, `none`, or LUNs from 0 to 63 in ascending order. */
export function parseDataDisks(text: string): ImageSpec['dataDisks'] {
  if (text === 'all' || text === 'none') return text
  const entries = entriesOf(text, /,/, '"all", "none", or LUNs separated by commas, such as 0,2')
  if (entries.every(entry => /^[a-z]/i.test(entry))) {
    throw new Error(`"${text}" is not "all", "none" or a list of LUNs such as 0,2${didYouMean(text, ['all', 'none'])}`)
  }
  const luns = each(entries, entry => {
    const lun = /^\d{1,2}$/.test(entry) ? Number(entry) : NaN
    if (lun >= 0 && lun <= 63) return lun
    throw new Error(`"${entry}" is not a LUN; a whole number from 0 to 63`)
  })
  refuseDuplicates(luns.map(String), 'LUN')
  return luns.toSorted((a, b) => a - b)
}

/** `eastus2=2, West US 3`: regions in short form, replicas where given. */
export function parseTargetRegions(text: string): TargetRegion[] {
  const regions = each(
    entriesOf(text, /[,\n]/, 'regions separated by commas, such as eastus2=2, westus3'),
    parseTargetRegion
  )
  refuseDuplicates(
    regions.map(({ region }) => region),
    'region'
  )
  return regions
}

function parseTargetRegion(entry: string): TargetRegion {
  const [name = '', count, ...more] = entry.split('=').map(part => part.trim())
  if (!/^[a-z][a-z0-9 ]*$/i.test(name) || more.length > 0) {
    throw new Error(`"${entry}" is not a region with its replicas; such as eastus2, or eastus2=2`)
  }
  if (count === undefined) return { region: regionName(name) }
  const replicas = /^\d{1,3}$/.test(count) ? Number(count) : NaN
  if (replicas >= 1 && replicas <= 100) return { region: regionName(name), replicas }
  throw new Error(`"${entry}" asks for "${count}" replicas; from 1 to 100`)
}

/** Azure takes 50 tags on a resource; ten are left for this action's own. */
const MOST_TAGS = 40
const TAGS_FORM = 'name=value pairs, one a line or separated by commas, such as team=render'

/** `name=value` pairs, one a line; a single line may hold several, separated by commas. */
export function parseTags(text: string): Record<string, string> {
  const pairs = each(entriesOf(text, text.includes('\n') ? /\n/ : /,/, TAGS_FORM), parseTag)
  refuseDuplicates(
    pairs.map(([name]) => name.toLowerCase()),
    'tag'
  )
  if (pairs.length > MOST_TAGS) {
    throw new Error(
      `${pairs.length} tags are too many; ${MOST_TAGS} at most, as ten of Azure’s 50 are for the action’s own`
    )
  }
  return Object.fromEntries(pairs)
}

function parseTag(entry: string): [name: string, value: string] {
  const at = entry.indexOf('=')
  if (at < 1) throw new Error(`"${entry}" is not a tag; name=value is expected`)
  const name = entry.slice(0, at).trim()
  const value = entry.slice(at + 1).trim()
  const fault = tagFault(name, value)
  if (fault !== undefined) throw new Error(fault)
  if (name.toLowerCase().startsWith(`${OWN_PREFIX}-`)) {
    throw new Error(`tag name "${name}" begins with "${OWN_PREFIX}-", which is kept for this action’s own tags`)
  }
  return [name, value]
}

/** Throws where there is no entry, and where the list is written as JSON or YAML write one; `form` is how it is written here. */
function entriesOf(text: string, by: RegExp, form: string): string[] {
  if (/^[ \t]*(?:[[{"']|-[ \t])/m.test(text)) {
    throw new Error(`"${text}" is a list of JSON or YAML; ${form} without brackets, quotes and hyphens is expected`)
  }
  const entries = text
    .split(by)
    .map(entry => entry.trim())
    .filter(entry => entry !== '')
  if (entries.length === 0) throw new Error(`"${text}" has no entry; ${form}, or leave it out`)
  return entries
}

function each<T>(entries: readonly string[], parse: (entry: string) => T): T[] {
  const errors: unknown[] = []
  const values = entries.flatMap(entry => {
    try {
      return [parse(entry)]
    } catch (error) {
      errors.push(error)
      return []
    }
  })
  if (errors.length > 0) throw new AggregateError(errors)
  return values
}

function refuseDuplicates(names: readonly string[], what: string): void {
  const seen = new Set<string>()
  const twice = new Set(names.filter(name => seen.size === seen.add(name).size))
  if (twice.size > 0) {
    throw new AggregateError([...twice].map(name => new Error(`${what} "${name}" is there twice; once is enough`)))
  }
}
