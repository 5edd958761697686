import type { Random } from '../match/random'

/** A number around 0 with a spread of 1 (Box and Muller 1958). */
export const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

/** A positive number with this median; `spread` is that of its logarithm. */
export const logNormal = (median: number, spread: number, random: Random): number =>
  median * Math.exp(spread * normal(random))

/** The place drawn from these weights; -1 when the draw falls on what is missing from `total`. */
export function draw(weights: readonly number[], total: number, random: Random): number {
  let left = random() * total
  return weights.findIndex((weight) => (left -= weight) < 0)
}
