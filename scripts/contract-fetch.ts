/** `npm run contract:fetch`: gets Microsoft's specifications, of pinned commits, for the contract tests. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Files of a commit by path, with their SHA-256; they are put `under` a folder of their own where one is named. */
export type Source = { repository: string; commit: string; under?: string; files: Record<string, string> }

export const MANIFEST = join(import.meta.dirname, '../test/contract/specifications.json')
const FOLDER = join(import.meta.dirname, '../.contracts')
const GITHUB = 'https://raw.githubusercontent.com'

/**
 * Writes what isn't there yet, and gives the number of files that were fetched.
 * @throws where a file can't be had, or isn't the one that the manifest means; what came before it stays
 */
export async function fetchSpecifications(sources: Source[], to: { folder: string; base: string }): Promise<number> {
  const files = sources.flatMap(source =>
    Object.entries(source.files).map(([path, sha256]) => ({ source, path, sha256 }))
  )
  let fetched = 0
  for (const { source, path, sha256 } of files) {
    const target = join(to.folder, source.under ?? '', path)
    if (existsSync(target) && digest(readFileSync(target)) === sha256) continue
    const url = `${to.base}/${source.repository}/${source.commit}/${path}`
    const bytes = await download(url)
    const got = digest(bytes)
    if (got !== sha256) throw new Error(`${url}: sha256 "${got}" is not that of the manifest; "${sha256}" is expected`)
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, bytes)
    fetched += 1
  }
  return fetched
}

async function download(url: string): Promise<Buffer> {
  const answer = await fetch(url)
  if (!answer.ok)
    throw new Error(`${url}: HTTP ${answer.status} is not the file; look whether the repository is reachable`)
  return Buffer.from(await answer.arrayBuffer())
}

const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

if (import.meta.main) {
  const sources = JSON.parse(readFileSync(MANIFEST, 'utf8')) as Source[]
  const fetched = await fetchSpecifications(sources, { folder: FOLDER, base: process.env['CONTRACT_BASE'] ?? GITHUB })
  console.log(`${fetched} files fetched into .contracts`)
}
