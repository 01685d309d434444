import { expect, test } from '@jest/globals'
import type { VmId } from '../../src/model/arm-id.ts'
import { GROUP, type ScriptedAnswer, calls, withAzure } from './azure.ts'

const VM = `${GROUP}/providers/Microsoft.Compute/virtualMachines/build` as VmId
const TAGS = { team: 'fx', lease: 'run-1' }
const LOST: ScriptedAnswer = { fails: 'ECONNRESET' }
const refused = (status: number, code: string): ScriptedAnswer => ({ status, body: { error: { code, message: 'x' } } })
const shown = (tags: Record<string, string>): ScriptedAnswer => ({
  status: 200,
  body: { id: VM, location: 'westus3', tags, properties: { provisioningState: 'Succeeded' } }
})

const setTags = (patches: ScriptedAnswer[], reads: ScriptedAnswer[] = [], etag: string | undefined = 'e1') =>
  withAzure(
    { [`PATCH ${VM}`]: patches, ...(reads.length > 0 && { [`GET ${VM}`]: reads }) },
    async ({ azure, sent }) => {
      await azure.compute.setVmTags(VM, TAGS, etag)
      return calls(sent)
    }
  )

test('tags are written alone, under the ETag of the look, where Azure tells one', async () => {
  const [patch] = await setTags([shown(TAGS)])
  expect(patch).toMatchObject({
    body: { tags: TAGS },
    headers: { 'if-match': 'e1', 'content-type': 'application/json' }
  })
  const [bare] = await withAzure({ [`PATCH ${VM}`]: [shown(TAGS)] }, async ({ azure, sent }) => {
    await azure.compute.setVmTags(VM, TAGS, undefined)
    return calls(sent)
  })
  expect(bare?.headers).not.toHaveProperty('if-match')
})

test('tags whose answer was lost, and whose repetition is refused (412), are written when the VM shows them', async () => {
  await expect(setTags([LOST, refused(412, 'PreconditionFailed')], [shown(TAGS)])).resolves.toHaveLength(3)
})

test('a VM that shows other tags was written by somebody else', async () => {
  await expect(setTags([LOST, refused(412, 'PreconditionFailed')], [shown({ team: 'fx' })])).rejects.toMatchObject({
    status: 412,
    tries: 2
  })
})

test.each<[string, ScriptedAnswer[]]>([
  ['a refusal of the first try', [refused(412, 'PreconditionFailed')]],
  ['a conflict, be it of a repetition', [LOST, refused(409, 'Conflict')]]
])('%s is told as it is, and the VM isn’t looked at', async (_, patches) => {
  await expect(setTags(patches)).rejects.toMatchObject({ name: 'AzureError' })
})
