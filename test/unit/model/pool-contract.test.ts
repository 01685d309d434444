/** The table of how Batch gives a pool's properties back, against the spec's schemas and Microsoft's contract. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { z } from 'zod'
import { poolSpecSchema } from '../../../src/inputs/pool-spec-schema.ts'
import { retiredPoolSpecSchema } from '../../../src/inputs/retired-pool-spec-schema.ts'
import { POOL_METADATA, POOL_PROPERTIES, SCALE_SETTINGS } from '../../../src/model/pool-contract.ts'
import type { Shape } from '../../../src/model/shape.ts'
import { testIf } from '../../support/test-if.ts'

const bicep = join(
  import.meta.dirname,
  '../../../../shared/azure-specs/bicep-types/generated/batch/microsoft.batch/2025-06-01/types.json'
)

/** Their ways are their own. */
const APART = /^\.(?:scaleSettings|metadata)/
/** Strings that Azure names or that are ids: these come back in any casing. */
const CASELESS = [
  /\.(?:vmSize|nodeAgentSkuId|licenseType|keyUrl|registryServer|subnetId|sourceAddressPrefix)$/,
  /\.(?:resourceId|inVMAccessControlProfileReferenceId|ipTagType|tag)$/,
  /\.(?:imageReference|diskEncryptionSet|serviceArtifactReference|applicationPackages\[\])\.id$/,
  /\.extensions\[\]\.(?:publisher|type)$/,
  /\.(?:ipAddressIds|publicIPs)\[\]$/
]
const HIDDEN = /\.(?:password|sshPrivateKey|accountKey|sasKey|protectedSettings)$/
const DURATION = /\.pauseTimeBetweenBatches$/

type Leaf = [path: string, type: string]

function leavesOfSchema(schema: unknown, at: string): Leaf[] {
  if (schema instanceof z.ZodOptional) return leavesOfSchema(schema.unwrap(), at)
  if (schema instanceof z.ZodArray) return leavesOfSchema(schema.element, `${at}[]`)
  if (schema instanceof z.ZodObject) {
    return Object.entries(schema.shape).flatMap(([name, value]) => leavesOfSchema(value, `${at}.${name}`))
  }
  if (schema instanceof z.ZodEnum) return [[at, `choice ${schema.options.toSorted().join(' ')}`]]
  if (HIDDEN.test(at)) return [[at, 'hidden']]
  if (schema instanceof z.ZodBoolean) return [[at, 'flag']]
  if (schema instanceof z.ZodNumber) return [[at, 'number']]
  if (schema instanceof z.ZodUnknown) return [[at, 'json']]
  if (DURATION.test(at)) return [[at, 'duration']]
  return [[at, CASELESS.some(pattern => pattern.test(at)) ? 'caseless' : 'text']]
}

function leavesOfTable(shape: Shape, at = ''): Leaf[] {
  if (shape.type === 'list') return leavesOfTable(shape.of, `${at}[]`)
  if (shape.type === 'object') {
    return Object.entries(shape.of).flatMap(([name, inner]) => leavesOfTable(inner, `${at}.${name}`))
  }
  return [[at, shape.type === 'choice' ? `choice ${shape.values.toSorted().join(' ')}` : shape.type]]
}

const known = new Map(leavesOfTable(POOL_PROPERTIES))

const schemas = [
  { version: '2025-06-01', schema: poolSpecSchema.shape.properties },
  { version: '2019-08-01', schema: retiredPoolSpecSchema.shape.properties }
]

const leavesOf = (schema: z.ZodType): Leaf[] => leavesOfSchema(schema, '').filter(([path]) => !APART.test(path))

test.each(schemas)('every property that a spec may have in $version is compared by its type', ({ version, schema }) => {
  // The newest contract has values that the oldest doesn't know; nobody can write them there.
  const isSame = (path: string, type: string): boolean =>
    version === '2019-08-01' && type.startsWith('choice ')
      ? type.split(' ').every(word => known.get(path)?.split(' ').includes(word))
      : known.get(path) === type
  expect(leavesOf(schema).filter(([path, type]) => !isSame(path, type))).toEqual([])
})

test('the table knows nothing that no spec may have', () => {
  const written = new Set(schemas.flatMap(({ schema }) => leavesOf(schema).map(([path]) => path)))
  expect([...known.keys()].filter(path => !written.has(path))).toEqual([])
})

