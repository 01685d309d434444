/**
 * Works the action's chain by hand with the Azure CLI on the embedded Azure: every az that is found, a table each. A client
 * that nobody here wrote. Exit code 1 where a step fails; without any az it says so and ends well.
 */
import { pathToFileURL } from 'node:url'
import { azSession, findAz } from './az-cli.ts'
import { batchSteps, computeSteps, gallerySteps, signInSteps } from './az-steps.ts'
import { idTokenOf, serveAzure } from './served-azure.ts'
import { tableOf, type Output, type Row } from './step.ts'

/** Every step with the az at this path, on an Azure of its own, and the version that it is. */
export async function workWithAz(az: string): Promise<{ version: string; rows: Row[] }> {
  const azure = await serveAzure()
  const session = azSession(az, azure)
  try {
    const { 'client-id': clientId, 'tenant-id': tenantId } = azure.ready.signIn
    let version = 'unknown'
    const keep = (output: Output): undefined => void (version = String(output?.['azure-cli']))
    const rows = [await session.perform({ name: 'az', args: ['version'], check: keep })]
    const signIn = signInSteps({ clientId, tenantId, cloudFile: session.cloudFile, idToken: idTokenOf(azure) })
    for (const step of [...signIn, ...computeSteps, ...gallerySteps, ...batchSteps]) {
      rows.push(await session.perform(step))
    }
    return { version, rows }
  } finally {
    session.end()
    await azure.close()
  }
}

async function main(): Promise<void> {
  const found = findAz(process.env)
  if (found.length === 0) console.log('no az on PATH, and none named by AZ: nothing was tried')
  for (const az of found) {
    const { version, rows } = await workWithAz(az)
    console.log(`${tableOf(`az ${version} (${az})`, rows)}\n`)
    if (rows.some(({ result }) => result === 'failed')) process.exitCode = 1
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main()
