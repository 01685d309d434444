import { nameOf } from '../kernel/resources.ts'
import type { Answer, Call, JsonObject, Operation, Stored } from '../kernel/types.ts'
import { answering, refuse, refuseUnknown } from './batch-errors.ts'
import { compact } from './json.ts'
import { contentTypeOf, isWindows, nodeFiles, type NodeFile } from './node-files.ts'
import type { NodeState } from './nodes.ts'
import { nodeState } from './nodes.ts'
import { filterOf } from './odata-filter.ts'
import { serviceNode } from './service-nodes.ts'
import { listAnswer, same, serviceRow } from './service-scope.ts'
import { httpDate, isoOf } from './time.ts'

const FILES = '/pools/{poolId}/nodes/{nodeId}/files'
export const FILE_LIST_QUERY = ['$filter', 'recursive', 'maxresults', 'timeout', '$skiptoken']
const file = { ...serviceRow, path: `${FILES}/{filePath}`, query: ['timeout'] }

/** Files of a node. The slashes of a path within the node come as `%2F`. */
export const serviceFileOperations: Operation[] = [
  {
    ...{ ...serviceRow, id: 'File_ListFromComputeNode', method: 'GET', path: FILES, query: FILE_LIST_QUERY },
    handle: answering(call => fileList(call, filesOf(call)))
  },
  { ...file, id: 'File_GetFromComputeNode', method: 'GET', handle: answering(call => fileText(call, filesOf(call))) },
  {
    ...file,
    id: 'File_GetPropertiesFromComputeNode',
    method: 'HEAD',
    handle: answering(call => fileHead(call, filesOf(call)))
  }
]

/** Files that a call is about, and the URL that they lie under. */
export type Files = { pool: Stored; files: NodeFile[]; url: string }

/** Seen of a node on its way out: microsoft/haste#124. */
const NOT_READY: [code: string, message: string] = [
  'NodeNotReady',
  'Node is not able to perform the requested operations in its current state'
]

/** Codes and texts of Batch's page on status and error codes, by the node's state. */
const NOT_ASKED: Partial<Record<NodeState, [code: string, message: string]>> = {
  creating: ['NodeBeingCreated', 'The specified node is being created.'],
  starting: ['NodeBeingStarted', 'The specified node is being started.'],
  rebooting: ['NodeBeingRebooted', 'The specified node is being rebooted.'],
  reimaging: ['NodeBeingReimaged', 'The specified node is being reimaged.'],
  unusable: ['NodeStateUnusable', 'The state of the specified node is unusable.'],
  unknown: NOT_READY,
  preempted: NOT_READY,
  leavingpool: NOT_READY
}

/** Throws the 409 of a node whose agent can't be asked. */
export function refuseUnasked(call: Call, state: NodeState): void {
  const [code, message] = NOT_ASKED[state] ?? []
  if (code !== undefined && message !== undefined) refuse(call, { status: 409, code, message })
}

function filesOf(call: Call): Files {
  const { pool, node } = serviceNode(call)
  const look = { world: call.world, pool, now: call.now }
  refuseUnasked(call, nodeState(look, node).state)
  const url = `${call.origin}/pools/${nameOf(pool.id)}/nodes/${node.id}/files`
  return { pool, files: nodeFiles(look, node), url }
}

export function fileList(call: Call, { pool, files, url }: Files): Answer {
  const isRecursive = call.query.get('recursive')?.toLowerCase() === 'true'
  const items = files
    .filter(({ path }) => isRecursive || !path.includes('/'))
    .map(one => fileView(one, { pool, url }))
    .filter(filterOf(call))
  return listAnswer(call, 'files', { items, view: same })
}

/** `contentLength` comes as text (recorded). */
function fileView({ path, text, modifiedAt }: NodeFile, { pool, url }: Pick<Files, 'pool' | 'url'>): JsonObject {
  const view = { name: path, url: `${url}/${path}`, isDirectory: text === undefined }
  if (text === undefined) return view
  const lastModified = isoOf(modifiedAt)
  const properties = compact({
    creationTime: isWindows(pool) ? lastModified : undefined,
    lastModified,
    contentLength: String(Buffer.byteLength(text)),
    contentType: contentTypeOf(path),
    fileMode: isWindows(pool) ? undefined : FILE_MODE
  })
  return { ...view, properties }
}

const FILE_MODE = '0o100644'

export function fileText(call: Call, files: Files): Answer {
  const { headers, text } = fileAnswer(call, files)
  const range = call.headers['ocp-range']
  return { status: 200, headers, body: range === undefined ? text : partOf(call, text, range) }
}

/** `bytes=start-end`, both counted in. Another range is 501. */
function partOf(call: Call, text: string, range: string): string {
  const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? []
  const bytes = Buffer.from(text)
  if (start === undefined || end === undefined || Number(start) > Number(end) || Number(end) >= bytes.length)
    return refuseUnknown(call, `the range "${range}" of a file of ${bytes.length} bytes`)
  return bytes.subarray(Number(start), Number(end) + 1).toString()
}

export function fileHead(call: Call, files: Files): Answer {
  const { headers, text } = fileAnswer(call, files)
  return { status: 200, headers: { ...headers, 'content-length': String(Buffer.byteLength(text)) } }
}

const CONDITIONS = ['if-modified-since', 'if-unmodified-since']

function fileAnswer(call: Call, { pool, files, url }: Files): { headers: Record<string, string>; text: string } {
  const condition = CONDITIONS.find(name => call.headers[name] !== undefined)
  if (condition !== undefined) refuseUnknown(call, `the header "${condition}" of a file`)
  const path = call.params['filePath'] ?? ''
  const found = files.find(one => one.path === path)
  if (found === undefined) {
    return refuse(call, { status: 404, code: 'FileNotFound', message: 'The specified file does not exist.' })
  }
  if (found.text === undefined) return refuseUnknown(call, `what the directory "${path}" is as a file`)
  const modified = httpDate(found.modifiedAt)
  const headers = {
    'content-type': contentTypeOf(path),
    'last-modified': modified,
    'ocp-batch-file-isdirectory': 'False',
    'ocp-batch-file-url': encodeURIComponent(`${url}/${path}`),
    ...(isWindows(pool) ? { 'ocp-creation-time': modified } : { 'ocp-batch-file-mode': FILE_MODE })
  }
  return { headers, text: found.text }
}
