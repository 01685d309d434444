import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeCertificates, type Certificates } from './certificates.ts'
import { control, CONTROL_PREFIX } from './control-plane.ts'
import {
  createEmulator,
  type Connection,
  type Emulator,
  type EmulatorAnswer,
  type Fault,
  type WorldFile
} from './index.ts'
import { KNOWN } from './operations.ts'
import { checkWorld } from './world-file/check.ts'

export type ServerOptions = {
  world: WorldFile
  /** 0 (default): any free one. Batch accounts get free ports of their own. */
  port?: number
  /** How much faster than real time Azure's clock runs; 1 by default. */
  speed?: number
  /** How much faster time runs for those who call; 1 by default. Retry-After is told in their time. */
  callersSpeed?: number
  seed?: number
  faults?: readonly Fault[]
}

export type ServedAzure = {
  emulator: Emulator
  /** What `npm run emulator` prints. `env` is for the process that uses it. */
  ready: Omit<Connection, 'env'> & { caFile: string; env: Record<string, string> }
  /** Moves Azure's clock on. */
  advance(ms: number): void
  close(): Promise<void>
}

/** Serves an Azure over HTTPS on loopback. Rejects where a port is taken, or the world file can't be one. */
export async function startServer(options: ServerOptions): Promise<ServedAzure> {
  checkWorld(options.world, KNOWN)
  const certificates = await makeCertificates()
  const servers: Listening[] = [await listen(certificates, options.port ?? 0)]
  const world = structuredClone(options.world)
  for (const account of accountsOf(world)) {
    const server = await listen(certificates, 0)
    servers.push(server)
    account['accountEndpoint'] = `localhost:${server.port}`
  }
  const url = `https://localhost:${servers[0]?.port}`
  const time = fastClock(options.speed ?? 1)
  const emulator = createEmulator({
    world,
    clock: time.now,
    tokenClock: Date.now,
    urls: { resourceManager: url, login: url, github: url },
    ...(options.seed !== undefined && { seed: options.seed }),
    ...(options.faults && { faults: options.faults })
  })
  const speed = (options.speed ?? 1) / (options.callersSpeed ?? 1)
  for (const { server } of servers) {
    server.on(
      'request',
      (request, response) => void serve({ emulator, speed, advance: time.advance }, request, response)
    )
  }
  const folder = mkdtempSync(join(tmpdir(), 'embedded-azure-'))
  const caFile = join(folder, 'ca.pem')
  writeFileSync(caFile, certificates.ca)
  const { env, ...connection } = emulator.connection
  return {
    emulator,
    advance: time.advance,
    ready: { ...connection, caFile, env: { NODE_EXTRA_CA_CERTS: caFile, ...env } },
    async close() {
      await Promise.all(servers.map(({ server }) => closed(server)))
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

type Listening = { server: Server; port: number }

async function listen({ key, cert }: Certificates, port: number): Promise<Listening> {
  const server = createServer({ key, cert, maxHeaderSize: 64 * 1024 })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return { server, port: (server.address() as AddressInfo).port }
}

function closed(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

function accountsOf({ resources }: WorldFile): Record<string, unknown>[] {
  return resources
    .filter(({ type }) => String(type).toLowerCase() === 'microsoft.batch/batchaccounts')
    .map(account => account['properties'] as Record<string, unknown>)
}

function fastClock(speed: number): { now(): number; advance(ms: number): void } {
  const startedAt = Date.now()
  let ahead = 0
  return {
    now: () => Math.floor(startedAt + (Date.now() - startedAt) * speed + ahead),
    advance: ms => void (ahead += ms)
  }
}

/** `speed`: how much faster than for its callers Azure's time runs. */
type Served = { emulator: Emulator; speed: number; advance(ms: number): void }

async function serve(
  { emulator, speed, advance }: Served,
  request: IncomingMessage,
  response: ServerResponse
): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const asked = {
    method: request.method ?? 'GET',
    url: `https://${request.headers.host?.replace('127.0.0.1', 'localhost')}${request.url}`,
    headers: plainHeaders(request),
    body: Buffer.concat(chunks).toString()
  }
  const own = new URL(asked.url).pathname.startsWith(CONTROL_PREFIX)
  const answer = own ? control(emulator, asked, advance) : emulator.handle(asked)
  if (answer.reset) return void request.socket.destroy()
  response.writeHead(answer.status, faster(answer, speed))
  response.end(answer.body)
}

function plainHeaders({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')])
  )
}

/** Retry-After in the time of whoever waits: exact in `retry-after-ms`, rounded up to whole seconds in `retry-after`. */
function faster({ headers }: EmulatorAnswer, speed: number): Record<string, string> {
  const seconds = headers['retry-after']
  if (seconds === undefined || speed === 1) return headers
  const ms = Math.ceil((Number(seconds) * 1000) / speed)
  return { ...headers, 'retry-after': String(Math.ceil(ms / 1000)), 'retry-after-ms': String(ms) }
}
