/** A runner whose disk is full from some line of the journal on. It is loaded before `dist/`, which stays as it is. */

/** Variables for a step on such a runner: from the first line with this text on, no line of its journal can be written. */
export function fullFrom(text: string): { NODE_OPTIONS: string } {
  const imports = `import fs from 'node:fs'; import { syncBuiltinESMExports } from 'node:module'`
  const module = `${imports}; (${fill.toString()})(fs, ${JSON.stringify(text)}); syncBuiltinESMExports()`
  return { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(module)}` }
}

/** Runs in the step's process. */
function fill(fs: { appendFileSync: (path: string, line: string) => void }, text: string): void {
  const append = fs.appendFileSync
  let isFull = false
  fs.appendFileSync = (path, line) => {
    const isJournal = path.endsWith('journal.jsonl')
    isFull ||= isJournal && line.includes(text)
    if (isFull && isJournal) throw new Error('ENOSPC: no space left on device, write')
    append(path, line)
  }
}
