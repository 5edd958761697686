import { clausesOf, isFactsOnly, readFacts, relatives, type FactQuestion } from '../matching'
import { devices, type Device, type Facts } from '../words'
import { isForGood } from './for-good'
import { createGuesser, type Guesser, type Meaning } from './guess'
import { hear, type Heard } from './hear'
import { loadLearnt } from './learnt'
import { chosenOption } from './options'
import { inPlain } from './plain'
import { signsOf, type Signs } from './signs'
import { minutesNamed, putsOff } from './times'
import {
  labels,
  type Label,
  type Option,
  type Question,
  type QuestionKind,
  type Understood,
} from './understood'

/**
 * What a reply means as an answer to a question.
 * Rules and facts say what they see in it, and what was learnt from labelled replies weighs that and the words.
 * An answer that is only a fact ("mine", "18") is `unclear` with the fact filled in.
 */
export function understand(text: string, question: Question): Understood {
  const { kind } = question
  const plain = inPlain(text)
  const bare = bareFact(plain)
  const facts = readFacts(text, bare ?? factQuestion(kind))
  const minutes = kind === 'later' ? minutesNamed(plain) : undefined
  const again = minutes !== undefined && putsOff(plain) ? { again: minutes } : {}
  if (plain === '') return { label: 'unclear', also: [], confidence: 0, facts }

  const option = chosenOption(plain, question.options ?? [], inPlain)
  const said = option ? { ...factsOf(option, kind), ...facts } : facts
  const reply: Reply = { plain, kind, facts: said, isAsking: text.includes('?') }
  const heard = hear(plain, kind, said)
  if (option && (option.exact || !outweighs(heard[0], kind))) {
    const label = labelOf(option.answer)
    const also = heard.map((each) => each.label).filter((each) => each !== label)
    const confidence = option.exact ? 1 : 0.85
    return { label, also, confidence, facts: said, answer: option.answer, ...again }
  }
  const judged = judge(reply, heard)
  // "Hers" and "just me" tell a fact, whatever was asked.
  if (bare) return { ...unclear(judged), also: [], facts: said }
  const parts = partsOf(reply)
  const { label, confidence } = twoAtOnce(judged, parts)
  const placed = label === 'no' || label === 'partly' ? whereItFails(said, parts) : said
  const also = alsoSaid(label, heard, parts, placed)
  if (label === 'unclear') return { ...unclear(judged), also, facts: said }
  return {
    label,
    also,
    confidence,
    ...(label === 'cant_do' && isForGood(plain) ? { isForGood: true } : {}),
    // "Someone" in a wish for a person is nobody's album.
    facts: label === 'human' ? {} : placed,
    ...again,
  }
}

/** The question that facts in a reply would answer. */
export const factQuestion = (kind: QuestionKind): FactQuestion | undefined =>
  kind === 'device' || kind === 'role' || kind === 'scope' || kind === 'system' ? kind : undefined

const unclear = ({ likeliest, chance }: Judged) =>
  ({ label: 'unclear', guess: likeliest, confidence: Math.min(chance, MOST_FOR_A_GUESS) }) as const

/** A guess that is not acted on never looks like an answer. */
const MOST_FOR_A_GUESS = 0.3

interface Reply {
  readonly plain: string
  readonly kind: QuestionKind
  readonly facts: Facts
  readonly isAsking: boolean
}

/** Signs of a reply as the rules and the facts see it; what is learnt from, too. */
export function signsIn(text: string, kind: QuestionKind): Signs {
  const plain = inPlain(text)
  const facts = readFacts(text, bareFact(plain) ?? factQuestion(kind))
  return signsOf(plain, {
    kind,
    heard: hear(plain, kind, facts),
    facts,
    isAsking: text.includes('?'),
  })
}

interface Judged {
  readonly label: Label
  readonly confidence: number
  /** The likeliest of all but `unclear`, and its chance. */
  readonly likeliest: Label
  readonly chance: number
}

