import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createDefaultHttpClient, createPipelineFromOptions, createPipelineRequest } from '@azure/core-rest-pipeline'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { persevere, perseverance } from '../../../src/azure/persevere.ts'

const BODY = '{"a":1}'
let server: Server
let asked = 0

beforeAll(async () => {
  server = createServer(({ socket, url }, response) => {
    asked += 1
    response.writeHead(200, {
      'content-type': 'application/json',
      ...(url === '/length' ? { 'content-length': BODY.length } : {})
    })
    if (asked > 1) return void response.end(BODY)
    response.write(BODY.slice(0, 3), () => socket.destroy())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => new Promise(resolve => server.close(resolve)))

test.each(['/length', '/chunks'])(
  'an answer (%s) whose connection ends in its middle is asked for again',
  async path => {
    asked = 0
    const clock = { now: () => Date.now(), sleep: () => Promise.resolve() }
    const pipeline = createPipelineFromOptions({})
    persevere(pipeline, perseverance({ clock, random: () => 0.5, say: () => undefined }))
    const { port } = server.address() as AddressInfo
    const request = createPipelineRequest({ url: `http://127.0.0.1:${port}${path}`, allowInsecureConnection: true })
    const { bodyAsText } = await pipeline.sendRequest(createDefaultHttpClient(), request)
    expect([bodyAsText, asked]).toEqual([BODY, 2])
  }
)
