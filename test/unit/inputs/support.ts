import { ACTION_DEFAULTS } from '../../../src/inputs/action-defaults.ts'
import { InputError } from '../../../src/inputs/input-error.ts'
import { parseInputs } from '../../../src/commands/parse-inputs.ts'
import { specsOf, type RunSpec, type Spec } from '../../../src/model/spec.ts'

export const HERE = '11111111-1111-4111-8111-111111111111'
export const ELSEWHERE = '22222222-2222-4222-8222-222222222222'

const compute = (subscription: string): string =>
  `/subscriptions/${subscription}/resourceGroups/render/providers/Microsoft.Compute`

export const vmId = (subscription = HERE): string => `${compute(subscription)}/virtualMachines/golden`
export const definitionId = (subscription = HERE): string => `${compute(subscription)}/galleries/studio/images/node`
export const versionId = (version = '1.0.0'): string => `${definitionId()}/versions/${version}`
export const managedId = (subscription = HERE): string => `${compute(subscription)}/images/node`
export const accountId = (subscription = HERE): string =>
  `/subscriptions/${subscription}/resourceGroups/render/providers/Microsoft.Batch/batchAccounts/farm`

export const poolId = (subscription = HERE): string => `${accountId(subscription)}/pools/render`

export const POOL = `name: render
properties:
  vmSize: STANDARD_D4S_V5
  scaleSettings:
    fixedScale: { targetDedicatedNodes: 10 }
`

/** A pool spec whose one image reference is `id`. */
export const poolWith = (id: string): string =>
  `${POOL}  deploymentConfiguration:\n    virtualMachineConfiguration:\n      imageReference: { id: ${id} }\n`

export type Given = Record<string, string>

export const RELEASE: Given = {
  'source-vm': vmId(),
  'publish-to': definitionId(),
  'batch-account': accountId(),
  'pool-spec-inline': POOL
}
export const IMAGE: Given = { command: 'image', 'source-vm': vmId(), 'publish-to': definitionId() }
export const ROLLOUT: Given = {
  command: 'rollout',
  'image-id': versionId(),
  'batch-account': accountId(),
  'pool-spec-inline': POOL
}

/** As the runner hands inputs over: defaults where nothing is given. */
export function parseRun(given: Given, env: Record<string, string> = {}, files: Given = {}): RunSpec {
  const readText = (path: string): string => {
    const text = files[path]
    if (text === undefined) throw new Error('ENOENT: no such file')
    return text
  }
  return parseInputs(name => ({ ...ACTION_DEFAULTS, ...given })[name] ?? '', {
    readText,
    glob: pattern => globbed(pattern, Object.keys(files)),
    env
  })
}

/** Of the patterns that tests use: a folder’s files by their ending. */
const globbed = (pattern: string, paths: readonly string[]): string[] => {
  const [folder = '', ending = ''] = pattern.split('*')
  return paths.filter(path => path.startsWith(folder) && path.endsWith(ending))
}

/** As its one pool sees it. */
export function parse(given: Given, env: Record<string, string> = {}, files: Given = {}): Spec {
  const [spec, ...others] = specsOf(parseRun(given, env, files))
  if (spec === undefined || others.length > 0) throw new Error('not one pool')
  return spec
}

/** The lines of the InputError; none where the inputs are right. */
export function problemsOf(given: Given, env: Record<string, string> = {}, files: Given = {}): string[] {
  try {
    parseRun(given, env, files)
    return []
  } catch (error) {
    if (error instanceof InputError) return error.message.split('\n')
    throw error
  }
}
