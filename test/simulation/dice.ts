/** Choices by chance that are the same for the same seed. */
import { seeded } from '../support/virtual-time.ts'

export type Dice = ReturnType<typeof dice>

/** `stream` keeps uses apart: what one draws never shifts another. */
export function dice(seed: number, stream: number) {
  const random = seeded(Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(stream + 1, 0x85ebca6b))
  const between = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1))
  /** Log-uniform: as often from 1 to 10 as from 10 to 100. */
  const logBetween = (from: number, to: number): number => Math.round(Math.exp(lerp(Math.log(from), Math.log(to))))
  const lerp = (from: number, to: number): number => from + random() * (to - from)
  return {
    random,
    between,
    logBetween,
    /** Log-uniform from a `factor`th of the median to `factor` times it. */
    around: (median: number, factor: number): number => logBetween(median / factor, median * factor),
    chance: (share: number): boolean => random() < share,
    pick: <T>(list: readonly T[]): T => list[between(0, list.length - 1)] as T,
    /** Each of `count` indexes with this probability. */
    some: (count: number, share: number): number[] =>
      Array.from({ length: count }, (_, index) => index).filter(() => random() < share)
  }
}
