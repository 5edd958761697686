/** The Beta distribution, as far as beliefs need it. */

/** The middle 90 % of Beta(a, b), as two probabilities. Numbers of cases need not be whole. */
export function interval(a: number, b: number): { readonly low: number; readonly high: number } {
  return { low: quantile(0.05, a, b), high: quantile(0.95, a, b) }
}

/** Halving finds 12 digits in 40 steps, and needs no derivative at the ends. */
function quantile(share: number, a: number, b: number): number {
  let low = 0
  let high = 1
  for (let step = 0; step < 40; step += 1) {
    const middle = (low + high) / 2
    if (cumulative(middle, a, b) < share) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** The regularised incomplete beta function, by its continued fraction (Numerical Recipes, 3rd edition, section 6.4). */
export function cumulative(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  // The fraction converges fast on this side of the mean only.
  if (x > (a + 1) / (a + b + 2)) return 1 - cumulative(1 - x, b, a)
  const front = a * Math.log(x) + b * Math.log(1 - x) - Math.log(a) - logBeta(a, b)
  return Math.exp(front) * fraction(x, a, b)
}

function fraction(x: number, a: number, b: number): number {
  let c = 1
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1))
  let value = d
  for (let m = 1; m <= 300; m += 1) {
    for (const term of [
      (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)),
      (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)),
    ]) {
      d = 1 / awayFromZero(1 + term * d)
      c = awayFromZero(1 + term / c)
      value *= c * d
    }
    if (Math.abs(c * d - 1) < 1e-12) break
  }
  return value
}

const awayFromZero = (value: number): number => (Math.abs(value) < 1e-300 ? 1e-300 : value)

const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b)

/** Stirling's series after shifting the argument above 7: good to 11 digits. */
function logGamma(x: number): number {
  let shifted = x
  let product = 1
  while (shifted < 7) product *= shifted++
  const square = 1 / (shifted * shifted)
  const series = (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680))) / shifted
  return (
    (shifted - 0.5) * Math.log(shifted) -
    shifted +
    0.5 * Math.log(2 * Math.PI) +
    series -
    Math.log(product)
  )
}
