/** The ways in which an exchange is disturbed, and how a run may end then. */
import type { FailureReason } from '../../src/model/failure.ts'
import type { Traced } from './trace.ts'

export type Wrong =
  | { kind: 'killed'; when: 'before' | 'after' }
  | { kind: 'cancelled' }
  | { kind: 'answer'; status: number; code?: string; headers?: Record<string, string> }
  | { kind: 'reset'; when: 'before' | 'after' }
  | { kind: 'silence' }
  | { kind: 'truncated' }
  | { kind: 'operation'; outcome: 'Failed' | 'Canceled' | 'endless' }

export type Disturbance = {
  id: string
  about: string
  wrong: Wrong
  /** Whatever the run asks of that kind of resource in that way from then on, too; otherwise the one exchange alone. */
  forGood?: true
  /** How the run may end besides well: the list is as short as it can be. */
  reasons: readonly FailureReason[]
  meets(exchange: Traced): boolean
}

/** Sign-in has its own answers, and its failures their own reason. */
export const isSignIn = ({ operation }: Pick<Traced, 'operation'>): boolean =>
  /^(GitHub|Entra|Metadata)_/.test(operation)
const isGitHub = ({ operation }: Traced): boolean => operation.startsWith('GitHub_')

const always = (): boolean => true
const ofAzure = (exchange: Traced): boolean => !isSignIn(exchange)
const changes = (exchange: Traced): boolean => ofAzure(exchange) && exchange.method !== 'GET'

/** Long-running operations that run by Azure's clock, and what makes them endless in a world. */
export const LONG_RUNNING: Readonly<Record<string, (traced: Traced) => readonly string[]>> = {
  Snapshots_CreateOrUpdate: () => ['snapshot.create'],
  Snapshots_Delete: () => ['snapshot.delete'],
  GalleryImages_CreateOrUpdate: () => ['galleryImage.create'],
  GalleryImageVersions_CreateOrUpdate: ({ stage }) => [
    stage === 'create-image-version' ? 'galleryImageVersion.create' : 'galleryImageVersion.update'
  ],
  Images_CreateOrUpdate: () => ['image.create'],
  // The second comes after the first, which would take as long.
  VirtualMachines_Update: ({ stage }) => (stage === 'stop-vm' ? ['virtualMachine.update'] : []),
  VirtualMachines_Deallocate: () => ['virtualMachine.deallocate'],
  VirtualMachines_Start: () => ['virtualMachine.start']
}
const begins = ({ operation }: Traced): boolean => operation in LONG_RUNNING
const canTakeLonger = (traced: Traced): boolean => (LONG_RUNNING[traced.operation]?.(traced) ?? []).length > 0

const refused: readonly FailureReason[] = [
  'azure-error',
  'pool-refused',
  'image-failed',
  'snapshot-failed',
  'vm-failed'
]
const ended: readonly FailureReason[] = [
  'azure-error',
  'image-failed',
  'snapshot-failed',
  'replication-failed',
  'vm-failed'
]
const answer = (status: number, code?: string, headers?: Record<string, string>): Wrong => ({
  kind: 'answer',
  status,
  ...(code === undefined ? {} : { code }),
  ...(headers === undefined ? {} : { headers })
})

