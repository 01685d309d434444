import { expect, test } from '@jest/globals'
import * as c from './caller.ts'

type Case = {
  name: string
  method: string
  path: string
  body?: ReturnType<typeof c.snapshotBody>
  status: number
  family: string
  location: boolean
  notification?: boolean
  retryAfter?: string
}

const VM = `${c.COMPUTE}/virtualMachines/render-source`
const image = {
  location: 'eastus2',
  properties: {
    storageProfile: {
      osDisk: { osType: 'Linux', osState: 'Generalized', snapshot: { id: `${c.COMPUTE}/snapshots/os` } }
    }
  }
}

const dialects: Case[] = [
  {
    ...{ name: 'snapshot PUT', method: 'PUT', path: `${c.COMPUTE}/snapshots/new?api-version=${c.DISKS}` },
    ...{ body: c.snapshotBody(), status: 202, family: 'DiskOperations', location: true, retryAfter: '2' }
  },
  {
    ...{ name: 'snapshot PATCH', method: 'PATCH', path: `${c.COMPUTE}/snapshots/os?api-version=${c.DISKS}` },
    ...{ body: { tags: { a: 'b' } }, status: 202, family: 'DiskOperations', location: true, retryAfter: '2' }
  },
  {
    ...{ name: 'snapshot DELETE', method: 'DELETE', path: `${c.COMPUTE}/snapshots/os?api-version=${c.DISKS}` },
    ...{ status: 202, family: 'DiskOperations', location: true }
  },
  {
    ...{ name: 'VM PATCH', method: 'PATCH', path: `${VM}?api-version=${c.IMAGES}`, body: { tags: { a: 'b' } } },
    ...{ status: 200, family: 'operations', location: false, notification: true }
  },
  {
    ...{ name: 'image PUT', method: 'PUT', path: `${c.COMPUTE}/images/new?api-version=${c.IMAGES}`, body: image },
    ...{ status: 201, family: 'operations', location: false, notification: true }
  },
  {
    ...{ name: 'gallery PUT', method: 'PUT', path: `${c.COMPUTE}/galleries/new?api-version=${c.GALLERIES}` },
    ...{ body: { location: 'eastus2' }, status: 201, family: 'capsOperations', location: false }
  },
  {
    ...{
      name: 'definition PUT over one that is there',
      method: 'PUT',
      path: `${c.DEFINITION}?api-version=${c.GALLERIES}`
    },
    ...{ body: c.definitionBody(), status: 200, family: 'capsOperations', location: false }
  },
  {
    ...{ name: 'version PUT', method: 'PUT', path: `${c.VERSION}?api-version=${c.GALLERIES}` },
    ...{ body: c.versionBody([{ name: 'eastus2' }]), status: 201, family: 'capsOperations', location: false }
  },
  {
    ...{ name: 'definition DELETE', method: 'DELETE', path: `${c.DEFINITION}?api-version=${c.GALLERIES}` },
    ...{ status: 202, family: 'capsOperations', location: true }
  },
  {
    ...{ name: 'VM deallocate', method: 'POST', path: `${VM}/deallocate?api-version=${c.IMAGES}` },
    ...{ status: 202, family: 'operations', location: true, notification: true, retryAfter: '10' }
  }
]

test.each(dialects)('$name begins with the status and headers that were recorded', one => {
  const caller = c.withSnapshotAndDefinition(c.makeCaller())
  const { status, headers } = caller.arm(one.method, one.path, one.body)
  expect(status).toBe(one.status)
  expect(headers['azure-asyncoperation']).toContain(`/providers/Microsoft.Compute/locations/eastus2/${one.family}/`)
  expect(headers['location']?.includes('monitor=true') ?? false).toBe(one.location)
  expect(headers['azure-asyncnotification']).toBe(one.notification ? 'Enabled' : undefined)
  expect(headers['retry-after']).toBe(one.retryAfter)
})

function startSnapshot(options: c.CallerOptions = {}): { caller: c.Caller; begun: c.Answer; url: string } {
  const caller = c.makeCaller(options)
  const begun = caller.arm('PUT', `${c.COMPUTE}/snapshots/os?api-version=${c.DISKS}`, c.snapshotBody())
  return { caller, begun, url: begun.headers['azure-asyncoperation'] ?? '' }
}

test('an operation tells when it began, and its end and output only when it is over', () => {
  const { caller, url } = startSnapshot()
  expect(caller.arm('GET', url)).toMatchObject({ status: 200, body: { status: 'InProgress' } })
  expect(caller.arm('GET', url).body).not.toHaveProperty('endTime')
  caller.time.now += 1_000
  const { body } = caller.arm('GET', url)
  expect(body).toMatchObject({ status: 'Succeeded', properties: { output: { name: 'os' } } })
  expect(body.startTime).toMatch(/^2026-11-23T08:00:00\.\d{7}\+00:00$/)
  expect(Date.parse(body.endTime) - Date.parse(body.startTime)).toBe(1_000)
})

test('operations of images and versions have no output', () => {
  const caller = c.withSnapshotAndDefinition(c.makeCaller())
  const path = `${c.VERSION}?api-version=${c.GALLERIES}`
  const { headers } = caller.arm('PUT', path, c.versionBody([{ name: 'eastus2' }]))
  caller.time.now += 3_600_000
  const { body } = caller.arm('GET', headers['azure-asyncoperation'] ?? '')
  expect(Object.keys(body)).toEqual(['startTime', 'endTime', 'status', 'name'])
})

