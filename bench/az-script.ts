/** The chain as a script of the Azure CLI: in order, or with `--no-wait` wherever az has it. */
import type { AzSession } from '../scripts/clients/az-cli.ts'
import type { Output } from '../scripts/clients/step.ts'
import { IDS } from '../test/support/story.ts'
import type { Bench } from './world.ts'

const COMPUTE = IDS.vm.replace(/\/virtualMachines\/.*/, '')
const GROUP = ['--resource-group', 'render-images']
const DEFINITION = [...GROUP, '--gallery-name', 'farm', '--gallery-image-definition', 'nodes']
const VERSION = [...DEFINITION, '--gallery-image-version', '1.0.0']
const POOL = ['--pool-id', 'render']

export type AzScript = { session: AzSession; bench: Bench; noWait: boolean; login: readonly string[] }

/** Throws where az fails. */
export async function azRollout({ session, bench, noWait, login }: AzScript): Promise<void> {
  const az = (...args: readonly string[]): Promise<Output> => call(session, args)
  const later = noWait ? ['--no-wait'] : []
  await az(...login)
  const disks = disksOf(bench)
  for (const [index, disk] of disks.entries()) {
    await az('snapshot', 'create', ...GROUP, '--name', `s${index}`, '--source', disk, '--incremental', 'true', ...later)
  }
  await az('sig', 'image-definition', 'create', ...DEFINITION, ...DEFINITION_FACTS)
  if (noWait) await until(async () => stateOf(await az('snapshot', 'list', ...GROUP)).every(isSucceeded))
  await az('sig', 'image-version', 'create', ...VERSION, ...versionFacts(bench), ...later)
  if (noWait) await until(async () => isReplicated(await az('sig', 'image-version', 'show', ...VERSION, ...EXPAND)))
  await az('batch', 'account', 'login', '--resource-group', 'render-batch', '--name', 'renderfarm')
  await az('batch', 'pool', 'create', '--id', 'render', ...poolFacts(bench.chain.canaryNodes))
  const ready = async (): Promise<boolean> =>
    (await az('batch', 'pool', 'show', ...POOL))?.allocationState === 'steady' &&
    ((await az('batch', 'node', 'list', ...POOL)) as { state: string }[]).every(({ state }) => state === 'idle')
  await until(ready)
  await az('batch', 'pool', 'resize', ...POOL, '--target-dedicated-nodes', String(bench.chain.nodes))
  await until(ready)
  if (noWait)
    await until(async () => isSucceeded((await az('sig', 'image-version', 'show', ...VERSION)).provisioningState))
  await az('snapshot', 'delete', '--ids', ...disks.map((_, index) => `${COMPUTE}/snapshots/s${index}`))
  await az('sig', 'image-version', 'update', ...VERSION, '--set', 'publishingProfile.excludeFromLatest=false', ...later)
}

/** az's own start takes about as long as a wait between two looks would. */
async function until(isDone: () => Promise<boolean>): Promise<void> {
  while (!(await isDone()));
}

async function call(session: AzSession, args: readonly string[]): Promise<Output> {
  let output: Output
  const keep = (given: Output): undefined => void (output = given)
  const { result, note } = await session.perform({ name: args.slice(0, 3).join(' '), args, check: keep })
  if (result === 'failed') throw new Error(`az ${args.slice(0, 4).join(' ')}: ${note}`)
  return output
}

function disksOf({ world }: Bench): string[] {
  const ids = world.resources.map(({ id }) => String(id)).filter(id => id.includes('/disks/'))
  return ids.toSorted((a, b) => Number(b.includes('_OsDisk_')) - Number(a.includes('_OsDisk_')))
}

const EXPAND = ['--expand', 'ReplicationStatus']

const DEFINITION_FACTS = [
  ...['--publisher', 'render', '--offer', 'nodes', '--sku', 'jammy', '--os-type', 'Linux', '--os-state', 'Generalized'],
  ...['--hyper-v-generation', 'V2', '--features', 'SecurityType=Standard', '--location', 'eastus2']
]

function versionFacts({ chain: { disks, regions } }: Bench): string[] {
  const luns = Array.from({ length: disks - 1 }, (_, lun) => lun)
  return [
    ...['--os-snapshot', 's0', '--exclude-from-latest', 'true', '--location', 'eastus2'],
    ...['--data-snapshots', ...luns.map(lun => `${COMPUTE}/snapshots/s${lun + 1}`)],
    ...['--data-snapshot-luns', ...luns.map(String), '--target-regions', ...regions.map(region => `${region}=1`)]
  ]
}

const poolFacts = (nodes: number): string[] => [
  ...['--vm-size', 'Standard_D4s_v5', '--image', `${COMPUTE}/galleries/farm/images/nodes/versions/1.0.0`],
  ...['--node-agent-sku-id', 'batch.node.ubuntu 22.04', '--target-dedicated-nodes', String(nodes)],
  ...['--start-task-command-line', '/bin/true']
]

const stateOf = (list: { provisioningState: string }[]): string[] => list.map(one => one.provisioningState)
const isSucceeded = (state: string): boolean => state === 'Succeeded'

function isReplicated({ replicationStatus }: Output): boolean {
  const rows = (replicationStatus?.summary ?? []) as { region: string; state: string }[]
  return rows.some(
    ({ region, state }) => region.replaceAll(' ', '').toLowerCase() === 'eastus2' && state === 'Completed'
  )
}
