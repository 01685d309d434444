/** What a run says of Azure is so. */
import { find, isSnapshot, madeIn, type Invariant } from './invariant.ts'

const idsOf = (text: string): string[] => (text === '' ? [] : (JSON.parse(text) as string[]))

export const reportInvariants: Invariant[] = [
  {
    rule: 'what the outputs name is there when the run ends',
    alone: true,
    atEndOfRun(_, { told, left, inputs }) {
      if (told.killed || inputs['dry-run'] === 'true') return
      const { 'image-id': image, 'snapshot-ids': snapshots, 'pool-state': pool } = told.outputs
      const poolId = (JSON.parse(pool) as { id: string } | null)?.id
      const named = [...idsOf(snapshots), ...(image === '' ? [] : [image]), ...(poolId === undefined ? [] : [poolId])]
      const missing = named.filter(id => find(left, id) === undefined)
      return missing.length === 0 ? undefined : `named, and not there: ${missing.join(', ')}`
    }
  },
  {
    rule: 'a snapshot that a run has made and that still stands is named by its report',
    alone: true,
    atEndOfRun(_, run) {
      const { told, left } = run
      if (told.killed) return
      const made = madeIn([run])
      const standing = left.filter(one => isSnapshot(one) && made.has(String(one.id).toLowerCase()))
      const named = new Set(idsOf(told.outputs['snapshot-ids']).map(id => id.toLowerCase()))
      const table = /What is left standing[^]*?(?=\n### |$)/.exec(told.summary)?.[0] ?? ''
      const unnamed = standing
        .filter(({ id, name }) => !named.has(String(id).toLowerCase()) && !table.includes(String(name)))
        .map(({ name }) => String(name))
      return unnamed.length === 0 ? undefined : `not named: ${unnamed.join(', ')}`
    }
  }
]
