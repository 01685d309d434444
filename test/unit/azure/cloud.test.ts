import { expect, test } from '@jest/globals'
import { cloudFromMetadata, findCloud } from '../../../src/azure/cloud.ts'

const METADATA = {
  authentication: { loginEndpoint: 'https://login.azure.test/', audiences: ['https://management.azure.test/'] },
  batch: 'https://batch.azure.test/'
}
const never = () => Promise.reject(new Error('nothing is asked of a cloud that is known'))

test.each([
  ['management.azure.test', 'management.azure.test', true],
  ['management.azure.test', 'renders.azure.test', true],
  ['management.azure.test', 'renders.westus3.batch.azure.test', true],
  ['management.azure.test', 'azure.test', false],
  ['management.azure.test', 'evilazure.test', false],
  ['management.azure.test', 'renders.azure.test.evil.example', false],
  ['management.azure.test', 'evil.test', false],
  ['management.test', 'renders.test', false],
  ['localhost', 'localhost', true],
  ['localhost', 'evil.localhost', false],
  ['management.localhost', 'renders.localhost', true],
  ['management.localhost', 'evillocalhost', false],
  ['10.1.2.3', '10.1.2.3', true],
  ['10.1.2.3', '9.1.2.3', false]
])('beside the Resource Manager %s a token for Batch may go to %s: %s', (manager, host, may) => {
  expect(cloudFromMetadata(`https://${manager}`, METADATA).isBatchHost(host)).toBe(may)
})

test.each([
  ['AzureCloud', 'renders.westus3.batch.azure.com', 'renders.chinaeast.batch.chinacloudapi.cn'],
  ['AzureUSGovernment', 'renders.usgovvirginia.batch.usgovcloudapi.net', 'renders.westus3.batch.azure.com'],
  ['AzureChinaCloud', 'renders.chinaeast.batch.chinacloudapi.cn', 'renders.usgovvirginia.batch.usgovcloudapi.net']
] as const)('in %s a token for Batch may go to %s, not to %s', async (name, host, foreign) => {
  const cloud = await findCloud({ kind: 'named', name }, never)
  expect([cloud.isBatchHost(host), cloud.isBatchHost(foreign)]).toEqual([true, false])
  expect(cloud.isBatchHost(`evil${host.slice(host.indexOf('batch.'))}`)).toBe(false)
})

test('of a list of clouds the Resource Manager takes the one that names its own host', () => {
  const others = ['https://management.other.test/', 'no URL', undefined].map(resourceManager => ({
    ...METADATA,
    name: 'Other',
    ...(resourceManager === undefined ? {} : { resourceManager })
  }))
  const own = { ...METADATA, name: 'Own', resourceManager: 'https://MANAGEMENT.azure.test/' }
  expect(cloudFromMetadata('https://management.azure.test', [...others, own])).toMatchObject({
    name: 'Own',
    loginUrl: 'https://login.azure.test',
    custom: true,
    scopes: {
      resourceManager: 'https://management.azure.test//.default',
      batch: 'https://batch.azure.test//.default'
    }
  })
  expect(() => cloudFromMetadata('https://management.azure.test', others)).toThrow('names no cloud of that host')
})

test('only a cloud that isn’t Microsoft’s has its login endpoint taken as it is, without the slashes at its end', async () => {
  const loginEndpoint = 'https://login.azure.test//'
  const cloud = cloudFromMetadata('https://management.azure.test', {
    ...METADATA,
    authentication: { ...METADATA.authentication, loginEndpoint }
  })
  expect(cloud).toMatchObject({ custom: true, loginUrl: 'https://login.azure.test', name: 'management.azure.test' })
  expect((await findCloud({ kind: 'named', name: 'AzureCloud' }, never)).custom).toBe(false)
})

test('the URL of a cloud of Microsoft’s is that cloud, in any spelling; another port of its host is not', async () => {
  const at = (url: string) => findCloud({ kind: 'resource-manager', url }, async () => ({ ...METADATA, name: 'Asked' }))
  expect((await at('https://MANAGEMENT.usgovcloudapi.net/')).name).toBe('AzureUSGovernment')
  expect((await at('https://management.usgovcloudapi.net:8443/')).name).toBe('Asked')
})
