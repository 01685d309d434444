import type { Emulator, EmulatorAnswer, EmulatorRequest, Fault } from './index.ts'

/** The emulator's own paths, which are none of Azure's. */
export const CONTROL_PREFIX = '/_emulator/'

/** Answers a call of the control plane. `advance` moves Azure's clock by ms. */
export function control(emulator: Emulator, request: EmulatorRequest, advance: (ms: number) => void): EmulatorAnswer {
  const { pathname } = new URL(request.url)
  const asked = `${request.method} ${pathname.slice(CONTROL_PREFIX.length)}`
  try {
    switch (asked) {
      case 'GET journal':
        return text(
          emulator
            .journal()
            .map(exchange => `${JSON.stringify(exchange)}\n`)
            .join(''),
          'application/x-ndjson'
        )
      case 'GET state':
        return json(emulator.state())
      case 'GET faults':
        return json(emulator.unusedFaults())
      case 'PUT faults':
        emulator.addFaults(JSON.parse(request.body ?? '') as Fault[])
        return json(emulator.unusedFaults())
      case 'GET clock':
        return json({ now: emulator.now() })
      case 'POST clock':
        advance(readAdvance(request.body))
        return json({ now: emulator.now() })
      default:
        return json(
          {
            error: `control plane: "${asked}" is not known; GET journal, state, faults or clock, PUT faults, POST clock`
          },
          404
        )
    }
  } catch (error) {
    return json({ error: error instanceof Error ? error.message : String(error) }, 400)
  }
}

function readAdvance(body = ''): number {
  const { advanceMs } = JSON.parse(body) as { advanceMs?: unknown }
  if (typeof advanceMs === 'number' && advanceMs >= 0) return advanceMs
  throw new Error(`clock: got "${body}"; {"advanceMs": number} of 0 or more is needed`)
}

const json = (value: unknown, status = 200): EmulatorAnswer => text(JSON.stringify(value), 'application/json', status)

const text = (body: string, type: string, status = 200): EmulatorAnswer => ({
  status,
  headers: { 'content-type': type },
  body
})
