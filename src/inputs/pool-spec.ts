/** The pool spec: YAML or JSON text into a pool's name and body, or everything that is wrong with it. */
import type { RolloutImageId, PoolBody } from '../model/spec.ts'
import type { JsonObject } from '../model/json.ts'
import { messageOf } from '../shared/text.ts'
import { isManagedImageId, parsePinnedImage } from './image-reference.ts'
import { readPoolSpecDocument, type Path } from './pool-spec-document.ts'
import { idProblems } from './pool-spec-ids.ts'
import { ruleProblems } from './pool-spec-rules.ts'
import { shapeProblems, valueAt, type PathProblem } from './pool-spec-shape.ts'
import { valueProblems } from './pool-spec-values.ts'

export type PoolSpec = {
  name: string
  /** As written, `${env:NAME}` included. */
  body: PoolBody
  pinnedImageId?: RolloutImageId
}

export type PoolSpecContext = {
  allowRetired: boolean
  /** Whether the image that the pool gets is a managed image by another input. */
  managedImage: boolean
  env: Readonly<Record<string, string | undefined>>
  /** Whether the variables that `${env:NAME}` names must be there. */
  secretsNeeded: boolean
}

const IMAGE_ID: Path = ['properties', 'deploymentConfiguration', 'virtualMachineConfiguration', 'imageReference', 'id']

/** Either a spec or at least one problem. A managed image has the body checked against api-version 2019-08-01. */
export function parsePoolSpec(
  text: string,
  context: PoolSpecContext
): { spec: PoolSpec; problems: [] } | { spec?: undefined; problems: string[] } {
  const document = readPoolSpecDocument(text)
  if ('problems' in document) return { problems: document.problems }
  const { root, lineOf } = document
  const pinned = valueAt(root, IMAGE_ID)
  const retired = context.managedImage || (typeof pinned === 'string' && isManagedImageId(pinned))
  const image = readImage(pinned, context.allowRetired)
  const problems = [
    ...shapeProblems(root, retired),
    ...ruleProblems(root),
    ...idProblems(root),
    ...valueProblems(root, context.secretsNeeded ? context.env : undefined),
    ...image.problems
  ]
  if (problems.length > 0) return { problems: inOrder(problems, lineOf) }
  return { spec: specOf(root, image.id), problems: [] }
}

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
  const { name, properties, identity } = root as { name: string; properties: JsonObject; identity?: JsonObject }
  return {
    name,
    body: identity === undefined ? { properties } : { properties, identity },
    ...(pinnedImageId === undefined ? {} : { pinnedImageId })
  }
}

/** By line, those that have none first. */
function inOrder(problems: readonly PathProblem[], lineOf: (path: Path) => number | undefined): string[] {
  return problems
    .map(({ path, message }) => ({ path, message, line: lineOf(path) }))
    .toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))
    .map(({ path, message, line }) => `${nameOf(path)}${line === undefined ? '' : ` (line ${line})`}: ${message}`)
}

/** `properties.dataDisks[0].lun` */
function nameOf(path: Path): string {
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('')
}
