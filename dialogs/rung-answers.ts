import type { RungResult } from '../knowledge'
import type { Incoming } from './interpret'
import type { Turn } from './turn'

/** What came in, as an answer to a rung. */

/** A button's or reply's answer as the result of a rung. */
const results: ReadonlyMap<string, RungResult> = new Map([
  ['yes', 'helped'],
  ['no', 'no_help'],
  ['already_tried', 'already_tried'],
  ['cant_do', 'cannot'],
  ['next', 'skipped'],
])

/** The result that an answer gives a rung; a yes to a check means that the cause is found. Undefined when it gives none. */
export const resultOf = (answer: string | undefined, isCheck: boolean): RungResult | undefined =>
  isCheck && answer === 'yes' ? 'found' : results.get(answer ?? '')

/** A press or a reply as one answer; undefined when neither says enough. */
export function answerOf(incoming: Incoming): string | undefined {
  if (incoming.kind === 'press') return incoming.answer
  if (incoming.kind !== 'words' || !incoming.understood) return undefined
  return incoming.understood.answer ?? incoming.understood.label
}

/** Describing the same trouble once more means that it is still there; a question about it does not. */
export const tellsTheSame = (
  { reading, text }: Extract<Incoming, { kind: 'words' }>,
  turn: Turn,
): boolean =>
  reading.verdict === 'sure' &&
  reading.matches[0]?.id === turn.state.case?.symptom &&
  !text.includes('?')

/** "yes", "ok please": agrees to be asked again. "All there now, ty" is longer, and says that it worked. */
export const isShortYes = (incoming: Incoming): boolean =>
  incoming.kind === 'words' &&
  incoming.understood?.label === 'yes' &&
  incoming.text.split(/\s+/).length <= 3

/** "Still not fixed", "no change": the trouble is still there. */
export const isBackAgain = ({ reading }: Extract<Incoming, { kind: 'words' }>): boolean =>
  reading.kind === 'back_again'
