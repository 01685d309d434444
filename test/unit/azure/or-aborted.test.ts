import { getEventListeners } from 'node:events'
import { expect, test } from '@jest/globals'
import { orAborted } from '../../../src/azure/pipeline.ts'

const endless = new Promise<never>(() => undefined)
const listenersOf = ({ signal }: AbortController): number => getEventListeners(signal, 'abort').length

test('work that never ends is no longer waited for once its signal is aborted, and the reason is thrown', async () => {
  const abort = new AbortController()
  const waited = orAborted(endless, abort.signal)
  abort.abort(new Error('deadline'))
  await expect(waited).rejects.toThrow('deadline')
})

test('of a signal that was aborted before, nothing is waited for', async () => {
  await expect(orAborted(endless, AbortSignal.abort(new Error('deadline')))).rejects.toThrow('deadline')
})

test('what the work brings comes through, with or without a signal', async () => {
  const { signal } = new AbortController()
  const work = (): Promise<string>[] => [Promise.resolve('it'), Promise.resolve('it')]
  expect(await Promise.all(work().map((one, index) => orAborted(one, index === 0 ? signal : undefined)))).toEqual([
    'it',
    'it'
  ])
  await expect(orAborted(Promise.reject(new Error('broken')), signal)).rejects.toThrow('broken')
})

test('nothing stays attached to a signal, which lives as long as the run', async () => {
  const abort = new AbortController()
  await orAborted(Promise.resolve('it'), abort.signal)
  await orAborted(Promise.reject(new Error('broken')), abort.signal).catch(() => undefined)
  expect(listenersOf(abort)).toBe(0)
})
