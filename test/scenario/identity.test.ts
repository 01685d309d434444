import { describe, expect, test } from '@jest/globals'
import type { EmulatorOptions } from '../../emulator/index.ts'
import type { SignIn } from '../../emulator/kernel/types.ts'
import { defaultWorld, onAzure, RELEASE_INPUTS, type Story, type Told, type World } from '../support/story.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const SUBJECT = 'repo:render/images:ref:refs/heads/main'

type Change = { replicationMs?: number; signIn?: Partial<SignIn> }

/** A world whose image takes `replicationMs` to reach the pool's region: that is how long the run waits. */
function worldOf({ replicationMs, signIn }: Change): World {
  const world = defaultWorld()
  const own = {
    tenantId: '6f1b2c3d-0000-4000-8000-0000000000aa',
    clientId: '6f1b2c3d-0000-4000-8000-0000000000c1',
    objectId: '6f1b2c3d-0000-4000-8000-0000000000d1',
    subject: SUBJECT,
    ...signIn
  }
  const durationsMs = replicationMs === undefined ? {} : { 'galleryImageVersion.replicate.eastus2': replicationMs }
  world.behaviour = {
    ...world.behaviour,
    signIn: own,
    durationsMs: { ...world.behaviour?.durationsMs, ...durationsMs }
  }
  return world
}

type Rollout = Change & { story?: Partial<Story>; options?: Partial<EmulatorOptions> }

function rollout({ options = {}, story = {}, ...change }: Rollout): Promise<Told> {
  return onAzure({ world: worldOf(change), ...options }, azure =>
    azure.story({ ...story, inputs: { ...RELEASE_INPUTS, ...story.inputs } })
  )
}

const count = ({ exchanges }: Told, operation: string): number =>
  exchanges.filter(one => one.operation === operation).length
const statuses = ({ exchanges }: Told, status: number): number =>
  exchanges.filter(({ response }) => response.status === status).length

const warnings = ({ annotations }: Told): string[] =>
  annotations.filter(({ title }) => title === 'the sign-in ends before the deadline').map(({ message }) => message)

describe('over hours', () => {
  test.each([
    ['the same time as Azure', 0],
    ['5 minutes behind Azure', 5 * MINUTE],
    ['5 minutes ahead of Azure', -5 * MINUTE]
  ])('a runner at %s loses no call to sign-in in nearly 6 hours', async (_, skewMs) => {
    const told = await rollout({
      replicationMs: 5.6 * HOUR,
      story: { inputs: { deadline: '6h' } },
      options: { clock: () => Date.now() + skewMs }
    })
    expect([told.ok, told.outputs['failure-reason'], statuses(told, 401)]).toEqual([true, '', 0])
    expect(told.minutes).toBeGreaterThan(5.6 * 60)
    expect(warnings(told)).toEqual([])
    expect(count(told, 'Entra_Token')).toBeGreaterThanOrEqual(7)
    expect(count(told, 'GitHub_IdToken')).toBeLessThanOrEqual(count(told, 'Entra_Token'))
  })

  test('a run that may outlive GitHub’s request token says so at its start, and its last tokens still serve', async () => {
    const told = await rollout({ replicationMs: 6.4 * HOUR, story: { inputs: { deadline: '8h' } } })
    expect([told.ok, told.outputs['failure-reason']]).toEqual([true, ''])
    expect(told.minutes).toBeGreaterThan(6.4 * 60)
    expect(told.log[0]).toMatch(/^warning: GitHub lets this job sign in until 2026-11-23 15:10 UTC only/)
    expect(warnings(told)).toEqual([expect.stringContaining('the deadline is 2026-11-23 17:00 UTC')])
  })

  test('past the end of the last token the run ends as a failed sign-in, with what stands and the way out', async () => {
    const told = await rollout({ replicationMs: 9 * HOUR, story: { inputs: { deadline: '10h' } } })
    expect([told.ok, told.outputs['failure-reason'], told.outputs['failed-step']]).toEqual([
      false,
      'sign-in-failed',
      'image-version'
    ])
    expect(told.minutes).toBeGreaterThan(6 * 60 + 50)
    expect(told.minutes).toBeLessThan(7 * 60 + 10)
    const log = told.log.join('\n')
    expect(log).toContain('this job could ask for one until 2026-11-23 15:10 UTC')
    expect(log).toContain('Run again with the same inputs')
    expect(log.replaceAll(/\s+/g, ' ')).toMatch(/Left standing .*farm\/render-node\/1\.0\.0 image version/)
  })

  test.each([
    ['GitHub', 'GitHub_IdToken', { status: 503 }],
    ['GitHub’s connection', 'GitHub_IdToken', { reset: 'before' as const }],
    ['Entra', 'Entra_Token', { status: 503 }],
    ['Entra’s connection', 'Entra_Token', { reset: 'before' as const }]
  ])('%s may be away for minutes while a token is renewed', async (_, operation, respond) => {
    const faults = [{ operation, skip: 2, times: 5, respond }]
    const told = await rollout({ replicationMs: 2 * HOUR, options: { faults } })
    expect([told.ok, told.outputs['failure-reason']]).toEqual([true, ''])
  })

  test.each(['Metadata_Endpoints', 'Entra_OpenIdConfiguration', 'Entra_Token', 'GitHub_IdToken'])(
    'a 429 at %s, which names no time, is waited for',
    async operation => {
      const faults = [{ operation, times: 1, respond: { status: 429 } }]
      const told = await rollout({ story: { inputs: { 'dry-run': 'true' } }, options: { faults } })
      expect([told.ok, told.outputs['failure-reason']]).toEqual([true, ''])
    }
  )

  test('an ID token that came too late is replaced once', async () => {
    const body = { error: 'invalid_client', error_description: 'AADSTS700024: not within its valid time range.' }
    const faults = [{ operation: 'Entra_Token', times: 1, respond: { status: 401, body } }]
    const told = await rollout({ story: { inputs: { 'dry-run': 'true' } }, options: { faults } })
    expect([told.ok, count(told, 'GitHub_IdToken')]).toEqual([true, 2])
  })
})

