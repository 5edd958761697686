import { createHash } from 'node:crypto'
import type { Conversations, Row } from '../../conversations'
import type { Log } from '../../log'
import type { Database } from '../../storage'
import type { Called } from '../teams'
import type { Card } from './card-parts'
import { drawCard } from './card'
import { readCase, type DeskCase, type DeskPost, type Known } from './cases'
import type { DeskConnector } from './desk-connector'
import { threadLine } from './thread-lines'

/** What a step came to. */
export type Step =
  /** There may be more to do: at once, or at the pace that Teams allows. */
  | { readonly step: 'more' | 'called' }
  /** Nothing to do until something changes. */
  | { readonly step: 'rest' }
  /** The card may be updated again in a moment. */
  | { readonly step: 'soon' }
  /** It is tried again, after so many milliseconds at least. */
  | { readonly step: 'failed'; readonly ms: number }

export interface ThreadOptions {
  readonly conversations: Pick<Conversations, 'read'>
  readonly database: Database
  readonly connector: DeskConnector
  readonly known: Known
  readonly log: Log
  readonly now: () => number
}

/** What may have arrived is posted once more, and then never again. */
const mostTries = 2
/** A card is updated at most this often, in milliseconds: the newest wins. */
const updateEvery = 2_000
/**
 * While somebody has the case, new last words alone wait so long, since a new card empties what an agent is writing on
 * it; the words themselves stand in the thread at once.
 */
const lastWordsEvery = 20_000
/** The bot was removed from the team, or the channel is gone: somebody has to mend that first. */
const blockedMs = 60_000
const pageRows = 32

/** Does what one case needs in its thread, one call to Teams at a time: the card, then what was said. */
export class CaseThreads {
  readonly #options: ThreadOptions
  /** When each card was updated last. */
  readonly #updated = new Map<string, number>()

  constructor(options: ThreadOptions) {
    this.#options = options
  }

  async step(ticket: string, isHeldBack: boolean): Promise<Step> {
    const { database, known } = this.#options
    const found = await readCase(database, ticket, known)
    if (!found) return rest
    const { post, endedAt } = found
    if (post && post.state !== 'posting' && post.state !== 'posted') return this.#forget(ticket)
    if (post?.thread === undefined || post.activity === undefined)
      return endedAt === undefined ? this.#open(found) : this.#finish(ticket)
    const place = { thread: post.thread, activity: post.activity }
    const card = drawCard(found)
    const mark = markOf(found, card)
    const isDue = mark !== post.shown && !isHeldBack
    if (isDue && this.#mayUpdate(found, post, mark))
      return this.#update(found, { place, card, mark })
    const said = await this.#say(found, post, place.thread)
    if (said.step !== 'rest' || isHeldBack) return said
    if (isDue) return { step: 'soon' }
    return endedAt === undefined ? rest : this.#finish(ticket)
  }

  async #open(found: DeskCase): Promise<Step> {
    const { database, connector, log } = this.#options
    const { ticket } = found
    const { tries } = await database.write('beginDeskCard', { ticket })
    const end = (
      state: 'posted' | 'refused' | 'unknown',
      at: { thread: string; activity: string } | undefined,
      shown: string | null,
    ) =>
      database.write('endDeskCard', {
        ticket,
        state,
        thread: at?.thread ?? null,
        activity: at?.activity ?? null,
        shown,
      })
    if (tries > mostTries) {
      log.error({ ticket }, 'nobody knows whether a card for the desk reached Teams; it is passed')
      await end('unknown', undefined, null)
      return rest
    }
    const card = drawCard(found)
    const opened = await connector.open(card)
    if (opened.kind === 'opened') {
      await end('posted', opened, markOf(found, card))
      this.#updated.set(ticket, this.#options.now())
      return called
    }
    if (opened.kind === 'unknown') {
      log.warn({ ticket, reason: opened.reason }, 'a card for the desk may or may not be there')
      return failed(0)
    }
    await database.write('postponeDeskCard', { ticket })
    if (opened.kind === 'refused' && !opened.isGone) {
      log.error({ ticket, reason: opened.reason }, 'Teams refused a card for the desk')
      await end('refused', undefined, null)
      return rest
    }
    return this.#later(ticket, opened)
  }

