import type { View } from './checker/history'
import type { Arrival } from './connector'
import type { Stored } from './stored'

/**
 * What arrived in Teams, as readers of their conversations. The server has noted which row it was under the id that it got;
 * of one that nobody noted, since the server died or heard no answer, another like it follows, or it was given up.
 */
export function arrivalViews(
  arrivals: readonly Arrival[],
  { arrived, outbox }: Stored,
  mayRepeat: number,
): View[] {
  return [...new Set(arrivals.map(({ conversation }) => conversation))].map((conversation) => {
    const here = arrivals.filter((arrival) => arrival.conversation === conversation)
    const dead = outbox.postings.filter(
      (posting) => posting.conversation === conversation && posting.state === 'dead',
    )
    const seen: { seq: number }[] = []
    for (const [index, { id, body }] of here.entries()) {
      const before = seen.at(-1)?.seq ?? 0
      const later = here.slice(index + 1).filter((each) => arrived.has(each.id))
      const seqOf = (arrival?: Arrival) => arrival && arrived.get(arrival.id)
      const next = seqOf(later[0]) ?? Infinity
      const again = seqOf(later.find((each) => each.body === body))
      const givenUp = dead.find(({ seq }) => seq >= before && seq <= next)?.seq
      // Another that reads the same may come much later: what was given up before the next one was this.
      const repeated = again !== undefined && again > next ? (givenUp ?? again) : again
      const seq = arrived.get(id) ?? repeated ?? givenUp
      // None of ours, which the checker tells.
      seen.push({ seq: seq ?? -1 })
    }
    return {
      reader: `Teams of ${conversation}`,
      kind: 'teams',
      conversation,
      audience: 'person',
      from: 0,
      mayRepeat,
      pages: [{ watermark: 0, seen }],
    }
  })
}

/** How many rows came twice. */
export const repeatsIn = (views: readonly View[]): number =>
  views.reduce((sum, { pages: [page] }) => {
    const seen = page?.seen ?? []
    return sum + seen.length - new Set(seen.map(({ seq }) => seq)).size
  }, 0)
