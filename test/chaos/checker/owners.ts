import type { Note, Part } from './check'
import type { Span } from './history'

/** I8: at no row two owners, and nobody speaks where somebody else has the chat. */
export function checkOwners({ spans, log }: Part, note: Note): void {
  const inOrder = spans.toSorted((a, b) => a.from - b.from)
  for (const [index, span] of inOrder.entries()) {
    const before = inOrder[index - 1]
    if (before && (before.to ?? Infinity) > span.from && before.owner !== span.owner)
      note('I8', `${before.owner} and ${span.owner} have it at once`, span.from)
  }
  for (const { seq, from, by, answers } of log) {
    const owner = spans.find((span) => isIn(span, seq))?.owner
    if (owner === undefined) continue
    const isAgents = owner !== 'bot' && owner !== 'queue'
    if (from === 'bot' && answers !== undefined && isAgents)
      note('I8', `the bot answers while ${owner} has it`, seq)
    if (from === 'agent' && by !== undefined && by !== owner)
      note('I8', `${by} speaks while ${owner} has it`, seq)
  }
}

const isIn = ({ from, to = Infinity }: Span, seq: number): boolean => seq >= from && seq < to
