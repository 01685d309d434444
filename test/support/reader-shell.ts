/** A shell in a folder like the repository's, for the blocks of a page that a reader would run there. Only the port is another. */
import { spawn, spawnSync, type ChildProcess, type SpawnSyncReturns } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../meta/repository-files.ts'

export type ReaderShell = {
  /** In which a reader may leave files; what is beside it goes too. */
  folder: string
  /** A block that goes on until it is stopped, once it is ready: with its one line of JSON. */
  start(block: string): Promise<{ stop(): Promise<void>; ready: Record<string, unknown> }>
  run(script: string, env?: NodeJS.ProcessEnv): SpawnSyncReturns<string>
  end(): void
}

export async function readerShell(): Promise<ReaderShell> {
  const parent = mkdtempSync(join(tmpdir(), 'reader-'))
  const folder = join(parent, 'clone')
  mkdirSync(folder)
  for (const name of readdirSync(root).filter(one => one !== '.out')) symlinkSync(join(root, name), join(folder, name))
  const port = await freePort()
  const scriptOf = (block: string): string => `set -eu -o pipefail\n${block.replaceAll('8443', String(port))}`
  const started: ChildProcess[] = []
  return {
    folder,
    start: async block => {
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
    },
    run: (script, env = process.env) =>
      spawnSync('bash', ['-c', scriptOf(script)], { cwd: folder, encoding: 'utf8', env }),
    end: () => {
      for (const { pid } of started) stop(pid)
      rmSync(parent, { recursive: true })
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** The shell and all that it started: they are a group of their own. */
function stop(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGTERM')
  } catch {
    // It has ended.
  }
}
