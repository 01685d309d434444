import type { Answer, Json, LinkedAction } from './types.ts'

export type ErrorDetail = { code: string; message: string; target?: string }
type Extra = { target?: string; details?: ErrorDetail[]; headers?: Record<string, string> }

/** An error as Resource Manager and its providers give it. */
export function armError(status: number, code: string, message: string, extra: Extra = {}): Answer {
  const { target, details, headers } = extra
  return { status, ...(headers && { headers }), body: { error: { code, message, target, details } as Json } }
}

const gateway = { 'x-ms-failure-cause': 'gateway' }

/** Something that Azure may well know and the emulator doesn't: never answered politely. */
export function notEmulated(what: string): Answer {
  return armError(501, 'NotEmulated', `${what} is not emulated; see emulator/FIDELITY.md`)
}

/** @param type as `Microsoft.Compute/snapshots`; nested names are joined by `/`. */
export function resourceNotFound(type: string, name: string, group: string): Answer {
  const message = `The Resource '${type}/${name}' under resource group '${group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`
  return armError(404, 'ResourceNotFound', message, { headers: gateway })
}

export function groupNotFound(group: string): Answer {
  return armError(404, 'ResourceGroupNotFound', `Resource group '${group}' could not be found.`, { headers: gateway })
}

export function subscriptionNotFound(subscription: string): Answer {
  return armError(404, 'SubscriptionNotFound', `The subscription '${subscription}' could not be found.`, {
    headers: gateway
  })
}

export function parentNotFound(parent: string): Answer {
  const message = `Can not perform requested operation on nested resource. Parent resource '${parent}' not found.`
  return armError(404, 'ParentResourceNotFound', message, { headers: gateway })
}

export function authorizationFailed(
  client: { clientId: string; objectId: string },
  action: string,
  scope: string
): Answer {
  const message = `The client '${client.clientId}' with object id '${client.objectId}' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`
  return armError(403, 'AuthorizationFailed', message, { headers: gateway })
}

/** As pasted in Azure/OpenShift#186, in the wording of today. */
export function linkedAuthorizationFailed(
  client: { clientId: string; objectId: string },
  granted: LinkedAction,
  lacking: LinkedAction
): Answer {
  const message = `The client '${client.clientId}' with object id '${client.objectId}' has permission to perform action '${granted.action}' on scope '${granted.scope}'; however, it does not have permission to perform action(s) '${lacking.action}' on the linked scope(s) '${lacking.scope}' (respectively) or the linked scope(s) are invalid.`
  return armError(403, 'LinkedAuthorizationFailed', message, { headers: gateway })
}

/** An error as the Batch service gives it. */
export function batchError(status: number, code: string, message: string, values: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json;odata=minimalmetadata' },
    body: {
      code,
      message: { lang: 'en-US', value: message },
      values: Object.entries(values).map(([key, value]) => ({ key, value }))
    }
  }
}
