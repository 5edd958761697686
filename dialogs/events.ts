import { z } from 'zod'
import { devices, roles, rungResults, scopes, type Facts } from '../knowledge'
import { handoffReasons } from './effects'

/** The events of the log that the bot hears, and what each carries. None of them is said by anybody. */

/** The person told of their trouble where others read along, and it goes on in this, their personal chat. */
export const movedEvent = 'fixladder/moved'
const movedValue = z.object({
  /** A fact that the next fix depends on, or a person. */
  wants: z.enum(['fact', 'person']),
  symptom: z.string().optional(),
  confidence: z.number().optional(),
  facts: z.custom<Facts>((value) => typeof value === 'object' && value !== null),
  /** What was said of it last. */
  words: z.string().optional(),
  timeZone: z.string().optional(),
  /** How a person is brought in, when that is what is wanted. */
  handoff: z.object({ reason: z.enum(handoffReasons), offer: z.boolean() }).optional(),
})
export type Moved = z.infer<typeof movedValue>
/** A timer that this conversation set is due. */
export const reminderEvent = 'fixladder/ask-again'
const reminderValue = z.object({
  caseId: z.string(),
  fix: z.string(),
  /** The reminder's own id; absent on timers of earlier versions. */
  reminder: z.string().optional(),
})
/** What the chat page sends when somebody opens a conversation again; the name is the one that Web Chat's samples use. */
export const reopenedEvent = 'webchat/join'
/** An incident that this conversation waits for has ended; by time when it was only expected to. */
export const incidentOverEvent = 'fixladder/incident-over'
/** An agent has closed a ticket. */
export const handoffClosedEvent = 'fixladder/handoff-closed'
const handoffClosedValue = z.object({
  ticket: z.string(),
  agent: z.string(),
  /** What fixed it, by the agent's word: a fix, `other`, or `nothing`. */
  fixed: z.string().optional(),
  /** The case that the ticket was about. */
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
/** What an agent may note of the person's situation, as a message would tell it. */
export const notedFacts = z.object({
  device: z.enum(devices).exactOptional(),
  system: z
    .string()
    .regex(/^(?:\d{1,3}|unknown)$/)
    .exactOptional(),
  role: z.enum(roles).exactOptional(),
  scope: z.enum(scopes).exactOptional(),
})
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
  z.object({ does: z.literal('facts'), facts: notedFacts }),
  /** Gives the chat back to the bot, to go on at this rung or wherever the ladder stands. */
  z.object({ does: z.literal('return'), fix: z.string().optional() }),
])
export type AgentAct = z.infer<typeof agentAct>
/** The person closed the page while they waited in the line, and lost their place. */
export const handoffAbandonedEvent = 'fixladder/handoff-abandoned'
const handoffAbandonedValue = z.object({ reason: z.enum(handoffReasons) })
const incidentOverValue = z.object({
  incident: z.string(),
  name: z.string(),
  caseId: z.string(),
  byTime: z.boolean(),
})

/** An event as the dialogs take it. */
export type Heard =
  | ({ readonly kind: 'reminder' } & z.infer<typeof reminderValue>)
  | { readonly kind: 'reopened' }
  | { readonly kind: 'moved'; readonly moved: Moved }
  | ({ readonly kind: 'incident_over' } & z.infer<typeof incidentOverValue>)
  | ({ readonly kind: 'handoff_closed' } & z.infer<typeof handoffClosedValue>)
  | ({ readonly kind: 'desk_trouble' } & z.infer<typeof deskTroubleValue>)
  | { readonly kind: 'agent'; readonly act: AgentAct }
  | ({ readonly kind: 'place_given_up' } & z.infer<typeof handoffAbandonedValue>)

const events: Readonly<Record<string, z.ZodType<Heard>>> = {
  [reminderEvent]: reminderValue.transform((value) => ({ kind: 'reminder', ...value })),
  [movedEvent]: movedValue.transform((moved) => ({ kind: 'moved', moved })),
  [reopenedEvent]: z.unknown().transform(() => ({ kind: 'reopened' })),
  [incidentOverEvent]: incidentOverValue.transform((value) => ({
    kind: 'incident_over',
    ...value,
  })),
  [handoffClosedEvent]: handoffClosedValue.transform((value) => ({
    kind: 'handoff_closed',
    ...value,
  })),
  [deskTroubleEvent]: deskTroubleValue.transform((value) => ({ kind: 'desk_trouble', ...value })),
  [agentEvent]: agentAct.transform((act) => ({ kind: 'agent', act })),
  [handoffAbandonedEvent]: handoffAbandonedValue.transform((value) => ({
    kind: 'place_given_up',
    ...value,
  })),
}

/** Reads an event; undefined when it is none of ours, or carries something else. */
export function readEvent({
  name = '',
  value,
}: {
  readonly name?: string
  readonly value?: unknown
}): Heard | undefined {
  return Object.hasOwn(events, name) ? events[name]?.safeParse(value).data : undefined
}
