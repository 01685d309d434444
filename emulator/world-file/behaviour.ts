import { isIPv4 } from 'node:net'
import { z } from 'zod'
import type { Behaviour, NodeBehaviour, TaskBehaviour } from '../kernel/types.ts'
import { anyObject, byName, count, flag, list, ms, object, oneOf, text, type ShapeOf } from './shapes.ts'

const nodesByIndex = z.union([z.array(count), z.literal('all')], {
  error: 'a list of indexes, each a whole number of 0 or more, or "all" is needed'
})

const task = object({
  index: nodesByIndex.exactOptional(),
  command: text.exactOptional(),
  job: text.exactOptional(),
  image: text.exactOptional(),
  times: count.exactOptional(),
  takesMs: ms.exactOptional(),
  exitCode: z.int('a whole number is needed').exactOptional(),
  stdout: z.string('a text is needed').exactOptional(),
  stderr: z.string('a text is needed').exactOptional()
} satisfies ShapeOf<TaskBehaviour>)

const nodes = object({
  startMs: ms.exactOptional(),
  startTaskMs: ms.exactOptional(),
  startTaskFails: nodesByIndex.exactOptional(),
  startTaskFailsTimes: count.exactOptional(),
  startTaskFailsOn: text.exactOptional(),
  startTaskFailsFromTurn: count.exactOptional(),
  unusable: nodesByIndex.exactOptional(),
  unusableForMs: ms.exactOptional(),
  unusableAfterMs: ms.exactOptional(),
  unknown: nodesByIndex.exactOptional(),
  unknownAfterMs: ms.exactOptional(),
  preempted: list(object({ index: count, afterMs: ms, restoredAfterMs: ms.exactOptional() })).exactOptional(),
  tasks: list(task).exactOptional(),
  affinityMissedTimes: count.exactOptional(),
  runningTasks: list(object({ index: count, endsAfterMs: ms })).exactOptional(),
  files: list(object({ path: text, text: z.string(), index: nodesByIndex.exactOptional() })).exactOptional()
} satisfies ShapeOf<NodeBehaviour>)

const needed = 'an IPv4 address or "private" is needed'
const address = z.string({ error: needed }).refine(text => text === 'private' || isIPv4(text), { error: needed })

const sku = z.looseObject(
  {
    name: text,
    familyName: text.exactOptional(),
    capabilities: list(z.looseObject({ name: text, value: text })).exactOptional()
  },
  { error: 'an object is needed' }
)

/** What `behaviour` of a world may say, by structure alone: names that depend on more are checked in `names.ts`. */
export const behaviourSchema = object({
  seed: z.number({ error: 'a number is needed' }),
  durationsMs: byName(ms),
  capacity: list(
    object({
      region: text,
      family: text,
      from: ms,
      cores: count,
      refuses: flag.exactOptional(),
      relays: object({ code: text, message: z.string() }).exactOptional()
    })
  ),
  replicationFails: list(object({ region: text, times: count, details: z.string().exactOptional() })),
  denied: list(text),
  managedImagePools: oneOf(['refused', 'accepted']),
  otherForms: flag.exactOptional(),
  leftByPatch: list(text).exactOptional(),
  nodes: byName(nodes),
  supportedImages: list(anyObject),
  virtualMachineSkus: list(sku) as z.ZodType<Behaviour['virtualMachineSkus']>,
  virtualMachineSkusByRegion: byName(list(sku) as z.ZodType<Behaviour['virtualMachineSkus']>).exactOptional(),
  signIn: object({
    tenantId: text,
    clientId: text,
    objectId: text,
    subject: text,
    sentSubject: z.string().exactOptional(),
    requestTokenLifetimeS: z.number().exactOptional()
  }).exactOptional(),
  callerAddress: address.exactOptional(),
  nodeCountsLagMs: ms.exactOptional(),
  throttling: byName(object({ size: z.number(), refillPerMinute: z.number().exactOptional() })).exactOptional()
} satisfies ShapeOf<Behaviour>).partial()
