import { describe, expect, test } from '@jest/globals'
import { marked } from 'marked'
import {
  commandData,
  commandProperty,
  htmlText,
  markdownCode,
  markdownLink,
  markdownText,
  mermaidLabel
} from '../../../src/report/escape.ts'
import { oneLine } from '../../../src/shared/plain-text.ts'
import { HOSTILE } from '../../support/hostile-text.ts'

const html = (markdown: string): string => marked.parse(markdown, { gfm: true, async: false })

/** What a reader sees of HTML. */
function seen(text: string): string {
  return text
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim()
}

/** Tags of HTML that foreign text must not bring in; `a` comes of plain addresses, which show where they lead. */
const tagsOf = (text: string): string[] => [...text.matchAll(/<([a-z][a-z0-9]*)/gi)].map(match => match[1] ?? '')

describe('workflow commands', () => {
  test.each(HOSTILE)('a message is one line that decodes to the text: %j', text => {
    const data = commandData(text)
    expect(data).not.toMatch(/[\r\n]/)
    const decoded = data.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
    expect(decoded).toBe(text.toWellFormed())
  })

  test('a property holds neither colon nor comma', () => {
    expect(commandProperty('a:b,c%\n')).toBe('a%3Ab%2Cc%25%0A')
  })
})

describe('Markdown', () => {
  test.each(HOSTILE)('running text in a table cell stays one cell with just that text: %j', text => {
    const out = html(`| a | b |\n| --- | --- |\n| ${markdownText(text)} | end |`)
    const cells = [...out.matchAll(/<td>([\s\S]*?)<\/td>/g)].map(match => seen(match[1] ?? ''))
    expect(cells).toEqual([oneLine(text), 'end'])
    expect(tagsOf(out).filter(tag => !/^(?:table|thead|tbody|tr|th|td|span|a)$/.test(tag))).toEqual([])
    expect(out).not.toContain('href="javascript')
  })

  test.each(HOSTILE)('running text as a list item is neither heading nor list nor block: %j', text => {
    const out = html(`- ${markdownText(text)} ·`)
    expect(tagsOf(out).filter(tag => !/^(?:ul|li|span|a)$/.test(tag))).toEqual([])
    expect(seen(out)).toBe(`${oneLine(text)} ·`.trim())
  })

  test.each(HOSTILE)('inline code in a table cell shows just that text: %j', text => {
    const out = html(`| a | b |\n| --- | --- |\n| ${markdownCode(text)} | end |`)
    const cells = [...out.matchAll(/<td>([\s\S]*?)<\/td>/g)].map(match => seen(match[1] ?? ''))
    expect(cells).toEqual([oneLine(text), 'end'])
    expect(tagsOf(out).filter(tag => !/^(?:table|thead|tbody|tr|th|td|code)$/.test(tag))).toEqual([])
  })

  test('what GitHub looks for after Markdown is kept from it by a tag: mentions, numbers, mathematics', () => {
    expect(markdownText('@org/team #12 $x$')).toBe(
      '<span>@</span>org/team <span>#</span>12 <span>$</span>x<span>$</span>'
    )
  })

  test('both ends of a tag are escaped, and an entity is shown as it was written', () => {
    expect(markdownText('<b> &lt;')).toBe('&lt;b&gt; &amp;lt;')
  })

  test('names with underscores and dashes stay readable in the source', () => {
    expect(markdownText('Standard_D8s_v5 in east-us (2)')).toBe('Standard_D8s_v5 in east-us (2)')
    expect(markdownCode('render_node-1')).toBe('`render_node-1`')
  })

  test.each([
    ['https://portal.azure.com/#@/resource/a(b) c', '[x](https://portal.azure.com/#@/resource/a%28b%29%20c)'],
    ['https://x.example/")[y](z', '[x](https://x.example/%22%29%5By%5D%28z)'],
    ['https://x.example/50%', '[x](https://x.example/50%25)'],
    ['https://x.example/%20\ud83d', '[x](https://x.example/%20%EF%BF%BD)'],
    ['javascript:alert(1)', 'x'],
    ['http://x.example', 'x']
  ])('a link to %s is %s', (url, link) => {
    expect(markdownLink('x', url)).toBe(link)
  })
})

describe('HTML', () => {
  test.each(HOSTILE)('text holds no tag and ends no attribute: %j', text => {
    expect(htmlText(text)).not.toMatch(/[<>"']/)
    expect(seen(htmlText(text))).toBe(oneLine(text))
  })
})

describe('Mermaid', () => {
  test.each(HOSTILE)('a label has nothing that the grammar reads: %j', text => {
    expect(mermaidLabel(text)).not.toMatch(/[:;#%"'`{}[\]<>\n\r$@|\\]|--/)
    expect(mermaidLabel(text).length).toBeLessThanOrEqual(60)
  })

  const wordsOf = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '')

  test.each(HOSTILE)('a label has the words of the text, as far as they fit: %j', text => {
    const label = mermaidLabel(text)
    const words = wordsOf(label)
    expect(wordsOf(oneLine(text)).startsWith(words)).toBe(true)
    if (!label.includes('…')) expect(words).toBe(wordsOf(oneLine(text)))
  })

  test('what the grammar reads becomes a blank', () => {
    expect(mermaidLabel('pool "render": 20 nodes; 1 --> 2 #5')).toBe('pool render 20 nodes 1 - 2 5')
    expect(mermaidLabel('snapshot_of (disk), 64 GB')).toBe('snapshot_of (disk), 64 GB')
    expect(mermaidLabel('x'.repeat(61))).toBe(`${'x'.repeat(59)}…`)
  })
})
