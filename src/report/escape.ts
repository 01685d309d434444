/**
 * Escaping of foreign text (from Azure, specs, tags, names) for where it goes. Each function takes raw text and returns
 * text that its place shows as it was and never reads as syntax. For log lines see `shared/plain-text.ts`.
 */
import { cut, oneLine } from '../shared/plain-text.ts'

/** The message of a workflow command (`::error::message`). */
export function commandData(text: string): string {
  return text.toWellFormed().replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

/** The value of a workflow command's property (`::error title=value::`). */
export function commandProperty(text: string): string {
  return commandData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

const HTML: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Between HTML tags, and between the quotes of an attribute. */
export function htmlText(text: string): string {
  return oneLine(text).replace(/[&<>"']/g, character => HTML[character] ?? '')
}

/**
 * Running text in Markdown, also in a table cell. GitHub looks for mentions, issue numbers and mathematics in the text
 * after Markdown was read, where a backslash no longer helps: a tag beside the character does.
 */
export function markdownText(text: string): string {
  return oneLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*[\]{}|~]/g, character => `&#${character.charCodeAt(0)};`)
    .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '&#95;')
    .replace(/\$|(?<![\w@])@(?=\w)|(?<!&)#(?=\w)/g, character => `<span>${character}</span>`)
    .replace(/!(?=&#91;)/g, '&#33;')
    .replace(/^[-+=#](?=[\s\-+=#]|$)/, character => `&#${character.charCodeAt(0)};`)
    .replace(/^(\d+)([.)])(?=\s|$)/, (_, digits: string, mark: string) => `${digits}&#${mark.charCodeAt(0)};`)
}

/** Tame enough for a code span in backticks, in a table too. */
const TAME_CODE = /^[^`|\\]+$/

/** Inline code in Markdown, also in a table cell. */
export function markdownCode(text: string): string {
  const line = oneLine(text)
  if (line === '') return '<code></code>'
  if (TAME_CODE.test(line)) return `\`${line}\``
  return `<code>${entities(line)}</code>`
}

/** Every character that could mean something as its number, which neither Markdown nor HTML reads as syntax. */
function entities(line: string): string {
  return line.replace(/[^A-Za-z0-9 .,=/\u00a0-\u{10ffff}]/gu, character => `&#${character.codePointAt(0)};`)
}

/** A link in Markdown. Only for addresses over https; the text alone for any other. */
export function markdownLink(markdown: string, url: string): string {
  const address = url.toWellFormed()
  if (!/^https:\/\/[A-Za-z0-9]/.test(address)) return markdown
  return `[${markdown}](${percentEncode(address)})`
}

function percentEncode(url: string): string {
  return url.replace(/[^A-Za-z0-9\-._~:/?#@!$&+,;=%]|%(?![0-9A-Fa-f]{2})/gu, character => {
    const bytes = new TextEncoder().encode(character)
    return Array.from(bytes, byte => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')
  })
}

/**
 * The name of a task or section of a Mermaid Gantt chart. Its grammar has no escapes that all versions share (`:`, `;`,
 * `#`, `%`, quotes and braces end or change a name), so whatever isn't letter, number or tame punctuation becomes a blank.
 */
export function mermaidLabel(text: string, length = 60): string {
  const tame = oneLine(text).replace(/[^\p{L}\p{M}\p{N} .,_()/=+·…✓✗×-]/gu, ' ')
  return cut(tame.replace(/ +/g, ' ').replace(/-{2,}/g, '-').trim(), length)
}
