/** The shell blocks of emulator/README.md, run as they stand there; only the port is another. */
import { spawn, spawnSync, type ChildProcess, type SpawnSyncReturns } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { testIf } from '../support/test-if.ts'

const ROOT = join(import.meta.dirname, '../..')
const README = readFileSync(join(ROOT, 'emulator/README.md'), 'utf8')
const BLOCKS = [...README.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block = '']) => block)
const found = (word: string): string => BLOCKS.find(block => block.includes(word)) ?? `exit 9 # no block has ${word}`

/** A folder like the repository's, in which a reader may leave files. */
const folder = mkdtempSync(join(tmpdir(), 'reader-'))
const started: ChildProcess[] = []
let port = 0

beforeAll(async () => {
  for (const name of readdirSync(ROOT)) symlinkSync(join(ROOT, name), join(folder, name))
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
  server.close()
  await once(server, 'close')
})

afterAll(() => {
  for (const { pid } of started) stop(pid)
  rmSync(folder, { recursive: true })
})

const scriptOf = (block: string): string => `set -eu -o pipefail\n${block.replaceAll('8443', String(port))}`

/** A block that goes on until it is stopped, once it is ready: with its one line of JSON. */
async function start(block: string): Promise<{ stop(): Promise<void>; ready: Record<string, unknown> }> {
  const shell = spawn('bash', ['-c', scriptOf(block)], {
    cwd: folder,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit']
  })
  started.push(shell)
  let text = ''
  for await (const chunk of shell.stdout) {
    text += String(chunk)
    const line = text.split('\n').find(one => one.startsWith('{') && one.endsWith('}'))
    if (line === undefined) continue
    const closed = once(shell, 'exit')
    return {
      ready: JSON.parse(line) as Record<string, unknown>,
      stop: async () => void (stop(shell.pid), await closed)
    }
  }
  throw new Error(`it ended before it was ready: ${text}`)
}

/** The shell and all that it started: they are a group of their own. */
function stop(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGTERM')
  } catch {
    // It has ended.
  }
}

const run = (script: string): SpawnSyncReturns<string> =>
  spawnSync('bash', ['-c', scriptOf(script)], { cwd: folder, encoding: 'utf8' })

test('the first block starts an Azure that says where it is', async () => {
  const { ready, stop: end } = await start(found('npm run emulator -- --speed'))
  expect(Object.keys(ready).sort()).toEqual(['caFile', 'env', 'resourceManagerUrl', 'signIn'])
  await end()
})

test('the blocks about the action make a release on the minimal world', async () => {
  const azure = await start(found('worlds/minimal.json'))
  const { status, stdout, stderr } = run(found('dist/main.js'))
  await azure.stop()
  expect({ status, stdout, stderr }).toMatchObject({ status: 0, stderr: '' })
  expect(readFileSync(join(folder, 'outputs.txt'), 'utf8')).toMatch(/current-dedicated-nodes<<.*\n2\n/)
  expect(readFileSync(join(folder, 'summary.md'), 'utf8')).toContain('images/node/')
  expect(readFileSync(join(folder, 'state.txt'), 'utf8')).toContain('succeeded')
})

/** `az` itself works these commands in test/clients; here a stand-in takes them, so that the rest of the block is run. */
const STAND_IN = 'az() { printf "%s\\n" "$*" >> az.log; }\n'

testIf(spawnSync('curl', ['--version']).status === 0 ? undefined : 'no curl')(
  'the blocks about other clients set up az, and get a token with curl',
  async () => {
    const azure = await start(found('--port 8443 --speed 60'))
    const { status, stdout, stderr } = run(
      `${STAND_IN}${found('az cloud register')}cat "$AZURE_CONFIG_DIR/cloud.json" > cloud.json\n${found('curl --cacert')}`
    )
    await azure.stop()
    expect({ status, stderr }).toMatchObject({ status: 0 })
    expect(JSON.parse(stdout)).toMatchObject({ token_type: 'Bearer' })
    const cloud = JSON.parse(readFileSync(join(folder, 'cloud.json'), 'utf8')) as { endpoints: Record<string, string> }
    expect(cloud.endpoints['resourceManager']).toBe(azure.ready['resourceManagerUrl'])
    expect(readFileSync(join(folder, 'az.log'), 'utf8').split('\n').filter(Boolean)).toHaveLength(6)
  }
)

test('every shell block is run by one of these tests', () => {
  const words = ['npm run emulator -- --speed', 'worlds/minimal.json', 'dist/main.js']
  const run = [...words, '--port 8443 --speed 60', 'az cloud register', 'curl --cacert'].map(found)
  expect(BLOCKS.filter(block => !run.includes(block))).toEqual([])
  expect(new Set(run).size).toBe(BLOCKS.length)
})
