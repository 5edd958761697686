/** Names shorter than this differ from many by one letter (HOST and POST), so only swapped letters count as a slip. */
const shortName = 6

/** Whether `given` is `name` typed with a slip: other capitals or underscores, swapped neighbours, a letter too many, missing or wrong. */
export function isSlipOf(given: string, name: string): boolean {
  const [typed, meant] = [plain(given), plain(name)]
  if (typed === meant) return true
  // What both begin and end with is no part of the slip.
  let start = 0
  while (start < meant.length && typed[start] === meant[start]) start += 1
  let end = 0
  while (
    end < Math.min(typed.length, meant.length) - start &&
    typed.at(-1 - end) === meant.at(-1 - end)
  )
    end += 1
  const [wrong, right] = [
    typed.slice(start, typed.length - end),
    meant.slice(start, meant.length - end),
  ]
  if (wrong.length === 2 && right.length === 2)
    return wrong[0] === right[1] && wrong[1] === right[0]
  return meant.length >= shortName && wrong.length <= 1 && right.length <= 1
}

const plain = (name: string): string => name.replaceAll('_', '').toLowerCase()
