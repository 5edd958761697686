import type { RungResult } from '../knowledge'

/**
 * What the bot says, as plain values. They are kept undrawn in the log; each reader draws them
 * (stock Web Chat as text and buttons, Teams as cards, the tests as lines).
 */

/** A button. What it sends back is `{case, ask, answer}`, so that a press on an old one is known as such. */
export interface Button {
  readonly label: string
  readonly answer: string
}

/** What every reply may carry. */
interface Told {
  /** What the turn that says this wrote down of fixes, by fix: a client shows it where the fix stands. */
  readonly results?: Readonly<Record<string, RungResult>>
}

/** What every question carries. */
interface Question extends Told {
  /** Number of the question in its conversation; a button of an earlier one is stale. */
  readonly ask: number
  /** Id of the case that the question belongs to, when there is one. */
  readonly case?: string
  readonly buttons: readonly Button[]
}

/** A plain sentence or two. */
export interface Say extends Told {
  readonly kind: 'say'
  readonly text: string
}

/** A question with answers to press. */
export interface Ask extends Question {
  readonly kind: 'ask'
  readonly text: string
}

/** "Did you mean": entries to choose from, then the ways out. */
export interface Choices extends Question {
  readonly kind: 'choices'
  readonly text: string
}

/** One fix: why, steps, how to tell, and the question whether it helped. */
export interface RungReply extends Question {
  readonly kind: 'rung'
  readonly fix: string
  /** Every fix of quick checks that are asked together; absent for a rung of its own. */
  readonly together?: readonly string[]
  readonly title: string
  /** Which rung this is, counted from 1. */
  readonly number: number
  readonly minutes: number
  /** The opening clause with the reason and the minutes: "First a restart, which clears what is stuck (3 min)." */
  readonly lead: string
  readonly note?: string
  readonly steps: readonly string[]
  readonly check?: string
  readonly worked?: string
  /** Why it stands where it stands on the ladder, as a sentence; shown to who asks. */
  readonly why?: string
  readonly question: string
  /** The agent who sends it; absent when the bot tells it. */
  readonly by?: string
}

/** Where things stand, without a question: "You're second in line." */
export interface Progress extends Told {
  readonly kind: 'progress'
  readonly text: string
}

/** A quiet line that nobody said: "Maria has joined." */
export interface SystemLine extends Told {
  readonly kind: 'system'
  readonly text: string
}

export type Reply = Say | Ask | Choices | RungReply | Progress | SystemLine

/** What a pressed button sends back. */
export interface Press {
  readonly case?: string
  readonly ask: number
  readonly answer: string
}

/** The buttons of a reply; none for one that asks nothing. */
export const buttonsOf = (reply: Reply): readonly Button[] =>
  'buttons' in reply ? reply.buttons : []

/** A reply as text, with numbered steps on lines of their own (Markdown and plain text alike). */
export function textOf(reply: Reply): string {
  if (reply.kind !== 'rung') return reply.text
  const steps = reply.steps.map((step, index) => `${index + 1}. ${step}`).join('\n')
  const lead = [reply.lead, reply.note].filter(Boolean).join(' ')
  const after = [reply.check, reply.worked].filter(Boolean).join(' ')
  return [lead, steps, after, reply.question].filter((part) => part !== '').join('\n\n')
}
