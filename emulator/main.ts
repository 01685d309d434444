/** `npm run emulator`: the embedded Azure over HTTPS on loopback. */
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseCommand, USAGE, UsageError } from './command-line.ts'
import { startServer } from './server.ts'
import { readWorldFile, WorldFileError } from './world-file/read.ts'

const DEFAULT_WORLD = relative('', fileURLToPath(new URL('worlds/default.json', import.meta.url)))

async function main(): Promise<void> {
  const command = parseCommand(process.argv.slice(2))
  if (command.help) return console.log(USAGE)
  const { world = DEFAULT_WORLD, port, speed } = command
  const served = await startServer({
    world: readWorldFile(world),
    ...(port !== undefined && { port }),
    ...(speed !== undefined && { speed })
  })
  console.log(JSON.stringify(served.ready))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void served.close().then(() => process.exit(0)))
  }
}

/** What a person can mend is answered in words; anything else is a mistake of this program, with its stack. */
function explained(error: unknown): { message: string; exitCode: number } | undefined {
  if (error instanceof UsageError) return { message: error.message, exitCode: 2 }
  if (error instanceof WorldFileError) return { message: error.message, exitCode: 1 }
  const { code, port } = error as NodeJS.ErrnoException & { port?: number }
  const message =
    code === 'EADDRINUSE'
      ? `--port ${port}: another program listens there; name another port, or leave --port out for any free one`
      : code === 'EACCES'
        ? `--port ${port}: this user may not listen there; name one from 1024 on`
        : undefined
  return message === undefined ? undefined : { message, exitCode: 1 }
}

try {
  await main()
} catch (error) {
  const { message, exitCode } = explained(error) ?? {}
  if (message === undefined) throw error
  console.error(message)
  process.exitCode = exitCode
}
