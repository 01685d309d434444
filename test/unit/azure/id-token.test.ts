import { expect, test } from '@jest/globals'
import { IdTokenError } from '../../../src/azure/sign-in/github-id-token.ts'
import { keepIdToken } from '../../../src/azure/sign-in/id-token.ts'

const MAY_ASK = { inGitHub: true, mayAskForIdTokens: true }

/** GitHub answers in turn with `answers`; each is asked for at the time that `at` says then. */
function idTokens(answers: (string | Error)[], job = MAY_ASK) {
  const time = { now: 0 }
  const asked: number[] = []
  const kept = keepIdToken({
    audience: 'api://AzureADTokenExchange',
    clock: { now: () => time.now, sleep: () => Promise.resolve() },
    job,
    getIdToken: async () => {
      const answer = answers[asked.push(time.now) - 1] ?? 'one too many'
      if (answer instanceof Error) throw answer
      return answer
    }
  })
  return { kept, time, asked }
}

test('an ID token serves for ten seconds, and no longer', async () => {
  const { kept, time } = idTokens(['first', 'second'])
  const seen: string[] = []
  for (time.now of [0, 9_999, 10_000]) seen.push(await kept.get())
  expect(seen).toEqual(['first', 'first', 'second'])
})

test('an ID token that is dropped is asked for again at once', async () => {
  const { kept } = idTokens(['first', 'second'])
  await kept.get()
  kept.drop()
  expect(await kept.get()).toBe('second')
})

test('a failure is not kept: the next call asks again, and an ID token clears it', async () => {
  const { kept, asked } = idTokens([new IdTokenError('GitHub answered 503', { mayPass: true }), 'second'])
  await expect(kept.get()).rejects.toMatchObject({ reason: 'sign-in-failed' })
  expect(kept.failure()).toMatchObject({ mayPass: true, error: { reason: 'sign-in-failed' } })
  expect([await kept.get(), kept.failure(), asked.length]).toEqual(['second', undefined, 2])
})

test.each([
  ['GitHub’s refusal', new IdTokenError('no', { mayPass: false }), MAY_ASK, false],
  ['GitHub’s absence', new IdTokenError('no answer', { mayPass: true }), MAY_ASK, true],
  ['what nobody knows', new Error('odd'), MAY_ASK, true],
  [
    'a job without the permission',
    new IdTokenError('no answer', { mayPass: true }),
    { ...MAY_ASK, mayAskForIdTokens: false },
    false
  ]
])('after %s another try may help: %#', async (_, answer, job, mayPass) => {
  const { kept } = idTokens([answer], job)
  await expect(kept.get()).rejects.toThrow()
  expect(kept.failure()?.mayPass).toBe(mayPass)
})

test('how long GitHub asks to wait is kept with the failure', async () => {
  const { kept } = idTokens([new IdTokenError('GitHub answered 429', { mayPass: true, retryAfterMs: 17_000 })])
  await expect(kept.get()).rejects.toThrow()
  expect(kept.failure()?.retryAfterMs).toBe(17_000)
})

test('what the last ID token said of itself is known', async () => {
  const claims = Buffer.from(JSON.stringify({ sub: 'repo:o/n:ref:refs/heads/main' })).toString('base64url')
  const { kept } = idTokens([`h.${claims}.s`])
  expect(kept.facts()).toBeUndefined()
  await kept.get()
  expect(kept.facts()?.subject).toBe('repo:o/n:ref:refs/heads/main')
})
