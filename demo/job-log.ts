/**
 * What the Actions runner shows of what a step prints: commands such as `::debug::` and `::add-mask::` are for the runner,
 * and annotations are shown by their text. Whole lines only, so pieces are put together first.
 */
export function asInTheJobLog(show: (line: string) => void): (piece: string) => void {
  let rest = ''
  return piece => {
    const lines = (rest + piece).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const shown = shownOf(line)
      if (shown !== undefined) show(shown)
    }
  }
}

function shownOf(line: string): string | undefined {
  const [, command, message] = /^::(\w[\w-]*)[^:]*(?::(?!:)[^:]*)*::(.*)$/.exec(line) ?? []
  if (command === undefined || message === undefined) return line
  const text = message.replaceAll('%0D', '').replaceAll('%0A', '\n  ').replaceAll('%25', '%')
  const label = { error: 'Error', warning: 'Warning', notice: 'Notice' }[command]
  return label === undefined ? undefined : `${label}: ${text}`
}