/** The likeliest meaning, or `unclear` where it is too unlikely to act on. */
function judge({ plain, kind, facts, isAsking }: Reply, heard: readonly Heard[]): Judged {
  const { guess, isStrange } = guesser()(signsOf(plain, { kind, heard, facts, isAsking }))
  const [best] = heard
  const labelled = guess.flatMap(({ meaning, chance }) => {
    const label = named(meaning, heard, facts)
    return label ? { label, chance } : []
  })
  const { label: likeliest = 'unclear', chance = 0 } = labelled[0] ?? {}
  if (best && best.strength >= CERTAIN)
    return {
      label: best.label,
      confidence: CERTAINLY,
      likeliest: best.label,
      chance: CERTAINLY,
    }
  const isUnsaid = best ? best.label === 'unclear' && best.strength >= OUTRIGHT : isStrange
  const isFact = likeliest === 'yes' && tellsFacts.has(kind) && best?.label !== 'yes'
  return isUnsaid || isFact || chance < (leastChances[likeliest] ?? LEAST)
    ? { label: 'unclear', confidence: 0, likeliest, chance }
    : { label: likeliest, confidence: chance, likeliest, chance }
}

/** A wish for a person and an outright correction of the device need no second opinion. */
const CERTAIN = 5
const CERTAINLY = 0.98
const OUTRIGHT = 4

/** Below an even chance asking costs less than acting on it. */
const LEAST = 0.5
/** What throws away where we are must be likelier. */
const leastChances: Readonly<Partial<Record<Label, number>>> = { stop: 0.7, restart: 0.7 }

/** Questions that facts answer; "yes" alone does not. */
const tellsFacts: ReadonlySet<QuestionKind> = new Set(['role', 'scope', 'system'])

/** A meaning as a label: which device is in the facts, and thanks and help are told apart by their rules. */
function named(meaning: Meaning, heard: readonly Heard[], facts: Facts): Label | undefined {
  if (meaning === 'device') return facts.device && `device:${facts.device}`
  if (meaning === 'chitchat' && heard.some(({ label }) => label === 'thanks')) return 'thanks'
  if (meaning === 'dont_understand' && heard[0]?.label === 'help') return 'help'
  return meaning
}

/** What the parts of a reply mean, one by one; none when it has only one. */
function partsOf({ plain, kind }: Reply): readonly Part[] {
  const parts = clausesOf(plain.replace(seams, ' , ')).filter((part) => !isFactsOnly(part))
  if (parts.length < 2 || parts.length > MOST_PARTS) return []
  return parts.map((part) => {
    const facts = readFacts(part, factQuestion(kind))
    const judged = judge({ plain: part, kind, facts, isAsking: false }, hear(part, kind, facts))
    return { plain: part, device: facts.device, ...judged }
  })
}

interface Part extends Judged {
  readonly plain: string
  readonly device: Device | undefined
}

/** "It works on my iPad but not my iPhone": the device that counts is the one where it fails. */
function whereItFails(facts: Facts, parts: readonly Part[]): Facts {
  const { device, ...rest } = facts
  const works = parts.flatMap((part) => (part.label === 'yes' && part.device ? part.device : []))
  const fails = parts.flatMap((part) => (part.label !== 'yes' && part.device ? part.device : []))
  if (works.length === 0 || (device && fails.includes(device))) return facts
  return fails[0] ? { ...rest, device: fails[0] } : rest
}

/** A long story is judged as a whole. */
const MOST_PARTS = 4

/** Where one thing ends and another begins, though no comma says so. */
const seams =
  / (?:but|though|however|and(?= (?:now|also|it|its|they|that|the|still|nothing|nope|no|did|does|not)(?: |$)))(?= |$)/g

/** In a reply of two parts the answer comes before the news: "ok that works but now i get no notifications". */
function twoAtOnce(whole: Judged, parts: readonly Judged[]): Judged {
  const [first, second] = parts
  if (parts.length !== 2 || second?.label !== 'new_symptom') return whole
  if (first?.label !== 'yes' && first?.label !== 'no') return whole
  return whole.label === 'new_symptom' || whole.label === 'unclear' ? first : whole
}

