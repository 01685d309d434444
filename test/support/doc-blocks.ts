/** The fenced blocks of the pages that people read and copy from. */
import { readText, repositoryFiles } from '../meta/repository-files.ts'

export type Block = {
  /** `docs/pool-spec.md:7`, where it begins. */
  at: string
  language: string
  text: string
}

export const PAGES = ['README.md', 'CONTRIBUTING.md', 'emulator/README.md', ...repositoryFiles(/^docs\/.*\.md$/)]

export function blocksOf(page: string, language: string): Block[] {
  const text = readText(page)
  return [...text.matchAll(/^( *)```(\w+)\n([^]*?)^\1```$/gm)]
    .map(({ 1: indent = '', 2: found = '', 3: block = '', index }) => ({
      at: `${page}:${text.slice(0, index).split('\n').length}`,
      language: found,
      text: block.replaceAll(new RegExp(`^${indent}`, 'gm'), '')
    }))
    .filter(block => block.language === language)
}

/** Each command of `az` in a page, as it is written: those in `$(…)` and in running text too; continued lines are one. */
export function azCommandsIn(page: string): string[] {
  const inText = [...readText(page).matchAll(/`(az [^`\n]+)`/g)].map(([, command = '']) => command)
  const lines = blocksOf(page, 'sh').flatMap(({ text }) => linesOf(text.replaceAll(/\\\n\s*/g, ' ')))
  return [...inText, ...lines.map(line => line.trim()).filter(line => line.startsWith('az '))]
}

/** What `$(…)` holds is a line of its own, and nothing where it stood. */
function linesOf(shell: string): string[] {
  const inner = /\$\(([^()]*)\)/.exec(shell)
  if (inner === null) return shell.split('\n')
  return [...linesOf(shell.replace(inner[0], '')), ...linesOf(inner[1] ?? '')]
}
