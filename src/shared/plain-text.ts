/** Text for a job log: foreign text made harmless, and columns. */

/** C0 and C1 controls, the characters that turn the direction of text, and invisible ones. */
// eslint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g
// eslint-disable-next-line no-control-regex
const ANSI = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g

/** Foreign text as one harmless line: no ANSI sequences, no controls, runs of blanks as one blank. */
export function oneLine(text: string): string {
  return text.toWellFormed().replace(ANSI, '').replace(/\s+/g, ' ').replace(UNSEEN, '\ufffd').trim()
}

/** As `oneLine`, at most `length` characters long; what was cut off shows as `…`. */
export function shortLine(text: string, length: number): string {
  return cut(oneLine(text), length)
}

/** At most `length` UTF-16 units of `text`, the last a `…` where something was cut off; never half a character. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text
  return `${text.slice(0, Math.max(0, length - 1)).replace(/[\ud800-\udbff]$/, '')}…`
}

/** At most `length` UTF-16 units of `text`, of its beginning and its end; what was left out between them shows as ` … `. */
export function cutInside(text: string, length: number): string {
  if (text.length <= length) return text
  const end = Math.floor((length - 3) / 2)
  const start = text.slice(0, length - 3 - end).replace(/[\ud800-\udbff]$/, '')
  return `${start} … ${text.slice(-end).replace(/^[\udc00-\udfff]/, '')}`
}

/**
 * A finished line of the log that the runner can't take for a workflow command: it reads `::name::` after leading blanks,
 * and the older `##[name]` anywhere.
 */
export function logLine(line: string): string {
  return oneLineKeepingBlanks(line)
    .replaceAll('##[', '# #[')
    .replace(/^(\s*):(?=:)/, '$1: ')
    .trimEnd()
}

function oneLineKeepingBlanks(line: string): string {
  return line
    .toWellFormed()
    .replace(ANSI, '')
    .replace(/[\r\n\t\v\f\u2028\u2029]/g, ' ')
    .replace(UNSEEN, '\ufffd')
}

/** Rows as lines whose cells stand below one another; the last cell of a row is never padded. `right` names columns of numbers. */
export function columns(rows: readonly (readonly string[])[], right: readonly number[] = []): string[] {
  const widths: number[] = []
  for (const row of rows) {
    row.forEach((cell, index) => (widths[index] = Math.max(widths[index] ?? 0, [...cell].length)))
  }
  return rows.map(row =>
    row
      .map((cell, index) => {
        const blanks = ' '.repeat((widths[index] ?? 0) - [...cell].length)
        return right.includes(index) ? blanks + cell : cell + blanks
      })
      .join('  ')
      .trimEnd()
  )
}

/** Breaks a line at blanks, each part at most `width` characters where its words allow. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of oneLine(text).split(' ')) {
    const last = lines.at(-1)
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}
