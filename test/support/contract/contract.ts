/** Exchanges with the embedded Azure against Microsoft's contracts. */
import { Worker } from 'node:worker_threads'
import type { Exchange } from '../../../emulator/index.ts'
import { bicepChecker, type Way } from './bicep-types.ts'
import { note } from './ledger.ts'
import type { Asked, Issue, Judged, Pair, Told } from './openapi-worker.ts'
import {
  apiFiles,
  apiOf,
  bicepFile,
  contractOf,
  poolPropertiesSince,
  specifications,
  type Contract
} from './specifications.ts'
import { shapeOf } from './shapes.ts'

/** Whose faults count: a test may send nonsense on purpose, and then only the answer has to be right. */
export type Judging = 'requests and answers' | 'answers'

/** Shapes in which this process has found nothing wrong, by whose faults counted: they are judged once. */
const valid: Record<Judging, Set<string>> = { 'requests and answers': new Set(), answers: new Set() }

/** One line for each way in which an exchange isn't as the contract says; none where there are no specifications. */
export async function violations(exchanges: readonly Exchange[], judging: Judging): Promise<string[]> {
  if (specifications === undefined) return []
  const judgeable = notYetJudged(exchanges, judging)
  const judged = await askWorker(
    judgeable.map(({ exchange, contract }) => ({ api: apiOf(contract), pair: pairOf(exchange, contract) }))
  )
  const found = judgeable.map((one, index) => ({ shape: one.shape, lines: linesOf(one, judged[index], judging) }))
  const wrong = new Set(found.flatMap(({ shape, lines }) => (lines.length > 0 ? shape : [])))
  for (const { shape } of found) if (!wrong.has(shape)) valid[judging].add(shape)
  return found.flatMap(({ lines }) => lines)
}

/** One of each shape. */
function notYetJudged(exchanges: readonly Exchange[], judging: Judging): Judgeable[] {
  const byShape = new Map<string, Judgeable>()
  for (const exchange of exchanges) {
    if (judging === 'answers' && !isAzures(exchange)) continue
    const contract = contractOf(exchange.request.url)
    const error = isAzures(exchange) ? errorOf(exchange, contract) : undefined
    if (contract === undefined && error === undefined) continue
    const shape = shapeOf(exchange)
    if (valid[judging].has(shape)) continue
    if (contract !== undefined) byShape.set(shape, { exchange, contract, shape })
    if (error !== undefined) byShape.set(`${shape} as an error`, { ...error, shape })
  }
  return [...byShape.values()]
}

/** An error that no file lists, as if an operation had answered it whose file does: they are of one kind in all of Resource Manager. */
function errorOf(exchange: Exchange, contract: Contract | undefined): Omit<Judgeable, 'shape'> | undefined {
  const { request, response } = exchange
  const isListed = contract !== undefined && contract.api !== 'disks'
  if (response.status < 400 || isListed || !new URL(request.url).pathname.startsWith('/subscriptions')) return undefined
  const url = 'https://management.azure.com/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/images/i'
  const asked = contractOf(`${url}?api-version=0`)?.held ?? ''
  const stand = { method: 'GET', url: `${url}?api-version=${asked}`, headers: {}, body: null }
  return { exchange: { ...exchange, request: stand }, contract: { api: 'compute', asked, held: asked }, of: exchange }
}

/** The emulator's own word for what it doesn't do, and what a fault says in Azure's stead, are nobody's contract. */
export const isAzures = ({ response, scripted }: Exchange): boolean => response.status !== 501 && scripted !== true

/** `of`: the exchange itself, where another operation stands for its own. */
type Judgeable = { exchange: Exchange; contract: Contract; shape: string; of?: Exchange }

function pairOf({ request, response }: Exchange, { asked, held }: Contract): Pair {
  const url = request.url.replace(`api-version=${asked}`, `api-version=${held}`)
  return {
    liveRequest: { method: request.method, url, headers: request.headers, ...bodyOf(request.body) },
    liveResponse: {
      statusCode: String(response.status),
      headers: response.headers,
      ...bodyOf(emptyFile(response) ?? response.body)
    }
  }
}

/** A file without a byte has a body, though an empty one: the journal has none of it. */
const emptyFile = ({ headers, body, status }: Exchange['response']): string | undefined =>
  body === null && status === 200 && headers['content-type'] === 'text/plain' ? '' : undefined

const bodyOf = (body: unknown): { body?: unknown } => (body === null ? {} : { body: structuredClone(body) })

function linesOf({ exchange, contract, of }: Judgeable, judged: Judged | undefined, judging: Judging): string[] {
  const { request, response } = of ?? exchange
  if (judged === undefined) return []
  const newer = contract.asked > contract.held
  const types = newer ? bicepProblems(exchange, contract) : { request: [], response: [] }
  const sides = [
    ...(judging === 'answers' || of !== undefined
      ? []
      : [{ side: 'request', issues: judged.request, bicep: types.request }]),
    ...(isAzures(exchange) ? [{ side: 'answer', issues: judged.response, bicep: types.response }] : [])
  ]
  const unlisted = judged.response.some(({ code }) => code === 'INVALID_RESPONSE_CODE')
  if (!unlisted && isAzures(exchange)) note('contract', of ?? exchange)
  return sides.flatMap(({ side, issues, bicep }) => {
    const found = issues
      .filter(issue => !isKnown(issue, { exchange, contract }))
      .map(issue => `${issue.code} ${issue.pathsInPayload.join(' ')} ${issue.message}`)
    const what = `${request.method} ${new URL(request.url).pathname} ${contract.asked} -> ${response.status}, ${side}`
    return [...found, ...bicep]
      .filter(line => !RECORDED.some(known => known.test(line)) && !(side === 'answer' && OTHER_CASING.test(line)))
      .map(line => `${what}: ${line}`)
  })
}

