/** A run as a story to read: its log, what it changed in Azure and when, and how its summary begins. */
import type { Told } from './story.ts'

export type Chapter = { title: string; told: Told }

export function transcript(chapters: readonly Chapter[]): string {
  return chapters.map(chapter).join('\n')
}

function chapter({ title, told }: Chapter): string {
  const parts = [
    `=== ${title} ===`,
    told.log.join('\n'),
    '--- requests that change something ---',
    told.changes.length === 0 ? 'none' : told.changes.join('\n'),
    `--- requests: ${countByMethod(told)}; ${told.minutes.toFixed(1)} minutes ---`,
    '--- annotations ---',
    ...told.annotations.map(({ level, title, message }) => `${level}: ${title}: ${message}`),
    '--- summary ---',
    told.summary
  ]
  return `${parts.join('\n').trimEnd()}\n`
}

function countByMethod({ exchanges }: Told): string {
  const counts = new Map<string, number>()
  for (const { request } of exchanges) counts.set(request.method, (counts.get(request.method) ?? 0) + 1)
  return [...counts]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([method, count]) => `${count} ${method}`)
    .join(', ')
}
