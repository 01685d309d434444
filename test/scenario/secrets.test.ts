import { expect, test } from '@jest/globals'
import type { EmulatorAnswer, EmulatorRequest, Fault } from '../../emulator/index.ts'
import type { RunContext } from '../../src/model/spec.ts'
import { CANARIES, decoded, FARM_KEY, TOLD_BY_AZURE } from '../support/echoes.ts'
import { defaultWorld, IDS, onAzure, POOL_SPEC, RELEASE_INPUTS, type Story, type Told } from '../support/story.ts'

const POOL_WITH_SECRET = POOL_SPEC.replace(
  'waitForSuccess: true',
  "waitForSuccess: true\n    environmentSettings: [{ name: FARM_KEY, value: '${env:FARM_KEY}' }]"
)

/** Whatever a run writes, as one text, and the same without what escaping does to it. */
function leftBy({ annotations, debug, journal, log, outputs, plan, summary }: Told): string {
  const parts = [log, debug, annotations, journal, outputs, plan].map(part => JSON.stringify(part))
  return decoded([...log, ...debug, summary, ...parts].join('\n'))
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

test('what a pool has is in no plan, though the way back puts it back: only Azure knows it', async () => {
  const secret = 's3cr3t-of-the-pool'
  const had = POOL_SPEC.replace(
    'waitForSuccess: true',
    `waitForSuccess: true\n    environmentSettings: [{ name: LICENSE, value: ${secret} }]`
  )
  const wanted = POOL_SPEC.replace('mount -a', 'mount --all')
  const failing = { nodes: { render: { startTaskFails: 'all', startTaskFailsOn: '/versions/2.0.0' } } } as const
  const world = defaultWorld()
  world.behaviour = { ...world.behaviour, ...failing }
  await onAzure({ world }, async ({ emulator, story }) => {
    await story({ inputs: { ...RELEASE_INPUTS, 'pool-spec-inline': had } })
    const inputs = {
      ...RELEASE_INPUTS,
      'pool-spec-inline': wanted,
      'image-version': '2.0.0',
      'image-change': 'in-place',
      prove: 'canary'
    }
    const told = await story({ inputs, context: { runId: '4712' } })
    expect(told.log.join('\n')).toContain('was rolled back to farm/render-node/1.0.0')
    expect(JSON.stringify(emulator.state().find(({ id }) => id === IDS.pool))).toContain(secret)
    expect(leftBy(told)).not.toContain(secret)
  })
})
