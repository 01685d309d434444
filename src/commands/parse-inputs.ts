import type { RolloutSpec, RunSpec, SignIn, SpecCommon } from '../model/spec.ts'
import { USED_BY, type InputName } from '../inputs/action-defaults.ts'
import { defined } from '../inputs/defined.ts'
import { readInputs, type InputReader } from '../inputs/input-reader.ts'
import { parseTags } from '../inputs/parse-list.ts'
import type { InputFiles } from '../inputs/parse-pool.ts'
import { parseAudience, parseBoolean, parseCloud, parseCount, parseDuration, parseGuid } from '../inputs/parse-value.ts'
import { checkSubscriptions } from '../inputs/subscription-rules.ts'
import { COMMANDS } from './index.ts'
import { undeclaredInputs } from '../inputs/undeclared.ts'

/**
 * The inputs of action.yml, each read once, as a whole Spec.
 * @param read an input's text; '' where it isn't given.
 * @throws InputError with everything that is wrong.
 */
export function parseInputs(read: (name: string) => string, files: InputFiles): RunSpec {
  const reader = readInputs(read)
  const { command } = reader
  for (const { input, message } of undeclaredInputs(files.env)) reader.complain(input, message)
  const common = parseCommon(reader)
  // Of a command that isn't known, whatever is wrong with the inputs of the whole chain.
  const { image, rollouts } = COMMANDS[command ?? 'release'].parse(reader, files)
  checkBake(reader, common, rollouts)
  checkSubscriptions(reader, { subscriptionId: common.signIn.subscriptionId, image, rollouts })
  const maxParallel = parseMaxParallel(reader)
  reader.throwIfAny()
  // Without a problem the parts are whole, and there are those that the command needs.
  return { ...common, ...defined({ command, image, rollouts, maxParallel }) } as RunSpec
}

function parseCommon(reader: InputReader): SpecCommon {
  const tags = isUsed(reader, 'tags') ? reader.takeOptional('tags', parseTags) : undefined
  return {
    dryRun: reader.take('dry-run', parseBoolean),
    signIn: parseSignIn(reader),
    cloud: reader.take('cloud', parseCloud),
    deadlineMs: reader.take('deadline', text => parseDuration(text, '1m', '5d')),
    pollIntervalMs: reader.take('poll-interval', text => parseDuration(text, '1s', '10m')),
    tags: tags ?? {}
  }
}

/** The run can’t outlast its deadline. A value that is wrong itself is undefined here, and was told. */
function checkBake(
  reader: InputReader,
  { deadlineMs }: SpecCommon,
  rollouts: readonly Pick<RolloutSpec, 'bakeMs'>[] = []
): void {
  if (!rollouts.some(({ bakeMs }) => bakeMs >= deadlineMs)) return
  const [bake, deadline] = [reader.text('bake').trim(), reader.text('deadline').trim()]
  reader.complain(
    'bake',
    `"${bake}" doesn’t fit in deadline "${deadline}"; give the run a longer deadline, or a shorter bake`
  )
}

function parseMaxParallel(reader: InputReader): number {
  return isUsed(reader, 'max-parallel') ? reader.take('max-parallel', text => parseCount(text, 1)) : 1
}

function isUsed({ command }: InputReader, name: InputName): boolean {
  return command === undefined || USED_BY[name].includes(command)
}

function parseSignIn(reader: InputReader): SignIn {
  const guards = defined({
    tenantId: reader.takeOptional('tenant-id', parseGuid),
    subscriptionId: reader.takeOptional('subscription-id', parseGuid)
  })
  if (!reader.isGiven('client-id')) {
    if (reader.isGiven('audience')) reader.complain('audience', 'is only used with client-id; give both or neither')
    return { kind: 'default', ...guards }
  }
  if (!reader.isGiven('tenant-id')) reader.complain('tenant-id', 'is missing; client-id needs it')
  return {
    kind: 'github-oidc',
    tenantId: '',
    clientId: reader.take('client-id', parseGuid),
    audience: reader.take('audience', parseAudience),
    ...guards
  }
}