  #mayUpdate({ ticket, state }: DeskCase, { shown }: DeskPost, mark: string): boolean {
    const isSameButWords = mark.split(' ')[0] === shown?.split(' ')[0]
    const every = isSameButWords && state === 'held' ? lastWordsEvery : updateEvery
    return this.#options.now() >= (this.#updated.get(ticket) ?? -Infinity) + every
  }

  async #update(
    { ticket, endedAt }: DeskCase,
    update: {
      readonly place: { readonly thread: string; readonly activity: string }
      readonly card: Card
      readonly mark: string
    },
  ): Promise<Step> {
    const { database, connector, now } = this.#options
    this.#updated.set(ticket, now())
    const answer = await connector.update(update.place, update.card)
    if (answer.kind === 'refused' && answer.isGone)
      return endedAt === undefined ? this.#lose(ticket) : this.#finish(ticket)
    if (answer.kind !== 'refused' && answer.kind !== 'done') return this.#later(ticket, answer)
    if (answer.kind === 'refused')
      this.#options.log.error(
        { ticket, reason: answer.reason },
        'Teams refused an update of a card',
      )
    // One that was refused is noted as shown, too: the next change is tried, this one is not again.
    await database.write('showDeskCard', { ticket, shown: update.mark })
    return called
  }

  /** Posts the next row that the thread needs. */
  async #say(found: DeskCase, post: DeskPost, thread: string): Promise<Step> {
    const { conversations, database, connector, log } = this.#options
    const { ticket, conversation, endedAt = Infinity } = found
    const rows = await conversations.read(conversation, {
      after: post.sentSeq,
      audience: 'agents',
      limit: pageRows,
    })
    // After its end the conversation goes on with the bot, and that is not the desk's.
    const own = rows.filter(({ at }) => at <= endedAt)
    const next = own.flatMap((row) => lineOf(row, found.person))[0]
    const last = own.at(-1)
    if (!next) {
      if (!last) return rest
      await database.write('passDeskLines', { ticket, seq: last.seq })
      return more
    }
    const { seq, text } = next
    const { tries } = await database.write('beginDeskLine', { ticket, seq })
    if (tries > mostTries) {
      log.error({ ticket, seq }, 'nobody knows whether a message reached the desk; it is passed')
      await database.write('passDeskLines', { ticket, seq })
      return more
    }
    const answer = await connector.say(thread, text)
    switch (answer.kind) {
      case 'done':
        await database.write('passDeskLines', { ticket, seq })
        return called
      case 'unknown':
        log.warn({ ticket, seq, reason: answer.reason }, 'a message may or may not be at the desk')
        return failed(0)
      case 'refused':
        if (answer.isGone && endedAt === Infinity) return this.#lose(ticket)
        log.error({ ticket, seq, reason: answer.reason }, 'Teams refused a message; it is passed')
        await database.write('passDeskLines', { ticket, seq })
        return more
      default:
        await database.write('postponeDeskLine', { ticket })
        return this.#later(ticket, answer)
    }
  }

  #later(ticket: string, answer: Exclude<Called, { readonly kind: 'done' }>): Step {
    this.#options.log.warn(
      { ticket, reason: answer.reason },
      'Teams takes nothing for the desk now',
    )
    if (answer.kind === 'later') return failed(answer.retryInMs)
    return failed(answer.kind === 'unknown' ? 0 : blockedMs)
  }

  async #lose(ticket: string): Promise<Step> {
    this.#options.log.warn({ ticket }, 'a card of the desk was deleted; it is posted anew once')
    await this.#options.database.write('loseDeskCard', { ticket })
    this.#updated.delete(ticket)
    return more
  }

  async #finish(ticket: string): Promise<Step> {
    await this.#options.database.write('finishDeskCard', { ticket })
    return this.#forget(ticket)
  }

  #forget(ticket: string): Step {
    this.#updated.delete(ticket)
    return rest
  }
}

const more: Step = { step: 'more' }
const called: Step = { step: 'called' }
const rest: Step = { step: 'rest' }
const failed = (ms: number): Step => ({ step: 'failed', ms })

function lineOf(row: Row, person: string): { readonly seq: number; readonly text: string }[] {
  const text = threadLine(row, person)
  return text === undefined ? [] : [{ seq: row.seq, text }]
}

/** Two hashes: of the card without the last words, and of all of it. */
function markOf(found: DeskCase, card: Card): string {
  const { lastWords: _words, ...view } = found.view
  return `${hashOf(drawCard({ ...found, view }))} ${hashOf(card)}`
}

const hashOf = (card: Card): string =>
  createHash('sha256').update(JSON.stringify(card)).digest('base64url').slice(0, 22)
