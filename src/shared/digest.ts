import { createHash } from 'node:crypto'

/** The first `length` hex digits of the SHA-256 of `text`. Pure. */
export function shortDigest(text: string, length: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length)
}
