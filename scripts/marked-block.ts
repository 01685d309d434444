/**
 * `text` with the lines between `# <name>` and `# </name>` replaced by `lines`, indented as the marks are.
 * Throws where the marks are not there exactly once, in that order.
 */
export function replaceMarkedBlock(text: string, name: string, lines: readonly string[]): string {
  const pattern = new RegExp(`^( *)# <${name}>[^\\n]*\\n(?:[\\s\\S]*?\\n)??\\1# </${name}>$`, 'gm')
  const found = [...text.matchAll(pattern)]
  if (found.length !== 1) {
    throw new Error(`marks "# <${name}>" and "# </${name}>": ${found.length} pairs found; there must be one`)
  }
  const indent = found[0]?.[1] ?? ''
  const block = [`# <${name}> written by "npm run sync" from action.yml`, ...lines, `# </${name}>`]
  return text.replace(pattern, () => block.map(line => (line === '' ? '' : indent + line)).join('\n'))
}
