import { readFileSync } from 'node:fs'
import type { WorldFile } from '../kernel/world.ts'
import { KNOWN } from '../operations.ts'
import { checkWorld } from './check.ts'
import { jsonFault } from './json-fault.ts'
import { told, WorldError } from './problems.ts'

/** A file that holds no world: the message begins with its name, and says what is wrong with it. */
export class WorldFileError extends Error {}

/** The world in a file. Throws a `WorldFileError` where there is none. */
export function readWorldFile(path: string): WorldFile {
  const world = parsed(path, textOf(path))
  try {
    checkWorld(world, KNOWN)
  } catch (error) {
    throw error instanceof WorldError ? new WorldFileError(told(path, error.problems)) : error
  }
  return world
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    throw new WorldFileError(`${path}: ${UNREADABLE[code] ?? `can’t be read: ${(error as Error).message}`}`)
  }
}

const UNREADABLE: Partial<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'is a folder; the file of a world is needed',
  EACCES: 'may not be read by this user'
}

function parsed(path: string, text: string): WorldFile {
  const fault = jsonFault(text)
  if (fault === undefined) return JSON.parse(text) as WorldFile
  const { line, column, needed, got } = fault
  const found = got === '' ? 'the end of the line' : JSON.stringify(got)
  throw new WorldFileError(`${path}:${line}:${column}: not JSON; ${needed} is needed, and ${found} is there`)
}