const refused = (told: Told): string => told.log.join('\n').replaceAll(/\s+/g, ' ')
const errorOf = ({ annotations }: Told): string => annotations.find(({ level }) => level === 'error')?.message ?? ''

describe('a subject that Entra doesn’t know is told as GitHub sent it, with the command that registers it', () => {
  const IMMUTABLE = 'repo:render@5521987/images@70412233:ref:refs/heads/main'
  test.each([
    [
      'another subject',
      'AADSTS700213',
      'repo:render/images:environment:production',
      'repo:render@5521987/images@70412233:environment:production'
    ],
    [
      'another casing',
      'AADSTS7002138',
      'repo:render/Images:ref:refs/heads/main',
      'repo:render@5521987/Images@70412233:ref:refs/heads/main'
    ],
    ['the immutable form', 'AADSTS700213', IMMUTABLE, SUBJECT]
  ])('%s', async (_, code, sentSubject, otherForm) => {
    const told = await rollout({ signIn: { sentSubject } })
    expect([told.outputs['failure-reason'], told.changes]).toEqual(['sign-in-failed', []])
    const error = errorOf(told)
    expect(error).toContain(code)
    expect(error).toContain(`GitHub sent the subject "${sentSubject}"`)
    expect(error).toContain(`made for "${otherForm}" does not match`)
    const [, json = ''] =
      /az ad app federated-credential create --id 6f1b2c3d-0000-4000-8000-0000000000c1 --parameters '(.*)'/.exec(
        error
      ) ?? []
    expect(JSON.parse(json)).toMatchObject({
      issuer: 'https://token.actions.emulated.github',
      subject: sentSubject,
      audiences: ['api://AzureADTokenExchange']
    })
    expect(error).toContain(`--issuer 'https://token.actions.emulated.github' --subject '${sentSubject}'`)
  })

  test('a branch’s name runs nothing where the command is copied to', async () => {
    const told = await rollout({ signIn: { sentSubject: "repo:render/images:ref:refs/heads/x';reboot;'" } })
    expect(errorOf(told)).toContain(`refs/heads/x'\\'';reboot;'\\'''`)
  })

  test('registered in the immutable form and sent so, it signs in', async () => {
    const told = await rollout({ signIn: { subject: IMMUTABLE }, story: { inputs: { 'dry-run': 'true' } } })
    expect(told.ok).toBe(true)
  })
})

describe('a job that may not ask for an ID token', () => {
  const NONE = { ACTIONS_ID_TOKEN_REQUEST_URL: '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: '' }
  const PULL = {
    ...NONE,
    GITHUB_EVENT_NAME: 'pull_request',
    GITHUB_EVENT_PATH: '/event.json',
    GITHUB_REPOSITORY: 'pixel/farm'
  }
  const event = (head: unknown) => JSON.stringify({ pull_request: { head } })
  const ofFork = event({ label: 'stranger:main', repo: { full_name: 'stranger/farm', fork: true } })
  const ofForkThatIsGone = event({ label: 'stranger:main', repo: null })
  const own = event({ label: 'pixel:main', repo: { full_name: 'Pixel/Farm' } })

  test.each([
    [
      'without the permission',
      NONE,
      '',
      ['Unable to get ACTIONS_ID_TOKEN_REQUEST', 'the permission "id-token: write"']
    ],
    ['outside of GitHub', { ...NONE, GITHUB_ACTIONS: '' }, '', ['This is no job of GitHub']],
    ['of a fork', PULL, ofFork, ['the fork "stranger/farm"', 'branches of this repository only']],
    ['of a fork that is gone', PULL, ofForkThatIsGone, ['the fork "stranger:main"']],
    ['of a pull request of its own', PULL, own, ['the permission "id-token: write"']],
    ['of a pull request whose event can’t be read', PULL, '{', ['the permission "id-token: write"']]
  ])('%s is told why', async (_, env, eventText, says) => {
    const told = await rollout({ story: { env, deps: { readText: () => eventText } } })
    expect(told.outputs['failure-reason']).toBe('sign-in-failed')
    for (const words of says) expect(refused(told)).toContain(words)
    expect(told.changes).toEqual([])
    expect(told.minutes).toBe(0)
  })
})
