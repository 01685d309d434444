import type { Emulator } from '../../../emulator/index.ts'

/** A token for the host of `url`, from the emulator's own sign-in. */
export function token(emulator: Emulator, url: string, login: string): string {
  const { 'client-id': client_id, 'tenant-id': tenant } = emulator.connection.signIn
  const { ACTIONS_ID_TOKEN_REQUEST_URL: asked, ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer } = emulator.connection.env
  const authorization = `Bearer ${bearer}`
  const id = emulator.handle({
    method: 'GET',
    url: `${asked}&audience=api://AzureADTokenExchange`,
    headers: { authorization }
  })
  const audience =
    new URL(url).host === 'management.azure.com'
      ? 'https://management.core.emulated.azure/'
      : 'https://batch.core.emulated.azure/'
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id,
    scope: `${audience}/.default`,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: (JSON.parse(id.body) as { value: string }).value
  })
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const granted = emulator.handle({
    method: 'POST',
    url: `${login}/${tenant}/oauth2/v2.0/token`,
    headers,
    body: form.toString()
  })
  return (JSON.parse(granted.body) as { access_token: string }).access_token
}
