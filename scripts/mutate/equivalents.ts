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
  },
  {
    file: 'src/report/redact.ts',
    line: 'if (secret.trim().length < SHORTEST_SECRET || secrets.has(secret)) return',
    replacement: 'secret',
    why: 'a secret that is short but for its blanks is left out of what is searched all the same (`knownBy`)'
  },
  {
    file: 'src/report/redact.ts',
    line: 'if (!CUT.test(text)) return []',
    replacement: 'false',
    why: 'spares time only: without dots nothing is cut'
  },
  {
    file: 'src/report/redact.ts',
    line: 'if (!HINTS_AT_SHAPE.test(layer.text)) return []',
    replacement: 'false',
    why: 'spares time only: without a hint no shape matches'
  },
  {
    file: 'src/report/redact.ts',
    line: "return parts.length === 0 ? raw : parts.join('') + raw.slice(read)",
    replacement: 'false',
    why: 'without parts nothing was read: all of it is put together from no parts and the rest'
  },
  {
    file: 'src/report/decoded-text.ts',
    line: 'if (read === 0) return undefined',
    replacement: 'false',
    why: 'a layer that is as the one before adds nothing'
  },
  {
    file: 'src/report/decoded-text.ts',
    line: 'return pieces[low] ?? { at: 0, from: 0, to: 0, isCopy: true }',
    replacement: 'false',
    why: 'there is always a piece: an empty text has no index'
  },
  {
    file: 'src/report/decoded-text.ts',
    line: 'if (/^(?:u.{4}|x..)$/.test(rest)) return String.fromCharCode(parseInt(rest.slice(1), 16))',
    replacement: '/(?:u.{4}|x..)$/',
    why: 'an escape is matched from its stroke on, so nothing stands before u or x'
  },
  {
    file: 'src/report/decoded-text.ts',
    line: 'if (/^(?:u.{4}|x..)$/.test(rest)) return String.fromCharCode(parseInt(rest.slice(1), 16))',
    replacement: '/^(?:u.{4}|x..)/',
    why: 'an escape is matched to its end, so nothing stands behind its digits'
  },
  {
    file: 'src/report/decoded-text.ts',
    line: "return rest.length > 1 || /[ux]/.test(rest) ? '' : (CONTROLS[rest] ?? rest)",
    replacement: 'false',
    why: 'what is longer than one unit here begins with u or x'
  },
  {
    file: 'src/report/secret-search.ts',
    line: 'for (let at = 0; at < text.length; at++) {',
    replacement: 'at <= text.length',
    why: 'behind the last unit there are no dots, and no unit'
  },
  {
    file: 'src/execute/pool-changes.ts',
    line: 'if (isShort) await patchPool(run, pool, { body: { properties: {} }, holdMs: 0 })',
    replacement: '{}',
    why: 'a body without properties is sent with its metadata all the same'
  }
]
