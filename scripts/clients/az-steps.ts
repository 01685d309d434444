import { shows, type Step } from './step.ts'

/** What the default world calls things. */
const SUBSCRIPTION = '/subscriptions/6f1b2c3d-0000-4000-8000-000000000001'
const COMPUTE = `${SUBSCRIPTION}/resourceGroups/render-images/providers/Microsoft.Compute`
const OS_DISK = 'render-source_OsDisk_1_0d4f6a1b7c5e4a3f9b2d8e6c1a0f5b47'
const VERSION = `${COMPUTE}/galleries/farm/images/nodes/versions/1.0.0`
const GROUP = ['--resource-group', 'render-images']
const DEFINITION = [...GROUP, '--gallery-name', 'farm', '--gallery-image-definition', 'nodes']
const POOL = ['--pool-id', 'frames']
const POOL_ID = `${SUBSCRIPTION}/resourceGroups/render-batch/providers/Microsoft.Batch/batchAccounts/renderfarm/pools/frames`

export type SignIn = { clientId: string; tenantId: string; cloudFile: string; idToken: string }

/** A local cloud, and a sign-in by secret and by GitHub's ID token. */
export function signInSteps({ clientId, tenantId, cloudFile, idToken }: SignIn): Step[] {
  const login = ['login', '--service-principal', '--username', clientId, '--tenant', tenantId]
  const check = shows(SUBSCRIPTION, output => `/subscriptions/${output?.[0]?.id}`)
  return [
    { name: 'cloud', args: ['cloud', 'register', '--name', 'Local', '--cloud-config', `@${cloudFile}`] },
    { name: 'choose it', args: ['cloud', 'set', '--name', 'Local'] },
    { name: 'sign in by secret', args: [...login, '--password', 'any'], check },
    { name: 'sign in by ID token', args: [...login, '--federated-token', idToken], check }
  ]
}

/** Debian's 2.45 is packaged with an azure-mgmt-compute that lacks the version it wants for VMs and images. */
function byRest(method: string, path: string, body?: object): NonNullable<Step['instead']> {
  const url = `${COMPUTE}/${path}${path.includes('?') ? '&' : '?'}api-version=2022-11-01`
  const sent = body === undefined ? [] : ['--body', JSON.stringify(body)]
  return {
    when: /API version 2022-11-01 does not have operation group|No module named 'azure\.mgmt\.compute\.v/,
    why: 'this package of az lacks azure-mgmt-compute 2022-11-01',
    args: ['rest', '--method', method, '--url', url, ...sent]
  }
}

const IMAGE_BODY = {
  location: 'eastus2',
  properties: {
    hyperVGeneration: 'V2',
    storageProfile: {
      osDisk: { osType: 'Linux', osState: 'Generalized', snapshot: { id: `${COMPUTE}/snapshots/os` } }
    }
  }
}

const deallocated = byRest('post', 'virtualMachines/render-source/deallocate')
const started = byRest('post', 'virtualMachines/render-source/start')

export const computeSteps: readonly Step[] = [
  {
    name: 'VM',
    args: ['vm', 'show', ...GROUP, '--name', 'render-source'],
    instead: byRest('get', 'virtualMachines/render-source'),
    check: shows('render-source', vm => vm?.name)
  },
  {
    name: 'VM with its state',
    args: ['vm', 'get-instance-view', ...GROUP, '--name', 'render-source'],
    instead: byRest('get', 'virtualMachines/render-source?$expand=instanceView'),
    check: shows(true, vm => (vm?.instanceView ?? vm?.properties?.instanceView)?.statuses?.length > 0)
  },
  { name: 'deallocate it', args: ['vm', 'deallocate', ...GROUP, '--name', 'render-source'], instead: deallocated },
  { name: 'start it', args: ['vm', 'start', ...GROUP, '--name', 'render-source'], instead: started },
  { name: 'disk', args: ['disk', 'show', ...GROUP, '--name', OS_DISK], check: shows('Linux', disk => disk?.osType) },
  {
    name: 'snapshot of a disk by id',
    args: ['snapshot', 'create', ...GROUP, '--name', 'os', '--source', `${COMPUTE}/disks/${OS_DISK}`].concat(
      ...['--incremental', 'true']
    ),
    check: shows([true, 'Succeeded'], snapshot => [snapshot?.incremental, snapshot?.provisioningState])
  },
  {
    name: '… by name',
    args: ['snapshot', 'create', ...GROUP, '--name', 'spare', '--source', OS_DISK, '--incremental', 'true'],
    check: shows('Succeeded', snapshot => snapshot?.provisioningState)
  },
  { name: 'snapshot', args: ['snapshot', 'show', ...GROUP, '--name', 'os'], check: shows('os', ({ name }) => name) },
  { name: 'snapshots', args: ['snapshot', 'list', ...GROUP], check: shows(['os', 'spare'], namesIn) },
  { name: 'delete a snapshot', args: ['snapshot', 'delete', ...GROUP, '--name', 'spare'] },
  { name: 'snapshots left', args: ['snapshot', 'list', ...GROUP], check: shows(['os'], namesIn) },
  {
    name: 'managed image',
    args: ['image', 'create', ...GROUP, '--name', 'plain', '--source', 'os', '--os-type', 'Linux'].concat(
      ...['--hyper-v-generation', 'V2', '--location', 'eastus2']
    ),
    instead: byRest('put', 'images/plain', IMAGE_BODY)
  },
  {
    name: 'image',
    args: ['image', 'show', ...GROUP, '--name', 'plain'],
    instead: byRest('get', 'images/plain'),
    check: shows('Succeeded', image => image?.provisioningState ?? image?.properties?.provisioningState)
  }
]

