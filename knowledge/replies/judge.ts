import { isFactsOnly, wantsNobody } from '../matching'
import type { Facts } from '../words'
import { createGuesser, type Guesser, type Meaning } from './guess'
import { hear, type Heard } from './hear'
import { loadLearnt } from './learnt'
import { signsOf } from './signs'
import type { Label, QuestionKind } from './understood'

/** A reply, or a part of one, as it is judged. */
export interface Reply {
  readonly plain: string
  readonly kind: QuestionKind
  readonly facts: Facts
  readonly isAsking: boolean
}

/** What a reply was taken for. */
export interface Judged {
  readonly label: Label
  readonly confidence: number
  /** The likeliest of all but `unclear`, and its chance. */
  readonly likeliest: Label
  readonly chance: number
}

/** The likeliest meaning, or `unclear` where it is too unlikely to act on. */
export function judge({ plain, kind, facts, isAsking }: Reply, heard: readonly Heard[]): Judged {
  const { guess, isStrange } = guesser()(signsOf(plain, { kind, heard, facts, isAsking }))
  const [best] = heard
  const labelled = guess.flatMap(({ meaning, chance }) => {
    const label = named(meaning, heard, facts)
    if (label === 'human' && wantsNobody(plain)) return []
    return label ? { label, chance } : []
  })
  const saysNothing = labelled[0]?.label === 'unclear'
  const { label: likeliest = 'unclear', chance = 0 } =
    labelled.find(({ label }) => label !== 'unclear') ?? {}
  if (best && best.strength >= CERTAIN)
    return {
      label: best.label,
      confidence: CERTAINLY,
      likeliest: best.label,
      chance: CERTAINLY,
    }
  // "iOS 18" and "an iPhone" tell a fact, and are no answer to "did that help".
  const isFactOnly = best?.label !== 'yes' && isFactsOnly(plain) && !asksForFact.has(kind)
  const isUnsaid = best ? best.label === 'unclear' && best.strength >= OUTRIGHT : isStrange
  const isOther = likeliest === 'yes' && best?.label !== 'yes' && answersOther(plain, kind, facts)
  const isOffer = kind === 'consent' || kind === 'send'
  const asksBack = likeliest === 'yes' && isOffer && isAsking
  // Not "<": what is no number is not likely enough either.
  const isLikely = chance >= leastOf(likeliest, plain, best)
  return saysNothing || isFactOnly || isUnsaid || isOther || asksBack || !isLikely
    ? { label: 'unclear', confidence: 0, likeliest, chance }
    : { label: likeliest, confidence: chance, likeliest, chance }
}

const asksForFact: ReadonlySet<QuestionKind> = new Set(['device', 'role', 'scope', 'system'])

/** A wish for a person and an outright correction of the device need no second opinion. */
const CERTAIN = 5
const CERTAINLY = 0.98
const OUTRIGHT = 4

/** Below an even chance asking costs less than acting on it. */
const LEAST = 0.5
/** "Hotel wifi" is some answer or other; a word or two that no rule knows should be clear. */
const LEAST_OF_FEW_WORDS = 0.8
const FEW_WORDS = 2
const LEAST_OF_COMMANDS = 0.9
/** What throws away where we are, closes the case or calls a person must be likelier. */
/** A yes that no rule hears closes a case or agrees to an offer on the words' likeness alone. */
const LEAST_OF_UNHEARD_YES = 0.9
const leastChances: Readonly<Partial<Record<Label, number>>> = {
  stop: 0.7,
  restart: 0.7,
  human: 0.7,
  yes: 0.75,
}

function leastOf(label: Label, plain: string, heard: Heard | undefined): number {
  const least = leastChances[label] ?? LEAST
  if (label === 'yes' && heard?.label !== 'yes') return LEAST_OF_UNHEARD_YES
  if (heard) return least
  // What no rule knows as a command had better be one.
  if (label === 'stop' || label === 'restart') return LEAST_OF_COMMANDS
  const isBrief = plain.split(' ').length <= FEW_WORDS
  return isBrief ? Math.max(least, LEAST_OF_FEW_WORDS) : least
}

/** Whether what sounds like a yes answers another question: a fact was asked for, or "it works now" meets an offer. */
function answersOther(plain: string, kind: QuestionKind, facts: Facts): boolean {
  if (kind === 'role' || kind === 'scope' || kind === 'system') return true
  if (kind !== 'consent' && kind !== 'send' && kind !== 'found') return false
  const [best] = hear(plain, 'helped', facts)
  return best?.label === 'yes' && best.strength >= 3
}

/** A meaning as a label: which device is in the facts, and thanks and help are told apart by their rules. */
function named(meaning: Meaning, heard: readonly Heard[], facts: Facts): Label | undefined {
  if (meaning === 'device') return facts.device && `device:${facts.device}`
  if (meaning === 'chitchat' && heard.some(({ label }) => label === 'thanks')) return 'thanks'
  if (meaning === 'dont_understand' && heard[0]?.label === 'help') return 'help'
  return meaning
}

let made: Guesser | undefined
const guesser = () => (made ??= createGuesser(loadLearnt()))

/** Reads the table now, so that a bad file stops a start and not a conversation. Throws then. */
export const prepareReplies = (): void => void guesser()
