/** Files that somebody else wrote: the pool spec, GitHub's event, the journal of a process that was killed. */
import { closeSync, constants, fstatSync, globSync, openSync, readSync, type Stats } from 'node:fs'

/** An event of GitHub's has at most 25 MB. */
const MOST_BYTES = 32 * 1024 * 1024

/** A file's text. Throws where it is no regular file, too large, or no UTF-8: none of them is read in part, or waited for. */
export function readTextFile(path: string): string {
  // A pipe without a writer would wait for one; Windows has neither the flag nor the pipe.
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const stats = fstatSync(file)
    if (!stats.isFile()) throw new Error(`it is ${kindOf(stats)}; a regular file is expected`)
    return textOf(bytesOf(file, stats.size))
  } finally {
    closeSync(file)
  }
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'a directory'
  if (stats.isFIFO()) return 'a named pipe'
  return stats.isCharacterDevice() || stats.isBlockDevice() ? 'a device' : 'a socket'
}

/** Some files have more in them than their size says: those of /proc have none. */
function bytesOf(file: number, size: number): Buffer {
  const chunks: Buffer[] = []
  let length = 0
  for (;;) {
    const chunk = Buffer.alloc(Math.min(Math.max(size + 1, 65_536), MOST_BYTES + 1))
    const read = readSync(file, chunk)
    if (read === 0) return Buffer.concat(chunks)
    chunks.push(chunk.subarray(0, read))
    length += read
    if (length > MOST_BYTES) throw new Error(`it has more than ${MOST_BYTES} bytes; ${MOST_BYTES} at most`)
  }
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Error(`line ${lineOfFault(bytes)} is no UTF-8; save it as UTF-8`)
  }
}

/** The first line, counted from 1, that can't be decoded. */
function lineOfFault(bytes: Buffer): number {
  let line = 1
  for (let from = 0; from < bytes.length; line++) {
    const end = bytes.indexOf(10, from)
    const to = end < 0 ? bytes.length : end
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(from, to))
    } catch {
      return line
    }
    from = to + 1
  }
  return line
}

/** The files that a glob names, with forward slashes on every system. */
export function filesOf(pattern: string): string[] {
  return globSync(pattern).map(path => path.replaceAll('\\', '/'))
}
