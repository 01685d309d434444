/** Azure as somebody else calls it, not the action: to look, or to come between. */
import type { Emulator, EmulatorAnswer } from '../../emulator/index.ts'

/** Served over HTTPS, one host is both. */
const loginOf = ({ connection }: Emulator): string => connection.resourceManagerUrl.replace('management.', 'login.')
const AUDIENCES = {
  'resource-manager': 'https://management.core.emulated.azure/',
  batch: 'https://batch.core.emulated.azure/'
}

/** @param url whole; its host says which token it takes */
export function somebodyElse(
  emulator: Emulator,
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  url: string,
  body?: object
): EmulatorAnswer {
  const audience = url.startsWith(emulator.connection.resourceManagerUrl) ? 'resource-manager' : 'batch'
  const answer = emulator.handle({
    method,
    url,
    headers: {
      authorization: `Bearer ${tokenOf(emulator, AUDIENCES[audience])}`,
      ...(body && { 'content-type': 'application/json' })
    },
    ...(body && { body: JSON.stringify(body) })
  })
  if (answer.status >= 300) throw new Error(`${method} ${url} was answered by ${answer.status}: ${answer.body}`)
  return answer
}

function tokenOf(emulator: Emulator, audience: string): string {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: emulator.connection.signIn['client-id'],
    client_secret: 'any',
    scope: `${audience}/.default`
  })
  const { status, body } = emulator.handle({
    method: 'POST',
    url: `${loginOf(emulator)}/adfs/oauth2/token`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString()
  })
  if (status !== 200) throw new Error(`sign-in was answered by ${status}: ${body}`)
  return (JSON.parse(body) as { access_token: string }).access_token
}

export type VmNow = { power: string; leased: boolean; generalized: boolean }

/** The source VM by Azure's own word. */
export function vmNow(emulator: Emulator, vmId: string): VmNow {
  const { body } = somebodyElse(emulator, 'GET', vmUrl(emulator, vmId, '', '$expand=instanceView&'))
  const vm = JSON.parse(body) as {
    tags?: Record<string, string>
    properties: { instanceView: { statuses: { code: string }[] } }
  }
  const codes = vm.properties.instanceView.statuses.map(({ code }) => code)
  return {
    power: codes.find(code => code.startsWith('PowerState/'))?.slice('PowerState/'.length) ?? '',
    leased: 'batch-image-rollout-lease' in (vm.tags ?? {}),
    generalized: codes.includes('OSState/generalized')
  }
}

export function vmUrl({ connection }: Emulator, vmId: string, verb: string, query = ''): string {
  return `${connection.resourceManagerUrl}${vmId}${verb}?${query}api-version=2026-04-01`
}
