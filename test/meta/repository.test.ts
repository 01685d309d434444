import { expect, test } from '@jest/globals'
import { readText, repositoryFiles } from './repository-files.ts'

/** Where a file was made must not show in it. Written in pieces, so that this file has none of them itself. */
const FORBIDDEN = [
  ['a path of one machine', new RegExp(['(?<![\\w.])/(wo', 'rk/|ro', 'ot/|Us', 'ers/\\w)'].join(''))],
  ['a registry host', new RegExp(['regis', 'try\\.(npm', 'js|ya', 'rn)|art', 'ifactory|ver', 'daccio'].join(''), 'i')]
] as const
const TEXT = /\.(ts|js|mjs|json|md|ya?ml|svg|txt)$|^\.ci\/|^LICENSE$|^\.[a-z]+$/

const texts = repositoryFiles(TEXT).filter(path => !path.startsWith('dist/') && path !== 'package-lock.json')
const manifest = JSON.parse(readText('package.json')) as { scripts: Record<string, string> }

test.each(FORBIDDEN)('no tracked file names %s', (_what, pattern) => {
  const found = texts.flatMap(path => {
    const lines = readText(path).split('\n')
    return lines.flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : []))
  })
  expect(found).toEqual([])
})

test('the lock file names no registry', () => {
  expect(readText('package-lock.json')).not.toMatch(/"resolved": "http/)
})

test('files beside the checkout are read by tests alone, which pass without them', () => {
  const outside = ['..', 'shared'].join('/')
  expect(texts.filter(path => !/^(test|src)\//.test(path) && readText(path).includes(outside))).toEqual([])
})

test.each(Object.entries(manifest.scripts))('npm run %s refuses a Node that is too old', (_name, script) => {
  expect(script).toMatch(/^node --import \.\/scripts\/require-node\.mjs /)
})

test('the README has the two commands, and .ci/run runs them and no others', () => {
  const readme = readText('README.md')
  expect(readme).toContain('npm ci && npm run demo')
  expect(readme).toContain('npm ci && npm test')
  const run = readText('.ci/run').match(/\bnpm (ci|test|run)( --silent)?( [a-z]+)?/g) ?? []
  const commands = new Set(run.map(command => command.replace(' --silent', '')))
  expect([...commands].sort()).toEqual(['npm ci', 'npm run demo', 'npm run verify', 'npm test'])
})

test('ci.yml runs .ci/run and nothing of its own', () => {
  expect(readText('.github/workflows/ci.yml').match(/^.*\brun: .*$/gm)).toEqual(['      - run: .ci/run'])
})

test('no test hides the others', () => {
  const tests = repositoryFiles(/^test\/.*\.test\.ts$/)
  const focused = new RegExp(['\\b(test|it|describe)\\.on', 'ly\\b|\\b(xtest|xit|fdescribe|fit)\\('].join(''))
  expect(tests.filter(path => focused.test(readText(path)))).toEqual([])
})

test('what these tests ignore is what git ignores', () => {
  const ignored = readText('.gitignore').split('\n').filter(Boolean)
  expect(ignored.sort()).toEqual(['*.log', '.bench/', '.contracts/', '.out/', 'build/', 'coverage/', 'node_modules/'])
})
