/**
 * What may become of a case that was passed to people. Pure: a ticket and a command give the next ticket, or a refusal.
 *
 *     queued --claim--> held --close--> closed
 *       |  <--release--  |  --return--> returned
 *       |--cancel--> cancelled     held --transfer--> held by somebody else
 *       |--help----> helped
 *       |--abandon-> abandoned     (an open chat too, when the person never comes back)
 *       |--return--> returned
 */

export interface Agent {
  readonly id: string
  readonly name: string
}

export const openStates = ['queued', 'held'] as const
/** Each ticket ends in one of these, once. */
export const endStates = ['returned', 'closed', 'cancelled', 'helped', 'abandoned'] as const
export type TicketState = (typeof openStates)[number] | (typeof endStates)[number]

export interface Ticket {
  readonly state: TicketState
  /** Counts every change; a command can name the one it saw. */
  readonly version: number
  /** Who has it, or had it when it ended. */
  readonly agent?: Agent
  /** Milliseconds since 1970. */
  readonly endedAt?: number
}

export type Command =
  | { readonly command: 'claim'; readonly by: Agent }
  /** An answer to the person. Of a ticket that nobody has it is a claim, too. */
  | { readonly command: 'answer'; readonly by: Agent }
  | ({ readonly command: 'transfer'; readonly by: Agent; readonly to: Agent } & Override)
  /** Back to the queue, where its place goes by its age: by the agent, or when their connection is gone. */
  | ({ readonly command: 'release'; readonly by: Agent } & Override)
  | { readonly command: 'return'; readonly by: Agent }
  | { readonly command: 'close'; readonly by: Agent }
  /** The person would rather not wait. */
  | { readonly command: 'cancel' }
  /** A fix that was tried while waiting has helped. */
  | { readonly command: 'help' }
  /** The person is gone. */
  | { readonly command: 'abandon' }

/** A supervisor may pass on what somebody else has. */
interface Override {
  readonly bySupervisor?: true
}

export type Refusal =
  /** Somebody else has it: `by` says who. */
  | { readonly refused: 'taken'; readonly by: Agent }
  /** Nobody has it, so nobody can do this. */
  | { readonly refused: 'not_held' }
  | { readonly refused: 'ended'; readonly state: TicketState }
  /** It changed since the version that the command names. */
  | { readonly refused: 'moved_on'; readonly version: number }

/** A line that the person reads in the chat about who answers. */
export type Line = 'joined' | 'left' | 'transferred' | 'requeued'

export interface Decision {
  readonly ticket: Ticket
  /** Who answers the person from now on. */
  readonly holder: 'bot' | 'queue' | 'agent'
  /** What the person is told of it, in this order. */
  readonly lines: readonly Line[]
}

/** Decides a command at `now` (milliseconds since 1970). `version` is the one the sender saw, if it matters to them. */
export function decide(
  ticket: Ticket,
  command: Command,
  { now, version }: { readonly now: number; readonly version?: number | undefined },
): Decision | Refusal {
  if (version !== undefined && version !== ticket.version) return movedOn(ticket, command)
  switch (ticket.state) {
    case 'queued':
      return inQueue(ticket, command, now)
    case 'held':
      return inChat(ticket, command, now)
    default:
      return { refused: 'ended', state: ticket.state }
  }
}

/** Who was slower learns who was quicker, rather than that something has changed. */
function movedOn({ state, agent, version }: Ticket, command: Command): Refusal {
  const isTaken = state === 'held' && 'by' in command && agent && agent.id !== command.by.id
  return isTaken ? { refused: 'taken', by: agent } : { refused: 'moved_on', version }
}

function inQueue(ticket: Ticket, command: Command, now: number): Decision | Refusal {
  switch (command.command) {
    case 'claim':
    case 'answer':
      return held(ticket, command.by, ['joined'])
    case 'return':
      return ended(ticket, 'returned', now, [])
    case 'cancel':
      return ended(ticket, 'cancelled', now, [])
    case 'help':
      return ended(ticket, 'helped', now, [])
    case 'abandon':
      return ended(ticket, 'abandoned', now, [])
    default:
      return { refused: 'not_held' }
  }
}

function inChat(ticket: Ticket, command: Command, now: number): Decision | Refusal {
  const { agent } = ticket
  if (!agent) throw new Error('A ticket is held by nobody.')
  if (command.command === 'abandon') return ended(ticket, 'abandoned', now, [])
  // The person has somebody to tell it to.
  if (command.command === 'cancel' || command.command === 'help')
    return { refused: 'taken', by: agent }
  const isOverride = 'bySupervisor' in command && command.bySupervisor === true
  if (command.by.id !== agent.id && !isOverride) return { refused: 'taken', by: agent }
  switch (command.command) {
    case 'claim':
    case 'answer':
      return { ticket, holder: 'agent', lines: [] }
    case 'transfer':
      return held(ticket, command.to, ['transferred'])
    case 'release': {
      const { agent: _gone, ...rest } = ticket
      return {
        ticket: { ...rest, state: 'queued', version: ticket.version + 1 },
        holder: 'queue',
        lines: ['requeued'],
      }
    }
    case 'return':
      return ended(ticket, 'returned', now, ['left'])
    case 'close':
      return ended(ticket, 'closed', now, ['left'])
  }
}

const held = (ticket: Ticket, agent: Agent, lines: readonly Line[]): Decision => ({
  ticket: { ...ticket, state: 'held', agent, version: ticket.version + 1 },
  holder: 'agent',
  lines,
})

const ended = (
  ticket: Ticket,
  state: TicketState,
  now: number,
  lines: readonly Line[],
): Decision => ({
  ticket: { ...ticket, state, endedAt: now, version: ticket.version + 1 },
  holder: 'bot',
  lines,
})