/** Names, versions, paths and places on a node, and the formula: nobody hides anything in them. */
const OPEN = [
  /(?:^|\.|\])(?:displayName|name|imageName|accountName|containerName|autoStorageContainerName|formula)$/,
  /\.(?:version|typeHandlerVersion|fileMode|filePath|blobPrefix|relativeMountPath)$/,
  /\.(?:containerImageNames|provisionAfterExtensions|sourcePortRanges)\[\]$/
]

test('a text of the pool is kept out of what is shown, unless it is known to hold no secret', () => {
  const secretive = (shape: Shape, at: string): [path: string, isKept: boolean][] => {
    if (shape.type === 'list') return secretive(shape.of, `${at}[]`)
    if (shape.type === 'object') return Object.entries(shape.of).flatMap(([name, of]) => secretive(of, `${at}.${name}`))
    return shape.type === 'text' ? [[at, shape.isSecret === true]] : []
  }
  const texts = Object.entries({ '': POOL_PROPERTIES, metadata: POOL_METADATA, scaleSettings: SCALE_SETTINGS })
  const kept = texts.flatMap(([at, shape]) => secretive(shape, at))
  expect(kept.length).toBeGreaterThan(30)
  expect(kept.filter(([path, isKept]) => isKept === OPEN.some(pattern => pattern.test(path)))).toEqual([])
})

type Ref = { $ref: string }
type BicepType = {
  $type: string
  name?: string
  body?: Ref
  itemType?: Ref
  sensitive?: boolean
  properties?: Record<string, { flags: number; type: Ref; description?: string }>
}
const typesOf = (): BicepType[] => JSON.parse(readFileSync(bicep, 'utf8')) as BicepType[]

function described(types: BicepType[], ref: Ref, at: string): { path: string; hidden: boolean; says: string }[] {
  const type = types[Number(ref.$ref.slice(2))]
  if (type?.itemType !== undefined) return described(types, type.itemType, `${at}[]`)
  return Object.entries(type?.properties ?? {}).flatMap(([name, { flags, type: inner, description = '' }]) => [
    {
      path: `${at}.${name}`,
      hidden: (flags & 4) !== 0 || types[Number(inner.$ref.slice(2))]?.sensitive === true,
      says: description
    },
    ...((flags & 2) === 0 ? described(types, inner, `${at}.${name}`) : [])
  ])
}

const missing = existsSync(bicep) ? undefined : 'no ../shared/azure-specs'

testIf(missing)('what the contract calls sensitive or write-only is never compared', () => {
  const types = typesOf()
  const pool = types.find(({ name }) => name === 'Microsoft.Batch/batchAccounts/pools@2025-06-01')
  const secret = described(types, pool!.body!, '')
    .filter(({ hidden, path }) => hidden && path.startsWith('.properties.'))
    .map(({ path }) => path.replace('.properties', ''))
    .filter(path => !APART.test(path))
  expect(secret.length).toBeGreaterThan(5)
  expect(secret.filter(path => known.get(path) !== 'hidden')).toEqual([])
})

/** Descriptions that name a default, and say nothing of a value that can be written. */
const NO_DEFAULT = [
  /licenseType|linuxUserConfiguration|windowsUserConfiguration|networkSecurityGroupRules$|imageReference|blobPrefix/,
  /startTask\.userIdentity$|taskSchedulingPolicy$|enableCrossZoneUpgrade|imageName|containerImageNames|version$/,
  /userAssignedIdentities|scaleSettings|autoScaleRun|resizeOperationStatus|customerManagedKey$|sourceAddressPrefix/
]

testIf(missing)('every default that the contract names is in the table', () => {
  const types = typesOf()
  const pool = types.find(({ name }) => name === 'Microsoft.Batch/batchAccounts/pools@2025-06-01')
  const named = described(types, pool!.body!, '')
    .filter(({ says }) => /default (?:value )?(?:for \w+ )?is|defaults to|will use the|default value of/i.test(says))
    .map(({ path }) => path.replace('.properties', ''))
    .filter(path => !NO_DEFAULT.some(pattern => pattern.test(path)))
  expect(named.length).toBeGreaterThan(8)
  expect(named.filter(path => !hasDefault(POOL_PROPERTIES, path.slice(1).split('.')))).toEqual([])
})

function hasDefault(shape: Shape, path: readonly string[]): boolean {
  if (shape.type === 'list' && path.length > 0) return hasDefault(shape.of, path)
  const [name, ...rest] = path
  if (name === undefined) return shape.type === 'flag' || ('default' in shape && shape.default !== undefined)
  return shape.type === 'object' && hasDefault(shape.of[name.replace('[]', '')] ?? { type: 'json' }, rest)
}
