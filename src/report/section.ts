/** Sections of a Markdown page that together stay below a number of bytes. */

export type Section = {
  /** Lines before and after the items, never left out. */
  lead: string[]
  /** What is left out first when the page gets too long, from its end. One or more whole lines each. */
  items: string[]
  tail?: string[]
  /** What the items are, for the line that says how many were left out: `nodes`. */
  what: string
  /** Sections of less importance lose items first. */
  importance: number
  /** More items than this are left out even where there is room: nobody reads them. */
  most?: number
}

const MOST_ITEMS = 200

const bytesOf = (text: string): number => Buffer.byteLength(text, 'utf8')

/** A page that is too long gives no list of items more than this share, however important it is. */
const MOST_SHARE = 1 / 4

/** The page, below `limitBytes` in UTF-8 as long as leads and tails alone are. */
export function renderSections(sections: readonly Section[], limitBytes: number): string {
  const kept = sections.map(section => Math.min(section.items.length, section.most ?? MOST_ITEMS))
  const page = (): string => sections.map((section, index) => renderSection(section, kept[index] ?? 0)).join('\n')
  const keptItems = (index: number): string[] => sections[index]?.items.slice(0, kept[index]) ?? []
  const excess = (): number => bytesOf(page()) - (limitBytes - 1)
  if (excess() <= 0) return page()
  const order = sections.map((_, index) => index).sort((a, b) => importanceOf(sections, a) - importanceOf(sections, b))
  for (const index of order) {
    const size = bytesOf(keptItems(index).join('\n'))
    kept[index] = keptAfterCutting(keptItems(index), size - limitBytes * MOST_SHARE)
  }
  for (const index of order) {
    if (excess() > 0) kept[index] = keptAfterCutting(keptItems(index), excess())
  }
  return page()
}

const importanceOf = (sections: readonly Section[], index: number): number => sections[index]?.importance ?? 0

/** Bytes that the line about what was left out may take. */
const NOTICE_BYTES = 200

function keptAfterCutting(items: readonly string[], excessBytes: number): number {
  let count = items.length
  if (excessBytes <= 0) return count
  for (let freed = -NOTICE_BYTES; count > 0 && freed < excessBytes; count -= 1) {
    freed += bytesOf(items[count - 1] ?? '') + 1
  }
  return count
}

function renderSection({ lead, items, tail = [], what }: Section, kept: number): string {
  const left = items.length - kept
  const notice = left === 0 ? [] : ['', `*${left.toLocaleString('en-US')} more ${what} left out.*`]
  return [...lead, ...items.slice(0, kept), ...tail, ...notice, ''].join('\n')
}

/** The two lines that begin a table. Columns whose title ends in `:` are aligned to the right. */
export function tableHead(titles: readonly string[]): string[] {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [
    row(titles.map(title => title.replace(/:$/, ''))),
    row(titles.map(title => (title.endsWith(':') ? '--:' : ':--')))
  ]
}

/** Cells are Markdown already. */
export const tableRow = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
