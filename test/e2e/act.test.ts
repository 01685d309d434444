/** The shell of docs/act.md, run as it stands there, where act is installed: the README's workflow on the embedded Azure. */
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect } from '@jest/globals'
import { root } from '../meta/repository-files.ts'
import { blocksOf } from '../support/doc-blocks.ts'
import { readerShell, type ReaderShell } from '../support/reader-shell.ts'
import { testIf } from '../support/test-if.ts'

const [azure = '', act = ''] = blocksOf('docs/act.md', 'sh').map(({ text }) => text)
const workflow = blocksOf('README.md', 'yaml')[0]?.text ?? ''

let shell: ReaderShell
beforeAll(async () => void (shell = await readerShell()))
afterAll(() => shell.end())

/** The reader's own repository, beside the clone. */
function makeFarm(): void {
  const farm = join(shell.folder, '../farm')
  const [file, spec] = [join(farm, '.github/workflows/release.yml'), join(farm, 'pools/render.yml')]
  for (const path of [file, spec]) mkdirSync(dirname(path), { recursive: true })
  writeFileSync(file, workflow.replace(/( *)generalize: done\n/, '$&$1cloud: ${{ vars.AZURE_CLOUD }}\n'))
  copyFileSync(join(root, 'demo/pool.yml'), spec)
  const git = 'git -c user.name=reader -c user.email=reader@example.org'
  shell.run(`cd ../farm && git init -q && git add . && ${git} commit -qm 'the pool'`)
}

testIf(spawnSync('act', ['--version']).error === undefined ? undefined : 'no act')(
  'act runs the workflow of the README on the embedded Azure, to a pool whose nodes are healthy',
  async () => {
    makeFarm()
    const started = await shell.start(azure)
    // Its cache and its settings are not the reader's of this machine.
    const env = { ...process.env, HOME: shell.folder, XDG_CACHE_HOME: join(shell.folder, '.cache') }
    const { status, stdout, stderr } = shell.run(act, env)
    await started.stop()
    expect({ status, stderr, stdout }).toMatchObject({ status: 0 })
    expect(stdout).toContain('::set-output:: current-dedicated-nodes=40')
  },
  120_000
)
