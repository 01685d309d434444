/**
 * The shape of everything in the embedded Azure. A service is a list of operations; an operation is a row that says what it
 * accepts, and a handler that turns a call into an answer. State is records: facts with the time at which they came to be.
 * What a resource looks like is derived from its record and the time of the look; nothing happens by itself.
 */

import type { DurationName } from './durations.ts'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json | undefined }
export type JsonObject = { [key: string]: Json | undefined }

export type Answer = { status: number; headers?: Record<string, string>; body?: Json | undefined }

/** Which of Azure's hosts an operation belongs to. `batch` is one host an account. */
export type Host = 'resource-manager' | 'batch' | 'login' | 'github'

export type Operation = {
  /** As the OpenAPI file's operationId: `Snapshots_CreateOrUpdate`; faults and FIDELITY.md use it. */
  id: string
  host: Host
  method: 'GET' | 'HEAD' | 'PUT' | 'PATCH' | 'POST' | 'DELETE'
  /** `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Compute/snapshots/{snapshotName}`. Literal segments match in any casing on ARM. */
  path: string
  /** Accepted values of `api-version`; empty: the operation has none. */
  apiVersions: readonly string[]
  /** Query parameters besides `api-version` that are accepted. */
  query?: readonly string[]
  /** The role action that it needs; by default derived from method and path: `Microsoft.Compute/snapshots/write`. */
  action?: string
  /** What else it may need, and what of that it does need, on resources that its body names. */
  linked?: { actions: readonly string[]; of(call: Call): LinkedAction[] }
  /** The provider's token buckets that it takes from, as `x-ms-ratelimit-remaining-resource` shows them after the first request. */
  ratelimit?: string
  /** Whether the body that came is one that this operation knows; returns the name of the first property it doesn't. */
  unknownProperty?(body: Json | undefined, apiVersion: string): string | undefined
  handle(call: Call): Answer
}

export type LinkedAction = { action: string; scope: string }

export type Call = {
  operation: Operation
  /** Values of the path's `{…}`, decoded, as they were sent. */
  params: Record<string, string>
  query: URLSearchParams
  apiVersion: string
  /** Lower-cased names. */
  headers: Record<string, string>
  body: Json | undefined
  /** Azure's time, in ms since the epoch. */
  now: number
  /** Base URL that the caller used, without a trailing slash, for URLs in answers. */
  origin: string
  /** The whole URL as it was sent. */
  url?: string
  /** How the long-running operation that this call begins is to end, when a fault says so. */
  outcome?: Outcome
  world: World
}

/** An end other than success of a long-running operation. */
export type Outcome = { outcome: (typeof OUTCOMES)[number]; code: string; message: string }
export const OUTCOMES = ['Failed', 'Canceled'] as const

/** A resource as a GET would show it at `now`. Changes nothing. */
export type View = (record: Stored, now: number, world: World) => JsonObject

/** State, and the sources of names and chance. One per emulator. */
export type World = {
  /** By id in lower case; the record holds the id as first created. */
  records: Map<string, Stored>
  behaviour: Behaviour
  /** What each bucket held after the last request that took from it, and when that was, or its window began; one that isn't here is full. */
  levels: Map<string, { left: number; at: number }>
  /** In [0, 1), seeded. */
  random(): number
  /** Seeded. */
  guid(): string
}

/**
 * A resource as a fact. `body` is what was last written (and what the service filled in); `type` chooses how it is viewed
 * (`views` of the service). `facts` is whatever the service keeps beside it: operations begun, resizes asked for.
 */
export type Stored = {
  id: string
  type: string
  createdAt: number
  body: JsonObject
  /** A resource under deletion is still there until then. */
  deletedAt?: number
  facts: Record<string, unknown>
}

