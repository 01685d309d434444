import type { Answer, Call, JsonObject } from '../kernel/types.ts'
import { isoOf } from './time.ts'

export type ErrorDetail = { code: string; message: string }

/** An answer that ends a handler from wherever it is. Caught by `answering`. */
export class BatchRefusal extends Error {
  readonly answer: Answer
  constructor(answer: Answer) {
    super(`answered ${answer.status}`)
    this.answer = answer
  }
}

/** A handler whose refusals, thrown by anything that it calls, are its answers. */
export function answering(handle: (call: Call) => Answer): (call: Call) => Answer {
  return call => {
    try {
      return handle(call)
    } catch (error) {
      if (error instanceof BatchRefusal) return error.answer
      throw error
    }
  }
}

export type Refusal = { status: number; code: string; message: string; details?: ErrorDetail[] }

export const ACCOUNT_NOT_FOUND: Refusal = {
  status: 404,
  code: 'AccountNotFound',
  message: 'The specified account does not exist.'
}

/** Throws an error in the shape of the host that was called: ARM's, or the Batch service's. */
export function refuse(call: Call, refusal: Refusal): never {
  throw new BatchRefusal(call.operation.host === 'batch' ? serviceError(call, refusal) : armError(call, refusal))
}

/** Throws the emulator's own 501: Azure's behaviour here is not known well enough to imitate. */
export function refuseUnknown(call: Call, what: string): never {
  return refuse(call, { status: 501, code: 'NotEmulated', message: `the emulated Batch does not know ${what}` })
}

const trail = (call: Call): string => `\nRequestId:${call.world.guid()}\nTime:${isoOf(call.now)}`

function armError(call: Call, { status, code, message, details }: Refusal): Answer {
  const error: JsonObject = { code, message: message + trail(call), target: 'BatchAccount' }
  if (details !== undefined) error['details'] = details
  return { status, body: { error } }
}

function serviceError(call: Call, { status, code, message, details }: Refusal): Answer {
  const body: JsonObject = {
    'odata.metadata': `${call.origin}/$metadata#Microsoft.Azure.Batch.Protocol.Entities.Container.errors/@Element`,
    code,
    message: { lang: 'en-US', value: message + trail(call) }
  }
  if (details !== undefined) body['values'] = details.map(detail => ({ key: detail.code, value: detail.message }))
  return { status, headers: { ...SERVICE_HEADERS }, body }
}

/** On every answer of the Batch service that has a body. */
export const SERVICE_HEADERS = {
  'content-type': 'application/json;odata=minimalmetadata',
  dataserviceversion: '3.0'
} as const

export function refuseMissing(call: Call, name: string): never {
  const message = 'A required property was not specified in the request body.'
  const details = [{ code: 'PropertyName', message: name }]
  return refuse(call, { status: 400, code: 'MissingRequiredProperty', message, details })
}

/**
 * 400, recorded on the Batch service; ARM's form of it carries the same facts as `details`.
 * @param property its `path` from the body's root is what ARM shows in place of the value (pasted in pulumi-azure-native#3599)
 */
export function refuseProperty(
  call: Call,
  property: { name: string; value: string; reason: string; path?: string }
): never {
  const { name, value, reason, path } = property
  const isPath = path !== undefined && call.operation.host !== 'batch'
  return refuse(call, {
    status: 400,
    code: 'InvalidPropertyValue',
    message: 'The value provided for one of the properties in the request body is invalid.',
    details: [
      { code: 'PropertyName', message: name },
      isPath ? { code: 'PropertyPath', message: path } : { code: 'PropertyValue', message: value },
      { code: 'Reason', message: reason }
    ]
  })
}
