/**
 * How long the cloud's own operations take, one after the other where one needs the other: no client can be faster. Reckoned
 * from the world's durations alone, and on purpose from nothing else of this repository.
 */

/** Ms, as in a world's `durationsMs` and `nodes`. */
export type CloudTimes = {
  snapshotCreate: number
  snapshotDelete: number
  galleryImageCreate: number
  /** By region. */
  replicate: Record<string, number>
  versionUpdate: number
  /** From a resize to its first node, from each node to the next, and from a node's creation until it has done its start task. */
  firstNode: number
  nextNode: number
  nodeReady: number
}

export type Chain = {
  disks: number
  /** The first is that of source and account. */
  regions: readonly string[]
  nodes: number
  canaryNodes: number
}

export type Stretch = { name: string; ms: number }

/** Each stretch begins when all that it needs is done; the sum is the time of the whole. */
export function criticalPath(times: CloudTimes, { regions, nodes, canaryNodes }: Chain): Stretch[] {
  const own = regions[0] ?? ''
  return [
    { name: 'snapshots', ms: Math.max(times.snapshotCreate, times.galleryImageCreate) },
    { name: 'image version', ms: times.replicate[own] ?? 0 },
    { name: 'canary', ms: waveMs(times, canaryNodes) },
    { name: 'other nodes', ms: waveMs(times, nodes - canaryNodes) },
    { name: 'promotion', ms: times.versionUpdate }
  ]
}

/** The same operations, each begun when the one before has ended, and every region awaited before the pool. */
export function serialPath(times: CloudTimes, { disks, regions, nodes, canaryNodes }: Chain): Stretch[] {
  return [
    { name: 'snapshots', ms: disks * times.snapshotCreate + times.galleryImageCreate },
    { name: 'image version', ms: Math.max(...regions.map(region => times.replicate[region] ?? 0)) },
    { name: 'canary', ms: waveMs(times, canaryNodes) },
    { name: 'other nodes', ms: waveMs(times, nodes - canaryNodes) },
    { name: 'snapshots deleted', ms: disks * times.snapshotDelete },
    { name: 'promotion', ms: times.versionUpdate }
  ]
}

/** Nodes come one after the other, and get ready side by side. */
function waveMs({ firstNode, nextNode, nodeReady }: CloudTimes, nodes: number): number {
  return nodes === 0 ? 0 : firstNode + (nodes - 1) * nextNode + nodeReady
}

export function totalMs(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, { ms }) => sum + ms, 0)
}
