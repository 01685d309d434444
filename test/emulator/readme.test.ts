/** What emulator/README.md says of worlds, faults and the control plane, held against the code. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { control } from '../../emulator/control-plane.ts'
import { createEmulator, type Fault, type WorldFile } from '../../emulator/index.ts'
import { DURATION_NAMES, REPLICATE_PREFIX } from '../../emulator/kernel/durations.ts'
import { KNOWN } from '../../emulator/operations.ts'
import { behaviourSchema } from '../../emulator/world-file/behaviour.ts'
import { checkFaults, checkWorld } from '../../emulator/world-file/check.ts'
import { SUBSCRIPTION } from './caller.ts'

const README = readFileSync(join(import.meta.dirname, '../../emulator/README.md'), 'utf8')
const sectionOf = (title: string): string =>
  README.split(/^## /m).find(section => section.startsWith(`${title}\n`)) ?? ''

/** Fenced blocks of a language. */
const blocks = (language: string, text = README): string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, block = '']) => block)

/** JSON with comments of whole lines. */
const parsed = (text: string): unknown => JSON.parse(text.replaceAll(/^\s*\/\/.*$/gm, ''))

describe('JSON in the README', () => {
  const world: WorldFile = parsed(
    readFileSync(join(import.meta.dirname, '../../emulator/worlds/minimal.json'), 'utf8')
  ) as WorldFile

  test.each(blocks('jsonc', sectionOf('A world')))('a world takes it: %s', block => {
    const said = parsed(block.startsWith('{') ? block : `{${block}}`) as Record<string, unknown>
    if ('resources' in said) return checkWorld(said as WorldFile, KNOWN)
    if (!('instanceView' in said)) return checkWorld({ ...world, behaviour: { ...world.behaviour, ...said } }, KNOWN)
    const id = `${SUBSCRIPTION}/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm`
    const vm = { id, type: 'Microsoft.Compute/virtualMachines', properties: said as { instanceView: object } }
    const emulator = createEmulator({ world: { resources: [vm as never] }, clock: () => 0 })
    expect(JSON.stringify(emulator.state())).toContain('/virtualMachines/vm')
    return undefined
  })

  test.each(blocks('jsonc', sectionOf('Faults')).flatMap(block => block.trim().split('\n')))(
    'a script of faults takes it: %s',
    line => checkFaults([parsed(line) as Fault], KNOWN)
  )

  test('every block of JSON is in a section whose blocks are tried', () => {
    const tried = ['A world', 'Faults'].flatMap(title => blocks('jsonc', sectionOf(title)))
    expect(blocks('jsonc')).toEqual(tried)
    expect(blocks('json')).toEqual([])
    expect(tried.length).toBeGreaterThan(4)
  })
})

/** Names of properties anywhere in a schema. */
function namesIn(schema: unknown): string[] {
  if (schema instanceof z.ZodObject) {
    return Object.entries(schema.shape as Record<string, unknown>).flatMap(([name, inner]) => [name, ...namesIn(inner)])
  }
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodExactOptional) return namesIn(schema.unwrap())
  if (schema instanceof z.ZodArray) return namesIn(schema.element)
  return schema instanceof z.ZodRecord ? namesIn(schema.valueType) : []
}

describe('names in the README', () => {
  const section = sectionOf('A world')

  test('the table of behaviour has every part of it, and no other', () => {
    const rows = [...section.matchAll(/^\| (`.*?) +\|/gm)].flatMap(([, cell = '']) => [...cell.matchAll(/`(\w+)`/g)])
    const [header, ...names] = rows.map(([, name]) => name)
    expect(header).toBe('behaviour')
    expect(names.sort()).toEqual(Object.keys(behaviourSchema.shape).sort())
  })

  test('every property of behaviour is named', () => {
    const names = namesIn(behaviourSchema)
    expect(names).toContain('restoredAfterMs')
    expect(names.filter(name => !new RegExp(`[\`{, "]${name}[\`},:" ]`).test(section))).toEqual([])
  })

  test('durations are named, each of them and no other', () => {
    const [, said = ''] = /^Names in `durationsMs`: (.*?)\n\n/ms.exec(section) ?? []
    const groups = said.split(';').map(group => [...group.matchAll(/`([\w.<>]+)`/g)].map(([, name = '']) => name))
    const names = groups.flatMap(([first = '', ...more]) => [
      first,
      ...more.filter(name => name.startsWith('.')).map(name => `${first.split('.')[0]}${name}`)
    ])
    expect(names.sort()).toEqual([...DURATION_NAMES, `${REPLICATE_PREFIX}<region>`].sort())
  })

  test('buckets and operations that are named exist', () => {
    const [, buckets = ''] = /^Names in `throttling`: (.*?)\n\n/ms.exec(section) ?? []
    const whole = [...buckets.matchAll(/`([A-Z]\w+)`/g)].map(([, name = '']) => name)
    expect(whole.filter(name => !KNOWN.buckets.some(known => known.startsWith(name)))).toEqual([])
    const operations = [...sectionOf('Faults').matchAll(/\b[A-Z]\w+_[A-Z]\w+\b/g)].map(([name]) => name)
    expect(operations.length).toBeGreaterThan(5)
    expect(operations.filter(name => !KNOWN.operations.has(name))).toEqual([])
  })
})

test('every call of the control plane that the README names is answered', () => {
  const calls = [...sectionOf('Control plane').matchAll(/`(GET|PUT|POST) (\/_emulator\/\w+)`/g)]
  expect(calls.length).toBe(6)
  const emulator = createEmulator({ world: { resources: [] }, clock: () => 0 })
  for (const [, method = '', path = ''] of calls) {
    const body = method === 'PUT' ? '[]' : '{"advanceMs": 60000}'
    const { status } = control(
      emulator,
      { method, url: `https://localhost${path}`, headers: {}, body },
      () => undefined
    )
    expect([method, path, status]).toEqual([method, path, 200])
  }
})
