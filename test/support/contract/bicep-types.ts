/** A resource's body against the bicep types of its version: the newest contract that there is for it. */
import { readFileSync } from 'node:fs'

type Ref = { $ref: string }
type Property = { type: Ref; flags: number }
type Type = {
  $type: string
  name?: string
  value?: string
  body?: Ref
  itemType?: Ref
  elements?: Ref[]
  properties?: Record<string, Property>
  additionalProperties?: Ref
  minValue?: number
  maxValue?: number
  pattern?: string
  sensitive?: boolean
}

/** `sent`: a PUT's body; `changed`: a PATCH's, which needn't be whole; `shown`: an answer's. */
export type Way = 'sent' | 'changed' | 'shown'

const REQUIRED = 1
const READ_ONLY = 2
const WRITE_ONLY = 4
const CONSTANT = 8

/** Reads a types.json. The checker gives a line for each way in which a body isn't of the type, none for other types. */
export function bicepChecker(path: string): (resourceType: string, body: unknown, way: Way) => string[] | undefined {
  const types = JSON.parse(readFileSync(path, 'utf8')) as Type[]
  const at = ({ $ref }: Ref): Type => types[Number($ref.slice(2))] ?? { $type: 'AnyType' }
  const resources = new Map(
    types.filter(({ $type }) => $type === 'ResourceType').map(type => [type.name?.split('@')[0]?.toLowerCase(), type])
  )
  return (resourceType, body, way) => {
    const resource = resources.get(resourceType.toLowerCase())
    if (resource?.body === undefined) return undefined
    return problems({ at, way }, at(resource.body), { value: body, path: '' })
  }
}

type Check = { at(ref: Ref): Type; way: Way }
type Spot = { value: unknown; path: string }

function problems(check: Check, type: Type, { value, path }: Spot): string[] {
  const wrong = (what: string): string[] => [`${path || '/'} is ${JSON.stringify(value)?.slice(0, 80)}; ${what}`]
  switch (type.$type) {
    case 'AnyType':
      return []
    case 'StringType':
      return typeof value === 'string' ? [] : wrong('a string is needed')
    case 'StringLiteralType':
      return isLiteral(check.way, type.value, value) ? [] : wrong(`"${type.value}" is needed`)
    case 'BooleanType':
      return typeof value === 'boolean' ? [] : wrong('a boolean is needed')
    case 'IntegerType':
      return typeof value === 'number' && value >= (type.minValue ?? value) && value <= (type.maxValue ?? value)
        ? []
        : wrong(`a number from ${type.minValue} to ${type.maxValue} is needed`)
    case 'UnionType':
      return ofAny(check, type, { value, path }) ? [] : wrong(`one of ${literals(check, type)} is needed`)
    case 'ArrayType':
      if (!Array.isArray(value)) return wrong('an array is needed')
      return value.flatMap((item, index) =>
        type.itemType ? problems(check, check.at(type.itemType), { value: item, path: `${path}/${index}` }) : []
      )
    case 'ObjectType':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? objectProblems(check, type, { value, path })
        : wrong('an object is needed')
    default:
      return wrong(`its type "${type.$type}" is not known here`)
  }
}

/** Azure gives values back in other casings than its contract has them (recorded 2026-02-11: `ConfidentialVM`). */
function isLiteral(way: Way, literal: string | undefined, value: unknown): boolean {
  if (way !== 'shown' || typeof value !== 'string') return value === literal
  return value.toLowerCase() === literal?.toLowerCase()
}

const ofAny = (check: Check, { elements = [] }: Type, spot: Spot): boolean =>
  elements.some(element => problems(check, check.at(element), spot).length === 0)

const literals = ({ at }: Check, { elements = [] }: Type): string =>
  elements.map(element => at(element).value ?? at(element).$type).join(', ')

function objectProblems(check: Check, type: Type, { value, path }: { value: object; path: string }): string[] {
  const given = Object.entries(value).filter(([, inner]) => inner !== undefined)
  const missing = Object.entries(type.properties ?? {})
    .filter(([name, property]) => needed(check, property) && !given.some(([other]) => other === name))
    .map(([name]) => `${path}/${name} is missing`)
  const wrong = given.flatMap(([name, inner]) => {
    const spot = { value: inner, path: `${path}/${name}` }
    const property = type.properties?.[name]
    if (property !== undefined) {
      return [...misplaced(check.way, property, spot.path), ...problems(check, check.at(property.type), spot)]
    }
    return type.additionalProperties
      ? problems(check, check.at(type.additionalProperties), spot)
      : [`${spot.path} is no property of ${type.name}`]
  })
  return [...missing, ...wrong]
}

function misplaced(way: Way, { flags }: Property, path: string): string[] {
  if (way === 'shown') return flags & WRITE_ONLY ? [`${path} is only ever written`] : []
  return flags & READ_ONLY ? [`${path} can't be set`] : []
}

/** A resource's own name and type are in its URL; what is only written, or secret, isn't missing from an answer. */
function needed({ way, at }: Check, { type, flags }: Property): boolean {
  if ((flags & REQUIRED) === 0 || (flags & CONSTANT) !== 0 || way === 'changed') return false
  return way === 'sent' || ((flags & WRITE_ONLY) === 0 && at(type).sensitive !== true)
}
