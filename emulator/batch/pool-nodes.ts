import type { JsonObject, Stored } from '../kernel/types.ts'
import { objectOf } from './json.ts'
import type { NodeFact, PoolFacts } from './pool-facts.ts'

export function poolProperties(record: Stored): JsonObject {
  return objectOf(record.body['properties'])
}

/** The image reference of a pool on virtual machines. */
export function imageReferenceOf(properties: JsonObject): JsonObject {
  return objectOf(
    objectOf(objectOf(properties['deploymentConfiguration'])['virtualMachineConfiguration'])['imageReference']
  )
}

/** Adds `count` nodes to the facts, made at `at`; returns them. */
export function addNodes(
  record: Stored,
  facts: PoolFacts,
  nodes: { isDedicated: boolean; count: number; at: number }
): NodeFact[] {
  const properties = poolProperties(record)
  const startTask = properties['startTask']
  const added = Array.from({ length: nodes.count }, () => {
    const index = facts.nextIndex++
    return {
      index,
      id: nodeId(record, index, nodes.isDedicated),
      isDedicated: nodes.isDedicated,
      createdAt: nodes.at,
      imageReference: imageReferenceOf(properties),
      hasStartTask: startTask !== undefined && startTask !== null,
      waitsForStartTask: objectOf(startTask)['waitForSuccess'] !== false
    }
  })
  facts.nodes.push(...added)
  return added
}

/** `tvmps_` and 64 hexadecimal digits, `_d` for dedicated (recorded) and `_p` for low-priority nodes. */
function nodeId(pool: Stored, index: number, isDedicated: boolean): string {
  const base = hash32(`${pool.id.toLowerCase()}|${pool.createdAt}`)
  const parts = Array.from({ length: 8 }, (_, part) => mixed(base + Math.imul(index * 8 + part + 1, 0x9e3779b1)))
  return `tvmps_${parts.map(part => part.toString(16).padStart(8, '0')).join('')}_${isDedicated ? 'd' : 'p'}`
}

/** FNV-1a: names need to differ, not to be secret. */
function hash32(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash
}

function mixed(value: number): number {
  const once = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35)
  return (twice ^ (twice >>> 16)) >>> 0
}
