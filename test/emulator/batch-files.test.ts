import { expect, test } from '@jest/globals'
import type { Behaviour, JsonObject } from '../../emulator/kernel/types.ts'
import { batchWorld, deployment, MINUTE, poolBody, POOL, SECOND, steadyPool } from './batch-world.ts'

const value = (answer: { body?: unknown }): JsonObject[] => (answer.body as { value: JsonObject[] }).value
const startTask = { commandLine: 'mount-assets', waitForSuccess: true }

function withNodes(frames: Behaviour['nodes'][string] = {}, more: JsonObject = { startTask }) {
  const azure = batchWorld({ pools: [steadyPool(more)], behaviour: { nodes: { frames } } })
  const [first, second] = azure.nodes()
  const path = (node: JsonObject | undefined): string => `/pools/frames/nodes/${String(node?.['id'])}/files`
  return { ...azure, files: path(first), others: path(second) }
}

test('files of a node: its own directories at the root, what the start task left by recursive', () => {
  const { service, files } = withNodes()
  const names = (query: string): unknown[] => value(service('GET', `${files}${query}`)).map(({ name }) => name)
  const root = ['applications', 'fsmounts', 'shared', 'startup', 'volatile', 'workitems']
  expect(names('')).toEqual(root)
  expect(names('?recursive=true')).toEqual([...root, 'startup/stderr.txt', 'startup/stdout.txt', 'startup/wd'].sort())
  expect(value(service('GET', `${files}?recursive=true&$filter=name eq 'startup/wd'`))).toEqual([
    { name: 'startup/wd', url: `https://render.eastus2.batch.emulated.azure${files}/startup/wd`, isDirectory: true }
  ])
})

test('a node without a start task has nothing of one', () => {
  const { service, files } = withNodes({}, {})
  expect(value(service('GET', `${files}?recursive=true`)).filter(({ isDirectory }) => isDirectory === false)).toEqual(
    []
  )
  expect(service('GET', `${files}/startup%2Fstdout.txt`)).toMatchObject({ status: 404, body: { code: 'FileNotFound' } })
})

test('a file of the world: its text by GET, the same headers by HEAD, its length as text in the list', () => {
  const text = 'cannot mount: Überlauf\n'
  const { service, files, others } = withNodes({ files: [{ path: 'startup/stderr.txt', text, index: [0] }] })
  const got = service('GET', `${files}/startup%2Fstderr.txt`)
  const asked = service('HEAD', `${files}/startup%2Fstderr.txt`)
  expect([got.status, got.body, asked.status, asked.body]).toEqual([200, text, 200, undefined])
  const url = `https://render.eastus2.batch.emulated.azure${files}/startup/stderr.txt`
  expect(got.headers).toEqual({
    'content-type': 'text/plain',
    'last-modified': 'Sun, 22 Nov 2026 00:01:05 GMT',
    'ocp-batch-file-isdirectory': 'False',
    'ocp-batch-file-mode': '0o100644',
    'ocp-batch-file-url': encodeURIComponent(url)
  })
  expect(asked.headers).toEqual({ ...got.headers, 'content-length': '24' })
  const listed = value(service('GET', `${files}?recursive=true`)).find(({ name }) => name === 'startup/stderr.txt')
  expect(listed?.['properties']).toMatchObject({ contentLength: '24', contentType: 'text/plain' })
  expect(service('GET', `${others}/startup%2Fstderr.txt`).body).toBe('')
})

test('a file that is no text is application/octet-stream, and brings its directories', () => {
  const { service, files } = withNodes({ files: [{ path: 'shared/cache/a.bin', text: 'x' }] })
  expect(service('GET', `${files}/shared%2Fcache%2Fa.bin`).headers?.['content-type']).toBe('application/octet-stream')
  expect(value(service('GET', `${files}?recursive=true`)).map(({ name }) => name)).toContain('shared/cache')
})

test('on Windows a file has a time of creation and no mode', () => {
  const windows = deployment()
  Object.assign(windows['virtualMachineConfiguration'] as JsonObject, { nodeAgentSkuId: 'batch.node.windows amd64' })
  const { service, files } = withNodes({}, { startTask, deploymentConfiguration: windows })
  const headers = service('HEAD', `${files}/startup%2Fstdout.txt`).headers
  expect(headers).toHaveProperty('ocp-creation-time')
  expect(headers).not.toHaveProperty('ocp-batch-file-mode')
})

test('a start task that failed says so in its stderr.txt', () => {
  const { service, files } = withNodes({ startTaskFails: [0] })
  expect(service('GET', `${files}/startup%2Fstderr.txt`).body).toBe('start task failed\n')
})

test.each([
  [0, { startMs: 10 * MINUTE }, 409, 'NodeBeingCreated'],
  [5 * MINUTE, { startMs: 10 * MINUTE }, 409, 'NodeBeingStarted'],
  [5 * MINUTE, { unusable: 'all' as const }, 409, 'NodeStateUnusable']
])('files %i ms after a node is made, %j: %i %s', (ms, frames, status, code) => {
  const { arm, service, pass, nodes } = batchWorld({ behaviour: { nodes: { frames } } })
  arm('PUT', POOL, { body: poolBody() })
  pass(40 * SECOND)
  const [node] = nodes()
  pass(ms)
  const path = `/pools/frames/nodes/${String(node?.['id'])}/files`
  expect(service('GET', path)).toMatchObject({ status, body: { code } })
})

test('a range of a file is the bytes from its start to its end', () => {
  const { service, files } = withNodes({ files: [{ path: 'startup/stderr.txt', text: '0123456789' }] })
  const part = service('GET', `${files}/startup%2Fstderr.txt`, { headers: { 'ocp-range': 'bytes=7-9' } })
  expect([part.status, part.body]).toEqual([200, '789'])
})

test.each([
  ['startup', {}],
  ['startup%2Fstdout.txt', { 'ocp-range': 'bytes=-4' }],
  ['startup%2Fstdout.txt', { 'ocp-range': 'bytes=0-4096' }],
  ['startup%2Fstdout.txt', { 'if-modified-since': 'Sun, 22 Nov 2026 00:01:05 GMT' }]
])('not known, and said so: %s %j', (path, headers) => {
  const { service, files } = withNodes()
  expect(service('GET', `${files}/${path}`, { headers }).status).toBe(501)
})
