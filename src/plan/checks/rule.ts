import type { Finding } from '../../model/plan.ts'
import type { Situation } from '../situation.ts'

/** One thing that must be so, or that a user should know, before anything is made. */
export type Rule = {
  /** Kebab-case; docs are keyed by it. */
  id: string
  /** Where the rule comes from. */
  source: string
  /** What is wrong, once for each instance; nothing when all is well or the rule doesn't apply. */
  check(situation: Situation): Verdict | readonly Verdict[] | undefined
}

export type Verdict = Pick<Finding, 'severity' | 'message' | 'wayOut'>

export const error = (message: string, wayOut: string): Verdict => ({ severity: 'error', message, wayOut })
export const warning = (message: string, wayOut: string): Verdict => ({ severity: 'warning', message, wayOut })
export const note = (message: string, wayOut: string): Verdict => ({ severity: 'note', message, wayOut })

/** Documentation pages, by what they are about. */
export const PAGE = {
  galleryPools: 'learn.microsoft.com/azure/batch/batch-sig-images (2024-03)',
  managedImagePools: 'learn.microsoft.com/azure/batch/batch-custom-images (2019-09)',
  retirement:
    'learn.microsoft.com/azure/batch/batch-custom-image-pools-to-azure-compute-gallery-migration-guide (2023-03)',
  resizing: 'learn.microsoft.com/troubleshoot/azure/hpc/batch/azure-batch-pool-resizing-failure (2024-02)',
  gallery: 'learn.microsoft.com/azure/virtual-machines/azure-compute-gallery',
  imageVersion: 'learn.microsoft.com/azure/virtual-machines/image-version',
  trustedLaunch: 'learn.microsoft.com/azure/virtual-machines/trusted-launch',
  autoScale: 'learn.microsoft.com/azure/batch/batch-automatic-scaling',
  batchQuota: 'learn.microsoft.com/azure/batch/batch-quota-limit',
  batchContract: 'Microsoft.Batch resource manager contract, 2024-07-01',
  diskEncryption: 'learn.microsoft.com/azure/virtual-machines/linux/disk-encryption-linux'
} as const

export const CONFIDENTIAL =
  'learn.microsoft.com/azure/confidential-computing/create-confidential-vm-from-compute-gallery (2022-07)'

export function runRules(rules: readonly Rule[], situation: Situation): Finding[] {
  return rules.flatMap(({ id, source, check }) => {
    const verdicts = check(situation) ?? []
    return (Array.isArray(verdicts) ? verdicts : [verdicts as Verdict]).map(verdict => ({
      rule: id,
      source,
      ...verdict
    }))
  })
}
