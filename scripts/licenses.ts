import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './tool.ts'

type Locked = { version?: string; dev?: boolean; optional?: boolean; peer?: boolean; devOptional?: boolean }

/**
 * Name, version, licence and its text for each package that package-lock.json installs for the action itself, by name. A
 * superset of what the bundle holds, and the same wherever the lock file is.
 */
export function licensesText(): string {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, Locked> }
  return Object.entries(lock.packages)
    .filter(([path, entry]) => path !== '' && !entry.dev && !entry.optional && !entry.peer && !entry.devOptional)
    .map(([path]) => path)
    .sort()
    .map(licenseOf)
    .join('\n')
}

function licenseOf(path: string): string {
  const folder = join(root, path)
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string
    version: string
    license?: string
  }
  const file = readdirSync(folder)
    .sort()
    .find(entry => /^licen[cs]e/i.test(entry))
  const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim()
  return `${name} ${version}\n${license ?? 'licence not named'}\n${text}\n`
}
