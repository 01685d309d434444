import { expect, test } from '@jest/globals'
import { proxyOf } from '../../src/azure/proxy.ts'

test.each([
  [{}, undefined],
  [{ HTTPS_PROXY: '' }, undefined],
  [{ HTTPS_PROXY: 'proxy.example:3128' }, { host: 'http://proxy.example', port: 3128 }],
  [{ https_proxy: '10.0.0.1:3128' }, { host: 'http://10.0.0.1', port: 3128 }],
  [{ HTTPS_PROXY: 'localhost:8080' }, { host: 'http://localhost', port: 8080 }],
  [{ HTTPS_PROXY: 'proxy' }, { host: 'http://proxy', port: 80 }],
  [{ HTTPS_PROXY: 'https://proxy.example' }, { host: 'https://proxy.example', port: 443 }],
  [{ ALL_PROXY: 'http://proxy.example:1/' }, { host: 'http://proxy.example', port: 1 }],
  [
    { HTTP_PROXY: 'a.example:1', HTTPS_PROXY: 'b.example:2' },
    { host: 'http://b.example', port: 2 }
  ],
  [
    { HTTPS_PROXY: 'us%40er:p%3Aw@proxy.example:3128' },
    { host: 'http://proxy.example', port: 3128, username: 'us@er', password: 'p:w' }
  ],
  [
    { HTTPS_PROXY: 'u:100%@proxy.example' },
    { host: 'http://proxy.example', port: 80, username: 'u', password: '100%' }
  ],
  [
    { HTTPS_PROXY: 'u:a%4z%40@proxy.example' },
    { host: 'http://proxy.example', port: 80, username: 'u', password: 'a%4z@' }
  ],
  [
    { HTTPS_PROXY: 'u%40:%ff@proxy.example' },
    { host: 'http://proxy.example', port: 80, username: 'u@', password: '%ff' }
  ]
])('%j names %j', (env, proxy) => {
  expect(proxyOf(env)).toEqual(proxy)
})

test.each(['socks5://proxy.example:1080', 'http://', 'http://proxy example', 'proxy.example:99999'])(
  '"%s" is told by its variable, before anything is called',
  text => {
    const read = () => proxyOf({ https_proxy: text })
    expect(read).toThrow(`https_proxy: "${text}" names no proxy that can be used`)
    expect(read).toThrow(expect.objectContaining({ reason: 'input-invalid' }))
  }
)

test('who signs in to a proxy is in no message', () => {
  expect(() => proxyOf({ HTTPS_PROXY: 'socks5://user:secret@proxy.example' })).toThrow(/"socks5:\/\/proxy\.example"/)
})
