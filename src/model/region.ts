/**
 * Azure spells a region as it was sent, by its short name or by its display name ("East US 2"), from one answer to the
 * next; this is the one form that they are compared in.
 */
export function regionName(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}

export function sameRegion(a: string, b: string): boolean {
  return regionName(a) === regionName(b)
}
