/** What a program of somebody else's is asked to do, and what must come of it. */
export type Step = {
  /** Short, for the table. */
  name: string
  /** As given to the program; where it can't, `instead` is tried and the table says so. */
  args: readonly string[]
  instead?: { when: RegExp; why: string; args: readonly string[] }
  /** What is wrong with the JSON that it printed; undefined where nothing is. */
  check?(output: Output): string | undefined
}

/** JSON of another program, read at the reader's own risk: a wrong name is undefined, and fails the check. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Output = any

export type Row = { step: string; command: string; result: 'ok' | 'failed'; note: string; seconds: number }

/** A check that `pick` gives `wanted`. */
export function shows(wanted: unknown, pick: (output: Output) => unknown): (output: Output) => string | undefined {
  return output => {
    const got = JSON.stringify(pick(output))
    return got === JSON.stringify(wanted) ? undefined : `shows ${got}; wanted ${JSON.stringify(wanted)}`
  }
}

/** The rows, one a line, under a heading. */
export function tableOf(heading: string, rows: readonly Row[]): string {
  const [step, command] = [widest(rows.map(row => row.step)), widest(rows.map(row => row.command))]
  const lines = rows.map(row => {
    const cells = [
      row.step.padEnd(step),
      row.command.padEnd(command),
      row.result.padEnd(6),
      `${row.seconds.toFixed(1)} s`
    ]
    return `${cells.join('  ')}${row.note === '' ? '' : `  ${row.note}`}`
  })
  const failed = rows.filter(({ result }) => result === 'failed').length
  const seconds = rows.reduce((sum, row) => sum + row.seconds, 0)
  return [heading, ...lines, `${rows.length - failed} ok, ${failed} failed, ${seconds.toFixed(0)} s`].join('\n')
}

const widest = (texts: readonly string[]): number => Math.max(...texts.map(text => text.length))
