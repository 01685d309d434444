/** Changes that nobody can tell from what was there, each with the reason why: they count as neither caught nor alive. */
export type Equivalent = {
  file: string
  /** The line as it is, without blanks around it. */
  line: string
  /** What the change puts there. */
  replacement: string
  why: string
}

export const EQUIVALENTS: readonly Equivalent[] = []