export const gallerySteps: readonly Step[] = [
  { name: 'galleries', args: ['sig', 'list', ...GROUP], check: shows(['farm'], namesIn) },
  {
    name: 'gallery',
    args: ['sig', 'show', ...GROUP, '--gallery-name', 'farm'],
    check: shows('farm', ({ name }) => name)
  },
  {
    name: 'definition',
    args: ['sig', 'image-definition', 'create', ...DEFINITION, '--publisher', 'render', '--offer', 'nodes'].concat(
      ...['--sku', 'jammy', '--os-type', 'Linux', '--os-state', 'Generalized', '--hyper-v-generation', 'V2'],
      ...['--features', 'SecurityType=Standard', '--location', 'eastus2']
    ),
    check: shows('Succeeded', definition => definition?.provisioningState)
  },
  {
    name: 'definition again',
    args: ['sig', 'image-definition', 'show', ...DEFINITION],
    check: shows('jammy', definition => definition?.identifier?.sku)
  },
  {
    name: 'version',
    args: ['sig', 'image-version', 'create', ...DEFINITION, '--gallery-image-version', '1.0.0'].concat(
      ...['--os-snapshot', 'os', '--target-regions', 'eastus2=1', 'westus3=1', '--exclude-from-latest', 'true'],
      ...['--location', 'eastus2']
    ),
    check: shows('Succeeded', version => version?.provisioningState)
  },
  {
    name: 'its replicas',
    args: ['sig', 'image-version', 'show', ...DEFINITION, '--gallery-image-version', '1.0.0'].concat(
      ...['--expand', 'ReplicationStatus']
    ),
    check: shows(['Completed', 2], version => {
      const status = version?.replicationStatus
      return [status?.aggregatedState, status?.summary?.length]
    })
  },
  {
    name: 'promote it',
    args: ['sig', 'image-version', 'update', ...DEFINITION, '--gallery-image-version', '1.0.0'].concat(
      ...['--set', 'publishingProfile.excludeFromLatest=false']
    ),
    check: shows(false, version => version?.publishingProfile?.excludeFromLatest)
  },
  { name: 'versions', args: ['sig', 'image-version', 'list', ...DEFINITION], check: shows(['1.0.0'], namesIn) }
]

const JOB = ['--job-id', 'night']

const jobSteps: readonly Step[] = [
  { name: 'job', args: ['batch', 'job', 'create', '--id', 'night', ...POOL] },
  { name: 'jobs', args: ['batch', 'job', 'list'], check: shows(['night'], jobs => jobs?.map(idOf)) },
  {
    name: 'task',
    args: ['batch', 'task', 'create', ...JOB, '--task-id', 'one', '--command-line', 'true'],
    check: shows('active', task => task?.state)
  },
  { name: 'tasks', args: ['batch', 'task', 'list', ...JOB], check: shows(['one'], tasks => tasks?.map(idOf)) },
  { name: 'change the job', args: ['batch', 'job', 'set', ...JOB, '--priority', '7'] },
  {
    name: 'its priority',
    args: ['batch', 'job', 'show', ...JOB],
    check: shows(7, job => job?.priority)
  },
  { name: 'disable it', args: ['batch', 'job', 'disable', ...JOB, '--disable-tasks', 'requeue'] },
  {
    name: 'disabled',
    args: ['batch', 'job', 'show', ...JOB],
    check: shows('disabled', job => job?.state)
  },
  { name: 'enable it', args: ['batch', 'job', 'enable', ...JOB] },
  { name: 'terminate it', args: ['batch', 'job', 'stop', ...JOB] },
  {
    name: 'completed',
    args: ['batch', 'job', 'show', ...JOB],
    check: shows('completed', job => job?.state)
  },
  { name: 'delete it', args: ['batch', 'job', 'delete', ...JOB, '--yes'] }
]

