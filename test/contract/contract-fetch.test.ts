import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { fetchSpecifications, MANIFEST, type Source } from '../../scripts/contract-fetch.ts'
import { specifications, withoutSpecifications } from '../support/contract/specifications.ts'
import { testIf } from '../support/test-if.ts'

const FILE = '{"swagger":"2.0"}'
const SHA256 = createHash('sha256').update(FILE).digest('hex')
const source = (files: Record<string, string>, under?: string): Source => ({
  ...{ repository: 'Azure/specs', commit: 'c0ffee', files },
  ...(under !== undefined && { under })
})

const asked: string[] = []
let server: Server
let base = ''

beforeAll(async () => {
  server = createServer((request, answer) => {
    asked.push(request.url ?? '')
    const there = request.url === '/Azure/specs/c0ffee/specification/a.json'
    answer.writeHead(there ? 200 : 404).end(there ? FILE : 'no such file')
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(() => new Promise(done => server.close(done)))

test('files come from their commit into their folder, and only those that are not there yet', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'contracts-'))
  const sources = [source({ 'specification/a.json': SHA256 }), source({ 'specification/a.json': SHA256 }, 'types')]
  expect(await fetchSpecifications(sources, { folder, base })).toBe(2)
  expect(asked).toEqual(Array(2).fill('/Azure/specs/c0ffee/specification/a.json'))
  expect(readFileSync(join(folder, 'types/specification/a.json'), 'utf8')).toBe(FILE)
  expect(await fetchSpecifications(sources, { folder, base })).toBe(0)
  expect(asked).toHaveLength(2)
})

test.each([
  ['another file than the pinned one', 'specification/a.json', 'is not that of the manifest'],
  ['no file', 'specification/b.json', 'HTTP 404']
])('%s is an error, and is not kept', async (_what, path, message) => {
  const folder = mkdtempSync(join(tmpdir(), 'contracts-'))
  await expect(fetchSpecifications([source({ [path]: '0'.repeat(64) })], { folder, base })).rejects.toThrow(message)
  expect(existsSync(join(folder, path))).toBe(false)
})

testIf(withoutSpecifications)('the files beside the checkout are those of the manifest', () => {
  const sources = JSON.parse(readFileSync(MANIFEST, 'utf8')) as Source[]
  const wrong = sources.flatMap(({ files, under = '' }) =>
    Object.entries(files).filter(([path, sha256]) => {
      const bytes = readFileSync(join(specifications ?? '', under, path))
      return createHash('sha256').update(bytes).digest('hex') !== sha256
    })
  )
  expect(wrong).toEqual([])
})
