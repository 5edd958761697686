import { isFactsOnly, wantsPerson } from '../matching'
import type { Facts } from '../words'
import { rules } from './patterns'
import { putsOff } from './when'
import type { Label, QuestionKind } from './understood'

/** A label that a rule heard, and how outright it was said: 1 hints at it, 3 says it outright, 5 can mean nothing else. */
export interface Heard {
  readonly label: Label
  readonly strength: number
}

/** Every label whose rules fit, the strongest first; each rule takes its words away from the next. */
export function hear(plain: string, kind: QuestionKind, facts: Facts): Heard[] {
  const heard: Heard[] = []
  if (wantsPerson(plain)) heard.push({ label: 'human', strength: 5 })
  if (kind === 'later' && putsOff(plain)) heard.push({ label: 'yes', strength: 2 })
  let left = plain
  for (const { label, strength, pattern, at } of rules) {
    if (at && !at.includes(kind)) continue
    const rest = left.replace(pattern, ' ~ ')
    if (rest === left) continue
    left = rest.replace(/\s+/g, ' ').trim()
    heard.push({ label, strength })
  }
  // A device is an answer where it was asked for, and a correction elsewhere if nothing else was said.
  if (facts.device) {
    const isAnswer = corrects(plain) || (kind === 'device' && !isAside.test(plain))
    heard.push({ label: `device:${facts.device}`, strength: isAnswer ? 5 : 0.5 })
  }
  return ranked(heard)
}

function ranked(heard: readonly Heard[]): Heard[] {
  const strongest = new Map<Label, number>()
  for (const { label, strength } of heard)
    strongest.set(label, Math.max(strength, strongest.get(label) ?? 0))
  return [...strongest]
    .map(([label, strength]) => ({ label, strength }))
    .sort((a, b) => b.strength - a.strength)
}

/** "Not an iPhone", "I can't find my iPhone": a device is named, and whether it is the answer is not sure. */
const isAside = /\b(?:not|no|without|instead)\b/

/** "Wait no, it's a Mac": a message that takes something back and names nothing but a device. */
const corrects = (plain: string): boolean => {
  const said = plain.replaceAll(' ,', '')
  return takesBack.test(said) && isFactsOnly(said.replace(takesBack, ''))
}
const takesBack =
  /^(?:(?:no|oh|ah|hm+|and|but|well) )*(?:wait|sorry|actually|oops|i mean|i meant|correction|my mistake|i forgot|hold on|hang on|not an? \w+|no (?=it is an?|i am on|i am using|i have))(?: (?:wait|no|sorry|actually|oops|i mean|i meant|it is not an? \w+|not an? \w+|but))* ?(?=\w)/
