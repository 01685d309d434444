/** The way to Azure that a spec describes. */
import type { Azure } from './azure/gateway.ts'
import { readJob } from './azure/sign-in/job.ts'
import { proxyOf } from './azure/proxy.ts'
import type { ConnectDeps } from './deps.ts'
import type { RunSpec } from './model/spec.ts'
import { logLine } from './shared/plain-text.ts'

/** The SDKs are loaded only now: bad inputs never wait for them. */
export async function connectTo(
  deps: ConnectDeps,
  spec: Pick<RunSpec, 'cloud' | 'signIn' | 'pollIntervalMs'>,
  signal: AbortSignal
): Promise<Azure> {
  const { connect } = await import('./azure/connect.ts')
  return connect({
    cloud: spec.cloud,
    signIn: spec.signIn,
    clock: deps.clock,
    ...(deps.httpClient === undefined ? {} : { httpClient: deps.httpClient }),
    getIdToken: deps.getIdToken,
    pollIntervalMs: spec.pollIntervalMs,
    userAgent: 'batch-image-rollout',
    job: readJob(deps.env, deps.readText ?? (() => '')),
    ...(deps.hide === undefined ? {} : { hide: deps.hide }),
    debug: line => deps.log.debug(line),
    say: line => deps.log.say(logLine(line)),
    random: deps.random,
    proxy: proxyOf(deps.env),
    ahead: ({ method, path }) => deps.journal?.write({ at: deps.clock.now(), event: 'call', method, target: path }),
    signal
  })
}
