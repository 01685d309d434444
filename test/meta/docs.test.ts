import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from '@jest/globals'
import { AZURE_CODES } from '../../src/model/azure-codes.ts'
import { FAILURE_REASONS } from '../../src/model/failure.ts'
import { ALLOCATION_FAILURES, RESIZE_ERRORS } from '../../src/model/resize-errors.ts'
import { RULES } from '../../src/plan/checks/index.ts'
import { readText, repositoryFiles, root } from './repository-files.ts'

const pages = ['README.md', ...repositoryFiles(/^docs\/.*\.md$/)]

test.each(pages)('links of %s lead to files that are there', page => {
  const links = [...readText(page).matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, link = '']) => link)
  const own = links.filter(link => !/^[a-z]+:/.test(link))
  expect(own.filter(link => !existsSync(join(root, dirname(page), link)))).toEqual([])
})

test.each(pages)('anchors in links of %s are headings that are there', page => {
  const links = [...readText(page).matchAll(/\]\(((?!\w+:)[^)#]*)#([^)]+)\)/g)]
  const broken = links.filter(([, path = '', anchor = '']) => {
    const target = path === '' ? page : join(dirname(page), path)
    return !anchorsOf(readText(target)).includes(anchor)
  })
  expect(broken.map(([link]) => link)).toEqual([])
})

/** As GitHub makes them of headings. */
function anchorsOf(text: string): string[] {
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading.toLowerCase())
  return headings.map(heading => heading.replaceAll(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-'))
}

test('the README leads to the index of docs, and that to every page, example and decision', () => {
  expect(readText('README.md')).toContain('(docs/README.md)')
  const index = readText('docs/README.md')
  const listed = repositoryFiles(/^docs\/.*\.(md|yml)$/).map(path => path.replace('docs/', ''))
  const isReached = (path: string): boolean => [path, dirname(path)].some(one => index.includes(`](${one})`))
  expect(listed.filter(path => path !== 'README.md' && !isReached(path))).toEqual([])
})

test('every failure reason and every check is documented', () => {
  const [failures, checks] = [readText('docs/failures.md'), readText('docs/checks.md')]
  expect(Object.keys(FAILURE_REASONS).filter(reason => !failures.includes(`| \`${reason}\``))).toEqual([])
  expect(RULES.filter(({ id }) => !checks.includes(`| \`${id}\``))).toEqual([])
})

test('troubleshooting speaks of failure reasons and of Azure’s codes that there are', () => {
  const page = readText('docs/troubleshooting.md')
  const [, byReason = ''] = page.split('| `failure-reason`')
  const reasons = [...(byReason.split('\n\n')[0] ?? '').matchAll(/`([a-z-]+)`/g)].map(([, reason = '']) => reason)
  expect(reasons.filter(reason => !Object.keys(FAILURE_REASONS).includes(reason))).toEqual([])
  const known = [...AZURE_CODES, ...RESIZE_ERRORS, ...ALLOCATION_FAILURES].flatMap(({ codes }) => codes)
  const codes = [...page.matchAll(/`([A-Z][a-z]+[A-Z]\w+)`/g)].map(([, code = '']) => code)
  expect(codes.length).toBeGreaterThan(10)
  expect(codes.filter(code => !known.includes(code))).toEqual([])
})
