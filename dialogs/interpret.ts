import { z } from 'zod'
import {
  remember,
  understand,
  type Facts,
  type Question,
  type Reading,
  type Understood,
} from '../knowledge'
import { sentFilesIn } from './sent-files'
import { readEvent, type Heard } from './events'
import type { OpenQuestion, SentCard, Topic } from './state'
import type { TurnInput } from './turn-input'

/** What came in, as the dialogs take it. */
export type Incoming =
  /** The person joined. */
  | { readonly kind: 'joined' }
  /** Something that nobody said. */
  | Heard
  /** An agent has said something to the person. */
  | { readonly kind: 'agent_said' }
  /** A button of the question that is open. */
  | {
      readonly kind: 'press'
      readonly answer: string
      /** The rung it stands under; given while an agent has the chat. */
      readonly card?: SentCard
      /** It belongs to what was asked before the question in between. */
      readonly isBehind?: true
    }
  /** A button of an earlier question. */
  | { readonly kind: 'stale' }
  | { readonly kind: 'empty' }
  /** Files and no words; the channel keeps them, or it does not. */
  | { readonly kind: 'files'; readonly isKept: boolean }
  | {
      readonly kind: 'words'
      readonly text: string
      /** False for an example that was pressed: those are the pack's words, not the person's. */
      readonly isTyped: boolean
      readonly reading: Reading
      /** How it answers the open question; absent when none is open. */
      readonly understood?: Understood
    }
  /** Nothing for us. */
  | { readonly kind: 'ignored' }

const press = z.object({ ask: z.number(), answer: z.string(), case: z.string().optional() })

/** Reads one activity in the light of the question that is open. */
export function interpret({ activity, state, reader, holder }: TurnInput): Incoming {
  if (activity.type === 'conversationUpdate')
    return state.asked === 0 ? { kind: 'joined' } : { kind: 'ignored' }
  if (activity.type === 'event') return readEvent(activity) ?? { kind: 'ignored' }
  if (activity.type !== 'message') return { kind: 'ignored' }
  if (activity.from?.role === 'agent') return { kind: 'agent_said' }

  const pressed = press.safeParse(activity.value)
  if (pressed.success) {
    const { ask, answer } = pressed.data
    if (isWayOut(answer)) return { kind: 'press', answer }
    const card = state.case?.cards?.find((sent) => sent.ask === ask)
    if (holder === 'agent' && card?.answers.includes(answer)) return { kind: 'press', answer, card }
    const { question } = state
    if (isOffered(question?.behind, pressed.data)) return { kind: 'press', answer, isBehind: true }
    if (!question || !isOffered(question, pressed.data)) return { kind: 'stale' }
    if (question.topic !== 'opening') return { kind: 'press', answer }
  }
  const text = pressed.success ? pressed.data.answer : (activity.text ?? '').trim()
  if (text === '')
    return (activity.attachments?.length ?? 0) > 0
      ? { kind: 'files', isKept: sentFilesIn(activity) !== undefined }
      : { kind: 'empty' }
  const reading = reader.read(text)
  if (reading.kind === 'empty') return { kind: 'empty' }
  const { question } = state
  const asked = question && questionFor(question)
  const words = { kind: 'words', text, isTyped: !pressed.success, reading } as const
  return question && asked ? { ...words, understood: asAnswer(understandIn(text, asked)) } : words
}

/** A question is what it can be answered with. */
const understandIn = remember(understand, (question: Question) => JSON.stringify(question))

/** Only what was offered counts: a client can send any answer it likes. */
const isOffered = (
  question: OpenQuestion | undefined,
  { ask, answer }: z.infer<typeof press>,
): boolean => question?.ask === ask && question.buttons.some((button) => button.answer === answer)

/** The same words as the answer to another question. */
export function answering(
  words: Extract<Incoming, { kind: 'words' }>,
  question: OpenQuestion,
): Extract<Incoming, { kind: 'words' }> {
  const asked = questionFor(question)
  return asked ? { ...words, understood: asAnswer(understandIn(words.text, asked)) } : words
}

/** What a message tells as facts. How the answer was understood says better than the bare words which device counts. */
export function factsIn({ reading, understood }: Extract<Incoming, { kind: 'words' }>): Facts {
  if (!understood) return reading.facts
  const { device: _named, ...others } = reading.facts
  return { ...others, ...understood.facts }
}

/** Another trouble is no answer; which one it is, and whether it is one of ours, the reader says. */
const asAnswer = (understood: Understood): Understood =>
  understood.label === 'new_symptom'
    ? { ...understood, label: 'unclear', also: ['new_symptom', ...understood.also] }
    : understood

/** Whether an answer works on any message, however old: it is a way out. */
export const isWayOut = (answer: string): boolean => waysOut.has(answer)
const waysOut = new Set(['human', 'restart'])

/** The kind of question, for understanding replies. */
const kinds: Readonly<Partial<Record<Topic, Question['kind']>>> = {
  opening: 'choice',
  choice: 'choice',
  device: 'device',
  role: 'role',
  scope: 'scope',
  system: 'system',
  consent: 'consent',
  helped: 'helped',
  checks: 'helped',
  which: 'choice',
  parked: 'consent',
  found: 'found',
  still_coming: 'consent',
  later: 'later',
  needed: 'needed',
  switch: 'consent',
  resume: 'consent',
  send: 'send',
  meanwhile: 'consent',
  come_back: 'consent',
  place_again: 'consent',
  incident: 'consent',
  incident_waiting: 'helped',
  incident_meanwhile: 'consent',
  incident_over: 'helped',
  after_agent: 'helped',
}

function questionFor({ topic, buttons }: OpenQuestion): Question | undefined {
  const kind = kinds[topic]
  return kind && { kind, options: buttons.map(({ label, answer }) => ({ label, answer })) }
}
