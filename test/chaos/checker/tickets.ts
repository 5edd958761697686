import type { Note, Part } from './check'

/** I9: every ticket has come to one end, and no conversation had two at a time. */
export function checkTickets({ tickets }: Part, note: Note): void {
  for (const { id, opened, ends } of tickets) {
    if (ends.length === 0) note('I9', `ticket ${id} has no end`, opened)
    if (ends.length > 1)
      note('I9', `ticket ${id} ended ${ends.map(({ state }) => state).join(' and ')}`, opened)
    for (const { state, seq } of ends)
      if (seq < opened) note('I9', `ticket ${id} was ${state} before it was opened`, seq)
  }
  const inOrder = tickets.toSorted((a, b) => a.opened - b.opened)
  for (const [index, { id, opened }] of inOrder.entries()) {
    const before = inOrder[index - 1]
    const end = before?.ends[0]
    if (before && end && end.seq > opened)
      note('I9', `ticket ${id} was opened while ${before.id} was open`, opened)
  }
}
