/** What Azure refuses of a tag ("Use tags to organize your Azure resources"). */
export const MOST_TAGS_OF_AZURE = 50

/** Undefined: Azure takes it. */
export function tagFault(name: string, value: string): string | undefined {
  if (name.length > 512) return `tag name "${name.slice(0, 40)}…" has ${name.length} characters; 512 at most`
  if (value.length > 256) return `the value of tag "${name}" has ${value.length} characters; 256 at most`
  return /[<>%&\\?/]/.test(name) ? `tag name "${name}" has one of <>%&\\?/ in it, which Azure refuses` : undefined
}
