/** Exchanges by kind: the method and the operation that the embedded Azure took them for. */
import type { Exchange } from '../emulator/index.ts'

export function callsByKind(exchanges: readonly Exchange[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { request, operation } of exchanges) {
    const kind = `${request.method} ${operation ?? 'unknown'}`
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  return counts
}

/** Kinds of several runs side by side, the most frequent first; the last row is their sum. */
export function kindRows(runs: readonly Map<string, number>[]): (string | number)[][] {
  const most = (kind: string): number => Math.max(...runs.map(run => run.get(kind) ?? 0))
  const kinds = [...new Set(runs.flatMap(run => [...run.keys()]))]
  const rows = kinds
    .toSorted((a, b) => most(b) - most(a) || (a < b ? -1 : 1))
    .map(kind => [kind, ...runs.map(run => run.get(kind) ?? 0)])
  const sum = (run: Map<string, number>): number => [...run.values()].reduce((total, count) => total + count, 0)
  return [...rows, ['all', ...runs.map(sum)]]
}
