/** The pool spec: YAML or JSON text into a pool's name and body, or everything that is wrong with it. */
import { isArmIdOf, parentId, type BatchAccountId } from '../model/arm-id.ts'
import type { RolloutImageId, PoolBody } from '../model/spec.ts'
import { isJsonObject, type JsonObject } from '../model/json.ts'
import { messageOf } from '../shared/text.ts'
import { defined } from './defined.ts'
import { isManagedImageId, parsePinnedImage } from './image-reference.ts'
import { readPoolSpecDocument, type Path } from './pool-spec-document.ts'
import { formProblem } from './pool-spec-form.ts'
import { idProblems } from './pool-spec-ids.ts'
import { namesProblems, withoutReadOnly } from './pool-spec-left-aside.ts'
import { ruleProblems } from './pool-spec-rules.ts'
import { shapeProblems, valueAt, type PathProblem } from './pool-spec-shape.ts'
import { valueProblems } from './pool-spec-values.ts'

export type PoolSpec = {
  name: string
  /** As written, `${env:NAME}` included. */
  body: PoolBody
  pinnedImageId?: RolloutImageId
  /** What it has of what only Batch sets, and the body hasn't. */
  leftAside?: string[]
  /** Of the pool’s ARM id, where the spec has it. */
  accountId?: BatchAccountId
}

export type PoolSpecContext = {
  allowRetired: boolean
  /** Whether the image that the pool gets is a managed image by another input. */
  managedImage: boolean
  env: Readonly<Record<string, string | undefined>>
  /** Whether the variables that `${env:NAME}` names must be there. */
  secretsNeeded: boolean
}

const IMAGE_REFERENCE: Path = ['properties', 'deploymentConfiguration', 'virtualMachineConfiguration', 'imageReference']
const IMAGE_ID: Path = [...IMAGE_REFERENCE, 'id']

/** Either a spec or at least one problem. A managed image has the body checked against api-version 2019-08-01. */
export function parsePoolSpec(
  text: string,
  context: PoolSpecContext
): { spec: PoolSpec; problems: [] } | { spec?: undefined; problems: string[] } {
  const document = readPoolSpecDocument(text)
  if ('problems' in document) return { problems: document.problems }
  const { lineOf } = document
  const other = formProblem(document.root)
  if (other !== undefined) return { problems: inOrder([other], lineOf) }
  const { root, leftAside } = withoutReadOnly(document.root)
  const pinned = valueAt(root, IMAGE_ID)
  const retired = context.managedImage || (typeof pinned === 'string' && isManagedImageId(pinned))
  const image = readImage(pinned, context.allowRetired)
  const marketplace = marketplaceProblem(valueAt(root, IMAGE_REFERENCE))
  const problems = [
    ...shapeProblems(root, retired).filter(({ path }) => marketplace === undefined || !isInside(path, IMAGE_REFERENCE)),
    ...(marketplace === undefined ? [] : [marketplace]),
    ...namesProblems(document.root),
    ...ruleProblems(root),
    ...idProblems(root),
    ...valueProblems(root, context.secretsNeeded ? context.env : undefined),
    ...image.problems
  ]
  if (problems.length > 0) return { problems: inOrder(problems, lineOf) }
  const { id } = document.root
  const accountId =
    typeof id === 'string' && isArmIdOf(id, 'Microsoft.Batch/batchAccounts/pools') ? parentId(id) : undefined
  const spec = {
    ...specOf(root, image.id),
    ...defined({ accountId }),
    ...(leftAside.length === 0 ? {} : { leftAside })
  }
  return { spec, problems: [] }
}

/** One for the reference as a whole. */
function marketplaceProblem(reference: unknown): PathProblem | undefined {
  const isMarketplace =
    isJsonObject(reference) && ['publisher', 'offer', 'sku'].some(name => reference[name] !== undefined)
  if (!isMarketplace) return undefined
  const message =
    'names a marketplace image, and this action gives the pool a custom one: leave imageReference out, or give the id of a ' +
    'pinned gallery version'
  return { path: IMAGE_REFERENCE, message }
}

const isInside = (path: Path, outer: Path): boolean => outer.every((part, index) => path[index] === part)

function readImage(pinned: unknown, allowRetired: boolean): { id?: RolloutImageId; problems: PathProblem[] } {
  if (typeof pinned !== 'string') return { problems: [] }
  try {
    return { id: parsePinnedImage(pinned, allowRetired), problems: [] }
  } catch (error) {
    return { problems: [{ path: IMAGE_ID, message: messageOf(error) }] }
  }
}

/** The shape was checked before. */
function specOf(root: JsonObject, pinnedImageId: RolloutImageId | undefined): PoolSpec {
  const { name, properties, identity, tags } = root as PoolBody & { name: string }
  return {
    name,
    body: { properties, ...defined({ identity, tags }) },
    ...(pinnedImageId === undefined ? {} : { pinnedImageId })
  }
}

/** By line, those that have none first. */
function inOrder(problems: readonly PathProblem[], lineOf: (path: Path) => number | undefined): string[] {
  return problems
    .map(({ path, message }) => ({ path, message, line: lineOf(path) }))
    .toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))
    .map(({ path, message, line }) => {
      const place = `${pathText(path)}${line === undefined ? '' : ` (line ${line})`}`
      return path.length === 0 ? message : `${place}: ${message}`
    })
}

/** `properties.dataDisks[0].lun` */
export function pathText(path: Path): string {
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('')
}
