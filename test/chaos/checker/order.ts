import type { Note, Part } from './check'

/** I4, as the database has it: the rows are 1 to n, each once, and n is what the conversation says. */
export function checkOrder({ talk, log }: Part, note: Note): void {
  let last = 0
  for (const { seq } of log) {
    if (seq === last) note('I4', `two rows have the number ${seq}`, seq)
    else if (seq !== last + 1) note('I4', `no rows between ${last} and ${seq}`, seq)
    last = seq
  }
  if (talk && talk.lastSeq !== last)
    note(
      'I4',
      `the conversation says that its last row is ${talk.lastSeq}, and it is ${last}`,
      last,
    )
  if (!talk && log.length > 0) note('I4', 'its rows belong to no conversation', last)
}