export const batchSteps: readonly Step[] = [
  {
    name: 'Batch account',
    args: ['batch', 'account', 'show', '--resource-group', 'render-batch', '--name', 'renderfarm'],
    check: shows('renderfarm', account => account?.name)
  },
  {
    name: 'sign in to it',
    args: ['batch', 'account', 'login', '--resource-group', 'render-batch', '--name', 'renderfarm']
  },
  {
    name: 'supported images',
    args: ['batch', 'pool', 'supported-images', 'list'],
    check: shows(true, images => images?.length > 5)
  },
  {
    name: 'pool of the version',
    args: ['batch', 'pool', 'create', '--id', 'frames', '--vm-size', 'Standard_D2s_v3', '--image', VERSION].concat(
      ...['--node-agent-sku-id', 'batch.node.ubuntu 22.04', '--target-dedicated-nodes', '2'],
      ...['--start-task-command-line', '/bin/true', '--metadata', 'team=frames']
    )
  },
  {
    name: 'pool',
    args: ['batch', 'pool', 'show', ...POOL],
    check: shows([VERSION, 2], pool => {
      const machine = pool?.virtualMachineConfiguration
      return [machine?.imageReference?.virtualMachineImageId, pool?.targetDedicatedNodes]
    })
  },
  { name: 'pools', args: ['batch', 'pool', 'list'], check: shows(['frames'], pools => pools?.map(idOf)) },
  { name: 'nodes', args: ['batch', 'node', 'list', ...POOL], check: shows(2, nodes => nodes?.length) },
  {
    name: 'nodes in a state',
    args: ['batch', 'node', 'list', ...POOL, '--filter', "state eq 'offline'"],
    check: shows([], nodes => nodes)
  },
  {
    name: 'pools by a filter',
    args: ['batch', 'pool', 'list', '--filter', "startswith(id, 'fra')"],
    check: shows(['frames'], pools => pools?.map(idOf))
  },
  { name: 'change the pool', args: ['batch', 'pool', 'set', ...POOL, '--metadata', 'team=cels'] },
  {
    name: 'changed',
    args: ['batch', 'pool', 'show', ...POOL],
    check: shows('cels', pool => pool?.metadata?.[0]?.value)
  },
  {
    name: 'reset the pool',
    args: ['batch', 'pool', 'reset', ...POOL, '--metadata', 'team=frames', '--start-task-command-line', '/bin/true'],
    check: shows('frames', pool => pool?.metadata?.[0]?.value)
  },
  {
    name: 'a pool over REST',
    args: ['rest', '--method', 'get', '--url', `${POOL_ID}?api-version=2025-06-01`],
    check: shows(['frames', 'Succeeded'], pool => [pool?.name, pool?.properties?.provisioningState])
  },
  ...jobSteps,
  {
    name: 'nodes by state',
    args: ['batch', 'pool', 'node-counts', 'list'],
    check: shows(['frames', 2], counts => [counts?.[0]?.poolId, counts?.[0]?.dedicated?.total])
  },
  { name: 'resize', args: ['batch', 'pool', 'resize', ...POOL, '--target-dedicated-nodes', '40'] },
  {
    name: 'resizing',
    args: ['batch', 'pool', 'show', ...POOL],
    check: shows([40, 'resizing'], pool => [pool?.targetDedicatedNodes, pool?.allocationState])
  },
  { name: 'stop the resize', args: ['batch', 'pool', 'resize', ...POOL, '--abort'] },
  {
    name: 'stopped',
    args: ['batch', 'pool', 'show', ...POOL],
    check: shows(['steady', 'ResizeStopped'], pool => [pool?.allocationState, pool?.resizeErrors?.[0]?.code])
  },
  {
    name: 'autoscale on',
    args: ['batch', 'pool', 'autoscale', 'enable', ...POOL, '--auto-scale-formula', '$TargetDedicatedNodes=3']
  },
  {
    name: 'try a formula',
    args: ['batch', 'pool', 'autoscale', 'evaluate', ...POOL, '--auto-scale-formula', '$TargetDedicatedNodes=1'],
    check: shows(true, run => String(run?.results).startsWith('$TargetDedicatedNodes=1;'))
  },
  {
    name: 'scales by itself',
    args: ['batch', 'pool', 'show', ...POOL],
    check: shows([true, '$TargetDedicatedNodes=3'], pool => [pool?.enableAutoScale, pool?.autoScaleFormula])
  },
  { name: 'autoscale off', args: ['batch', 'pool', 'autoscale', 'disable', ...POOL] },
  {
    name: 'no longer',
    args: ['batch', 'pool', 'show', ...POOL],
    check: shows(false, pool => pool?.enableAutoScale)
  },
  { name: 'delete the pool', args: ['batch', 'pool', 'delete', ...POOL, '--yes'] },
  {
    name: 'the pool goes',
    args: ['batch', 'pool', 'list'],
    check: shows(true, pools => pools?.every(({ state }: { state: string }) => state === 'deleting'))
  },
  { name: 'delete the snapshot', args: ['snapshot', 'delete', ...GROUP, '--name', 'os'] },
  { name: 'no snapshots', args: ['snapshot', 'list', ...GROUP], check: shows([], namesIn) }
]

const idOf = ({ id }: { id: string }): string => id

function namesIn(list: { name: string }[] | undefined): string[] | undefined {
  return list?.map(({ name }) => name)
}
