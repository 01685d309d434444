import { REPETITION, type Repetition } from '../model/failure.ts'
import type { Failure, Outcome, Standing, StandingState } from '../model/outcome.ts'

/** By whether a run with the same inputs can go well. */
const GOING_ON: Readonly<Record<Repetition, string>> = {
  helps: 'another run with the same inputs resumes where this one stopped, and makes nothing twice',
  'after-change':
    'once that is done, another run resumes where this one stopped, and makes nothing twice; before, it would fail in the same way',
  unknown:
    'another run resumes where this one stopped, and makes nothing twice; whether it fails in the same way isn’t known'
}
const NEW_IMAGE =
  'once the image is fixed, a new run makes another version (image-version: auto); a re-run of this one, or of a version ' +
  'that image-version names, only tries the same image again'
const OTHER_IMAGE =
  'roll out another version, such as the newest that nodes have proved (image-id: {definition}/latest-proved); this one is ' +
  'refused from now on, unless force is "true"'
const OPEN_IMAGE =
  'the image version isn’t tagged as failed, for none of its nodes failed again after a second chance; if it is the ' +
  'image that must be fixed, delete the version first, or name another one (image-version)'
const SENTENCE_END = /[.]$/

/** What to do after a failure, in order, as sentences: the failure's own way out first. */
export function whatToDo(failure: Failure, outcome: Outcome): string[] {
  const { standing } = outcome
  const isAny = (state: StandingState): boolean => standing.some(one => one.state === state)
  const advice = [failure.wayOut]
  const nodes = outcome.pools.reduce((sum, one) => sum + one.nodes.length, 0)
  if (isAny('new-pool') && nodes > 0) {
    const has =
      nodes === 1 ? '1 node, which costs money while it stands' : `${nodes} nodes, which cost money while they stand`
    advice.push(`the pool has ${has}: resize it to 0 if it takes long`)
  }
  const goingOn = GOING_ON[failure.repetition ?? REPETITION[failure.reason]]
  if (isAny('failed-version')) advice.push(NEW_IMAGE)
  else if (isAny('failed-given-version')) advice.push(OTHER_IMAGE)
  else if (mayBeUsedAgainThoughBad(failure, outcome)) advice.push(goingOn, OPEN_IMAGE)
  else if (standing.length > 0) advice.push(goingOn)
  const former = standing.filter(wasThereBefore)
  // Nobody is told to delete what is live.
  const isLive = isAny('finished-version') || isAny('finished-pool')
  if (former.length < standing.length && !isLive) {
    const save = former.length === 0 ? '' : ` save ${saved(former)} there before`
    advice.push(`to give it up instead, delete what stands${save}, in the order of the table from its end`)
  }
  return advice.map(asSentence)
}

const FORMER: ReadonlySet<StandingState> = new Set([
  'held-vm',
  'stopped-vm',
  'former-version',
  'failed-given-version',
  'former-pool',
  'rolled-back-pool',
  'emptied-pool'
])

const wasThereBefore = ({ state }: Standing): boolean => FORMER.has(state)

function saved(rows: readonly Standing[]): string {
  const roles = rows.map(({ role }) => `the ${role}`).join(' and ')
  return `${roles}, which ${rows.length === 1 ? 'was' : 'were'}`
}

/** The next run goes on with an open version, whatever its nodes did: whoever fixes the image needs another one. */
function mayBeUsedAgainThoughBad({ reason }: Failure, { standing }: Outcome): boolean {
  const byNodes = reason === 'nodes-unhealthy' || reason === 'nodes-stuck'
  return byNodes && standing.some(({ state }) => state === 'open-version')
}

function asSentence(text: string): string {
  const upper = text.charAt(0).toUpperCase() + text.slice(1)
  return SENTENCE_END.test(upper) ? upper : `${upper}.`
}