/** What isn't a resource: how Azure behaves in this world. Every part has a default. */
export type Behaviour = {
  seed: number
  /** Service time of operations in ms, by name such as `snapshot.create`; defaults are the recorded medians. */
  durationsMs: Partial<Record<DurationName, number>>
  /**
   * Nodes that a region can give, by region (short form) and VM family or `*`; a list is capacity over time. `refuses`: what it can't give is
   * refused at once, instead of waited for until the resize times out; `relays`: with this error of another service.
   */
  capacity: {
    region: string
    family: string
    from: number
    cores: number
    refuses?: boolean
    relays?: { code: string; message: string }
  }[]
  /** Copies of image versions to a region (short form) that fail, the first `times` of them. */
  replicationFails: { region: string; times: number; details?: string }[]
  /** Roles: operations that the caller may not do. */
  denied: string[]
  /** Whether pools from managed images are taken: `refused` since the retirement of 2026-03-31. */
  managedImagePools: 'refused' | 'accepted'
  /** Whether pools come back in another form than they were sent in: enums and ids in other casings, durations in seconds. */
  otherForms?: boolean
  /** Properties of a pool that a PATCH of them is answered well for, and leaves as they are. */
  leftByPatch?: string[]
  /** Node behaviour by pool name. */
  nodes: Record<string, NodeBehaviour>
  /** Images that Batch lists as supported, as `GET /supportedimages` would show them. */
  supportedImages: JsonObject[]
  /** VM sizes that Batch lists for a region, as `GET locations/{l}/virtualMachineSkus` would show them. */
  virtualMachineSkus: JsonObject[]
  /** What single regions (short form) list in place of that: nothing, for one. */
  virtualMachineSkusByRegion?: Record<string, JsonObject[]>
  /** The one app registration that may sign in, and whose federated credential trusts GitHub's `subject`. */
  signIn?: SignIn
  /** The public IPv4 address that callers are seen by; `private`: they come by a private endpoint. */
  callerAddress?: string
  /** How old the counts of nodes that `GET /nodecounts` shows are; 0. */
  nodeCountsLagMs?: number
  /** Limits that aren't as Azure's, by name: `SubscriptionReads`, `UpdateVMResource`, `BatchService`. */
  throttling?: Record<string, BucketSize>
}

/** Requests that are granted at once, and how many a minute come back; a limit that counts in windows has no refill. */
export type BucketSize = { size: number; refillPerMinute?: number }

export type SignIn = {
  tenantId: string
  clientId: string
  objectId: string
  /** What the federated credential trusts. */
  subject: string
  /** What GitHub puts into its ID tokens, where it isn't that. */
  sentSubject?: string
  /** Seconds for which a job may ask for ID tokens; 6 h 10 min. */
  requestTokenLifetimeS?: number
}

/** How the nodes of a pool come up. Indexes count nodes in the order of their creation, from 0. */
export type NodeBehaviour = {
  /** Ms from a node's creation to `idle`, without a start task; default the recorded median. */
  startMs?: number
  /** Ms that the start task takes. */
  startTaskMs?: number
  /** Nodes whose start task fails, by index, or all. */
  startTaskFails?: number[] | 'all'
  /** How often it fails on each of these nodes before it succeeds there, as a registry that is down for a while does it; without end where it isn't said. */
  startTaskFailsTimes?: number
  /** Only on nodes the id of whose image has this part, such as `/versions/2.0.0`; on all where it isn't said. */
  startTaskFailsOn?: string
  /** Starts of a node that go well before the first that fails; 0 by default. */
  startTaskFailsFromTurn?: number
  /** Nodes that become unusable, by index, or all. */
  unusable?: number[] | 'all'
  /** Ms after which Batch gets them back by itself; never where it isn't said. */
  unusableForMs?: number
  /** After their boot, in place of from their boot on: they were at work by then. */
  unusableAfterMs?: number
  /** Nodes whose state nobody knows once they have booted, by index, or all. */
  unknown?: number[] | 'all'
  /** Ms after their boot; at once where it isn't said. */
  unknownAfterMs?: number
  /** Low-priority nodes preempted: at (ms after creation), and restored so long after that; never where it isn't said. */
  preempted?: { index: number; afterMs: number; restoredAfterMs?: number }[]
  /** What a run of a client's task does on these nodes: the first entry that fits it says so. */
  tasks?: TaskBehaviour[]
  /** Of each node, how many of the tasks that ask for it by its `affinityId` go to another one, where another is free; none. */
  affinityMissedTimes?: number
  /** Tasks that run on the nodes now: ends in ms after the world's start. */
  runningTasks?: { index: number; endsAfterMs: number }[]
  /** Text of files on nodes that have started, by path such as `startup/stdout.txt`, on nodes by index, or all. */
  files?: { path: string; text: string; index?: number[] | 'all' }[]
}

/** Which runs of tasks it is of, all that it names together, and what they do. */
export type TaskBehaviour = {
  /** Nodes by index, or all. */
  index?: number[] | 'all'
  /** Part of the command line. */
  command?: string
  /** Id of the job. */
  job?: string
  /** Part of the id of the image that the node was made of. */
  image?: string
  /** Of the first so many runs on each of these nodes; of all where it isn't said. */
  times?: number
  /** How long it runs; 2 s. */
  takesMs?: number
  /** 0. */
  exitCode?: number
  /** Empty. */
  stdout?: string
  stderr?: string
}
