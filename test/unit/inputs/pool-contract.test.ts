/** The pool spec's schemas against Microsoft's contracts, where those lie beside the checkout. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@jest/globals'
import { z } from 'zod'
import { poolSpecSchema } from '../../../src/inputs/pool-spec-schema.ts'
import { retiredPoolSpecSchema } from '../../../src/inputs/retired-pool-spec-schema.ts'
import { testIf } from '../../support/test-if.ts'

const specs = join(import.meta.dirname, '../../../../shared/azure-specs')
const bicep = join(specs, 'bicep-types/generated/batch/microsoft.batch/2025-06-01/types.json')
const openApi = join(
  specs,
  'specification/batch/resource-manager/Microsoft.Batch/stable/2019-08-01/BatchManagement.json'
)
const missing = (path: string): string | undefined => (existsSync(path) ? undefined : 'no ../shared/azure-specs')

type Ref = { $ref: string }
type BicepType = {
  $type: string
  name?: string
  body?: Ref
  itemType?: Ref
  additionalProperties?: Ref
  properties?: Record<string, { flags: number; type: Ref }>
  elements?: Ref[]
  value?: string
}
const READ_ONLY = 2

/** `a.b[].c` of everything writable; enums as `path=Value`. */
function bicepPaths(types: BicepType[], ref: Ref, at: string): string[] {
  const type = types[Number(ref.$ref.slice(2))]
  if (type === undefined) throw new Error(`no type ${ref.$ref}`)
  if (type.$type === 'ArrayType' && type.itemType) return bicepPaths(types, type.itemType, `${at}[]`)
  if (type.$type === 'UnionType') return (type.elements ?? []).flatMap(element => bicepPaths(types, element, at))
  if (type.$type === 'StringLiteralType') return [`${at}=${type.value}`]
  const more = type.additionalProperties ? bicepPaths(types, type.additionalProperties, `${at}{}`) : []
  const own = Object.entries(type.properties ?? {}).flatMap(([name, property]) =>
    (property.flags & READ_ONLY) !== 0 ? [] : [`${at}.${name}`, ...bicepPaths(types, property.type, `${at}.${name}`)]
  )
  return [...own, ...more]
}

function schemaPaths(schema: unknown, at: string): string[] {
  if (schema instanceof z.ZodOptional) return schemaPaths(schema.unwrap(), at)
  if (schema instanceof z.ZodArray) return schemaPaths(schema.element, `${at}[]`)
  if (schema instanceof z.ZodRecord) return schemaPaths(schema.valueType, `${at}{}`)
  if (schema instanceof z.ZodEnum) return schema.options.map(value => `${at}=${value}`)
  if (!(schema instanceof z.ZodObject)) return []
  return Object.entries(schema.shape).flatMap(([name, value]) => [
    `${at}.${name}`,
    ...schemaPaths(value, `${at}.${name}`)
  ])
}

const unique = (paths: string[]): string[] => [...new Set(paths)].toSorted()

testIf(missing(bicep))(
  'every writable property and value of a pool in 2025-06-01 is known, but for the ones refused on purpose',
  () => {
    const types = JSON.parse(readFileSync(bicep, 'utf8')) as BicepType[]
    const pool = types.find(type => type.name === 'Microsoft.Batch/batchAccounts/pools@2025-06-01')
    if (pool?.body === undefined) throw new Error('no pool in types.json')
    const image = '.properties.deploymentConfiguration.virtualMachineConfiguration.imageReference'
    const refused = [
      '.properties.scaleSettings.fixedScale.nodeDeallocationOption=RetainedData',
      ...['publisher', 'offer', 'sku', 'version', 'sharedGalleryImageId', 'communityGalleryImageId'].map(
        name => `${image}.${name}`
      )
    ]
    const wanted = unique(bicepPaths(types, pool.body, '')).filter(path => !refused.includes(path))
    expect(unique(schemaPaths(poolSpecSchema, '')).filter(path => path !== '.$schema')).toEqual(wanted)
  }
)

type Definition = {
  $ref?: string
  enum?: string[]
  readOnly?: boolean
  items?: Definition
  properties?: Record<string, Definition>
}

function openApiPaths(definitions: Record<string, Definition>, definition: Definition, at: string): string[] {
  if (definition.$ref !== undefined) {
    return openApiPaths(definitions, definitions[definition.$ref.split('/').at(-1) ?? ''] ?? {}, at)
  }
  if (definition.items !== undefined) return openApiPaths(definitions, definition.items, `${at}[]`)
  const values = (definition.enum ?? []).map(value => `${at}=${value}`)
  const properties = Object.entries(definition.properties ?? {}).filter(([, property]) => property.readOnly !== true)
  return [
    ...values,
    ...properties.flatMap(([name, property]) => [
      `${at}.${name}`,
      ...openApiPaths(definitions, property, `${at}.${name}`)
    ])
  ]
}

testIf(missing(openApi))(
  'every writable property and value of a pool in 2019-08-01 is known, but for the ones refused on purpose',
  () => {
    const { definitions } = JSON.parse(readFileSync(openApi, 'utf8')) as { definitions: Record<string, Definition> }
    const refused = [
      /^\.certificates/,
      /^\.applicationLicenses/,
      /^\.deploymentConfiguration\.cloudServiceConfiguration/,
      /nodeDeallocationOption=RetainedData$/,
      /imageReference\.(publisher|offer|sku|version)$/
    ]
    const wanted = unique(openApiPaths(definitions, definitions['PoolProperties'] ?? {}, '')).filter(
      path => !refused.some(pattern => pattern.test(path))
    )
    expect(unique(schemaPaths(retiredPoolSpecSchema.shape.properties, ''))).toEqual(wanted)
  }
)
