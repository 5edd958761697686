import type { Note, Part } from './check'

/** I10: whatever is to go elsewhere has arrived, or it is written down why it never will. */
export function checkOutbox({ log, outbox: { cursors, postings } }: Part, note: Note): void {
  for (const { seq, state, reason } of postings) {
    if (state === 'waiting') note('I10', 'it still waits to be sent', seq)
    if (state === 'dead' && !reason) note('I10', 'it was given up without a reason', seq)
  }
  const [cursor] = cursors
  if (!cursor) return
  const known = new Set(postings.map(({ seq }) => seq))
  // What a client wrote is there already.
  const due = log.filter(({ from, audience }) => from !== 'client' && audience.includes('person'))
  for (const { seq } of due) {
    if (seq > cursor.seq) note('I10', `the sender is at ${cursor.seq} and has not come to it`, seq)
    else if (!known.has(seq))
      note('I10', 'the sender passed it, and nothing tells what came of it', seq)
  }
}
