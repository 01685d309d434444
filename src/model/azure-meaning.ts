/** Finds what an error of Azure means in the table of its codes, and fills in what the error itself names. */
import { AZURE_CODES, type AzureCode } from './azure-codes.ts'
import type { FailureReason, Repetition } from './failure.ts'
import type { CodeAndMessage } from './relayed-error.ts'

export type AzureErrorLike = {
  operation: string
  code: string
  message: string
  details: readonly CodeAndMessage[]
  /** What the error says that it is about: a property, an id. */
  about?: string | undefined
}

/** `reason` is undefined where it is the step's own. */
export type Meaning = { reason: FailureReason | undefined; repetition: Repetition; wayOut: string }

/** Details say more than what they are wrapped in. Undefined: a code that the table doesn't have. */
export function meaningOf(error: AzureErrorLike): Meaning | undefined {
  const text = textOf(error)
  const codes = [
    ...error.details
      .map(({ code }) => code)
      .filter(isCode)
      .toReversed(),
    error.code
  ]
  const row = rowOf(codes, text)
  if (row === undefined) return undefined
  return {
    reason: row.reason === 'step' ? undefined : row.reason,
    repetition: row.repetition,
    wayOut: filled(row.wayOut, valuesOf(error, text))
  }
}

/** For a code that nobody here knows: nothing is promised. */
export function unknownWayOut({ code, operation }: Pick<AzureErrorLike, 'code' | 'operation'>): string {
  return `this action doesn’t know "${code}" of ${operation}: see what its message minds; with the request’s id, Azure’s support can say more`
}

/** Keys of the facts that come as details, too. */
const FACTS: ReadonlySet<string> = new Set(['', 'reason', 'propertyname', 'propertyvalue', 'propertypath'])
const isCode = (code: string): boolean => !FACTS.has(code.toLowerCase())

function rowOf(codes: readonly string[], text: string): AzureCode | undefined {
  const has = (row: AzureCode, code: string): boolean =>
    row.codes.some(one => one === '*' || one.toLowerCase() === code.toLowerCase()) && (row.says?.test(text) ?? true)
  for (const code of codes) {
    const found = AZURE_CODES.find(row => has(row, code))
    if (found !== undefined) return found
  }
  return undefined
}

/** What says why comes first, however much an error quotes. */
const LONGEST = 20_000

const textOf = ({ message, details }: AzureErrorLike): string =>
  [message, ...details.map(detail => detail.message)].join('\n').slice(0, LONGEST).replaceAll(/\s+/g, ' ')

function valuesOf(error: AzureErrorLike, text: string): Record<string, string | undefined> {
  const detail = (code: string): string | undefined => error.details.find(one => one.code === code)?.message
  return {
    policy: policyOf(detail('policy assignment'), detail('policy definition')),
    property: quoted(detail('PropertyPath') ?? detail('PropertyName') ?? error.about),
    target: quoted(error.about),
    namespace: /namespace '([\w.]+)'/i.exec(text)?.[1],
    lock: quoted(/scope\(s\) are locked: '([^']+)'/i.exec(text)?.[1]),
    role: roleOf(error, text)
  }
}

function policyOf(assignment: string | undefined, definition: string | undefined): string | undefined {
  if (assignment === undefined) return definition && `the policy "${definition}"`
  return `the policy assignment "${assignment}"${definition === undefined ? '' : ` of "${definition}"`}`
}

const quoted = (text: string | undefined): string | undefined => (text === undefined ? undefined : `"${text}"`)

/** Batch has jobs and job schedules as data actions, which Owner and Contributor lack (batch-role-based-access-control, 2024-12-11). */
function roleOf({ operation }: AzureErrorLike, text: string): string | undefined {
  const action = missingActionOf(text) ?? SERVICE_ACTIONS.find(([calls]) => calls.test(operation))?.[1]
  if (action === undefined) return undefined
  return /\/(jobs|jobSchedules)\/\w+$/i.test(action)
    ? `a role with the data action "${action}", which Owner and Contributor lack and "Azure Batch Data Contributor" has,`
    : `a role with the action "${action}"`
}

/** What the Batch service asks for where its answer names nothing. */
const SERVICE_ACTIONS: readonly [calls: RegExp, action: string][] = [
  [/^(Job|Task)_/, 'Microsoft.Batch/batchAccounts/jobs/read'],
  [/^JobSchedule_/, 'Microsoft.Batch/batchAccounts/jobSchedules/read'],
  [/^(ComputeNode|Account_List|File)/, 'Microsoft.Batch/batchAccounts/read']
]

/**
 * ARM names it: "… authorization to perform action 'Microsoft.Compute/snapshots/write' over scope …". Where what is linked to a resource
 * needs another action, it names the one that is granted first: "… has permission to perform action …; however, it does not have …".
 */
function missingActionOf(text: string): string | undefined {
  const lacking = /does not have permission.*/is.exec(text)?.[0] ?? text
  return /actions?(?:\(s\))? ['"]([A-Za-z0-9.]+(?:\/[A-Za-z0-9*]+)+)['"]/i.exec(lacking)?.[1]
}

function filled(wayOut: string, values: Record<string, string | undefined>): string {
  return wayOut.replace(/\{(\w+)\|([^}]*)\}/g, (_, name: string, words: string) => values[name] ?? words)
}
