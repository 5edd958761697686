import type { Conversations, Row } from '../../conversations'
import type { Log } from '../../log'
import type { Database } from '../../storage'
import type { Handoff, Handoffs } from '../handoffs'
import { ending, initiation, isForDesk, message, type DeskCase, type Said } from './activities'
import type { DeskTicket, DeskTickets } from './desk-tickets'
import type { Post } from './post'
import { declined } from './trouble'

export interface CarrierOptions {
  readonly conversations: Pick<Conversations, 'get' | 'read' | 'appended'>
  readonly handoffs: Pick<Handoffs, 'get'>
  readonly tickets: DeskTickets
  readonly database: Database
  readonly post: Post
  readonly log: Log
  /** Where a case is in the console; absent where nobody knows from here how that is reached. */
  readonly linkTo?: ((ticket: string) => string) | undefined
  readonly now: () => number
}

/** What one step for a ticket came to. */
export type Step =
  /** There may be more to do right away. */
  | { readonly kind: 'more' }
  | { readonly kind: 'idle' }
  /** The same step again, not before `retryInMs`. */
  | { readonly kind: 'later'; readonly retryInMs: number; readonly reason: string }

/** Rows asked for at once. */
const pageRows = 32
/** The newest rows of a conversation that go into the transcript. */
const mostTranscript = 500
/** What an ended case still has to send is dropped after so long of trying, in milliseconds: nobody waits for it. */
const dropAfterMs = 24 * 60 * 60_000

const more: Step = { kind: 'more' }
const idle: Step = { kind: 'idle' }

/** Does the next thing that the desk is to hear of a ticket: the offer, one row, or the end. */
export class Carrier {
  readonly #options: CarrierOptions

  constructor(options: CarrierOptions) {
    this.#options = options
  }

  /** One step; `hasFailed` when the last one of this ticket did. */
  async step(id: string, hasFailed: boolean): Promise<Step> {
    const { handoffs, conversations, tickets, database, now, log } = this.#options
    const handoff = await handoffs.get(id)
    const conversation = handoff && (await conversations.get(handoff.conversation))
    if (!conversation) return idle
    const about = { handoff, conversation, link: this.#options.linkTo?.(id) }
    const ticket = await tickets.get(id)
    const { endedAt } = handoff
    if (hasFailed && endedAt !== undefined && now() - endedAt > dropAfterMs) {
      log.error({ handoff: id }, 'the help desk was out of reach for a day after a case had ended')
      await database.write('noteDeskEnded', { ticket: id })
      return idle
    }
    switch (ticket?.state) {
      case undefined:
        return this.#begin(handoff)
      case 'offering':
        if (endedAt !== undefined) return this.#end(about)
        // Somebody at another desk has it meanwhile: it waits whether it comes back.
        return handoff.state === 'queued' ? this.#offer(about, ticket) : idle
      case 'taken':
        return this.#sendNext(about, ticket)
      case 'refused':
        if (endedAt !== undefined) await database.write('noteDeskEnded', { ticket: id })
        return (ticket.dueAt ?? 0) > now() ? idle : this.#begin(handoff)
      case 'ended':
        return idle
    }
  }

  async #begin({ id, state }: Handoff): Promise<Step> {
    if (state !== 'queued') return idle
    const { database, now } = this.#options
    await database.write('offerToDesk', { ticket: id, at: now() })
    return more
  }

  async #offer(about: DeskCase, { offer, begunSeq }: DeskTicket): Promise<Step> {
    const { conversations, database, post, log } = this.#options
    const { id, conversation } = about.handoff
    const rows = await conversations.read(conversation, {
      after: Math.max(0, begunSeq - mostTranscript),
      audience: 'agents',
      limit: mostTranscript,
    })
    const transcript = rows.filter(({ seq }) => seq <= begunSeq)
    const posted = await post(initiation(about, offer, transcript))
    if (posted.kind === 'later') return posted
    if (posted.kind === 'taken') {
      await database.write('noteDeskTook', { ticket: id })
      return more
    }
    log.error(
      { handoff: id, status: posted.status },
      'the help desk refused a case; it stays in the queue and is offered again',
    )
    await declined(this.#options, id)
    return idle
  }

  async #sendNext(
    { handoff, conversation, link }: DeskCase,
    { sentSeq }: DeskTicket,
  ): Promise<Step> {
    const { conversations, handoffs } = this.#options
    const rows = await conversations.read(conversation.id, {
      after: sentSeq,
      audience: 'agents',
      limit: pageRows,
    })
    // Read after the rows, so that none from after the end is taken for one of the case.
    const about = { handoff: (await handoffs.get(handoff.id)) ?? handoff, conversation, link }
    const { endedAt } = about.handoff
    const own = rows.filter((row) => endedAt === undefined || isBeforeEnd(row, endedAt))
    const next = own.find(isForDesk)
    if (next) return this.#sendRow(about, next)
    const isLastPage = own.length < pageRows
    if (isLastPage && endedAt !== undefined) return this.#end(about)
    const seq = isLastPage ? conversation.lastSeq : (own.at(-1)?.seq ?? sentSeq)
    if (seq <= sentSeq) return idle
    await this.#pass(handoff.id, seq)
    return more
  }

  async #sendRow(about: DeskCase, row: Said): Promise<Step> {
    const { post, log } = this.#options
    const { id } = about.handoff
    const posted = await post(message(about, row))
    if (posted.kind === 'later') return posted
    const status = posted.kind === 'refused' ? posted.status : undefined
    if (status !== undefined)
      log.error(
        { handoff: id, seq: row.seq, status },
        'the help desk refused a message; it is passed',
      )
    await this.#pass(id, row.seq, status)
    return more
  }

  #pass(ticket: string, seq: number, status?: number): Promise<void> {
    const { database, now } = this.#options
    const refused = status === undefined ? {} : { status }
    return database.write('passDeskRows', { ticket, seq, at: now(), ...refused })
  }

  /** Tells the end. A desk that does not know the case has nothing to end. */
  async #end(about: DeskCase): Promise<Step> {
    const { database, post } = this.#options
    const posted = await post(ending(about))
    if (posted.kind === 'later') return posted
    await database.write('noteDeskEnded', { ticket: about.handoff.id })
    return idle
  }
}

/** What is said after the end is no business of the desk's, and nor is what the bot answers in the moment of it. */
const isBeforeEnd = ({ at, body }: Row, endedAt: number): boolean =>
  at < endedAt || (at === endedAt && body?.replyToId === undefined)
