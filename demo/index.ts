/** The main job on the embedded Azure: the built `dist/`, run as the Actions runner would run it. */
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startServer } from '../emulator/server.ts'
import { asInTheJobLog } from './job-log.ts'
import { runStep } from './runner.ts'

const root = join(import.meta.dirname, '..')
const SPEED = 60

const world = JSON.parse(readFileSync(join(root, 'emulator/worlds/default.json'), 'utf8')) as Parameters<
  typeof startServer
>[0]['world']
const azure = await startServer({ world, speed: SPEED })

console.log(`An embedded Azure listens on ${azure.ready.resourceManagerUrl}; a second below is a minute of Azure’s.`)
console.log('The action makes an image of a VM there, and rolls it out to a Batch pool of 40 nodes.\n')

const resources = '/subscriptions/6f1b2c3d-0000-4000-8000-000000000001/resourceGroups'
const step = await runStep({
  inputs: {
    ...azure.ready.signIn,
    cloud: azure.ready.resourceManagerUrl,
    'source-vm': `${resources}/render-images/providers/Microsoft.Compute/virtualMachines/render-source`,
    'stop-vm': 'true',
    generalize: 'done',
    'publish-to': `${resources}/render-images/providers/Microsoft.Compute/galleries/farm/images/render-node`,
    'target-regions': 'eastus2=1, westus3=1, northeurope=1',
    'batch-account': `${resources}/render-batch/providers/Microsoft.Batch/batchAccounts/renderfarm`,
    'pool-spec': 'demo/pool.yml',
    'wave-size': '20',
    'poll-interval': '1s'
  },
  env: azure.ready.env,
  workspace: root,
  onOutput: asInTheJobLog(line => console.log(line))
})
await azure.close()

const folder = join(root, '.out')
mkdirSync(folder, { recursive: true })
copyFileSync(step.summaryFile, join(folder, 'demo-summary.md'))
console.log(`\nThe job summary lies in ${join('.out', 'demo-summary.md')}.`)
process.exitCode = step.exitCode ?? 1
