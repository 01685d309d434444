import { expect, test } from '@jest/globals'
import type { EmulatorAnswer, EmulatorRequest, Fault } from '../../emulator/index.ts'
import type { RunContext } from '../../src/model/spec.ts'
import { onAzure, POOL_SPEC, RELEASE_INPUTS, type Story, type Told } from '../support/story.ts'

const FARM_KEY = 'canary of the farm "==" <b>&c_ & 1st line\n2nd line of the canary'
const ACCOUNT_KEY = `${'canary/Account+Key0'.repeat(5).slice(0, 86)}==`
const SAS = 'https://farm.blob.core.windows.net/x?sv=2024-11-04&sr=b&sig=canarySas%2BSignature%3D&se=2026'
const SIGNED =
  'https://management.azure.com/op/1?api-version=2026-03-02&t=1&c=canaryCertificate&s=canary-Signature_&h=canaryHash'
const POOL_WITH_SECRET = POOL_SPEC.replace(
  'waitForSuccess: true',
  "waitForSuccess: true\n    environmentSettings: [{ name: FARM_KEY, value: '${env:FARM_KEY}' }]"
)
const inLowerCase = (text: string): string => text.replaceAll(/%../g, code => code.toLowerCase())
/** As services echo what they were sent. */
const ECHOES = [
  JSON.stringify(JSON.stringify({ value: FARM_KEY })),
  FARM_KEY.replaceAll('"', '\\u0022').replaceAll('<', '\\u003C').replaceAll('\n', '\\n'),
  inLowerCase(encodeURIComponent(FARM_KEY)),
  new URLSearchParams({ value: FARM_KEY }).toString(),
  FARM_KEY.replaceAll('&', '&amp;').replaceAll('"', '&#x22;').replaceAll('<', '&lt;'),
  `${FARM_KEY.slice(0, 25)}... is too long`
]
const TOLD_BY_AZURE = [
  `the value '${FARM_KEY}' is refused`,
  `see ${SAS} and ${SIGNED}`,
  `DefaultEndpointsProtocol=https;AccountName=farm;AccountKey=${ACCOUNT_KEY};EndpointSuffix=core.windows.net`,
  `key ${ACCOUNT_KEY}`,
  'sig=begins*canaryAfterStar',
  `see ${decodeURIComponent(SAS)}`,
  ...ECHOES
].join(' ')

/** What of each canary must be nowhere; of one that may be cut, its beginning. */
const CANARIES = [
  'canary of the',
  '2nd line of the canary',
  ACCOUNT_KEY.slice(0, 20),
  'canarySas',
  'canaryCertificate',
  'canary-Signature_',
  'canaryHash',
  'canaryAfterStar'
]

