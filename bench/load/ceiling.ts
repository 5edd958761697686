/** How closely the ceiling is found, as a share of it. */
const closeness = 0.05
/** By how much the next rate is higher, as long as all of them are kept. */
const step = 1.5

/**
 * The highest rate that is kept: it rises until one is not, and comes closer between the two. 0 when even the first is
 * not kept, nor a tenth of it.
 */
export async function findCeiling(
  from: number,
  isKept: (rate: number) => Promise<boolean>,
): Promise<number> {
  let kept = 0
  let missed = Infinity
  let rate = from
  for (;;) {
    if (await isKept(rate)) kept = rate
    else missed = rate
    if (missed !== Infinity && missed - kept <= closeness * missed) return kept
    if (kept === 0 && missed <= from / 10) return 0
    rate = Math.round(
      missed === Infinity ? kept * step : kept === 0 ? missed / step : (kept + missed) / 2,
    )
  }
}
