import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { parseActionMetadata, readActionMetadata } from '../../scripts/action-metadata.ts'
import { ACTION_DEFAULTS } from '../../src/inputs/action-defaults.ts'
import { OUTPUT_NAMES } from '../../src/report/outputs.ts'
import { readText, repositoryFiles, root, withoutComments } from './repository-files.ts'

const action = readActionMetadata()

test('the code knows exactly the inputs that action.yml declares, with its defaults', () => {
  expect(ACTION_DEFAULTS).toEqual(Object.fromEntries(action.inputs.map(input => [input.name, input.default ?? ''])))
})

test.each(action.inputs.map(({ name }) => name))('the code reads the input %s', name => {
  const parsers = repositoryFiles(/^src\/(inputs|commands)\/.*\.ts$/).filter(
    path => path !== 'src/inputs/action-defaults.ts'
  )
  expect(parsers.filter(path => withoutComments(readText(path)).includes(`'${name}'`))).not.toEqual([])
})

test('the code writes exactly the outputs that action.yml declares, in its order', () => {
  expect([...OUTPUT_NAMES]).toEqual(action.outputs.map(({ name }) => name))
})

test('no input is required for all commands: which ones a command needs, the code says', () => {
  expect(action.inputs.filter(({ required }) => required)).toEqual([])
})

test('the action runs on node24 from files that are there', () => {
  expect(action.runs.using).toBe('node24')
  const scripts = [action.runs.main, action.runs.post ?? '']
  expect(scripts.filter(path => !existsSync(join(root, path)))).toEqual([])
})

test('an input or output without a description is refused by name, all of them at once', () => {
  const text = 'inputs:\n  a: {}\n  b: { description: B }\noutputs:\n  c: { description: " " }\nruns: {}\n'
  expect(() => parseActionMetadata(text)).toThrow('input "a", output "c" without a description')
})
