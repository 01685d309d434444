import type { Answer, Call, JsonObject } from '../kernel/types.ts'
import { BatchRefusal, refuse } from './batch-errors.ts'
import { listOf, objectOf, textOf } from './json.ts'
import { serviceAccount } from './service-scope.ts'

/** Of a runner, where a world doesn't say another: an address that nobody has (RFC 5737). */
const CALLER_ADDRESS = '203.0.113.10'

/** The answer to a caller whom the account’s own settings keep out of its Batch service; undefined where it may come in. */
export function keptOut(call: Call): Answer | undefined {
  try {
    const properties = objectOf(serviceAccount(call).body['properties'])
    checkNetwork(call, properties)
    checkAuthentication(call, properties)
    return undefined
  } catch (error) {
    if (error instanceof BatchRefusal) return error.answer
    throw error
  }
}

/** Network rules aren't for private endpoints. */
function checkNetwork(call: Call, properties: JsonObject): void {
  const address = call.world.behaviour.callerAddress ?? CALLER_ADDRESS
  const access = objectOf(objectOf(properties['networkProfile'])['accountAccess'])
  const rules = listOf(access['ipRules']).flatMap(({ value }) => textOf(value) ?? [])
  const isOpen = (textOf(properties['publicNetworkAccess']) ?? 'Enabled') === 'Enabled'
  const isLetIn = access['defaultAction'] !== 'Deny' || rules.some(range => contains(range, address))
  if (address === 'private' || (isOpen && isLetIn)) return
  refuse(call, {
    status: 403,
    code: 'AuthorizationFailure',
    message: 'This request is not authorized to perform this operation by the network rules of the account.'
  })
}

/** Callers come with tokens of Microsoft Entra ID. */
function checkAuthentication(call: Call, { allowedAuthenticationModes: modes }: JsonObject): void {
  if (!Array.isArray(modes) || modes.includes('AAD')) return
  refuse(call, {
    status: 403,
    code: 'AuthenticationModeNotAllowed',
    message: 'The authentication mode of this request is not allowed by the account.'
  })
}

/** @param range an IPv4 address, or a range in CIDR notation */
function contains(range: string, address: string): boolean {
  const [network = '', bits = '32'] = range.split('/')
  const size = 2 ** (32 - Number(bits))
  return Math.floor(numberOf(network) / size) === Math.floor(numberOf(address) / size)
}

const numberOf = (address: string): number =>
  address.split('.').reduce((number, part) => number * 256 + Number(part), 0)
