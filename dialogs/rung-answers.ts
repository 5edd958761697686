import type { RungResult } from '../knowledge'
import type { Incoming } from './interpret'
import type { Turn } from './turn'
import { questions } from './words'

/** What came in, as an answer to a rung. */

/** A button's or reply's answer as the result of a rung. */
const results: ReadonlyMap<string, RungResult> = new Map([
  ['yes', 'helped'],
  ['no', 'no_help'],
  ['already_tried', 'already_tried'],
  ['next', 'skipped'],
])

/** From here on a reply counts as understood. */
export const heardWell = 0.6

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

/** "Still not fixed", "no change": the trouble is still there. */
export const isBackAgain = ({ reading }: Extract<Incoming, { kind: 'words' }>): boolean =>
  reading.kind === 'back_again'

/** "Why this one?", "why first": asks for the reason of its place, not how it is done. */
export const asksWhy = (incoming: Incoming): boolean =>
  incoming.kind === 'words' &&
  /^\W*(?:(?:but|and|ok|okay|hm+|so|wait)\W+)*why\b(?!\W+(?:is|are|does|do|did|has|have)\b.*\b(?:not|n't|still)\b)/i.test(
    incoming.text,
  )

/** "It works, but now I get no notifications": the trouble that is told beside the success, if it is clear which. */
export function anotherTroubleIn(
  incoming: Incoming,
  turn: Turn,
): { readonly symptom: string; readonly confidence: number } | undefined {
  if (incoming.kind !== 'words' || !turn.input.reader) return undefined
  const { groups } = besides.exec(incoming.text) ?? {}
  const [best, second] = groups?.['rest']
    ? turn.input.reader.read(groups['rest']).matches
    : incoming.reading.matches
  if (!best || best.id === turn.state.case?.symptom || !turn.pack.symptoms.has(best.id))
    return undefined
  const isClear = best.confidence >= clearEnough && best.confidence > 2 * (second?.confidence ?? 0)
  return isClear && groups?.['rest'] ? { symptom: best.id, confidence: best.confidence } : undefined
}

const besides = /\b(?:but|however|though|except)\b[\s,]*(?:now\b)?(?<rest>.{8,})$/i
/** The bot asks "shall we look at it" no more here, so it had better be right. */
const clearEnough = 0.4

/** Another trouble than the one at hand, told in place of an answer; which one, nobody can say. */
export const tellsBadNews = (incoming: Incoming): boolean =>
  incoming.kind === 'words' && incoming.understood?.also.includes('new_symptom') === true

/** "Gone, partly gone, or still there?": a yes says none of them. */
export const asksWhichOfThree = ({ state: { question } }: Turn): boolean =>
  question?.reply?.kind === 'ask' &&
  [questions.better, questions.whichOfThree].includes(question.reply.text)
