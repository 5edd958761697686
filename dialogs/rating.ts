import { Dialog, type DialogTurnResult } from 'botbuilder-dialogs'
import type { Incoming } from './interpret'
import type { Turn } from './turn'
import { buttons, questions, say } from './words'

/** Satisfaction, asked once for each ticket that an agent closed, and never when it ended by itself. */

/** So long the question may be answered, in milliseconds. */
const openFor = 14 * 24 * 60 * 60 * 1000

/** The agent has closed the case: how was it? What was being tried can be gone on with at any time. */
export async function askForRating(
  turn: Turn,
  { ticket, agent }: Extract<Incoming, { kind: 'handoff_closed' }>,
): Promise<void> {
  turn.set({ rating: { ticket, askedAt: turn.input.now } })
  await turn.ask('rating', questions.rating(agent), buttons.rating)
}

/** Takes the score, and then a sentence about it. Undefined when the person speaks of something else: then nothing was asked. */
export async function takeRating(
  turn: Turn,
  incoming: Incoming,
): Promise<DialogTurnResult | undefined> {
  const { question, rating } = turn.state
  if (question?.topic !== 'rating' && question?.topic !== 'rating_words') return undefined
  turn.closeQuestion()
  if (!rating || turn.input.now - rating.askedAt > openFor) return undefined
  return question.topic === 'rating'
    ? takeScore(turn, incoming, rating.ticket)
    : takeWords(turn, incoming, rating.ticket)
}

async function takeScore(
  turn: Turn,
  incoming: Incoming,
  ticket: string,
): Promise<DialogTurnResult | undefined> {
  const both = scoreWithWords(incoming)
  if (both) {
    turn.effect({ effect: 'rated', ticket, score: both.score })
    turn.effect({ effect: 'rating_words', ticket, words: both.words.slice(0, mostWords) })
    await turn.say(say.rated)
    return Dialog.EndOfTurn
  }
  const score = scoreIn(incoming)
  if (score !== undefined) {
    turn.effect({ effect: 'rated', ticket, score })
    await turn.ask('rating_words', questions.ratingWords, buttons.ratingWords)
    return Dialog.EndOfTurn
  }
  if (!declines(incoming)) return undefined
  await turn.say(say.noRating)
  return Dialog.EndOfTurn
}

async function takeWords(
  turn: Turn,
  incoming: Incoming,
  ticket: string,
): Promise<DialogTurnResult | undefined> {
  if (declines(incoming)) {
    await turn.say(say.rated)
    return Dialog.EndOfTurn
  }
  // A trouble or a wish for a person is no remark about the last one.
  const isRemark =
    incoming.kind === 'words' &&
    incoming.reading.verdict !== 'sure' &&
    incoming.reading.kind !== 'human'
  if (!isRemark) return undefined
  turn.effect({ effect: 'rating_words', ticket, words: incoming.text.slice(0, mostWords) })
  await turn.say(say.rated)
  return Dialog.EndOfTurn
}

/** A remark is kept to this many characters. */
const mostWords = 1_000

/** "4", "four", "5/5", "5 stars"; a button sends `rate:4`. */
function scoreIn(incoming: Incoming): number | undefined {
  if (incoming.kind === 'press')
    return Number(/^rate:([1-5])$/.exec(incoming.answer)?.[1]) || undefined
  if (incoming.kind !== 'words') return undefined
  const said =
    /^\W*(?:(?:a|an|i|give|you|it|is|was|say|would|my|rating|score)\W+)*([1-5]|one|two|three|four|five)(?:\s*(?:\/|of|out of)\s*(?:5|five))?(?:\s*(?:stars?|points?|please|thanks?|thank you|from me|definitely))*\W*$/i.exec(
      incoming.text,
    )?.[1]
  if (said === undefined) return undefined
  return scoreOf(said)
}

/** "2, you were no use", "3 - slow but friendly", "5 stars, quick and clear": the score and why, in one breath. */
function scoreWithWords(
  incoming: Incoming,
): { readonly score: number; readonly words: string } | undefined {
  if (incoming.kind !== 'words') return undefined
  const { groups } =
    /^\W*(?<score>[1-5]|one|two|three|four|five)(?:\s*(?:\/|of|out of)\s*(?:5|five))?(?:\s*(?:stars?|points?))?\s*(?:[,.;:!)–—-]+|\b(?:because|since|but|as)\b)\s*(?<words>\S.+)$/is.exec(
      incoming.text,
    ) ?? {}
  const score = groups?.['score'] && scoreOf(groups['score'])
  return score && groups?.['words'] ? { score, words: groups['words'] } : undefined
}

const scoreOf = (said: string): number => Number(said) || numbers.indexOf(said.toLowerCase()) + 1

const numbers = ['one', 'two', 'three', 'four', 'five']

const declines = (incoming: Incoming): boolean =>
  (incoming.kind === 'press' && incoming.answer === 'skip') ||
  (incoming.kind === 'words' &&
    /^\W*(?:no+|nope|nah|no,? (?:thanks?|thank you|ty)|skip(?: it)?|not now|later|leave it|none|nothing|that'?s (?:all|it))\W*$/i.test(
      incoming.text,
    ))
