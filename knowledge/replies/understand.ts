import { readFacts } from '../matching'
import { devices, type Facts } from '../words'
import { bareFact, factQuestion } from './bare-facts'
import { isForGood } from './for-good'
import { hear, type Heard } from './hear'
import { judge, type Judged, type Reply } from './judge'
import { chosenOption } from './options'
import { alsoSaid, partsOf, twoAtOnce, whereItFails } from './parts'
import { inPlain } from './plain'
import { signsOf, type Signs } from './signs'
import {
  labels,
  type Label,
  type Option,
  type Question,
  type QuestionKind,
  type Understood,
} from './understood'
import { againIn, againOutright } from './when'

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
  const wish =
    kind === 'later' ? againIn(plain) : againOutright(plain, kind === 'helped' || kind === 'found')
  const again = wish === undefined ? {} : { again: wish }
  if (plain === '') return { label: 'unclear', also: [], confidence: 0, facts }

  const option = chosenOption(plain, question.options ?? [], inPlain, thingsToName.has(kind))
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
  if (bare) return { ...unclear(judged), also: [], facts: said, ...again }
  const parts = partsOf(reply)
  const { label, confidence } = twoAtOnce(judged, parts)
  const placed = label === 'no' || label === 'partly' ? whereItFails(said, parts) : said
  const also = alsoSaid(label, heard, parts, placed)
  if (label === 'unclear') return { ...unclear(judged), also, facts: said, ...again }
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

const unclear = ({ likeliest, chance }: Judged) =>
  ({ label: 'unclear', guess: likeliest, confidence: Math.min(chance, mostForAGuess) }) as const

/** A guess that is not acted on never looks like an answer. */
export const mostForAGuess = 0.3

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

/** What a chosen option says; a system's answer is the version it stands for ("iOS 15 to 17" stands for 17). */
function factsOf({ label, answer }: Option, kind: QuestionKind): Facts {
  const facts = readFacts(label, factQuestion(kind))
  return kind === 'system' && /^\d+$/.test(answer) ? { ...facts, system: answer } : facts
}

/** Whether what was heard counts more than an option that shares the reply's words. */
const outweighs = (heard: Heard | undefined, kind: QuestionKind): boolean =>
  heard !== undefined && heard.strength >= 3 && !(kind === 'choice' && told.has(heard.label))

/** Questions whose options are things; at all others they are ways to say yes or no, and those are understood. */
const thingsToName: ReadonlySet<QuestionKind> = new Set([
  'device',
  'role',
  'scope',
  'system',
  'choice',
  'later',
])

/** Among choices of what a person sees, "it's grey" tells which one; nothing was asked that could be impossible. */
const told: ReadonlySet<Label> = new Set(['cant_do', 'dont_understand', 'partly'])

/** An option whose answer is no label of ours (a symptom's id, a system) was accepted: "yes", with the answer beside it. */
const labelOf = (answer: string): Label =>
  [...labels, ...deviceLabels].find((label) => label === answer) ?? 'yes'

const deviceLabels = devices.map((device) => `device:${device}` as const)
