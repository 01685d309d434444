/**
 * Values that an action wrote to one of the runner's command files (GITHUB_OUTPUT, GITHUB_STATE, GITHUB_ENV): `name=value`, or
 * `name<<delimiter`, lines, `delimiter`. Throws as the runner fails a step: a line of neither shape, a delimiter that never
 * comes again.
 */
export function parseCommandFile(text: string): Record<string, string> {
  const lines = text.split('\n')
  const values: Record<string, string> = {}
  while (lines.length > 0) {
    const line = (lines.shift() ?? '').replace(/\r$/, '')
    if (line === '') continue
    const [, name, sign, rest] = /^(.+?)(=|<<)(.*)$/.exec(line) ?? []
    if (name === undefined || rest === undefined) throw new Error(`command file: line "${line}" is not name=value`)
    values[name] = sign === '=' ? rest : takeUntil(lines, rest)
  }
  return values
}

function takeUntil(lines: string[], delimiter: string): string {
  const end = lines.findIndex(line => line.replace(/\r$/, '') === delimiter)
  if (end < 0) throw new Error(`command file: delimiter "${delimiter}" doesn't come again`)
  return lines
    .splice(0, end + 1)
    .slice(0, -1)
    .join('\n')
}

export type WorkflowCommand = { command: string; properties: Record<string, string>; message: string }

/** The workflow commands in what an action printed: `::error title=T::message`. */
export function parseWorkflowCommands(stdout: string): WorkflowCommand[] {
  return [...stdout.matchAll(/^::([\w-]+)(?: ([^:]*(?::(?!:)[^:]*)*))?::(.*)$/gm)].map(
    ([, command, properties, message]) => ({
      command: command ?? '',
      properties: Object.fromEntries((properties ?? '').split(',').filter(Boolean).map(parseProperty)),
      message: unescapeData(message ?? '')
    })
  )
}

function parseProperty(text: string): [string, string] {
  const at = text.indexOf('=')
  return [
    text.slice(0, at),
    unescapeData(
      text
        .slice(at + 1)
        .replaceAll('%3A', ':')
        .replaceAll('%2C', ',')
    )
  ]
}

function unescapeData(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
}
