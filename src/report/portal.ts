import type { CloudChoice } from '../model/spec.ts'
import { markdownCode, markdownLink } from './escape.ts'
import { cut } from '../shared/plain-text.ts'

const PORTALS = {
  AzureCloud: 'https://portal.azure.com',
  AzureUSGovernment: 'https://portal.azure.us',
  AzureChinaCloud: 'https://portal.azure.cn'
} as const

/** A resource's page in the cloud's portal. A cloud that is named by its URL has none that is known: it gets the public one. */
function portalUrl(cloud: CloudChoice, id: string): string | undefined {
  if (!id.startsWith('/')) return undefined
  return `${PORTALS[cloud.kind === 'named' ? cloud.name : 'AzureCloud']}/#@/resource${id}`
}

/** A resource's name as inline code, linked to the portal where there is one. */
export function resourceLink(cloud: CloudChoice, id: string, name = shortName(id)): string {
  const url = portalUrl(cloud, id)
  const code = markdownCode(cut(name, 200))
  return url === undefined ? code : markdownLink(code, url)
}

/** The names in an id, without those of subscription and resource group: `gallery/definition/version`. */
export function shortName(id: string): string {
  const segments = id.split('/').slice(7)
  const names = segments.filter((_, index) => index % 2 === 1)
  return names.length === 0 ? id : names.join('/')
}
