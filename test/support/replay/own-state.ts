/** A GET that is replayed on what the embedded Azure itself made of the writes before it: nothing is seeded from its answer. */
import { isObject, pathOf } from './recorded-resources.ts'
import { isSorted, type Recorded, type Recording } from './recordings.ts'
import { awaited, begin, lacksBody, timeOf, type Begun, type Replayed } from './replay.ts'
import { spoken } from './spoken.ts'

/** `absent` where the recording has no write of the resource that is asked for, or doesn't show the world before it. */
export function replayOnOwnState(recording: Recording, index: number): Replayed {
  const { name, exchanges } = recording
  const asked = exchanges[index]
  if (asked === undefined || asked.request.method !== 'GET' || asked.op.endsWith(':poll')) return { kind: 'absent' }
  // What comes after, the GET itself among it, is kept from the world.
  const before = exchanges.slice(0, index)
  const writes = lastLife(before, asked)
  const [first] = writes
  if (first === undefined || (isSorted(recording) && writesOf(exchanges, asked).some(one => isAtOnce(one, asked))))
    return { kind: 'absent' }
  const begun = begin({ name, exchanges: before }, before.indexOf(first))
  if (begun === undefined) return { kind: 'absent' }
  for (const [at, write] of writes.entries()) {
    const answered = begun.send(write.request)
    if (answered.kind !== 'answered' || answered.answer.status !== write.response.status) return { kind: 'absent' }
    elapse(begun, write, writes[at + 1] ?? asked)
  }
  return looked(begun, asked)
}

/** Writes of the resource that a GET asks for, from the one that made it: those before it was last made are of another life. */
function lastLife(before: Recorded[], asked: Recorded): Recorded[] {
  const writes = writesOf(before, asked)
  const made = writes.findLastIndex(makes)
  const life = writes.slice(Math.max(made, 0))
  const canAll = life.every(one => spoken(one.request) !== undefined && !lacksBody(one))
  return made >= 0 && canAll ? life : []
}

const writesOf = (exchanges: Recorded[], asked: Recorded): Recorded[] =>
  exchanges.filter(one => isWriteOf(one, asked) && one.response.status < 300)

const isAtOnce = (one: Recorded, other: Recorded): boolean => one.recordedAt === other.recordedAt

const makes = ({ op, request }: Recorded): boolean =>
  op === 'dp:pool.add' || (request.method === 'PUT' && !op.startsWith('dp:'))

function isWriteOf(one: Recorded, asked: Recorded): boolean {
  const { method, body, uri } = one.request
  if (method === 'GET' || method === 'HEAD' || new URL(uri).host !== new URL(asked.request.uri).host) return false
  const [path, target] = [one, asked].map(each => pathOf(each).toLowerCase()) as [string, string]
  if (one.op === 'dp:pool.add') return isObject(body) && target === `/pools/${String(body['id']).toLowerCase()}`
  return (
    path === target ||
    (method === 'POST' && path.startsWith(`${target}/`) && !path.slice(target.length + 1).includes('/'))
  )
}

/** As long as passed when it was recorded; operations of Compute are done before the next, whatever they take here. */
function elapse(begun: Begun, from: Recorded, to: Recorded): void {
  const passed = Math.max(timeOf(to) - timeOf(from), 0)
  begun.pass(from.op.startsWith('compute:') && to.request.method !== 'GET' ? Math.max(passed, LONG_MS) : passed)
}

/** No operation of Compute takes longer here. */
const LONG_MS = 3_600_000

/** How long things take isn't compared: what was recorded as done is looked at when it is done here too. */
const looked = (begun: Begun, asked: Recorded): Replayed =>
  awaited(
    begun,
    () => begun.send(asked.request),
    answer => stateOf(answer) !== stateOf(asked.response)
  )

function stateOf({ status, body }: Pick<Recorded['response'], 'status' | 'body'>): string {
  const { provisioningState, allocationState } =
    isObject(body) && isObject(body['properties']) ? body['properties'] : {}
  const state = isObject(body) ? body['allocationState'] : undefined
  return [status, provisioningState, allocationState, state].join(' ')
}
