import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'

const self = readFileSync(import.meta.filename, 'utf8')

/** jest transformer: Node's own type stripping, so that tests run the sources as `node file.ts` would. */
export default {
  process: source => ({ code: stripTypeScriptTypes(source, { mode: 'strip' }) }),
  getCacheKey: (source, path) => createHash('sha256').update(self).update(path).update(source).digest('hex')
}
