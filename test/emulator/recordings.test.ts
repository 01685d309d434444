/** Holds what the emulator shows against what Azure was recorded to show, where the recordings lie beside the checkout. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@jest/globals'
import { testIf } from '../support/test-if.ts'
import * as c from './caller.ts'

const FOLDER = join(import.meta.dirname, '../../../shared/recorded')
const compared = testIf(existsSync(FOLDER) ? undefined : 'no ../shared/recorded')

type Recorded = {
  op: string
  response: { status: number; headers: Record<string, string>; body: unknown }
}

/** Exchanges of an operation, of every year. */
function recorded(op: string): Recorded[] {
  return readdirSync(FOLDER)
    .filter(name => name.endsWith('.jsonl'))
    .flatMap(name => readFileSync(join(FOLDER, name), 'utf8').split('\n'))
    .filter(line => line.includes(`"op":"${op}"`))
    .map(line => JSON.parse(line) as Recorded)
}

/** Paths of all properties, without indexes and without what is in tags. */
function paths(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null || path === '.tags') return []
  if (Array.isArray(value)) return value.flatMap(item => paths(item, path))
  return Object.entries(value).flatMap(([name, inner]) => [`${path}.${name}`, ...paths(inner, `${path}.${name}`)])
}

const VM = `${c.COMPUTE}/virtualMachines/render-source`
const image = {
  location: 'eastus2',
  tags: {},
  properties: {
    hyperVGeneration: 'V2',
    storageProfile: {
      osDisk: { osType: 'Linux', osState: 'Generalized', snapshot: { id: `${c.COMPUTE}/snapshots/os` } }
    }
  }
}

/** A world in which there is one of each. */
function furnished(): c.Caller {
  const caller = c.withSnapshotAndDefinition(c.makeCaller())
  caller.arm('PUT', `${c.COMPUTE}/images/i?api-version=${c.IMAGES}`, image)
  caller.arm('PUT', `${c.VERSION}?api-version=${c.GALLERIES}`, c.versionBody([{ name: 'eastus2' }]))
  caller.time.now += 600_000
  return caller
}

const shown: [string, string][] = [
  ['compute:snapshot.get', `${c.COMPUTE}/snapshots/os?api-version=${c.DISKS}`],
  ['compute:disk.get', `${c.OS_DISK}?api-version=${c.DISKS}`],
  ['compute:image.get', `${c.COMPUTE}/images/i?api-version=${c.IMAGES}`],
  ['compute:gallery.get', `${c.COMPUTE}/galleries/farm?api-version=${c.GALLERIES}`],
  ['compute:galleryImage.get', `${c.DEFINITION}?api-version=${c.GALLERIES}`],
  ['compute:galleryImageVersion.get', `${c.VERSION}?$expand=ReplicationStatus&api-version=${c.GALLERIES}`],
  ['compute:vm.get+instanceView', `${VM}?$expand=instanceView&api-version=${c.IMAGES}`]
]

for (const [op, url] of shown) {
  compared(`${op} shows no property that Azure was not recorded to show`, () => {
    const known = new Set(recorded(op).flatMap(({ response }) => paths(response.body)))
    const { status, body } = furnished().arm('GET', url)
    expect(status).toBe(200)
    expect(paths(body).filter(path => !known.has(path))).toEqual([])
  })

  compared(`${op} shows every property that Azure always showed`, () => {
    const answers = recorded(op).filter(({ response }) => response.status === 200)
    const sets = answers.map(({ response }) => new Set(paths(response.body).filter(path => !path.startsWith('.tags'))))
    const always = [...(sets[0] ?? [])].filter(path => sets.every(set => set.has(path)))
    const ours = new Set(paths(furnished().arm('GET', url).body))
    expect(always.length).toBeGreaterThan(3)
    expect(always.filter(path => !ours.has(path))).toEqual([])
  })
}

/** Status and headers with which an operation begins, in short. */
function beginning({ status, headers }: { status: number; headers: Record<string, string> }): string {
  const names = ['azure-asyncoperation', 'location', 'azure-asyncnotification'].filter(
    name => headers[name] !== undefined
  )
  return [status, ...names].join(' ')
}

const begun: [string, string, string, Parameters<c.Caller['arm']>[2]][] = [
  ['compute:snapshot.createOrUpdate', 'PUT', `${c.COMPUTE}/snapshots/new?api-version=${c.DISKS}`, c.snapshotBody()],
  ['compute:snapshot.update', 'PATCH', `${c.COMPUTE}/snapshots/os?api-version=${c.DISKS}`, {}],
  ['compute:snapshot.delete', 'DELETE', `${c.COMPUTE}/snapshots/os?api-version=${c.DISKS}`, undefined],
  ['compute:image.createOrUpdate', 'PUT', `${c.COMPUTE}/images/new?api-version=${c.IMAGES}`, image],
  ['compute:image.delete', 'DELETE', `${c.COMPUTE}/images/i?api-version=${c.IMAGES}`, undefined],
  [
    'compute:gallery.createOrUpdate',
    'PUT',
    `${c.COMPUTE}/galleries/new?api-version=${c.GALLERIES}`,
    { location: 'eastus2' }
  ],
  ['compute:galleryImage.createOrUpdate', 'PUT', `${c.DEFINITION}?api-version=${c.GALLERIES}`, c.definitionBody()],
  [
    'compute:galleryImageVersion.createOrUpdate',
    'PUT',
    `${c.VERSION}?api-version=${c.GALLERIES}`,
    c.versionBody([{ name: 'eastus2' }])
  ],
  ['compute:galleryImageVersion.update', 'PATCH', `${c.VERSION}?api-version=${c.GALLERIES}`, { tags: {} }],
  ['compute:galleryImageVersion.delete', 'DELETE', `${c.VERSION}?api-version=${c.GALLERIES}`, undefined],
  ['compute:vm.deallocate', 'POST', `${VM}/deallocate?api-version=${c.IMAGES}`, undefined],
  ['compute:vm.start', 'POST', `${VM}/start?api-version=${c.IMAGES}`, undefined],
  ['compute:vm.poweroff', 'POST', `${VM}/powerOff?api-version=${c.IMAGES}`, undefined]
]

for (const [op, method, url, body] of begun) {
  compared(`${op} begins with a status and headers that Azure was recorded to begin with`, () => {
    const known = new Set(recorded(op).map(({ response }) => beginning(response)))
    expect([...known]).toContain(beginning(furnished().arm(method, url, body)))
  })

  compared(`${op} first shows no property that Azure was not recorded to show`, () => {
    const ops = op === 'compute:galleryImageVersion.update' ? [op, 'compute:galleryImageVersion.createOrUpdate'] : [op]
    const known = new Set(ops.flatMap(recorded).flatMap(({ response }) => paths(response.body)))
    expect(paths(furnished().arm(method, url, body).body).filter(path => !known.has(path))).toEqual([])
  })
}
