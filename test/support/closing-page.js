// Plain JavaScript: the reporter, which jest loads before any transformer, imports it.
/** Columns and lines that the closing page may take: a run ends in what one screen shows. */
const WIDTH = 130
const MOST_LINES = 12

/**
 * The end of a run, for a screen: what failed by name, what was skipped by reason, the rest as counts, and the totals last.
 * `lists` is the file where everything is named.
 */
export function closingPage({ totals, failed, skipped, guesses, compared, lists, seconds }) {
  return [
    ...(failed.length === 0 ? [] : ['', `Failed suites (${failed.length}), whose failures are shown above:`]),
    ...shortened(failed),
    '',
    skipped.length === 0 ? 'Nothing was skipped.' : `Skipped (${skipped.length}), by reason:`,
    ...shortened(byReason(skipped)),
    `The embedded Azure guesses in ${guesses.length} places: the rows of emulator/FIDELITY.md whose source says “guess”.`,
    ...(compared.given === 0
      ? []
      : [`Of ${compared.given} kinds of its answers ${compared.left.length} were never compared with anything.`]),
    `Each of them by name: ${lists}`,
    `Suites: ${totals.suitesPassed} passed, ${totals.suitesFailed} failed`,
    `Tests:  ${totals.passed} passed, ${totals.failed} failed, ${skipped.length} skipped`,
    `Time:   ${seconds.toFixed(1)} s`
  ].map(line => clipped(line, WIDTH))
}

/** Everything that the page only counts, name by name. */
export function closingLists({ skipped, guesses, compared }) {
  return [
    ...titled(
      'Skipped',
      skipped.map(({ path, name }) => `${path}: ${name}`)
    ),
    ...titled('Guesses of the embedded Azure (emulator/FIDELITY.md)', guesses),
    ...titled('Its answers that were never compared with anything', compared.left)
  ]
}

const titled = (title, lines) => [`${title}: ${lines.length}`, ...lines.map(line => `  ${line}`), '']

/** A skipped test says why at the end of its name: `renders [no chromium]`. */
function byReason(skipped) {
  const reasons = Map.groupBy(skipped, ({ name }) => /\[([^\]]+)\]$/.exec(name)?.[1] ?? `without a reason: ${name}`)
  return [...reasons].map(
    ([reason, tests]) => `${reason}: ${tests.length} in ${[...new Set(tests.map(one => one.path))].join(', ')}`
  )
}

function shortened(lines) {
  const more = lines.length - MOST_LINES
  return [...lines.slice(0, MOST_LINES), ...(more > 0 ? [`… and ${more} more`] : [])].map(line => `  ${line}`)
}

const clipped = (line, width) => (line.length > width ? `${line.slice(0, width - 1)}…` : line)