/** Whatever a run writes, as one text, and the same without what escaping does to it. */
function leftBy({ annotations, debug, journal, log, outputs, plan, summary }: Told): string {
  const parts = [log, debug, annotations, journal, outputs, plan].map(part => JSON.stringify(part))
  const all = [...log, ...debug, summary, ...parts].join('\n')
  const plain = all
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll(/\\+u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    .replaceAll(/%([0-7][0-9a-f])/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
  return `${all}\n${plain}\n${plain.replaceAll(/[\s+]+/g, ' ')}`
}

type Spied = { told: Told; tokens: Set<string>; sentToBatch: string }

/** A release whose every token, request and answer is seen on the wire. */
function spied({ faults = [], story = {} }: { faults?: Fault[]; story?: Partial<Story> }): Promise<Spied> {
  return onAzure({ faults }, async ({ emulator, story: tell }) => {
    const tokens = new Set<string>()
    const handle = emulator.handle
    emulator.handle = (request: EmulatorRequest): EmulatorAnswer => {
      const answer = handle(request)
      const text = `${Object.values(request.headers).join(' ')} ${request.body ?? ''} ${answer.body} ${Object.values(answer.headers).join(' ')}`
      for (const [token] of text.matchAll(/eyJ[\w-]+\.[\w-]+\.[\w-]+|(?<=&[csh]=)[^&\s"]{20,}/g)) tokens.add(token)
      return answer
    }
    const told = await tell({
      env: { FARM_KEY },
      ...story,
      inputs: { ...RELEASE_INPUTS, 'pool-spec-inline': POOL_WITH_SECRET, ...story.inputs }
    })
    const put = told.exchanges.find(({ request }) => request.method === 'PUT' && request.url.includes('/pools/'))
    return { told, tokens, sentToBatch: JSON.stringify(put?.request.body ?? '') }
  })
}

function expectNoSecret({ told, tokens }: Spied): void {
  const left = leftBy(told)
  expect([...CANARIES, ...tokens].filter(secret => left.includes(secret))).toEqual([])
}

const azureTells = (operation: string, status = 400): Fault => ({
  operation,
  times: 1,
  respond: { status, code: 'InvalidRequest', message: TOLD_BY_AZURE }
})

test('of a run that succeeds nothing that is written holds a secret, and Batch gets it whole', async () => {
  const seen = await spied({})
  expect([seen.told.ok, seen.sentToBatch.includes('2nd line of the canary')]).toEqual([true, true])
  expect(seen.tokens.size).toBeGreaterThan(10)
  expect(seen.told.masked).toEqual([FARM_KEY])
  expect(leftBy(seen.told)).toContain('${env:FARM_KEY}')
  expectNoSecret(seen)
})

test.each([
  ['Snapshots_CreateOrUpdate', 'snapshot-failed'],
  ['GalleryImageVersions_CreateOrUpdate', 'image-failed'],
  ['Pool_Create', 'pool-refused'],
  ['VirtualMachines_Get', 'azure-error'],
  ['BatchAccount_Get', 'azure-error']
])('what Azure tells of %s is shown without the secrets in it', async (operation, reason) => {
  const seen = await spied({ faults: [azureTells(operation)] })
  expect(seen.told.outputs['failure-reason']).toBe(reason)
  expect(leftBy(seen.told)).toContain('(hidden)')
  expectNoSecret(seen)
})

test('an operation that fails tells no secret', async () => {
  const faults = [
    {
      operation: 'Snapshots_CreateOrUpdate',
      times: 1,
      outcome: 'Failed' as const,
      code: 'InternalError',
      message: TOLD_BY_AZURE
    }
  ]
  const seen = await spied({ faults })
  expect(seen.told.ok).toBe(false)
  expect(leftBy(seen.told)).toContain('(hidden)')
  expectNoSecret(seen)
})

test('a refused sign-in tells no token', async () => {
  const body = {
    error: 'invalid_client',
    error_description: `AADSTS700027: bad assertion eyJhbGciOiJIUzI1.eyJzdWIiOiJjYW5hcnkifQ.c2ln ${TOLD_BY_AZURE}`
  }
  const seen = await spied({ faults: [{ operation: 'Entra_Token', times: 1, respond: { status: 401, body } }] })
  expect(seen.told.outputs['failure-reason']).toBe('sign-in-failed')
  expect(leftBy(seen.told)).not.toContain('eyJzdWIiOiJjYW5hcnkifQ')
  expectNoSecret(seen)
})

test('a defect tells where it is, and no secret', async () => {
  const broken = (): never => {
    throw new Error(`defect: ${TOLD_BY_AZURE}`, { cause: new TypeError(`cause: ${FARM_KEY}`) })
  }
  const context = { runId: '1', runAttempt: 1, commit: 'c0ffee0', nonce: 'n' }
  const seen = await spied({
    story: { deps: { context: Object.defineProperty(context, 'repository', { get: broken }) as RunContext } }
  })
  expect(seen.told.outputs['failure-reason']).toBe('internal-error')
  expect(seen.told.debug.join('\n')).toMatch(/Error: defect: [^]* at .*broken .*secrets\.test\.ts[^]*TypeError: cause/)
  expectNoSecret(seen)
})

test('a runner that takes no outputs is told of without a secret', async () => {
  const setOutputs = (): never => {
    throw new Error(TOLD_BY_AZURE)
  }
  const seen = await spied({ story: { deps: { setOutputs }, inputs: { 'dry-run': 'true' } } })
  expect(seen.told.log.join('\n')).toContain('the outputs (GITHUB_OUTPUT) could not be written')
  expectNoSecret(seen)
})
