import type { AuditWhat } from '../../agents'
import { FixladderError } from '../../errors'
import { refusalInWords, type Agent, type Handoffs } from '../../handoff'
import { createBuckets, type Buckets } from '../../http'
import type { Database } from '../../storage'
import { readCase, type DeskCase, type Known } from './cases'
import { selectByThread, selectHeard } from './case-rows'
import { meantBy, replyOf, type Meant } from './commands'
import type { DeskActivity } from './inbound'
import type { Members } from './members'
import { fromThread } from './thread-lines'
import { told } from './words'

/** Something that was done in the channel. */
export type Deed = Extract<DeskActivity, { readonly kind: 'press' | 'said' }>

/** What came of it: the case as far as there is one that may be shown, and why it did not count. */
export interface Outcome {
  readonly ticket?: string | undefined
  readonly notice?: string | undefined
}

export interface DeedOptions {
  readonly database: Database
  readonly handoffs: Handoffs
  readonly members: Members
  readonly known: Known
  readonly audit: (entry: {
    readonly by: Agent | null
    readonly what: AuditWhat
    readonly about: string
  }) => Promise<void>
  readonly now: () => number
}

/** Carries out what agents do in the channel, each thing once, and only for members of the team. */
export class Deeds {
  readonly #options: DeedOptions
  /** Deeds under way: Teams delivers again what takes long. */
  readonly #running = new Map<string, Promise<Outcome>>()
  /** A refusal of somebody is written down once a minute. */
  readonly #audited: Buckets

  constructor(options: DeedOptions) {
    this.#options = options
    this.#audited = createBuckets({ burst: 1, perSecond: 1 / 60, now: options.now })
  }

  do(deed: Deed): Promise<Outcome> {
    const running =
      this.#running.get(deed.id) ?? this.#once(deed).finally(() => this.#running.delete(deed.id))
    this.#running.set(deed.id, running)
    return running
  }

  async #once(deed: Deed): Promise<Outcome> {
    const { database, now } = this.#options
    const [heard] = await database.read(selectHeard, { id: deed.id })
    if (heard) return { ticket: heard.ticket ?? undefined, notice: heard.notice ?? undefined }
    const { ticket, conversation, notice } = await this.#carryOut(deed)
    const at = now()
    const isTold = notice === undefined || (deed.kind === 'press' && deed.isInvoke)
    await database.write('noteDeskHeard', {
      id: deed.id,
      at,
      thread: deed.thread,
      ticket: ticket ?? null,
      conversation: conversation ?? null,
      notice: notice ?? null,
      toldAt: isTold ? at : null,
    })
    return { ticket, notice }
  }

  async #carryOut(deed: Deed): Promise<Outcome & { readonly conversation?: string }> {
    const { database, handoffs, members, known } = this.#options
    const { person } = deed
    if (person === undefined) return this.#refuse('nobody known')
    const membership = await members.find(person)
    if (membership.kind === 'unclear') return { notice: told.unclear }
    if (membership.kind === 'stranger') return this.#refuse(`teams:${person}`)

    const ticket = deed.kind === 'press' ? deed.press.ticket : await this.#ticketOf(deed.thread)
    if (ticket === undefined) return { notice: told.noThread }
    const found = await readCase(database, ticket, known)
    if (!found) {
      await this.#emptyLate(ticket, deed)
      return { notice: told.unknownCase }
    }
    await this.#adopt(found, deed)

    const { agent } = membership
    const { conversation } = found
    const meant = meaningOf(deed, agent, found)
    if ('problem' in meant) return { ticket, conversation, notice: inPlace(deed, meant.problem) }
    const { command, details } = meant
    const key = `${deed.kind === 'said' ? fromThread : 'teams-card:'}${deed.id}`
    try {
      const result = await handoffs.command(ticket, command, { desk: 'teams', ...details, key })
      if ('refused' in result)
        return { ticket, conversation, notice: inPlace(deed, refusalInWords(result)[1]) }
    } catch (error) {
      if (error instanceof FixladderError && error.code === 'handoff_unknown')
        return { notice: told.unknownCase }
      throw error
    }
    return { ticket, conversation }
  }

  async #refuse(about: string): Promise<Outcome> {
    if (this.#audited.take(about))
      await this.#options.audit({ by: null, what: 'desk_refused', about })
    return { notice: told.strangers }
  }

  async #ticketOf(thread: string): Promise<string | undefined> {
    const [card] = await this.#options.database.read(selectByThread, { thread })
    return card?.ticket
  }

  /** The case of this card was erased while nobody knew where the card was, or whether there is one. */
  async #emptyLate(ticket: string, deed: Deed): Promise<void> {
    if (deed.kind !== 'press' || deed.card === undefined) return
    const { database, now } = this.#options
    const card = { ticket, thread: deed.thread, activity: deed.card }
    await database.write('noteLateCard', { ...card, at: now() })
  }

  /** A card whose posting was never heard of again is there after all: this press came from it. */
  async #adopt({ ticket, post }: DeskCase, deed: Deed): Promise<void> {
    if (deed.kind !== 'press' || deed.card === undefined || !post || post.thread !== undefined)
      return
    await this.#options.database.write('endDeskCard', {
      ticket,
      state: 'posted',
      thread: deed.thread,
      activity: deed.card,
      shown: null,
      at: this.#options.now(),
    })
  }
}

function meaningOf(deed: Deed, by: Agent, found: DeskCase): Meant {
  if (deed.kind === 'press') return meantBy(deed.press, by, found)
  return deed.words === '' && deed.hasFiles ? { problem: told.noFiles } : replyOf(deed.words, by)
}

/** In the thread it is said what the sentence is about. */
const inPlace = (deed: Deed, why: string): string =>
  deed.kind === 'said' ? told.notPassedOn(why) : why
