/** The shell blocks of emulator/README.md, run as they stand there; only the port is another. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { blocksOf } from '../support/doc-blocks.ts'
import { readerShell, type ReaderShell } from '../support/reader-shell.ts'
import { testIf } from '../support/test-if.ts'

const BLOCKS = blocksOf('emulator/README.md', 'sh').map(({ text }) => text)
const found = (word: string): string => BLOCKS.find(block => block.includes(word)) ?? `exit 9 # no block has ${word}`

let shell: ReaderShell
beforeAll(async () => void (shell = await readerShell()))
afterAll(() => shell.end())

const left = (file: string): string => readFileSync(join(shell.folder, file), 'utf8')

test('the first block starts an Azure that says where it is', async () => {
  const { ready, stop: end } = await shell.start(found('npm run emulator -- --speed'))
  expect(Object.keys(ready).sort()).toEqual(['caFile', 'env', 'resourceManagerUrl', 'signIn'])
  await end()
})

test('the blocks about the action make a release on the minimal world', async () => {
  const azure = await shell.start(found('worlds/minimal.json'))
  const { status, stdout, stderr } = shell.run(found('dist/main.js'))
  await azure.stop()
  expect({ status, stdout, stderr }).toMatchObject({ status: 0, stderr: '' })
  expect(left('outputs.txt')).toMatch(/current-dedicated-nodes<<.*\n2\n/)
  expect(left('summary.md')).toContain('images/node/')
  expect(left('state.txt')).toContain('succeeded')
})

/** `az` itself works these commands in test/clients; here a stand-in takes them, so that the rest of the block is run. */
const STAND_IN = 'az() { printf "%s\\n" "$*" >> az.log; }\n'

testIf(spawnSync('curl', ['--version']).status === 0 ? undefined : 'no curl')(
  'the blocks about other clients set up az, and get a token with curl',
  async () => {
    const azure = await shell.start(found('--port 8443 --speed 60'))
    const { status, stdout, stderr } = shell.run(
      `${STAND_IN}${found('az cloud register')}cat "$AZURE_CONFIG_DIR/cloud.json" > cloud.json\n${found('curl --cacert')}`
    )
    await azure.stop()
    expect({ status, stderr }).toMatchObject({ status: 0 })
    expect(JSON.parse(stdout)).toMatchObject({ token_type: 'Bearer' })
    const cloud = JSON.parse(left('cloud.json')) as { endpoints: Record<string, string> }
    expect(cloud.endpoints['resourceManager']).toBe(azure.ready['resourceManagerUrl'])
    expect(left('az.log').split('\n').filter(Boolean)).toHaveLength(6)
  }
)

test('every shell block is run by one of these tests', () => {
  const words = ['npm run emulator -- --speed', 'worlds/minimal.json', 'dist/main.js']
  const run = [...words, '--port 8443 --speed 60', 'az cloud register', 'curl --cacert'].map(found)
  expect(BLOCKS.filter(block => !run.includes(block))).toEqual([])
  expect(new Set(run).size).toBe(BLOCKS.length)
})
