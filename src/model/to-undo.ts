/**
 * What the post step needs to undo what a run left half-done: kept before the run changes anything, so that neither inputs
 * nor files that are gone by then can hinder it. Nothing secret.
 */
import { isArmIdOf } from './arm-id.ts'
import { isJsonObject, type Json, type JsonObject } from './json.ts'
import { SMOKE_JOB_PREFIX } from './own-metadata.ts'
import type { Plan, StepKind, Undo } from './plan.ts'
import type { CloudChoice, RunContext, SignIn, RunSpec } from './spec.ts'

export type ToUndo = {
  /** Of the main step's process: it tells its leases from others. */
  nonce: string
  cloud: CloudChoice
  signIn: SignIn
  pollIntervalMs: number
  /** Of the plan, what the post step undoes. */
  undo: Undo[]
}

/** Undefined where the run changes nothing that would have to be undone. */
export function toUndoOf(
  { cloud, signIn, pollIntervalMs }: RunSpec,
  plan: Plan,
  { nonce }: RunContext
): ToUndo | undefined {
  const undo = plan.undo.filter(({ on }) => on.includes('killed'))
  return undo.length === 0 ? undefined : { nonce, cloud, signIn, pollIntervalMs, undo }
}

/** Undefined where it is nothing that this action wrote. */
export function readToUndo(text: string): ToUndo | undefined {
  const value = parsed(text)
  if (!isJsonObject(value)) return undefined
  const { nonce, cloud, signIn, pollIntervalMs, undo } = value
  const isWhole =
    typeof nonce === 'string' &&
    typeof pollIntervalMs === 'number' &&
    isJsonObject(cloud) &&
    (cloud['kind'] === 'named' || (cloud['kind'] === 'resource-manager' && /^https:/.test(String(cloud['url'])))) &&
    isJsonObject(signIn) &&
    (signIn['kind'] === 'default' || signIn['kind'] === 'github-oidc') &&
    Array.isArray(undo) &&
    undo.every(isUndo)
  return isWhole ? (value as unknown as ToUndo) : undefined
}

function isUndo(value: Json): boolean {
  if (!isJsonObject(value)) return false
  const { after, until, on, step } = value
  return (
    typeof after === 'string' &&
    typeof until === 'string' &&
    Array.isArray(on) &&
    isJsonObject(step) &&
    typeof step['id'] === 'string' &&
    typeof step['title'] === 'string' &&
    Array.isArray(step['after']) &&
    isStepOf(String(step['kind']), step)
  )
}

/** The kinds that a post step may perform: no other ones, whatever the text says. */
function isStepOf(kind: string, step: JsonObject): boolean {
  switch (kind as StepKind) {
    case 'start-vm':
      return isIdOf(step['vmId'], 'Microsoft.Compute/virtualMachines')
    case 'stop-resize':
      return isOnPool(step)
    case 'delete-smoke-job':
      return isOnPool(step) && isSmokeJob(step['jobId'])
    case 'delete-proof-pool':
      return isOnPool(step) && typeof step['proofOf'] === 'string'
    case 'release-pool':
      return isOnPool(step) && isMetadata(step['metadata'])
    case 'restore-pool':
      return isOnPool(step) && isMetadata(step['metadata']) && isJsonObject(step['restorePoint'])
    default:
      return false
  }
}

function isOnPool({ poolId, accountEndpoint, apiVersion }: JsonObject): boolean {
  return (
    (apiVersion === '2025-06-01' || apiVersion === '2019-08-01') &&
    typeof accountEndpoint === 'string' &&
    isIdOf(poolId, 'Microsoft.Batch/batchAccounts/pools')
  )
}

function isMetadata(value: Json | undefined): boolean {
  return isJsonObject(value) && Array.isArray(value['set']) && Array.isArray(value['remove'])
}

const isSmokeJob = (value: Json | undefined): boolean =>
  isIdOf(value, 'Microsoft.Batch/batchAccounts/jobs') && String(value).includes(`/jobs/${SMOKE_JOB_PREFIX}`)

const isIdOf = (value: Json | undefined, type: string): boolean => typeof value === 'string' && isArmIdOf(value, type)

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}
