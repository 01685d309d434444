import type { SignIn, Spec, SpecCommon } from '../model/spec.ts'
import { makesImage, rollsOut } from './by-command.ts'
import { defined } from './defined.ts'
import { readInputs, type InputReader } from './input-reader.ts'
import { parseImage } from './parse-image.ts'
import { parseTags } from './parse-list.ts'
import { parseRollout, type InputFiles } from './parse-rollout.ts'
import { parseAudience, parseBoolean, parseCloud, parseDuration, parseGuid } from './parse-value.ts'
import { checkSubscriptions } from './subscription-rules.ts'
import { undeclaredInputs } from './undeclared.ts'

/**
 * The inputs of action.yml, each read once, as a whole Spec.
 * @param read an input's text; '' where it isn't given.
 * @throws InputError with everything that is wrong.
 */
export function parseInputs(read: (name: string) => string, files: InputFiles): Spec {
  const reader = readInputs(read)
  const { command } = reader
  for (const { input, message } of undeclaredInputs(files.env)) reader.complain(input, message)
  const common = parseCommon(reader)
  const image = command === undefined || makesImage(command) ? parseImage(reader) : undefined
  const rollout = command === undefined || rollsOut(command) ? parseRollout(reader, files, image?.publishTo) : undefined
  checkSubscriptions(reader, { subscriptionId: common.signIn.subscriptionId, image, rollout })
  reader.throwIfAny()
  // Without a problem the parts are whole, and there are those that the command needs.
  return { ...common, ...defined({ command, image, rollout }) } as Spec
}

function parseCommon(reader: InputReader): SpecCommon {
  const tags = reader.command === 'rollout' ? undefined : reader.takeOptional('tags', parseTags)
  return {
    dryRun: reader.take('dry-run', parseBoolean),
    signIn: parseSignIn(reader),
    cloud: reader.take('cloud', parseCloud),
    deadlineMs: reader.take('deadline', text => parseDuration(text, '1m', '5d')),
    pollIntervalMs: reader.take('poll-interval', text => parseDuration(text, '1s', '10m')),
    tags: tags ?? {}
  }
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
