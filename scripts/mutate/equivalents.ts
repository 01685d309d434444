/** Changes that nobody can tell from what was there, each with the reason why: they count as neither caught nor alive. */
export type Equivalent = {
  file: string
  /** The line as it is, without blanks around it. */
  line: string
  /** What the change puts there. */
  replacement: string
  why: string
}

const undoPool = { file: 'src/undo/pool.ts' }

export const EQUIVALENTS: readonly Equivalent[] = [
  {
    ...undoPool,
    line: "const isOwn = wanted.contexts.some(context => leaseState(leaseOf(seen?.metadata ?? []), context, now) === 'mine')",
    replacement: '["Stryker was here"]',
    why: 'of a pool that is gone; no lease is in there either way'
  },
  {
    ...undoPool,
    line: 'if (seen === undefined || !isOwn) throw wanted.otherwise',
    replacement: 'false',
    why: 'a pool that is gone is nobody’s; the comparison is there for the compiler'
  },
  {
    ...undoPool,
    line: 'if (!(error instanceof AzureError)) throw error',
    replacement: 'false',
    why: 'what isn’t of Azure has no status, and is thrown two lines below'
  },
  {
    file: 'src/undo.ts',
    line: 'pool === undefined ? [] : orWhyNot(left.pool, undoPool(undoing, pool))',
    replacement: 'false',
    why: 'undoing no pool throws, and nothing is said of what there was not'
  }
]