/** What Azure was recorded to do although no version of its contract says so; FIDELITY.md has the recordings. */
const RECORDED = [
  /^INVALID_TYPE (?:\/value\/\d+\/properties\/contentLength ?)+ Expected type integer but found type string$/,
  /^INVALID_CONTENT_TYPE .*\(text\/plain\)\. .*application\/octet-stream$/,
  /^OBJECT_ADDITIONAL_PROPERTIES \/odata\/metadata /,
  /^ENUM_CASE_MISMATCH .*\/taskSchedulingPolicy\/nodeFillType .*: (?:Spread|Pack)$/,
  /^ENUM_CASE_MISMATCH .*\/virtualMachineConfiguration\/osDisk\/caching .*: (?:None|ReadOnly|ReadWrite)$/,
  /^ENUM_CASE_MISMATCH .*\/virtualMachineConfiguration\/nodePlacementConfiguration\/policy .*: (?:Zonal|Regional)$/,
  /^ENUM_CASE_MISMATCH .*\/virtualMachineConfiguration\/securityProfile\/securityType .*: (?:trustedlaunch|confidentialvm)$/,
  // Of a version that isn't among the specifications.
  /^OBJECT_ADDITIONAL_PROPERTIES .*\/taskSchedulingPolicy\/jobDefaultOrder /,
  // Write-only, and required all the same.
  /^OBJECT_MISSING_REQUIRED_PROPERTY .*\/userAccounts\/\d+\/password /,
  /^\/properties\/(?:isArmResource|faultDomain) is no property of SnapshotProperties$/
]

/** Of a pool over Resource Manager: what was written comes back in another casing (recorded 2026-02-11: `ConfidentialVM`). */
const OTHER_CASING = /^ENUM_CASE_MISMATCH (?:\/value\/\d+)?\/properties\/(?!allocationState|provisioningState)/

/** What the files held say amiss: statuses of errors that they don't list, and properties that one of the two versions lacks. */
function isKnown({ code, pathsInPayload }: Issue, { exchange, contract }: Omit<Judgeable, 'shape'>): boolean {
  if (code === 'INVALID_RESPONSE_CODE') return exchange.response.status >= 400
  if (code === 'OBJECT_MISSING_REQUIRED_PROPERTY') return contract.asked < contract.held
  if (code !== 'OBJECT_ADDITIONAL_PROPERTIES' || contract.asked <= contract.held) return false
  const listed = contract.api === 'batch' ? poolPropertiesSince(contract) : undefined
  if (listed === undefined) return bicepFile(contract) !== undefined
  const since = listed.map(path => path.split('.').at(-1))
  return pathsInPayload.every(path => since.includes(path.split('/').at(-1) ?? ''))
}

const checkers = new Map<string, ReturnType<typeof bicepChecker>>()

function bicepProblems({ request, response }: Exchange, contract: Contract): { request: string[]; response: string[] } {
  const path = bicepFile(contract)
  if (path === undefined) return { request: [], response: [] }
  const check = checkers.get(path) ?? bicepChecker(path)
  checkers.set(path, check)
  const type = typeOf(request.url)
  const body = (value: unknown, way: Way) => (isResource(value) ? (check(type, value, way) ?? []) : [])
  const list = (response.body as { value?: unknown } | null)?.value
  return {
    request: request.method === 'POST' ? [] : body(request.body, request.method === 'PATCH' ? 'changed' : 'sent'),
    response:
      response.status >= 300 ? [] : (Array.isArray(list) ? list : [response.body]).flatMap(one => body(one, 'shown'))
  }
}

const isResource = (value: unknown): boolean => typeof value === 'object' && value !== null

/** `Microsoft.Compute/galleries/images` of a path that names one, or lists them. */
function typeOf(url: string): string {
  const [provider = '', ...words] = new URL(url).pathname.split('/providers/')[1]?.split('/') ?? []
  return [provider, ...words.filter((_word, index) => index % 2 === 0)].join('/')
}

let worker: Worker | undefined
let asked = 0

function askWorker(pairs: Asked['pairs']): Promise<Judged[]> {
  if (pairs.length === 0) return Promise.resolve([])
  const workerData = { directory: `${specifications}/specification`, apis: apiFiles() }
  worker ??= new Worker(new URL('./openapi-worker.ts', import.meta.url), { workerData })
  const [id, thread] = [asked++, worker]
  thread.ref()
  return new Promise((resolve, reject) => {
    const done = (told: Told): void => {
      if (told.id !== id) return
      thread.off('message', done).off('error', reject)
      thread.unref()
      resolve(told.judged)
    }
    thread.on('message', done).on('error', reject)
    thread.postMessage({ id, pairs } satisfies Asked)
  })
}
