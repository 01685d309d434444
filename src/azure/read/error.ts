/** The error that a body tells of, in whichever dialect: Resource Manager, Batch service, or bare. */
import { type Json, isJsonObject } from '../../model/json.ts'
import { type CodeAndMessage, relayedErrors } from '../../model/relayed-error.ts'
import { cut } from '../../shared/plain-text.ts'
import { policiesOf } from '../policy-error.ts'
import { at, listAt, textAt } from './json.ts'

type ErrorFacts = { code: string; message: string; details: CodeAndMessage[]; about?: string }

/** Where a 404 with one of these codes answers a read, the resource isn't there. Any other 404 is an error. */
const ABSENT = new Set([
  'ResourceNotFound',
  'ResourceGroupNotFound',
  'ParentResourceNotFound',
  'NotFound',
  'AccountNotFound',
  'ApplicationNotFound',
  'ApplicationPackageNotFound',
  'PoolNotFound',
  'JobNotFound'
])

export function isAbsent(status: number | undefined, code: string): boolean {
  return status === 404 && ABSENT.has(code)
}

/** Azure echoes what it was sent, which may be long: whoever reads an error, and whatever is done to it, has enough of this much. */
const MOST_CHARACTERS = 10_000
const MOST_DETAILS = 100

/** Of an answer with an error status. @param body parsed where it is JSON, else the text */
export function readError(body: Json | undefined, status: number): ErrorFacts {
  const error = isJsonObject(at(body, 'error')) ? at(body, 'error') : body
  if (!isJsonObject(error)) {
    const text = typeof error === 'string' && error.trim() !== '' ? cut(error.trim(), 200) : 'the answer has no body'
    return { code: `HTTP${status}`, message: text, details: [] }
  }
  const whole = withoutRequestId(textAt(error, 'message') ?? textAt(error, 'message.value') ?? '')
  const details = [
    ...listAt(error, 'details').flatMap(flatDetail),
    ...listAt(error, 'values').map(valueDetail),
    ...relayedErrors(whole),
    ...policiesOf(error)
  ]
    .slice(0, MOST_DETAILS)
    .map(({ code, message }) => ({ code: cut(code, 200), message: cut(message, MOST_CHARACTERS) }))
  const reason = details.find(detail => detail.code === 'Reason')?.message
  const said = cut(whole, MOST_CHARACTERS)
  const about = textAt(error, 'target')
  return {
    code: cut(textAt(error, 'code') ?? `HTTP${status}`, 200),
    message: [said, reason].filter(text => text !== undefined && text !== '').join(' ') || 'without a message',
    details,
    ...(about === undefined || ABOUT_NOTHING.has(about) ? {} : { about: cut(about, 200) })
  }
}

/** Batch over Resource Manager says this of whatever it refuses (recorded). */
const ABOUT_NOTHING = new Set(['BatchAccount'])

/** Details may nest; the inner ones say most. */
function flatDetail(detail: Json): CodeAndMessage[] {
  const own = { code: textAt(detail, 'code') ?? '', message: withoutRequestId(textAt(detail, 'message') ?? '') }
  const inner = [...listAt(detail, 'details').flatMap(flatDetail), ...relayedErrors(own.message), ...policiesOf(detail)]
  return [own, ...inner]
}

function valueDetail(value: Json): CodeAndMessage {
  return { code: textAt(value, 'key') ?? textAt(value, 'name') ?? '', message: textAt(value, 'value') ?? '' }
}

/** Batch ends its messages with "RequestId:…" and "Time:…" on lines of their own; the id is kept apart anyway. */
function withoutRequestId(message: string): string {
  return message.split(/\r?\nRequestId:/)[0]?.trim() ?? ''
}
