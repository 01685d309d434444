import { readFileSync } from 'node:fs'
import { expect, jest, test } from '@jest/globals'
import { CANARIES, decoded, FARM_KEY, TOLD_BY_AZURE } from '../support/echoes.ts'
import type { StepResult } from './harness.ts'
import { POOL_SPEC, releaseInputs, SOURCE_VM, withAzure } from './azure.ts'

jest.setTimeout(60_000)
const SECRET = 'sv=2026-secret-of-the-farm=='

/** Whatever a step left where somebody may read it; the runner itself takes the masks out of what it shows. */
function leftBy(step: StepResult): string {
  const shown = step.stdout.replaceAll(/^::add-mask::.*$/gm, '')
  const files = ['plan-file'].map(name => readFileSync(step.outputs[name] ?? '', 'utf8'))
  return [
    shown,
    step.stderr,
    step.summary,
    JSON.stringify(step.outputs),
    readFileSync(step.state['journal'] ?? '', 'utf8'),
    ...files
  ].join('\n')
}

test('secrets of the pool spec reach Azure alone, and tokens nobody', async () => {
  await withAzure({}, async azure => {
    const poolSpec = POOL_SPEC.replace(
      'waitForSuccess: true',
      "waitForSuccess: true\n    environmentSettings: [{ name: FARM_KEY, value: '${env:FARM_KEY}' }]"
    )
    const { ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken = '' } = azure.served.ready.env
    const step = await azure.step({ poolSpec, env: { FARM_KEY: SECRET, RUNNER_DEBUG: '1' } })
    expect(step.exitCode).toBe(0)
    const put = azure.served.emulator
      .journal()
      .find(({ request }) => request.method === 'PUT' && request.url.includes('/pools/'))
    expect(JSON.stringify(put?.request.body)).toContain(SECRET)
    const left = leftBy(step)
    expect(left).toContain('${env:FARM_KEY}')
    for (const secret of [SECRET, requestToken]) expect(left).not.toContain(secret)
    expect(left).not.toMatch(/\beyJ[\w-]+\.[\w-]+\./)
    expect(step.commands).toContainEqual({ command: 'add-mask', properties: {}, message: SECRET })
  })
})

test('names that Azure lets anybody give issue no workflow command and no HTML', async () => {
  const change = ({ resources }: { resources: Record<string, unknown>[] }): void => {
    const vm = resources.find(({ id }) => id === SOURCE_VM) as {
      properties: { storageProfile: { dataDisks: { name: string }[] } }
    }
    const [disk] = vm.properties.storageProfile.dataDisks
    if (disk !== undefined) disk.name = 'x\n::error title=owned::by a disk\n::add-mask::a\n<script>alert(1)</script>'
  }
  await withAzure({ change }, async azure => {
    const step = await azure.step({ inputs: { ...releaseInputs(azure.served), 'dry-run': 'true' } })
    expect(step.exitCode).toBe(0)
    expect(step.stdout).toContain('by a disk')
    expect(step.commands.filter(({ command }) => command === 'error')).toEqual([])
    const masked = step.commands.filter(({ command }) => command === 'add-mask')
    expect(masked.filter(({ message }) => message === 'a')).toEqual([])
    expect(step.summary).not.toContain('<script>')
  })
})

test('what Azure says of a failure is one line as it happens, and no workflow command', async () => {
  const message = 'refused\n::error title=owned::by Azure\n##[error]owned\n<b>'
  const respond = { status: 400, code: 'InvalidRequest', message }
  await withAzure({ faults: [{ operation: 'Pool_Create', times: 1, respond }] }, async azure => {
    const step = await azure.step()
    expect([step.exitCode, step.outputs['failure-reason']]).toEqual([1, 'pool-refused'])
    expect(step.stdout).toMatch(/^ +\d+:\d\d +create-pool +failed: .*refused/m)
    expect(step.stdout).not.toMatch(/^\s*(::error title=owned|##\[error])/m)
    expect(step.summary).not.toMatch(/<b>/)
  })
})

/** Of 400,000 characters, beside a text that looks as if a secret had been cut off in it. */
const LONG = `/bin/bash -c '${'render --scene "shot 12" && '.repeat(14_500)}'`
const LONG_SPEC = (key: string): string =>
  `${POOL_SPEC.replace("/bin/bash -c 'mount -a'", () => JSON.stringify(LONG)).replace(
    'waitForSuccess: true',
    `waitForSuccess: true\n    environmentSettings: [{ name: FARM_KEY, value: '${key}' }]`
  )}  displayName: Render farm…\n`

test('a secret that Azure echoes in other clothes is hidden, beside a command line of 400,000 characters too', async () => {
  const respond = { status: 400, code: 'InvalidRequest', message: `${TOLD_BY_AZURE} ${LONG.slice(0, 20_000)}` }
  await withAzure({ hurried: 60, faults: [{ operation: 'Pool_Create', times: 1, respond }] }, async azure => {
    const step = await azure.step({ poolSpec: LONG_SPEC('${env:FARM_KEY}'), env: { FARM_KEY, RUNNER_DEBUG: '1' } })
    expect([step.exitCode, step.outputs['failure-reason']]).toEqual([1, 'pool-refused'])
    const left = decoded(leftBy(step))
    expect(left).toContain('(hidden)')
    expect(CANARIES.filter(canary => left.includes(canary))).toEqual([])
  })
})

test.each([
  ['AZURE_LOG_LEVEL', 'verbose'],
  ['DEBUG', 'azure*']
])('with %s=%s the SDKs write nothing past what keeps secrets out', async (name, value) => {
  await withAzure({}, async azure => {
    const { ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken = '' } = azure.served.ready.env
    const step = await azure.step({ env: { [name]: value, RUNNER_DEBUG: '1' } })
    expect(step.exitCode).toBe(0)
    expect(step.stderr).toBe('')
    expect(step.stdout).toContain(`::debug::${name} is left aside`)
    const shown = step.stdout.replaceAll(/^::add-mask::.*$/gm, '')
    expect(shown).not.toContain(requestToken)
    expect(shown).not.toMatch(/[?&](?:s|sig|c|h)=(?!\(hidden\)|…)/)
  })
})

test('ID tokens are asked for over https, and without following whoever answers elsewhere', async () => {
  await withAzure({}, async azure => {
    const env = { ACTIONS_ID_TOKEN_REQUEST_URL: 'http://token.example/idtoken?api-version=2.0' }
    const step = await azure.step({ env })
    expect([step.exitCode, step.outputs['failure-reason']]).toEqual([1, 'sign-in-failed'])
    expect(step.stdout).toContain('is not an https URL')
  })
})
