/**
 * Which answers of the embedded Azure were given in this run of the tests, and which of them were compared with a contract or
 * a recording. Suites run in processes of their own: each writes lines into the folder that the reporter has made.
 */
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Exchange } from '../../../emulator/index.ts'

export type Note = 'given' | 'contract' | 'recording'

const written = new Set<string>()

export function note(
  kind: Note,
  exchange: Pick<Exchange, 'operation' | 'request'> & { response: { status: number } }
): void {
  const folder = process.env['ANSWERS_FOLDER']
  const { operation, request, response } = exchange
  if (folder === undefined || operation === undefined) return
  const of = /^https:\/\/[^/]*\.batch\./.test(request.url) ? `${operation} of the Batch service` : operation
  const line = `${kind} ${of} ${response.status}\n`
  if (written.has(line)) return
  written.add(line)
  appendFileSync(join(folder, `${process.pid}.txt`), line)
}
