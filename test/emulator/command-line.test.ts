import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from '@jest/globals'
import { parseCommand, USAGE } from '../../emulator/command-line.ts'
import { jsonFault } from '../../emulator/world-file/json-fault.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'command-line-'))
afterAll(() => rmSync(folder, { recursive: true }))

const fileOf = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

type Ended = { code: unknown; out: string; err: string }

/** The program as `npm run emulator` runs it. */
async function ended(...args: string[]): Promise<Ended> {
  const program = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'emulator/main.ts', ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe']
  })
  let [out, err] = ['', '']
  program.stdout.on('data', chunk => (out += String(chunk)))
  program.stderr.on('data', chunk => (err += String(chunk)))
  const [code] = (await once(program, 'close')) as unknown[]
  return { code, out, err }
}

describe('the program', () => {
  test('--help says what there is, and ends with 0', async () => {
    const { code, out, err } = await ended('--help')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    for (const option of ['--world', '--port', '--speed', '--help', 'Exit codes']) expect(out).toContain(option)
  })

  test('all that is wrong with a command line is told in words, and ends with 2', async () => {
    expect(await ended('--wrold', 'a.json', '--port', '70000', '--speed')).toEqual({
      code: 2,
      out: '',
      err: [
        '--wrold: not an option; the nearest is --world',
        '"a.json": not an option',
        '--speed: a value is needed',
        '--port: got "70000"; a whole number from 0 to 65535 is needed',
        '--help says what there is\n'
      ].join('\n')
    })
  })

  test('a port in use is told with the way out, and ends with 1', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const answer = await ended('--port', String(port))
    other.close()
    const err = `--port ${port}: another program listens there; name another port, or leave --port out for any free one\n`
    expect(answer).toEqual({ code: 1, out: '', err })
  })

  test.each<[string, string, string]>([
    ['that isn’t there', join(folder, 'none.json'), ': there is no such file'],
    ['that is a folder', folder, ': is a folder; the file of a world is needed'],
    [
      'that isn’t JSON',
      fileOf('broken.json', '{\n  "resources": [],\n  "behaviour": { seed: 1 }\n}'),
      ':3:18: not JSON; a name in double quotes is needed, and "seed: 1 }" is there'
    ],
    [
      'that can’t be a world',
      fileOf('wrong.json', '{ "resources": [], "behaviour": { "node": {}, "seed": "one" } }'),
      [
        ': 2 problems',
        '  behaviour.seed ("one"): a number is needed',
        '  behaviour.node ({}): not a known name; the nearest is "nodes"'
      ].join('\n')
    ]
  ])('a file of a world %s is named with what is wrong, and ends with 1', async (_, path, message) => {
    expect(await ended('--world', path)).toEqual({ code: 1, out: '', err: `${path}${message}\n` })
  })
})

test('a speed may be a fraction, a port may not', () => {
  expect(parseCommand(['--speed=1.5', '--port=0'])).toEqual({ help: false, speed: 1.5, port: 0 })
  expect(() => parseCommand(['--port', '80.5'])).toThrow('--port: got "80.5"; a whole number')
})

test('what is no JSON is found at its line and column', () => {
  expect(jsonFault('[1,\n 2,\n ]')).toEqual({ line: 3, column: 2, needed: 'a value', got: ']' })
  expect(jsonFault('{"a": 1')).toEqual({ line: 1, column: 8, needed: '"," or "}"', got: '' })
})

test.each([
  ...['', '[', '[1 2]', '{"a"}', '{"a":}', '{a:1}', '01', '1.', '"\n"', '"\\x"', 'nul', '[1],', '// no\n1', "'a'"],
  ...['[]', ' {} ', '[1,-0.5e3,"\\u00e9\\n",true,null]', '{"a":{"b":[{}]}}', '"é…\u{1f600}"', '\t1\r\n']
])('a text is JSON just where JSON.parse takes it: %j', text => {
  const isTaken = (): boolean => {
    try {
      JSON.parse(text)
      return true
    } catch {
      return false
    }
  }
  expect(jsonFault(text) === undefined).toBe(isTaken())
})

test('the usage names every option that the README names, and no other', () => {
  const readme = readFileSync(join(ROOT, 'emulator', 'README.md'), 'utf8')
  const inReadme = [...readme.matchAll(/^\| `(--\w+)/gm)].map(([, option]) => option)
  const inUsage = [...USAGE.matchAll(/^ {2}(--\w+)/gm)].map(([, option]) => option)
  expect(inReadme).toEqual(inUsage)
})