/** What else is said: by the parts, by the device that is named, by thanks. */
function alsoSaid(
  label: Label,
  heard: readonly Heard[],
  parts: readonly Part[],
  { device }: Facts,
): Label[] {
  const said = parts.flatMap((part, place): Label[] => {
    if (place > 0 && isNews(label, part)) return ['new_symptom']
    return part.confidence >= SURE_BESIDE && beside.has(part.label) ? [part.label] : []
  })
  const all: Label[] = [
    ...said,
    // "Tried all this last night without success" has no seam.
    ...(label === 'already_tried' && heard.some(failed) ? (['no'] as const) : []),
    ...(device ? [`device:${device}` as const] : []),
    ...(heard.some((each) => each.label === 'thanks') ? (['thanks'] as const) : []),
  ]
  return [...new Set(all)].filter((each) => each !== label)
}

const failed = ({ label, strength }: Heard) => label === 'no' && strength >= 3

/** A trouble told behind a yes or a no is another one: what was asked is answered. */
const isNews = (label: Label, { plain, ...part }: Part): boolean =>
  (label === 'yes' || label === 'no') &&
  plain.split(' ').length >= LONG_ENOUGH_FOR_A_SYMPTOM &&
  (part.label === 'new_symptom' ||
    (troubles.has(part.likeliest) && (label === 'yes' || /^(?:and )?now\b/.test(plain))))

/** A part of fewer words belongs to the answer. */
const LONG_ENOUGH_FOR_A_SYMPTOM = 4
/** What a trouble sounds like to ears that expect an answer. */
const troubles: ReadonlySet<Label> = new Set([
  'new_symptom',
  'no',
  'cant_do',
  'dont_understand',
  'partly',
])

/** What is worth telling beside an answer. */
const beside: ReadonlySet<Label> = new Set([
  'no',
  'partly',
  'already_tried',
  'cant_do',
  'dont_understand',
  'go_back',
  'next',
  'human',
  'stop',
  'restart',
  'new_symptom',
])

/** What is only said beside the answer should be clear, or it confuses. */
const SURE_BESIDE = 0.7

/** What a chosen option says; a system's answer is the version it stands for ("iOS 15 to 17" stands for 17). */
function factsOf({ label, answer }: Option, kind: QuestionKind): Facts {
  const facts = readFacts(label, factQuestion(kind))
  return kind === 'system' && /^\d+$/.test(answer) ? { ...facts, system: answer } : facts
}

/** Whether what was heard counts more than an option that shares the reply's words. */
const outweighs = (heard: Heard | undefined, kind: QuestionKind): boolean =>
  heard !== undefined && heard.strength >= 3 && !(kind === 'choice' && told.has(heard.label))

/** Among choices of what a person sees, "it's grey" tells which one; nothing was asked that could be impossible. */
const told: ReadonlySet<Label> = new Set(['cant_do', 'dont_understand', 'partly'])

/** The question that a bare "hers", "just me" or "everyone" would answer. */
const bareFact = (plain: string): 'role' | 'scope' | undefined => {
  const said = plain.replaceAll(' ,', '')
  return bareRole.test(said) ? 'role' : bareScope.test(said) ? 'scope' : undefined
}
const bareRole = new RegExp(
  `^(?:(?:it|that|this|album|the|is|was|its|well|oh|yes|no) )*(?:hers|his|theirs|mine|not mine|my (?:${relatives})s(?: album| one)?|my own(?: album)?|some(?:one|body) elses(?: album)?)$`,
)
const bareScope =
  /^(?:(?:it|that|this|is|was|its|well|oh|for|yes|no|i think) )*(?:(?:just|only) (?:for |with )?(?:me|mine|us)|every(?:one|body)|for (?:everyone|everybody|all of us)|all of us|nobody else|everyone else is (?:fine|ok|okay))$/

/** An option whose answer is no label of ours (a symptom's id, a system) was accepted: "yes", with the answer beside it. */
const labelOf = (answer: string): Label =>
  [...labels, ...deviceLabels].find((label) => label === answer) ?? 'yes'

const deviceLabels = devices.map((device) => `device:${device}` as const)

let made: Guesser | undefined
/** Made when the first reply comes, so that a start does not wait for it. */
const guesser = () => (made ??= createGuesser(loadLearnt()))
