/** That hiding secrets takes time that grows with the text alone: also where the text is made to be slow. */
import { redactor } from '../src/report/redact.ts'
import { median, table } from './table.ts'

const TURNS = 7
const SIZES = [100_000, 400_000, 1_600_000]
const SECRET = 'ab'.repeat(40) + 'c'

/** A text that is repeated until it is as long as wanted. */
const TEXTS: Record<string, string> = {
  'a command line': `/bin/bash -c 'render --scene "shot 12" --frames 1-240' && `,
  'a command line in JSON within JSON': JSON.stringify(JSON.stringify({ a: 'say "hello"\nand go on' })),
  'beginnings of a secret': SECRET.slice(0, -1),
  'places where a secret may be cut off': `${SECRET.slice(0, 40)}… ${SECRET.slice(-40)}... `,
  'beginnings of tokens': 'eyJ-eyJ_Bearer sig&',
  'percent signs': '%41%u0041%%C3%A4%'
}

export async function redactSection(): Promise<string> {
  const { hide, text } = redactor()
  for (const secret of [SECRET, 'horse "battery" <staple>\nsecond line', 'x'.repeat(2_000)]) hide(secret)
  text('a') // prepares the search
  const rows = Object.entries(TEXTS).map(([name, part]) => {
    const times = SIZES.map(size => timeOf(() => text(part.repeat(Math.ceil(size / part.length)).slice(0, size))))
    const [least = 0, middle = 0, most = 0] = times
    return [name, ...times.map(ms => `${ms.toFixed(0)} ms`), (middle / least).toFixed(1), (most / middle).toFixed(1)]
  })
  return table(['characters', ...SIZES.map(size => size.toLocaleString('en-US')), '4 times', '4 times more'], rows)
}

function timeOf(work: () => void): number {
  return median(
    Array.from({ length: TURNS }, () => {
      const begun = performance.now()
      work()
      return performance.now() - begun
    })
  )
}
