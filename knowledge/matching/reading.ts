import type { Facts } from '../words'
import type { Repaired } from './repair'

/** `sure` starts the ladder, `unsure` asks "did you mean", `none` says that nothing fits. */
export type Verdict = 'sure' | 'unsure' | 'none'

/** What sort of message it is; only a `symptom` has matches worth acting on. */
export type ReadingKind =
  | 'symptom'
  | 'greeting'
  | 'thanks'
  | 'goodbye'
  | 'help'
  | 'human'
  | 'stop'
  | 'restart'
  | 'empty'
  /** Speaks of killing or harming oneself, or of somebody in danger. */
  | 'crisis'
  /** Asks who reads, keeps or uses what is said in the chat. */
  | 'privacy'
  /** Asks who or what is answering. */
  | 'identity'
  /** Mostly in another language. */
  | 'language'
  /** The trouble of before is still there, or there again. */
  | 'back_again'
  /** Asks how long until somebody answers, or whether anybody is there. */
  | 'status'
  | 'nonsense'
  | 'off_topic'
  | 'unknown'

/** A symptom that a message may mean. */
export interface Match {
  readonly id: string
  /** Estimated chance that this is what the person means, between 0 and 1. */
  readonly confidence: number
  /** A reason that a person can read: 'like "waiting for photos"; uplod read as upload'. */
  readonly why: string
}

/** What one message says. */
export interface Reading {
  readonly kind: ReadingKind
  readonly verdict: Verdict
  /** Confidence of the best match; 1 for small talk. */
  readonly confidence: number
  /** Best first, at most five, only those worth showing. */
  readonly matches: readonly Match[]
  readonly facts: Facts
  /** What it says of how the person feels, as said: "driving me mad". It never votes on the symptom. */
  readonly feelings?: readonly string[]
  /** Words that were read as other words. */
  readonly repaired?: readonly Repaired[]
  /** What an off-topic message is about, in the pack's words: "iCloud Backup". */
  readonly topic?: string
  /** Where an off-topic message belongs, as a sentence of the pack. */
  readonly pointer?: string
  /** Products of others that the message names. */
  readonly names?: readonly string[]
}

/** Reads messages with the knowledge of one pack. */
export interface Reader {
  /** `locale` tells the language of the reader's pack apart once a pack has several. */
  read(text: string, context?: { readonly locale?: string }): Reading
}
