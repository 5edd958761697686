import { wordsOf } from '../matching'
import { stemOf } from '../matching/stem'
import type { Facts } from '../words'
import type { Heard } from './hear'
import type { QuestionKind } from './understood'

/** All that can be seen of a reply: its words, and marks of the question, the rules that fit and the facts. */
export interface Signs {
  readonly words: readonly string[]
  readonly marks: readonly (readonly [mark: string, weight: number])[]
}

/** Gathers the signs by which a reply is judged. */
export function signsOf(
  plain: string,
  {
    kind,
    heard,
    facts,
    isAsking,
  }: {
    readonly kind: QuestionKind
    readonly heard: readonly Heard[]
    readonly facts: Facts
    readonly isAsking: boolean
  },
): Signs {
  const words = wordsOf(plain)
  const family = families[kind]
  const top = heard[0] ? familyOfLabel(heard[0].label) : 'nothing'
  const marks: [string, number][] = [
    [`kind ${kind}`, QUESTION],
    [`family ${family}`, QUESTION],
    [`first ${top}`, RULE / 2],
    [`first ${top} at ${kind}`, RULE / 2],
    [`first ${top} in ${family}`, RULE / 2],
    [`length ${lengths.find((most) => words.length <= most) ?? 'more'}`, ASIDE],
  ]
  heard.forEach(({ label, strength }, place) =>
    marks.push([
      `rule ${familyOfLabel(label)} ${Math.min(4, Math.floor(strength))}`,
      place === 0 ? RULE : RULE / 2,
    ]),
  )
  for (const fact of Object.keys(facts))
    marks.push([`fact ${fact}`, ASIDE], [`fact ${fact} at ${kind}`, ASIDE])
  if (isAsking) marks.push(['question mark', ASIDE])
  // "Later" is one answer after a fix and another to "Shall I ask again?".
  for (const word of new Set(words)) marks.push([`${word} in ${family}`, WORD_HERE])
  const pairs = neighbours(words)
  for (const pair of pairs) marks.push([pair, NEIGHBOURS / Math.sqrt(pairs.size)])
  return { words, marks }
}

/** Neighbouring words by their stems, and which word begins and ends: "still loads" is none of "loads", "done" alone is not "done it". */
function neighbours(words: readonly string[]): ReadonlySet<string> {
  const framed = ['^', ...words.map(stemOf), '$']
  return new Set(framed.slice(1).map((stem, at) => `${framed[at]} ${stem}`))
}

/** Which device it is tells nothing of what the reply wants. */
export const familyOfLabel = (label: string): string =>
  label.startsWith('device:') ? 'device' : label

/** Questions whose answers sound alike. */
const families: Readonly<Record<QuestionKind, string>> = {
  helped: 'result',
  consent: 'offer',
  send: 'offer',
  later: 'later',
  needed: 'needed',
  found: 'found',
  choice: 'choice',
  device: 'fact',
  role: 'fact',
  scope: 'fact',
  system: 'fact',
}

/** Weights beside the words, which together have length 1. Chosen by cross-validation on the training replies; half or twice as much changes less than a point. */
const RULE = 0.6
const QUESTION = 0.5
const ASIDE = 0.35
const WORD_HERE = 0.2
const NEIGHBOURS = 0.8

/** Words in a reply, by which a word of one, a phrase and a story are told apart. */
const lengths = [1, 3, 6, 10]
