/** A runner whose time is another than ours. It is loaded before `dist/`, which stays as it is. */

export type RunnerTime = {
  /** How much faster time passes; 1 by default. */
  speed?: number
  /** How far its clock is ahead of everybody else's. */
  aheadMs?: number
}

/** Variables for a step on such a runner. */
export function runnerTime({ speed = 1, aheadMs = 0 }: RunnerTime): { NODE_OPTIONS: string } {
  const module = `(${changeTime.toString()})(${speed}, ${aheadMs})`
  return { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(module)}` }
}

/** Runs in the step's process. Node's own timers, those of its connections, are none of these. */
function changeTime(speed: number, aheadMs: number): void {
  const { Date: OurDate, setTimeout: ourTimeout, setInterval: ourInterval } = globalThis
  const startedAt = OurDate.now()
  const now = (): number => Math.floor(startedAt + aheadMs + (OurDate.now() - startedAt) * speed)
  globalThis.Date = new Proxy(OurDate, {
    construct: (target, given: [] | [string]) => (given.length === 0 ? new target(now()) : new target(...given)),
    get: (target, name, receiver) => (name === 'now' ? now : (Reflect.get(target, name, receiver) as unknown))
  })
  const faster =
    (timer: typeof ourTimeout | typeof ourInterval) =>
    (done: () => void, ms = 0, ...given: unknown[]) =>
      (timer as (...all: unknown[]) => unknown)(done, ms / speed, ...given)
  Object.assign(globalThis, { setTimeout: faster(ourTimeout), setInterval: faster(ourInterval) })
}
