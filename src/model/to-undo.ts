/**
 * What the post step needs to undo what a run left half-done: kept before the run changes anything, so that neither inputs
 * nor files that are gone by then can hinder it. Ids only; nothing secret.
 */
import { isArmIdOf, type PoolId, type VmId } from './arm-id.ts'
import { isJsonObject, type Json } from './json.ts'
import type { Plan, PoolApiVersion } from './plan.ts'
import type { CloudChoice, RunContext, SignIn, Spec } from './spec.ts'
import { changesAzure } from './step.ts'

export type ToUndo = {
  /** Of the main step's process: it tells its leases from others. */
  nonce: string
  cloud: CloudChoice
  signIn: SignIn
  pollIntervalMs: number
  /** A source VM that the run stops, and starts again. */
  vmId?: VmId
  /** A pool that the run changes. */
  pool?: { poolId: PoolId; apiVersion: PoolApiVersion }
}

/** Undefined where the run changes nothing that would have to be undone. */
export function toUndoOf(
  { cloud, signIn, pollIntervalMs }: Spec,
  plan: Plan,
  { nonce }: RunContext
): ToUndo | undefined {
  const starts = plan.steps.find(({ kind }) => kind === 'start-vm')
  const changesPool = plan.steps.some(step => 'poolId' in step && changesAzure(step))
  const { pool } = plan
  if (starts?.kind !== 'start-vm' && !(changesPool && pool !== undefined)) return undefined
  return {
    nonce,
    cloud,
    signIn,
    pollIntervalMs,
    ...(starts?.kind === 'start-vm' ? { vmId: starts.vmId } : {}),
    ...(changesPool && pool !== undefined ? { pool: { poolId: pool.poolId, apiVersion: pool.apiVersion } } : {})
  }
}

/** Undefined where it is nothing that this action wrote. */
export function readToUndo(text: string): ToUndo | undefined {
  const value = parsed(text)
  if (!isJsonObject(value)) return undefined
  const { nonce, cloud, signIn, pollIntervalMs, vmId, pool } = value
  const isWhole =
    typeof nonce === 'string' &&
    typeof pollIntervalMs === 'number' &&
    isJsonObject(cloud) &&
    (cloud['kind'] === 'named' || (cloud['kind'] === 'resource-manager' && /^https:/.test(String(cloud['url'])))) &&
    isJsonObject(signIn) &&
    (signIn['kind'] === 'default' || signIn['kind'] === 'github-oidc') &&
    (vmId === undefined || isIdOf(vmId, 'Microsoft.Compute/virtualMachines')) &&
    (pool === undefined || isPool(pool))
  return isWhole ? (value as unknown as ToUndo) : undefined
}

function isPool(pool: Json): boolean {
  if (!isJsonObject(pool)) return false
  const { poolId, apiVersion } = pool
  return (
    (apiVersion === '2025-06-01' || apiVersion === '2019-08-01') &&
    isIdOf(poolId, 'Microsoft.Batch/batchAccounts/pools')
  )
}

const isIdOf = (value: Json | undefined, type: string): boolean => typeof value === 'string' && isArmIdOf(value, type)

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}
