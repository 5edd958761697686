import type { Device, Facts } from '../words'
import type { Again } from './when'

/** What the bot had asked when the reply came. */
export const questionKinds = [
  'helped',
  'consent',
  'device',
  'role',
  'scope',
  'system',
  'choice',
  'later',
  'needed',
  'send',
  /** A check for a sign of trouble: "Is one of them not green?" */
  'found',
] as const
export type QuestionKind = (typeof questionKinds)[number]

/** An answer offered with the question: what it says and what it sends. */
export interface Option {
  readonly label: string
  readonly answer: string
}

export interface Question {
  readonly kind: QuestionKind
  readonly options?: readonly Option[]
}

/** What a reply can mean. */
export const labels = [
  'yes',
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
  'help',
  'new_symptom',
  'chitchat',
  'thanks',
  'unclear',
] as const
export type Label = (typeof labels)[number] | `device:${Device}`

/** What a reply means. */
export interface Understood {
  readonly label: Label
  /** What else it says: "thanks, that worked" is also thanks. */
  readonly also: readonly Label[]
  /** The chance that the label is right, between 0 and 1; of an unclear reply, that its guess is, and never above 0.3. */
  readonly confidence: number
  /** What an unclear reply means most likely. It is worth a number in a report, never a step of a dialog. */
  readonly guess?: Label
  /** With `cant_do`: it can never be done here ("greyed out", "I have no computer"), where "I'm at work" passes. */
  readonly isForGood?: true
  /** Role, scope and system come through here, whatever was asked. */
  readonly facts: Facts
  /** The answer of the option that was chosen, when the reply names one. Look here first. */
  readonly answer?: string
  /** When to ask again, or not to: at `later` any time named, elsewhere an outright wish. */
  readonly again?: Again
}
