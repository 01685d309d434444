/** The inputs `smoke-test` and `smoke-test-timeout`: a command line, or a task as the Batch service takes it. */
import { z } from 'zod'
import { isJsonObject, type JsonObject } from '../model/json.ts'
import type { SmokeTest } from '../model/spec.ts'
import { didYouMean, messageOf } from '../shared/text.ts'
import type { InputReader } from './input-reader.ts'
import type { InputFiles } from './parse-pool.ts'
import { parseDuration } from './parse-value.ts'
import { keysAt, problemsBy, type PathProblem } from './pool-spec-shape.ts'
import { choice, resourceFile, some, startTask, text } from './pool-spec-parts.ts'
import { pathText } from './pool-spec.ts'
import { valueProblems } from './pool-spec-values.ts'
import type { Path } from './pool-spec-document.ts'

const containerSettings = z.strictObject({
  imageName: text,
  containerRunOptions: some(text),
  workingDirectory: some(choice('taskWorkingDirectory', 'containerImageDefault'))
})

/** The Batch service writes in lower case what Resource Manager writes with capitals. */
const userIdentity = z.strictObject({
  userName: some(text),
  autoUser: some(
    z.strictObject({ scope: some(choice('task', 'pool')), elevationLevel: some(choice('nonadmin', 'admin')) })
  )
})

/** Of a task of the Batch service, what says what it does. */
const taskSchema = startTask.pick({ environmentSettings: true }).extend({
  commandLine: z.string().min(1),
  resourceFiles: some(z.array(resourceFile)),
  userIdentity: some(userIdentity),
  containerSettings: some(containerSettings)
})

/** Named by their place in the Batch service’s contract. */
const SET_HERE: ReadonlySet<string> = new Set([
  'id',
  'affinityInfo',
  'requiredSlots',
  'constraints',
  'dependsOn',
  'multiInstanceSettings',
  'exitConditions'
])

/** Undefined where none is asked for, or it is wrong: then a problem was noted. */
export function parseSmokeTest(reader: InputReader, { env }: InputFiles): SmokeTest | undefined {
  // A dry run sends nothing, and a pull request's job may have no secrets.
  const isSent = reader.text('dry-run').trim() !== 'true'
  const task = reader.takeOptional('smoke-test', given => parseTask(given, isSent ? env : undefined))
  const timeoutMs = reader.take('smoke-test-timeout', given => parseDuration(given, '1m', '1d'))
  return task && { task, timeoutMs }
}

function parseTask(given: string, env: InputFiles['env'] | undefined): SmokeTest['task'] {
  const isJson = given.startsWith('{')
  const task = isJson ? readTask(given) : { commandLine: given }
  const problems = [...problemsBy(taskSchema, task, unknownProperty), ...valueProblems(task, env)]
  if (problems.length > 0)
    throw new AggregateError(problems.map(({ path, message }) => new Error(lineOf(isJson ? path : [], message))))
  return task as SmokeTest['task']
}

function readTask(given: string): JsonObject {
  try {
    const value = JSON.parse(given) as unknown
    if (isJsonObject(value)) return value
  } catch (error) {
    throw new Error(`is neither a command line nor JSON: ${messageOf(error)}`, { cause: error })
  }
  throw new Error('is JSON, and no task; a task is an object with commandLine')
}

function unknownProperty(key: string, path: Path): PathProblem {
  const isSet = path.length === 0 && SET_HERE.has(key)
  const known = keysAt(taskSchema, path)
  const message = isSet
    ? 'is set by the action; leave it out'
    : `is not taken in a smoke test${didYouMean(key, known)}; known here: ${known.join(', ')}`
  return { path: [...path, key], message }
}

const lineOf = (path: Path, message: string): string => (path.length === 0 ? message : `${pathText(path)}: ${message}`)