test('a region in the east writes the times of its operations in its own offset', () => {
  const caller = c.makeCaller()
  const body = { location: 'southeastasia', properties: { creationData: { createOption: 'Empty' }, diskSizeGB: 4 } }
  const { headers } = caller.arm('PUT', `${c.COMPUTE}/snapshots/os?api-version=${c.DISKS}`, body)
  const { startTime } = caller.arm('GET', headers['azure-asyncoperation'] ?? '').body
  expect(startTime).toMatch(/^2026-11-23T16:00:00\.\d{7}\+08:00$/)
})

test('Location is 202 and empty until the end, then 200 with the resource', () => {
  const { caller, begun } = startSnapshot()
  const monitor = begun.headers['location'] ?? ''
  expect(caller.arm('GET', monitor)).toMatchObject({ status: 202, body: undefined })
  caller.time.now += 1_000
  expect(caller.arm('GET', monitor)).toMatchObject({ status: 200, body: { name: 'os' } })
})

test('Location of a deletion ends in an empty 200', () => {
  const { caller } = startSnapshot()
  caller.time.now += 1_000
  const { headers } = caller.arm('DELETE', `${c.COMPUTE}/snapshots/os?api-version=${c.DISKS}`)
  caller.time.now += 1_000
  expect(caller.arm('GET', headers['location'] ?? '')).toMatchObject({ status: 200, body: undefined })
})

test('the URL of an operation is 3 KB long and must come back byte for byte', () => {
  const { caller, url } = startSnapshot()
  expect(url.length).toBeGreaterThan(3_000)
  const last = url.endsWith('A') ? 'B' : 'A'
  expect(caller.arm('GET', url.slice(0, -1) + last).status).toBe(401)
  expect(caller.arm('GET', `${url}&api-version=${c.DISKS}`).status).toBe(401)
  expect(caller.arm('GET', url.replace(/DiskOperations\/[^?]+/, 'DiskOperations/none')).status).toBe(501)
  expect(caller.arm('GET', url).status).toBe(200)
})

test('an operation of a VM grants 45 polls, and 15 a minute come back; one of a disk has no limit of its own', () => {
  const { caller, url: ofSnapshot } = startSnapshot()
  expect(Array.from({ length: 60 }, () => caller.arm('GET', ofSnapshot).status)).not.toContain(429)
  const begun = caller.arm('POST', `${VM}/deallocate?api-version=${c.IMAGES}`)
  const url = begun.headers['azure-asyncoperation'] ?? ''
  const statuses = Array.from({ length: 46 }, () => caller.arm('GET', url).status)
  expect([statuses.filter(status => status === 200).length, statuses.at(-1)]).toEqual([45, 429])
  const refused = caller.arm('GET', url)
  expect(refused.headers['retry-after']).toBe('4')
  expect(refused.body.error.details[0].code).toBe('TooManyRequests')
  caller.time.now += 60_000
  const later = Array.from({ length: 16 }, () => caller.arm('GET', url).status)
  expect([later.filter(status => status === 200).length, later.at(-1)]).toEqual([15, 429])
})

test('a VM says where it is on its way down, and its disks are reserved then', () => {
  const caller = c.makeCaller()
  const powerOf = (): string => {
    const { body } = caller.arm('GET', `${VM}/instanceView?api-version=${c.IMAGES}`)
    return body.statuses.at(-1).code as string
  }
  const begun = caller.arm('POST', `${VM}/deallocate?api-version=${c.IMAGES}`)
  expect(caller.arm('GET', begun.headers['azure-asyncoperation'] ?? '').headers['retry-after']).toBe('36')
  expect(powerOf()).toBe('PowerState/deallocating')
  caller.time.now += 18_000
  expect(powerOf()).toBe('PowerState/deallocated')
  const { body } = caller.arm('GET', `${c.OS_DISK}?api-version=${c.DISKS}`)
  expect(body.properties.diskState).toBe('Reserved')
  expect(caller.arm('GET', `${VM}/instanceView?api-version=${c.IMAGES}`).body).not.toHaveProperty('vmAgent')
})

test('a generalized VM is known as such, can be imaged, and is never started', () => {
  const caller = c.makeCaller()
  const fromVm = { location: 'eastus2', properties: { sourceVirtualMachine: { id: VM }, hyperVGeneration: 'V2' } }
  const putImage = (): c.Answer => caller.arm('PUT', `${c.COMPUTE}/images/i?api-version=${c.IMAGES}`, fromVm)
  expect(putImage().status).toBe(409)
  caller.arm('POST', `${VM}/deallocate?api-version=${c.IMAGES}`)
  caller.time.now += 18_000
  expect(caller.arm('POST', `${VM}/generalize?api-version=${c.IMAGES}`)).toMatchObject({ status: 200, body: undefined })
  expect(putImage()).toMatchObject({
    status: 201,
    body: { properties: { storageProfile: { osDisk: { osState: 'Generalized' } } } }
  })
  const { body } = caller.arm('GET', `${VM}?$expand=instanceView&api-version=${c.IMAGES}`)
  const codes = body.properties.instanceView.statuses.map((status: { code: string }) => status.code) as string[]
  expect(codes).toContain('OSState/generalized')
  expect(caller.arm('POST', `${VM}/start?api-version=${c.IMAGES}`).status).toBe(409)
})
