import { z } from 'zod'
import { isFactsOnly, normalise, understand, type Facts, type Understood } from '../knowledge'
import type { UnmatchedWhy } from './effects'
import type { Incoming } from './interpret'
import type { Turn } from './turn'

/** A kept phrase has at most this many characters. */
const mostKept = 500

/** Words that led to "did you mean", remembered until that is answered. */
export interface Doubted {
  readonly phrase: string
  readonly offered: readonly string[]
}

const doubted = z.object({ phrase: z.string(), offered: z.array(z.string()) })

/** What a dialog's stored state says of it, or undefined when it says nothing. */
export const readDoubted = (state: unknown): Doubted | undefined => doubted.safeParse(state).data

/** Notes that the bot had no use for what the person typed. Buttons, manners, plain answers and bare facts are not noted. */
export function noteUnmatched(turn: Turn, incoming: Incoming): void {
  if (incoming.kind !== 'words' || !incoming.isTyped) return
  const { text, reading, understood } = incoming
  if (reading.kind !== 'unknown' && reading.kind !== 'off_topic') return
  const isNoTrouble = isPlainAnswer(text, understood) || tells(reading.facts, text)
  if (reading.kind === 'unknown' && isNoTrouble) return
  note(turn, text, { why: reading.kind, offered: [], nearest: reading.matches[0]?.id })
}

/** Notes that every symptom offered for these words was turned down. */
export function noteTurnedDown(turn: Turn, { phrase, offered }: Doubted): void {
  note(turn, phrase, { why: 'none_of_these', offered, nearest: offered[0] })
}

interface Note {
  readonly why: UnmatchedWhy
  readonly offered: readonly string[]
  readonly nearest: string | undefined
}

/** While a person is waited for, words are meant for them; and after words of danger nothing is kept for anybody to study. */
function note(turn: Turn, text: string, { why, offered, nearest }: Note): void {
  if (turn.input.holder !== 'bot' || turn.state.spokeOfDanger) return
  turn.effect({
    effect: 'unmatched',
    text: shortened(text),
    why,
    offered,
    ...(nearest === undefined ? {} : { nearest }),
    packVersion: turn.pack.info.version,
  })
}

/** Cut to what is kept, and never through the middle of a character. */
export const shortened = (text: string): string =>
  text.slice(0, mostKept).replace(/[\uD800-\uDBFF]$/, '')

/** A yes or a no, to whatever was asked or to nothing at all. */
function isPlainAnswer(text: string, understood: Understood | undefined): boolean {
  const { label } = understood ?? understand(text, { kind: 'choice' })
  return label === 'yes' || label === 'no'
}

/** "On my iPad", "it's my sister's", "I restarted it": facts, not trouble. A device beside other words leaves those unmatched. */
function tells({ role, scope, tried }: Facts, text: string): boolean {
  const isMoreThanPlace = [role, scope, tried].some((fact) => fact !== undefined)
  return isMoreThanPlace || isFactsOnly(normalise(text))
}
