import { bearingOf } from '../model/node-state.ts'
import type { Node, NodeCounts } from '../model/observed.ts'

/** Nodes by state, dedicated and low-priority apart; states in order of the alphabet, so that equal pools give equal text. */
export function countNodes(nodes: readonly Node[]): NodeCounts {
  const count = (dedicated: boolean): Record<string, number> => {
    const counts = new Map<string, number>()
    for (const { state, isDedicated } of nodes) {
      if (isDedicated === dedicated) counts.set(state, (counts.get(state) ?? 0) + 1)
    }
    return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
  }
  return { dedicated: count(true), lowPriority: count(false) }
}

const ORDER = [
  'idle',
  'running',
  'waitingforstarttask',
  'starting',
  'creating',
  'preempted',
  'starttaskfailed',
  'unusable'
]

type StateRow = { state: string; dedicated: number; lowPriority: number }

/** A row for each state that occurs: healthy ones first, unhealthy ones last. */
export function stateRows(nodes: readonly Node[]): StateRow[] {
  const { dedicated, lowPriority } = countNodes(nodes)
  const rank = (state: string): number => {
    const index = ORDER.indexOf(state.toLowerCase())
    return index === -1 ? ORDER.indexOf('creating') + 0.5 : index
  }
  return [...new Set([...Object.keys(dedicated), ...Object.keys(lowPriority)])]
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .map(state => ({ state, dedicated: dedicated[state] ?? 0, lowPriority: lowPriority[state] ?? 0 }))
}

type NodeTrouble = { state: string; text: string; nodeIds: string[] }

/** Unhealthy nodes, those with the same trouble together, the most frequent trouble first. */
export function nodeTroubles(nodes: readonly Node[]): NodeTrouble[] {
  const troubles = new Map<string, NodeTrouble>()
  for (const node of nodes.filter(node => bearingOf(node) === 'unhealthy')) {
    const text = troubleText(node)
    const key = `${node.state}\n${text}`
    const trouble = troubles.get(key) ?? { state: node.state, text, nodeIds: [] }
    trouble.nodeIds.push(node.nodeId)
    troubles.set(key, trouble)
  }
  return [...troubles.values()].sort((a, b) => b.nodeIds.length - a.nodeIds.length)
}

function troubleText({ errors, startTask }: Node): string {
  const parts = errors.map(({ code, message, details }) => [`${code}: ${message}`, ...details].join(' · '))
  if (startTask?.exitCode !== undefined && startTask.exitCode !== 0) {
    parts.push(`the start task ended with exit code ${startTask.exitCode}`)
  }
  if (startTask?.failure !== undefined) parts.push(startTask.failure)
  return parts.length === 0 ? 'no error given' : parts.join(' · ')
}
