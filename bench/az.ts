/** The same chain by a script of the Azure CLI and by `dist/`, in real time, each on a world of its own that is alike. */
import { startServer, type ServedAzure } from '../emulator/server.ts'
import { runStep } from '../demo/runner.ts'
import { azSession, findAz } from '../scripts/clients/az-cli.ts'
import { signInSteps } from '../scripts/clients/az-steps.ts'
import { idTokenOf } from '../scripts/clients/served-azure.ts'
import { azRollout } from './az-script.ts'
import { criticalPath, totalMs } from './critical-path.ts'
import { callsByKind, kindRows } from './kinds.ts'
import { inputsAt } from './start.ts'
import { spoken, table } from './table.ts'
import { benchOf, type Bench, type Size } from './world.ts'

/** Small, and not too fast: az takes a second or two to start, and waits 30 s of its own where Azure names no wait. */
const SIZE: Size = { dataDisks: 3, regions: 3, nodes: 20 }
const SPEED = 10

type Timed = { name: string; realMs: number; calls: Map<string, number> }

export async function azSection(): Promise<string> {
  const [az] = findAz(process.env)
  if (az === undefined) return '  skipped: no az on PATH, and none named by AZ'
  const runs = [
    await timed('dist/', (azure, bench) => byAction(azure, bench)),
    await timed('az script, in order', (azure, bench) => byAz(az, azure, { bench, noWait: false })),
    await timed('az script, --no-wait', (azure, bench) => byAz(az, azure, { bench, noWait: true }))
  ]
  const [ours] = runs
  const { times, chain } = benchOf(SIZE)
  const pathMs = totalMs(criticalPath(times, chain)) / SPEED
  return [
    `  1 OS and ${SIZE.dataDisks} data disks, ${SIZE.regions} regions, ${SIZE.nodes} nodes; real time on a world at ${SPEED} times the speed.`,
    '  What a program needs for itself (its start, its own waits) isn’t scaled, and weighs more than it would on Azure.',
    '',
    table(
      ['whole rollout', 'real time', 'over dist/', 'over the critical path'],
      runs.map(({ name, realMs }) => [
        name,
        spoken(realMs),
        (realMs / (ours?.realMs ?? realMs)).toFixed(2),
        (realMs / pathMs).toFixed(2)
      ])
    ),
    '',
    table(['calls', ...runs.map(({ name }) => name)], kindRows(runs.map(({ calls }) => calls)))
  ].join('\n')
}

async function timed(name: string, once: (azure: ServedAzure, bench: Bench) => Promise<number>): Promise<Timed> {
  const bench = benchOf(SIZE)
  const azure = await startServer({ world: bench.world, speed: SPEED })
  try {
    const realMs = await once(azure, bench)
    return { name, realMs, calls: callsByKind(azure.emulator.journal()) }
  } finally {
    await azure.close()
  }
}

async function byAction(azure: ServedAzure, bench: Bench): Promise<number> {
  const begun = performance.now()
  const { exitCode, stdout } = await runStep({ inputs: inputsAt(azure, bench), env: azure.ready.env })
  if (exitCode !== 0) throw new Error(`dist/ ended with ${exitCode}: ${stdout.slice(-2_000)}`)
  return performance.now() - begun
}

/** The registration of the local cloud, which no user of Azure needs, isn't timed. */
async function byAz(
  az: string,
  azure: ServedAzure,
  { bench, noWait }: { bench: Bench; noWait: boolean }
): Promise<number> {
  const session = azSession(az, azure)
  const { 'client-id': clientId, 'tenant-id': tenantId } = azure.ready.signIn
  const steps = signInSteps({ clientId, tenantId, cloudFile: session.cloudFile, idToken: idTokenOf(azure) })
  try {
    for (const step of steps.filter(({ args }) => args[0] === 'cloud')) await session.perform(step)
    const login = steps.find(({ args }) => args.includes('--federated-token'))?.args ?? []
    const begun = performance.now()
    await azRollout({ session, bench, noWait, login })
    return performance.now() - begun
  } finally {
    session.end()
  }
}
