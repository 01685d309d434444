/** The nodes of the pool by Azure's own list, read by somebody else than the action. */
import type { Emulator } from '../../emulator/index.ts'

/** Hosts of the default world. */
const BATCH_HOST = 'renderfarm.eastus2.batch.emulated.azure'
const LOGIN = 'https://login.emulated.azure'

export function nodesNow(emulator: Emulator): unknown[] {
  const headers = { authorization: `Bearer ${tokenOf(emulator)}` }
  const nodes: unknown[] = []
  let url: string | undefined = `https://${BATCH_HOST}/pools/render/nodes?api-version=2025-06-01`
  while (url !== undefined) {
    const { status, body } = emulator.handle({ method: 'GET', url, headers })
    if (status !== 200) throw new Error(`the list of nodes was answered by ${status}: ${body}`)
    const page = JSON.parse(body) as { value: unknown[]; 'odata.nextLink'?: string }
    nodes.push(...page.value)
    url = page['odata.nextLink']
  }
  return nodes
}

function tokenOf(emulator: Emulator): string {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: emulator.connection.signIn['client-id'],
    client_secret: 'any',
    scope: 'https://batch.core.emulated.azure//.default'
  })
  const { status, body } = emulator.handle({
    method: 'POST',
    url: `${LOGIN}/adfs/oauth2/token`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString()
  })
  if (status !== 200) throw new Error(`sign-in was answered by ${status}: ${body}`)
  return (JSON.parse(body) as { access_token: string }).access_token
}