export const DISTURBANCES: readonly Disturbance[] = [
  {
    id: 'killed-before',
    about: 'the process is killed before it',
    wrong: { kind: 'killed', when: 'before' },
    reasons: [],
    meets: exchange => !isGitHub(exchange)
  },
  {
    id: 'killed-after',
    about: 'the process is killed when Azure has acted',
    wrong: { kind: 'killed', when: 'after' },
    reasons: [],
    meets: exchange => !isGitHub(exchange)
  },
  {
    id: 'cancelled',
    about: 'the run is cancelled while it is under way',
    wrong: { kind: 'cancelled' },
    reasons: ['cancelled'],
    meets: always
  },
  {
    id: '429-retry-after',
    about: '429 with Retry-After',
    wrong: answer(429, 'TooManyRequests', { 'retry-after': '20' }),
    reasons: [],
    meets: always
  },
  { id: '429', about: '429 without Retry-After', wrong: answer(429, 'TooManyRequests'), reasons: [], meets: always },
  { id: '500', about: '500', wrong: answer(500, 'InternalServerError'), reasons: [], meets: always },
  { id: '503', about: '503 without a body', wrong: answer(503), reasons: [], meets: always },
  { id: '504', about: '504', wrong: answer(504, 'GatewayTimeout'), reasons: [], meets: always },
  {
    id: 'timeout',
    about: 'Azure acts, and never answers',
    wrong: { kind: 'silence' },
    reasons: [],
    meets: exchange => !isGitHub(exchange)
  },
  {
    id: 'reset-before',
    about: 'the connection is reset before Azure has seen it',
    wrong: { kind: 'reset', when: 'before' },
    reasons: [],
    meets: always
  },
  {
    id: 'reset-after',
    about: 'the connection is reset when Azure has acted',
    wrong: { kind: 'reset', when: 'after' },
    reasons: [],
    meets: always
  },
  {
    id: 'truncated',
    about: 'half of the answer’s JSON',
    wrong: { kind: 'truncated' },
    reasons: [],
    meets: ({ hasBody }) => hasBody
  },
  {
    id: 'operation-failed',
    about: 'the operation that it begins ends as Failed',
    wrong: { kind: 'operation', outcome: 'Failed' },
    reasons: ended,
    meets: begins
  },
  {
    id: 'operation-canceled',
    about: 'the operation that it begins ends as Canceled',
    wrong: { kind: 'operation', outcome: 'Canceled' },
    reasons: ended,
    meets: begins
  },
  {
    id: 'operation-endless',
    about: 'the operations of that kind take half a day',
    wrong: { kind: 'operation', outcome: 'endless' },
    reasons: ['deadline-exceeded'],
    meets: canTakeLonger
  },
  { id: '409', about: '409', wrong: answer(409, 'Conflict'), reasons: refused, meets: changes },
  {
    id: '412',
    about: '412 where a condition was sent',
    wrong: answer(412, 'ConditionNotMet'),
    reasons: ['pool-changed', 'vm-failed'],
    meets: ({ isConditional }) => isConditional
  },
  {
    id: '404',
    about: '404 of something that is there',
    wrong: answer(404, 'ResourceNotFound'),
    // Of what the run reads for the first time, or of what a write needs; what it knows to be there is asked for again.
    // Asked to make something, Azure says 404 of what it is to be made from: a refusal, not a delay.
    reasons: ['check-failed', 'azure-error', 'pool-changed', 'pool-refused', 'image-failed'],
    meets: exchange => ofAzure(exchange) && exchange.status < 300
  },
  { id: '401', about: '401', wrong: answer(401, 'ExpiredAuthenticationToken'), reasons: [], meets: ofAzure },
  {
    id: '401-for-good',
    about: '401 from then on',
    wrong: answer(401, 'ExpiredAuthenticationToken'),
    forGood: true,
    reasons: ['sign-in-failed'],
    meets: ofAzure
  },
  {
    id: '403-for-good',
    about: '403 from then on',
    wrong: answer(403, 'AuthorizationFailed'),
    forGood: true,
    reasons: ['permission-denied'],
    meets: ofAzure
  },
  {
    id: '503-for-good',
    about: '503 from then on',
    wrong: answer(503, 'ServiceUnavailable'),
    forGood: true,
    reasons: ['azure-unreachable', 'deadline-exceeded'],
    meets: ofAzure
  }
]

export function disturbanceOf(id: string): Disturbance {
  const found = DISTURBANCES.find(one => one.id === id)
  if (found === undefined) {
    throw new Error(`disturbance: "${id}" is none; ${DISTURBANCES.map(one => one.id).join(', ')}`)
  }
  return found
}

/** Where sign-in is what was disturbed, it may be what fails. */
export function reasonsFor({ reasons, id }: Disturbance, exchange: Traced): readonly FailureReason[] {
  return isSignIn(exchange) && id !== 'cancelled' ? [...reasons, 'sign-in-failed'] : reasons
}
