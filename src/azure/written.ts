/** Whether a pool shows what was written to it: tells our own write, whose answer was lost, from somebody else's. */
import { type Json, type JsonObject, isJsonObject } from '../model/json.ts'
import { at } from './read/json.ts'

/** What the run changes, and Batch shows again. Our metadata names the run; secrets and other write-only parts are left out. */
const SHOWN = [
  'properties.metadata',
  'properties.scaleSettings',
  'properties.deploymentConfiguration.virtualMachineConfiguration.imageReference'
]
const NEVER_SHOWN = new Set(['nodeDeallocationOption'])

/** False too where nothing that can be compared was written. */
export function showsWritten(present: JsonObject, written: JsonObject): boolean {
  const paths = SHOWN.filter(path => at(written, path) !== undefined)
  return paths.length > 0 && paths.every(path => holds(at(present, path), at(written, path)))
}

/** Everything written is there; defaults may have come on top. */
function holds(present: Json | undefined, written: Json | undefined): boolean {
  if (isJsonObject(written)) {
    return Object.entries(written).every(([name, value]) => NEVER_SHOWN.has(name) || holds(at(present, name), value))
  }
  if (Array.isArray(written)) {
    const list = Array.isArray(present) ? present : []
    return list.length === written.length && written.every((value, index) => holds(list[index], value))
  }
  if (typeof written === 'string' && typeof present === 'string') return written.toLowerCase() === present.toLowerCase()
  return (written ?? undefined) === present
}
