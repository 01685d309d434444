import { expect, test } from '@jest/globals'
import type { GalleryImageVersionId } from '../../src/model/arm-id.ts'
import { PATIENCE_MS, withPatience } from '../../src/azure/patience.ts'
import { inVirtualTime } from '../support/virtual-time.ts'
import { createHttpHeaders, createPipelineRequest, type HttpClient } from '@azure/core-rest-pipeline'
import { calls, GROUP, START, withAzure, type ScriptedAnswer } from './azure.ts'

const VERSION = `${GROUP}/providers/Microsoft.Compute/galleries/g/images/d/versions/1.0.0` as GalleryImageVersionId
const LOST: ScriptedAnswer = { fails: 'ECONNRESET' }
const BUSY: ScriptedAnswer = { status: 409, body: { error: { code: 'Conflict', message: 'another operation' } } }

type Tags = Record<string, string>
const bodyWith = (tags: Tags, { hidden = true, region = 'eastus2' } = {}) => ({
  location: 'eastus2',
  tags,
  properties: { publishingProfile: { targetRegions: [{ name: region }], excludeFromLatest: hidden } }
})
const shown = (tags: Tags, change: { hidden?: boolean; region?: string } = {}): ScriptedAnswer => {
  const { properties, ...rest } = bodyWith(tags, { region: 'East US 2', ...change })
  return { status: 200, body: { id: VERSION, ...rest, properties: { ...properties, provisioningState: 'Creating' } } }
}
const put = (answers: ScriptedAnswer[], present: ScriptedAnswer[]) =>
  withAzure({ [`PUT ${VERSION}`]: answers, [`GET ${VERSION}`]: present }, async ({ azure, sent }) => {
    const { failure } = await azure.gallery.putVersion(VERSION, bodyWith({ run: '1' }))
    expect(await failure()).toBeUndefined()
    return calls(sent).length
  })

test('a version whose PUT was lost, and whose repetition meets an operation in progress, is there as it was written', async () => {
  await put([LOST, BUSY], [shown({ run: '1' })])
})

test.each([
  ['another run’s', shown({ run: '2' })],
  ['promoted already', shown({ run: '1' }, { hidden: false })],
  ['elsewhere', shown({ run: '1' }, { region: 'westus3' })]
])('an operation in progress stays a conflict where the version is %s', async (_what, present) => {
  await expect(put([LOST, BUSY], [present])).rejects.toThrow('409 Conflict')
})

test('an operation in progress is a conflict where nothing was lost', async () => {
  await expect(put([BUSY], [])).rejects.toThrow('409 Conflict')
})

const silent: HttpClient = {
  sendRequest: ({ abortSignal }) =>
    new Promise((_, reject) =>
      abortSignal?.addEventListener('abort', () => reject(new DOMException('a', 'AbortError')))
    )
}
const request = (abortSignal?: AbortSignal) =>
  createPipelineRequest({
    url: 'https://management.emulated.azure/',
    headers: createHttpHeaders(),
    ...(abortSignal === undefined ? {} : { abortSignal })
  })

test('a try without an answer ends after two minutes, as a connection that timed out', async () => {
  await inVirtualTime(START, async clock => {
    await expect(withPatience(silent, clock).sendRequest(request())).rejects.toMatchObject({ code: 'ETIMEDOUT' })
    expect(clock.now() - START).toBe(PATIENCE_MS)
  })
})

test('who gives up first hears of that, at once', async () => {
  await inVirtualTime(START, async clock => {
    const caller = new AbortController()
    void clock.sleep(1_000).then(() => caller.abort())
    await expect(withPatience(silent, clock).sendRequest(request(caller.signal))).rejects.toMatchObject({
      name: 'AbortError'
    })
    expect(clock.now() - START).toBe(1_000)
  })
})
