import { z } from 'zod'
import {
  devices,
  rungResults,
  understand,
  type Facts,
  type Question,
  type Reading,
  type Understood,
} from '../knowledge'
import { handoffReasons, type HandoffReason } from './effects'
import type { OpenQuestion, SentCard, Topic } from './state'
import type { TurnInput } from './turn'

/** What came in, as the dialogs take it. */
export type Incoming =
  /** The person joined. */
  | { readonly kind: 'joined' }
  /** A timer that this conversation set is due. */
  | {
      readonly kind: 'reminder'
      readonly caseId: string
      readonly fix: string
      /** The reminder's own id; absent on timers of earlier versions. */
      readonly reminder?: string | undefined
    }
  /** The person opened the chat again. */
  | { readonly kind: 'reopened' }
  /** An incident that this conversation waits for has ended; by time when it was only expected to. */
  | {
      readonly kind: 'incident_over'
      readonly incident: string
      readonly name: string
      readonly caseId: string
      readonly byTime: boolean
    }
  /** The agent who had the case has closed it. */
  | {
      readonly kind: 'handoff_closed'
      readonly ticket: string
      readonly agent: string
      /** What fixed it, by the agent's word: a fix, something else, or nothing. */
      readonly fixed?: string | undefined
      /** The case that the ticket was about. */
      readonly case?: string | undefined
    }
  /** The desk that the case was passed to does not take it just now. */
  | { readonly kind: 'desk_trouble'; readonly ticket: string; readonly why: DeskTrouble }
  /** What an agent does on the ladder. */
  | { readonly kind: 'agent'; readonly act: AgentAct }
  /** An agent has said something to the person. */
  | { readonly kind: 'agent_said' }
  /** The person closed the page while they waited in the line, and lost their place. */
  | { readonly kind: 'place_given_up'; readonly reason: HandoffReason }
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
  | { readonly kind: 'files' }
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

export const reminderEvent = 'fixladder/ask-again'
const reminderValue = z.object({
  caseId: z.string(),
  fix: z.string(),
  reminder: z.string().optional(),
})
/** What the chat page sends when somebody opens a conversation again; the name is the one that Web Chat's samples use. */
export const reopenedEvent = 'webchat/join'
export const incidentOverEvent = 'fixladder/incident-over'
/** An agent has closed a ticket. */
export const handoffClosedEvent = 'fixladder/handoff-closed'
const handoffClosedValue = z.object({
  ticket: z.string(),
  agent: z.string(),
  fixed: z.string().optional(),
  case: z.string().optional(),
})
/** A desk elsewhere does not take a case just now; `DeskTrouble` says why. */
export const deskTroubleEvent = 'fixladder/desk-unreachable'
const deskTroubleValue = z.object({
  ticket: z.string(),
  /** It cannot be reached; or nobody there can take the case. */
  why: z.enum(['unreachable', 'declined']),
})
export type DeskTrouble = z.infer<typeof deskTroubleValue>['why']
/** An agent does something on the ladder; `AgentAct` says what. */
export const agentEvent = 'fixladder/agent'
const agentAct = z.discriminatedUnion('does', [
  /** Sends this fix as a card in the agent's name. */
  z.object({ does: z.literal('fix'), fix: z.string(), agent: z.string() }),
  /** Writes down what became of a fix, without asking the person. */
  z.object({ does: z.literal('mark'), fix: z.string(), result: z.enum(rungResults) }),
  /** Chooses the symptom, or another one. */
  z.object({ does: z.literal('symptom'), symptom: z.string() }),
  /** Notes what the person said of themselves. */
  z.object({
    does: z.literal('facts'),
    facts: z.object({
      device: z.enum(devices).exactOptional(),
      role: z.enum(['owner', 'member']).exactOptional(),
      scope: z.enum(['me', 'everyone']).exactOptional(),
    }),
  }),
  /** Gives the chat back to the bot, to go on at this rung or wherever the ladder stands. */
  z.object({ does: z.literal('return'), fix: z.string().optional() }),
])
export type AgentAct = z.infer<typeof agentAct>
/** A place in the line was given up. */
export const handoffAbandonedEvent = 'fixladder/handoff-abandoned'
const handoffAbandonedValue = z.object({ reason: z.enum(handoffReasons) })
const incidentOverValue = z.object({
  incident: z.string(),
  name: z.string(),
  caseId: z.string(),
  byTime: z.boolean(),
})
const press = z.object({ ask: z.number(), answer: z.string(), case: z.string().optional() })

/** Reads one activity in the light of the question that is open. */
export function interpret({ activity, state, reader, holder }: TurnInput): Incoming {
  if (activity.type === 'conversationUpdate')
    return state.asked === 0 ? { kind: 'joined' } : { kind: 'ignored' }
  if (activity.type === 'event') {
    if (activity.name === reopenedEvent) return { kind: 'reopened' }
    const over = incidentOverValue.safeParse(activity.value)
    if (activity.name === incidentOverEvent && over.success)
      return { kind: 'incident_over', ...over.data }
    const closed = handoffClosedValue.safeParse(activity.value)
    if (activity.name === handoffClosedEvent && closed.success)
      return { kind: 'handoff_closed', ...closed.data }
    const trouble = deskTroubleValue.safeParse(activity.value)
    if (activity.name === deskTroubleEvent && trouble.success)
      return { kind: 'desk_trouble', ...trouble.data }
    const act = agentAct.safeParse(activity.value)
    if (activity.name === agentEvent && act.success) return { kind: 'agent', act: act.data }
    const abandoned = handoffAbandonedValue.safeParse(activity.value)
    if (activity.name === handoffAbandonedEvent && abandoned.success)
      return { kind: 'place_given_up', ...abandoned.data }
    const reminder = reminderValue.safeParse(activity.value)
    return activity.name === reminderEvent && reminder.success
      ? { kind: 'reminder', ...reminder.data }
      : { kind: 'ignored' }
  }
  if (activity.type !== 'message') return { kind: 'ignored' }
  if (activity.from?.role === 'agent') return { kind: 'agent_said' }

  const pressed = press.safeParse(activity.value)
  if (pressed.success) {
    const { ask, answer } = pressed.data
    if (alwaysGood.has(answer)) return { kind: 'press', answer }
    const card = state.case?.cards?.find((sent) => sent.ask === ask)
    if (holder === 'agent' && card?.answers.includes(answer)) return { kind: 'press', answer, card }
    const { question } = state
    if (isOffered(question?.behind, pressed.data)) return { kind: 'press', answer, isBehind: true }
    if (!question || !isOffered(question, pressed.data)) return { kind: 'stale' }
    if (question.topic !== 'opening') return { kind: 'press', answer }
  }
  const text = pressed.success ? pressed.data.answer : (activity.text ?? '').trim()
  if (text === '')
    return (activity.attachments?.length ?? 0) > 0 ? { kind: 'files' } : { kind: 'empty' }
  const reading = reader.read(text)
  if (reading.kind === 'empty') return { kind: 'empty' }
  const { question } = state
  const asked = question && questionFor(question)
  const words = { kind: 'words', text, isTyped: !pressed.success, reading } as const
  return question && asked ? { ...words, understood: asAnswer(understand(text, asked)) } : words
}

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
  return asked ? { ...words, understood: asAnswer(understand(words.text, asked)) } : words
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

/** A way out works on any message, however old. */
const alwaysGood = new Set(['human', 'restart'])

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
