/** `npm run simulate -- --seeds N [--from S] | --seed S`: whole rollouts under random faults, alone and two at once, and which seeds break a rule. */
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { report } from '../test/simulation/report.ts'
import { rival } from '../test/simulation/rivals.ts'
import { simulate } from '../test/simulation/simulate.ts'

const SAY_EVERY_MS = 30_000
const SAY_AT_MOST_EVERY_MS = 5_000

type Share = { from: number; to: number; step: number }
/** `text`: of a seed that broke a rule, or could not be lived at all. */
type Lived = { seed: number; rollouts: number; text?: string }

async function live(seed: number): Promise<Lived> {
  try {
    const simulations = [await simulate(seed), await rival(seed)].filter(one => one !== undefined)
    const rollouts = simulations.reduce((sum, one) => sum + one.rollouts, 0)
    const broken = simulations.filter(({ violations }) => violations.length > 0)
    return { seed, rollouts, ...(broken.length > 0 && { text: broken.map(report).join('\n\n') }) }
  } catch (error) {
    return { seed, rollouts: 0, text: `seed ${seed}: ${(error as Error).stack}` }
  }
}

async function liveShare({ from, to, step }: Share): Promise<void> {
  for (let seed = from; seed < to; seed += step) parentPort?.postMessage(await live(seed))
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '1000' },
      from: { type: 'string', default: '0' },
      seed: { type: 'string' }
    }
  })
  const from = Number(values.seed ?? values.from)
  const to = values.seed === undefined ? from + Number(values.seeds) : from + 1
  if (!(Number.isInteger(from) && Number.isInteger(to) && from >= 0 && to > from)) {
    throw new Error(`--seed, --seeds, --from: got ${JSON.stringify(values)}; whole numbers, and --seeds of at least 1`)
  }
  const workers = Math.min(availableParallelism(), to - from)
  const startedAt = performance.now()
  const failed: number[] = []
  let rollouts = 0
  const progress = progressTeller(to - from)
  const shares = Array.from({ length: workers }, (_, index) => ({ from: from + index, to, step: workers }))
  await Promise.all(
    shares.map(share =>
      worked(share, lived => {
        rollouts += lived.rollouts
        progress(rollouts, failed.length)
        if (lived.text === undefined) return
        failed.push(lived.seed)
        console.log(lived.text)
      })
    )
  )
  const minutes = (performance.now() - startedAt) / 60_000
  const perMinute = Math.round(rollouts / minutes)
  console.log(
    `${to - from} seeds, ${rollouts} rollouts in ${(minutes * 60).toFixed(1)} s on ${workers} threads: ${perMinute} rollouts a minute`
  )
  console.log(
    failed.length === 0 ? 'no rule was broken' : `broken by seed ${failed.toSorted((a, b) => a - b).join(', ')}`
  )
  process.exitCode = failed.length === 0 ? 0 : 1
}

/** A line after each tenth of the seeds, and each half minute, with what it will take on. */
function progressTeller(seeds: number): (rollouts: number, broken: number) => void {
  const startedAt = performance.now()
  let [lived, saidAt, saidOf] = [0, startedAt, 0]
  return (rollouts, broken) => {
    lived += 1
    const now = performance.now()
    const isTenth = Math.floor((lived * 10) / seeds) > Math.floor((saidOf * 10) / seeds)
    if (lived === seeds || (now - saidAt < SAY_EVERY_MS && !(isTenth && now - saidAt >= SAY_AT_MOST_EVERY_MS))) return
    ;[saidAt, saidOf] = [now, lived]
    const leftS = Math.round(((now - startedAt) / lived / 1_000) * (seeds - lived))
    console.log(`${lived} of ${seeds} seeds, ${rollouts} rollouts, ${broken} broken; ${leftS} s to go`)
  }
}

function worked(share: Share, onLived: (lived: Lived) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: share })
    worker.on('message', onLived)
    worker.once('error', reject)
    worker.once('exit', () => resolve())
  })
}

if (isMainThread) await main()
else await liveShare(workerData as Share)
