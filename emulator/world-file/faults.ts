import { z } from 'zod'
import { RESETS, type Fault, type FaultAnswer, type FaultScope } from '../kernel/faults.ts'
import { OUTCOMES, type Operation, type Outcome } from '../kernel/types.ts'
import type { Known } from './known.ts'
import { unknownName } from './nearest.ts'
import type { Problem } from './problems.ts'
import { byName, count, list, object, oneOf, problemsOf, text, type ShapeOf } from './shapes.ts'

const scope = {
  operation: text,
  url: text.exactOptional(),
  skip: count.exactOptional(),
  times: count
} satisfies ShapeOf<FaultScope>

const answer = {
  status: z.int({ error: 'an HTTP status is needed' }).min(100).max(599).exactOptional(),
  code: text.exactOptional(),
  message: z.string().exactOptional(),
  headers: byName(z.string({ error: 'a text is needed' })).exactOptional(),
  body: z.json().exactOptional(),
  reset: oneOf(RESETS).exactOptional()
} satisfies ShapeOf<FaultAnswer>

const outcome = {
  outcome: oneOf(OUTCOMES),
  code: text,
  message: z.string({ error: 'a text is needed' })
} satisfies ShapeOf<Outcome>

const answered = object({ ...scope, respond: object(answer) })
const ended = object({ ...scope, ...outcome })

/** All that can't be in a script of faults: a fault that nothing meets would make a test green that means to see a failure. */
export function faultProblems(faults: readonly Fault[], { operations }: Known): Problem[] {
  const wrong = problemsOf(list(z.looseObject({}, { error: 'an object is needed' })), faults, ['faults'])
  if (wrong.length > 0) return wrong
  return faults.flatMap((fault, index) => {
    const path = ['faults', index]
    const hasOutcome = 'outcome' in fault
    if (hasOutcome === 'respond' in fault)
      return [{ path, value: fault, message: 'either respond or outcome is needed' }]
    const structure = problemsOf(hasOutcome ? ended : answered, fault, path)
    return [
      ...structure,
      ...operationProblems(fault, operations).map(problem => ({ ...problem, path: [...path, ...problem.path] }))
    ]
  })
}

function operationProblems(fault: Fault, operations: Known['operations']): Problem[] {
  if (typeof fault.operation !== 'string') return []
  const operation = operations.get(fault.operation)
  const value = fault.operation
  if (operation === undefined) {
    return [{ path: ['operation'], value, message: unknownName(value, 'an operation', [...operations.keys()]) }]
  }
  if (!('outcome' in fault) || endsLater(operation)) return []
  return [{ path: ['outcome'], value: fault.outcome, message: `${value} ends at once; respond is needed` }]
}

/** Whether an operation is polled for its end: all changes of Compute are, but for this one. */
const endsLater = ({ id, method, path }: Operation): boolean =>
  path.includes('/Microsoft.Compute/') && method !== 'GET' && method !== 'HEAD' && id !== 'VirtualMachines_Generalize'
