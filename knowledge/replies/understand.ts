import {
  factWords,
  isFactsOnly,
  normalise,
  readFacts,
  relatives,
  wantsPerson,
  createListRepair,
  type FactQuestion,
} from '../matching'
import type { Facts } from '../words'
import { isForGood } from './for-good'
import { chosenOption } from './options'
import { rules } from './patterns'
import {
  labels,
  type Label,
  type Option,
  type Question,
  type QuestionKind,
  type Understood,
} from './understood'
import { againIn, againOutright, putsOff, timeWords } from './when'

/**
 * What a reply means as an answer to a question.
 * An answer that is only a fact ("mine", "18") is `unclear` with the fact filled in.
 * `new_symptom` is only ever a hint in `also`; whoever asks reads the message with a Reader as well.
 */
export function understand(text: string, question: Question): Understood {
  const plain = inPlain(text)
  const bare = bareFact(plain)
  const facts = readFacts(text, bare ?? factQuestion(question.kind))
  const named =
    question.kind === 'later'
      ? againIn(plain)
      : againOutright(plain, question.kind === 'helped' || question.kind === 'found')
  const again = named === undefined ? {} : { again: named }
  if (plain === '') return { label: 'unclear', also: [], confidence: 0, facts }

  const option = chosenOption(plain, question.options ?? [], inPlain)
  const said = option ? { ...factsOf(option, question.kind), ...facts } : facts
  const found = ranked(hear(plain, question, said))
  const [best, ...rest] = found
  const answer = option && { answer: option.answer }
  if (option && (option.exact || !outweighs(best, question.kind))) {
    const label = labelOf(option.answer)
    const also = found.map((heard) => heard.label).filter((heard) => heard !== label)
    return { label, also, confidence: option.exact ? 1 : 0.85, facts: said, ...answer, ...again }
  }
  // "Hers" and "just me" tell a fact, whatever was asked.
  if (bare) return { label: 'unclear', also: [], confidence: 0, facts: said }
  if (!best) {
    const isAnswered = Object.keys(said).length > 0
    const isLong = plain.split(' ').length >= LONG_ENOUGH_FOR_A_SYMPTOM
    const hint: Label[] = isLong && !isAnswered ? ['new_symptom'] : []
    return { label: 'unclear', also: hint, confidence: 0, facts: said, ...again }
  }
  const rival = rest.find((heard) => heard.strength === best.strength)
  return {
    label: best.label,
    also: rest.map((heard) => heard.label),
    confidence: confidences[Math.min(best.strength, 4) - (rival ? 1 : 0)] ?? 0.5,
    // "Someone" in a wish for a person is nobody's album.
    facts: best.label === 'human' ? {} : said,
    ...(best.label === 'cant_do' && isForGood(plain) ? { isForGood: true } : {}),
    ...again,
  }
}

/** What a chosen option says; a system's answer is the version it stands for ("iOS 15 to 17" stands for 17). */
function factsOf({ label, answer }: Option, kind: QuestionKind): Facts {
  const facts = readFacts(label, factQuestion(kind))
  return kind === 'system' && /^\d+$/.test(answer) ? { ...facts, system: answer } : facts
}

interface Heard {
  readonly label: Label
  readonly strength: number
}

/** Whether what was heard counts more than an option that shares the reply's words. */
const outweighs = (heard: Heard | undefined, kind: QuestionKind): boolean =>
  heard !== undefined && heard.strength >= 3 && !(kind === 'choice' && told.has(heard.label))

/** Among choices of what a person sees, "it's grey" tells which one; nothing was asked that could be impossible. */
const told: ReadonlySet<Label> = new Set(['cant_do', 'dont_understand', 'partly'])

/** Confidence by the strength of the winning rule; a rival as strong costs one step. Our estimate. */
const confidences = [0.3, 0.6, 0.85, 0.95, 0.98]

/** A reply of fewer words is an answer that we failed to hear, not another problem. */
const LONG_ENOUGH_FOR_A_SYMPTOM = 4

/** Every label whose rules fit, in the order of the rules; each rule takes its words away from the next. */
function hear(plain: string, question: Question, facts: Facts): Heard[] {
  const heard: Heard[] = []
  if (wantsPerson(plain)) heard.push({ label: 'human', strength: 5 })
  if (question.kind === 'later' && putsOff(plain)) heard.push({ label: 'yes', strength: 2 })
  let left = plain
  for (const { label, strength, pattern, at } of rules) {
    if (at && !at.includes(question.kind)) continue
    const rest = left.replace(pattern, ' ~ ')
    if (rest === left) continue
    left = rest.replace(/\s+/g, ' ').trim()
    heard.push({ label, strength })
  }
  // A device is an answer where it was asked for, and a correction elsewhere if nothing else was said.
  if (facts.device) {
    const isAnswer = question.kind === 'device' || corrects(plain)
    heard.push({ label: `device:${facts.device}`, strength: isAnswer ? 5 : 0.5 })
  }
  return heard
}

/** "Wait no, it's a Mac": a message that takes something back and names nothing but a device. */
const corrects = (plain: string): boolean => {
  const said = plain.replaceAll(' ,', '')
  return takesBack.test(said) && isFactsOnly(said.replace(takesBack, ''))
}
const takesBack =
  /^(?:(?:no|oh|ah|hm+|and|but|well) )*(?:wait|sorry|actually|oops|i mean|i meant|correction|my mistake|i forgot|hold on|hang on|not an? \w+|no (?=it is an?|i am on|i am using|i have))(?: (?:wait|no|sorry|actually|oops|i mean|i meant|it is not an? \w+|not an? \w+|but))* ?(?=\w)/

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

function ranked(heard: readonly Heard[]): Heard[] {
  const strongest = new Map<Label, number>()
  for (const { label, strength } of heard)
    strongest.set(label, Math.max(strength, strongest.get(label) ?? 0))
  return [...strongest]
    .map(([label, strength]) => ({ label, strength }))
    .sort((a, b) => b.strength - a.strength)
}

/** An option whose answer is no label of ours (a symptom's id, a system) was accepted: "yes", with the answer beside it. */
const labelOf = (answer: string): Label =>
  [...labels, ...deviceLabels].find((label) => label === answer) ?? 'yes'

const deviceLabels = [
  'device:iphone',
  'device:ipad',
  'device:ipod',
  'device:mac',
  'device:windows',
  'device:apple-tv',
  'device:other',
] as const

const factQuestion = (kind: QuestionKind): FactQuestion | undefined =>
  kind === 'device' || kind === 'role' || kind === 'scope' || kind === 'system' ? kind : undefined

/** A reply is repaired against the words that the rules and the facts know. */
const vocabulary = [
  ...rules.flatMap(({ pattern }) => pattern.source.match(/[a-z]{4,}/g) ?? []),
  ...factWords,
  ...timeWords,
]
const repair = createListRepair(vocabulary)
const inPlain = (text: string): string => normalise(text).split(' ').map(repair).join(' ')
