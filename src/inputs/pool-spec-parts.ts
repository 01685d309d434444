/** Parts of a pool's body that both api-versions share, and the bounds that Batch states for them (ARM 2024-07-01). */
import { z } from 'zod'
import { formatIso8601, parseIso8601Ms } from '../shared/iso8601.ts'
import { POOL_NAME } from './resource-id.ts'

const INT32 = 2_147_483_647

export const text = z.string()
export const flag = z.boolean()
export const whole = (min: number, max = INT32) => z.int().min(min).max(max)
/** Absent or present, never null. */
export const some = <T extends z.ZodType>(schema: T) => schema.optional()
export const choice = <T extends string>(...values: T[]) => z.enum(values as [T, ...T[]])

/** ISO 8601 in Batch's form, between two bounds in milliseconds. */
function isoDuration(minMs: number, maxMs = Infinity) {
  const bounds = `${formatIso8601(minMs)} at least${maxMs === Infinity ? '' : ` and ${formatIso8601(maxMs)} at most`}`
  return z
    .string()
    .regex(/^P(?=.)(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?$/, {
      error: 'is not an ISO 8601 duration; such as PT15M',
      abort: true
    })
    .refine(value => isWithin(parseIso8601Ms(value), minMs, maxMs), { error: `is out of bounds; ${bounds}` })
}

const isWithin = (value: number | undefined, min: number, max: number): boolean =>
  value !== undefined && value >= min && value <= max

/** Named `name` at the root, `properties.` below: 1 to 64 letters, digits, hyphens and underscores. */
export const poolName = z
  .string()
  .regex(POOL_NAME, 'is not a pool name; 1 to 64 letters, digits, hyphens and underscores')

export const image = z.strictObject({ id: text })

const fixedScale = z.strictObject({
  resizeTimeout: some(isoDuration(5 * 60_000)),
  targetDedicatedNodes: some(whole(0)),
  targetLowPriorityNodes: some(whole(0)),
  nodeDeallocationOption: some(choice('Requeue', 'Terminate', 'TaskCompletion'))
})

const autoScale = z.strictObject({
  formula: text,
  evaluationInterval: some(isoDuration(5 * 60_000, 168 * 3_600_000))
})

const scaleSettings = z.strictObject({ fixedScale: some(fixedScale), autoScale: some(autoScale) })

const inboundNatPool = z.strictObject({
  name: z
    .string()
    .regex(
      /^[a-zA-Z0-9](?:[\w.-]{0,75}[a-zA-Z0-9_])?$/,
      'is not the name of a NAT pool; 1 to 77 letters, digits, underscores, periods and hyphens'
    ),
  protocol: choice('TCP', 'UDP'),
  backendPort: whole(1, 65_535),
  frontendPortRangeStart: whole(1, 65_534),
  frontendPortRangeEnd: whole(1, 65_534),
  networkSecurityGroupRules: some(
    z.array(
      z.strictObject({
        priority: whole(150, 4_096),
        access: choice('Allow', 'Deny'),
        sourceAddressPrefix: text,
        sourcePortRanges: some(z.array(text))
      })
    )
  )
})

export const endpointConfiguration = z.strictObject({ inboundNatPools: z.array(inboundNatPool).max(5) })

const userAccount = z.strictObject({
  name: text,
  password: text,
  elevationLevel: some(choice('NonAdmin', 'Admin')),
  linuxUserConfiguration: some(z.strictObject({ uid: some(whole(0)), gid: some(whole(0)), sshPrivateKey: some(text) })),
  windowsUserConfiguration: some(z.strictObject({ loginMode: some(choice('Batch', 'Interactive')) }))
})

const userIdentity = z.strictObject({
  userName: some(text),
  autoUser: some(
    z.strictObject({ scope: some(choice('Task', 'Pool')), elevationLevel: some(choice('NonAdmin', 'Admin')) })
  )
})

export const resourceFile = z.strictObject({
  autoStorageContainerName: some(text),
  storageContainerUrl: some(text),
  httpUrl: some(text),
  blobPrefix: some(text),
  filePath: some(text),
  fileMode: some(text)
})

export const workingDirectory = choice('TaskWorkingDirectory', 'ContainerImageDefault')

/** A start task but for what differs between the api-versions. */
export const startTask = z.strictObject({
  commandLine: some(text),
  environmentSettings: some(z.array(z.strictObject({ name: text, value: some(text) }))),
  userIdentity: some(userIdentity),
  maxTaskRetryCount: some(whole(-1)),
  waitForSuccess: some(flag)
})

export const blobMount = z.strictObject({
  accountName: text,
  containerName: text,
  accountKey: some(text),
  sasKey: some(text),
  blobfuseOptions: some(text),
  relativeMountPath: text
})

export const nfsMount = z.strictObject({ source: text, relativeMountPath: text, mountOptions: some(text) })

export const fileShareMount = z.strictObject({
  accountName: text,
  azureFileUrl: text,
  accountKey: text,
  relativeMountPath: text,
  mountOptions: some(text)
})

/** Properties that are the same in both api-versions. */
export const commonProperties = {
  displayName: some(z.string().max(1_024)),
  vmSize: some(text),
  scaleSettings: some(scaleSettings),
  interNodeCommunication: some(choice('Enabled', 'Disabled')),
  userAccounts: some(z.array(userAccount)),
  metadata: some(z.array(z.strictObject({ name: text, value: text }))),
  applicationPackages: some(z.array(z.strictObject({ id: text, version: some(text) })).max(10))
}
