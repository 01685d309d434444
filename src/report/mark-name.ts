/** How a name is marked: in backticks, in quotes. */
export type MarkName = (name: string) => string

export const quoted: MarkName = name => `"${name}"`
