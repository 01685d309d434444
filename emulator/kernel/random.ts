/** Chance and names that are the same for the same seed. */
export type Chance = { random(): number; guid(): string }

/** Mulberry32 over `seed`; `stream` keeps uses apart, so that asking for one never shifts the other. */
export function chance(seed: number, stream = 0): Chance {
  let state = (seed ^ Math.imul(stream + 1, 0x9e3779b9)) >>> 0
  const random = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return { random, guid: () => guidOf(random) }
}

function guidOf(random: () => number): string {
  const word = (): string =>
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0')
  const hex = word() + word() + word() + word()
  const variant = ((Number.parseInt(hex[16] ?? '0', 16) & 3) | 8).toString(16)
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, variant + hex.slice(17, 20), hex.slice(20)].join(
    '-'
  )
}
